"""What the hall does with a case: acknowledge, accept, file, dispatch, recall, check, close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from console.domain.case import CASE_FLOW, DISPATCH, FILING, INTAKE, SIGN, Case
from console.domain.errors import Denied, Invalid, Refused
from console.domain.flow import Step
from console.domain.people import Actor
from console.domain.task import Order
from console.domain.texts import check_text
from console.service.casework import (
    call_off,
    check_orders,
    give,
    handle_again,
    next_number,
    order_facts,
    part,
    photos_of,
    sorting,
    undispatched,
)
from console.service.desk import TEXT_MAX, Act, Desk, Facts

RECALL_S: Mapping[str, float] = {"P1": 3.0}
RECALL_OTHERS_S = 8.0
CASE_START = {"accept": INTAKE, "file": FILING, "dispatch": DISPATCH}
# The handbook's ways of ending (2.3): done, talked over, handed to justice, done on the spot, cannot be done.
CLOSE_TYPES = ("done", "advised", "to_justice", "on_the_spot", "cannot")


@dataclass(frozen=True)
class Sent:
    """How far a dispatch came: the steps taken, and the role lacking for the next one (empty when all were)."""

    case: Case
    steps: tuple[str, ...]
    lacking: str = ""


@dataclass(frozen=True)
class Closing:
    """How a case ends: its type, what was done, and what the citizen is told."""

    close_type: str
    text: str
    public_reply: str


class Cases:
    """Operations on cases. Every one raises Missing, Stale, Denied and Refused; nothing half done stays."""

    def __init__(self, desk: Desk, recall_s: Mapping[str, float] | None = None) -> None:
        self.desk = desk
        self._recall_s = dict(RECALL_S if recall_s is None else recall_s)

    def ack(self, actor: Actor, case_id: int, version: int) -> Case:
        """F4: the officer has it. Sound and flash stop; the case does not move."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "ack", {})
            return act.take(case, step, acked_at=act.now, acked_by=actor.user_id)

        return self.desk.run(actor, work)

    def accept(self, actor: Actor, case_id: int, version: int, *, category: str = "", priority: str = "") -> Case:
        """T04: take the case on, with the category and priority the officer sees."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "accept", {})
            return _accept(act, case, step, sorting(act, case, category, priority))

        return self.desk.run(actor, work)

    def file(self, actor: Actor, case_id: int, version: int) -> Case:
        """T10: file the case."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            return _file(act, case, CASE_FLOW.step(case, actor, "file", {}))

        return self.desk.run(actor, work)

    def dispatch(self, actor: Actor, case_id: int, version: int, orders: Sequence[Order]) -> Case:
        """T13: hand the case to exactly one lead unit and any number of others; held until the recall window ends."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            return self._dispatch(act, case, CASE_FLOW.step(case, actor, "dispatch", order_facts(orders)), orders)

        return self.desk.run(actor, work)

    def send(self, actor: Actor, case_id: int, version: int, orders: Sequence[Order], *, category: str = "", priority: str = "") -> Sent:
        """T42 or T43 in one transaction; without all three roles the furthest legal step is taken and said."""

        def work(act: Act) -> Sent:
            case = act.case(case_id, version)
            sorted_anew = sorting(act, case, category, priority)
            if case.state == INTAKE:
                try:
                    return self._quick(act, case, orders, sorted_anew)
                except Denied as lacking_roles:
                    if lacking_roles.code != "role":
                        raise
            elif sorted_anew:
                raise Refused("wrong_state", kind="case", state=case.state, action="reclassify")
            return self._as_far_as_allowed(act, case, orders, sorted_anew)

        return self.desk.run(actor, work)

    def _quick(self, act: Act, case: Case, orders: Sequence[Order], sorted_anew: Facts) -> Sent:
        step = CASE_FLOW.step(replace(case, **sorted_anew), act.actor, "quick", order_facts(orders))
        accepted = _accept(act, case, part(step, "accept", 0, FILING), sorted_anew)
        filed = _file(act, accepted, part(step, "file", 1, DISPATCH))
        return Sent(self._dispatch(act, filed, part(step, "dispatch", 2, SIGN), orders), ("accept", "file", "dispatch"))

    def _as_far_as_allowed(self, act: Act, case: Case, orders: Sequence[Order], sorted_anew: Facts) -> Sent:
        taken: list[str] = []
        for action, role in (("accept", "R06"), ("file", "R07"), ("dispatch", "R08")):
            if CASE_START[action] != case.state:
                continue
            facts = order_facts(orders) if action == "dispatch" else {}
            try:
                step = CASE_FLOW.step(case, act.actor, action, facts)
            except Denied:
                if not taken:
                    raise
                return Sent(case, tuple(taken), role)
            if action == "accept":
                case = _accept(act, case, step, sorted_anew)
            elif action == "file":
                case = _file(act, case, step)
            else:
                case = self._dispatch(act, case, step, orders)
            taken.append(action)
        if not taken:
            raise Refused("wrong_state", kind="case", state=case.state, action="dispatch")
        return Sent(case, tuple(taken))

    def _dispatch(self, act: Act, case: Case, step: Step, orders: Sequence[Order]) -> Case:
        check_orders(act, orders)
        release_at = act.now + timedelta(seconds=self._recall_s.get(case.priority, RECALL_OTHERS_S))
        lead = next(order.org_id for order in orders if order.kind == "lead")
        for number, order in enumerate(sorted(orders, key=lambda order: order.kind != "lead"), start=next_number(act, case)):
            give(act, case, order, number, release_at)
        facts: Facts = {"release_at": release_at.isoformat(), "lead": lead, "units": len(orders)}
        handle = act.limit_from(release_at, "handle", case)
        return act.take(case, step, facts, lead_org=lead, done_dispatch=act.now, due_handle=handle)

    def recall(self, actor: Actor, case_id: int, version: int, reason: str) -> Case:
        """T16: take a dispatch back; inside the recall window nothing of it has left the hall."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "recall", {"reason": reason})
            said = act.say(case, "recall", reason)
            left_hall = call_off(act, case, reason, op="recall")
            return act.take(case, step, {"left_hall": left_hall, **said}, **undispatched(act, case))

        return self.desk.run(actor, work)

    def check(self, actor: Actor, case_id: int, version: int, note: str = "") -> Case:
        """T30: seen on the spot or asked by telephone, and found done, by someone who did not handle it."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "check", {"text": note, "photos_after": photos_of(act, case, "after")})
            said = act.say(case, "check", note, "text")
            return act.take(case, step, said, done_check=act.now, due_close=act.limit_from(act.now, "close", case))

        return self.desk.run(actor, work)

    def rework(self, actor: Actor, case_id: int, version: int, reason: str) -> Case:
        """T31: found not done; the lead unit works on, with half its time and at least four work hours."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "rework", {"reason": reason})
            said = act.say(case, "rework", reason)
            handle = handle_again(act, case, reason)
            return act.take(case, step, said, reworked=case.reworked + 1, due_handle=handle, done_handle=None, due_check=None)

        return self.desk.run(actor, work)

    def close(self, actor: Actor, case_id: int, version: int, closing: Closing) -> Case:
        """T32: close the case with its type, its words, and the words for the citizen."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            said: Facts = {"close_type": closing.close_type, "close_text": closing.text, "public_reply": closing.public_reply}
            step = CASE_FLOW.step(case, actor, "close", said)
            if closing.close_type not in CLOSE_TYPES:
                raise Invalid("close_type", "unknown_code", value=closing.close_type)
            check_text("close_text", closing.text, TEXT_MAX)
            check_text("public_reply", closing.public_reply, TEXT_MAX)
            call_back = act.limit_from(act.now, "evaluate", case)
            return act.take(case, step, {"close_type": closing.close_type}, done_close=act.now, due_evaluate=call_back, **said)

        return self.desk.run(actor, work)


def _accept(act: Act, case: Case, step: Step, sorted_anew: Facts) -> Case:
    sorted_case = replace(case, **sorted_anew)
    facts: Facts = {"category": sorted_case.category, "priority": sorted_case.priority}
    acked: Facts = {} if case.acked_at else {"acked_at": act.now, "acked_by": act.actor.user_id}
    due_file = act.limit_from(act.now, "file", sorted_case)
    return act.take(case, step, facts, done_accept=act.now, due_file=due_file, **sorted_anew, **acked)


def _file(act: Act, case: Case, step: Step) -> Case:
    return act.take(case, step, done_file=act.now, due_dispatch=act.limit_from(act.now, "dispatch", case))
