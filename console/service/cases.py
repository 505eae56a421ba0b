"""What the hall does with a case: acknowledge, accept, file, dispatch, recall, check, close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from console.domain.case import CASE_FLOW, DISPATCH, FILING, INTAKE, SIGN, Case
from console.domain.errors import Denied, Invalid, Refused
from console.domain.flow import Step
from console.domain.limits import rework_due
from console.domain.people import Actor
from console.domain.task import HELD, LIVE_STATES, TASK_FLOW, Order, Task
from console.domain.texts import check_text
from console.service.desk import Act, Desk, Facts
from console.store import access, lock, outbox
from console.store.find import places

TEXT_MAX = 2_000
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
            return _accept(act, case, step, self._sorting(case, category, priority))

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
            return self._dispatch(act, case, CASE_FLOW.step(case, actor, "dispatch", _order_facts(orders)), orders)

        return self.desk.run(actor, work)

    def send(self, actor: Actor, case_id: int, version: int, orders: Sequence[Order], *, category: str = "", priority: str = "") -> Sent:
        """T42 or T43 in one transaction; without all three roles the furthest legal step is taken and said."""

        def work(act: Act) -> Sent:
            case = act.case(case_id, version)
            sorting = self._sorting(case, category, priority)
            if case.state == INTAKE:
                try:
                    return self._quick(act, case, orders, sorting)
                except Denied as lacking_roles:
                    if lacking_roles.code != "role":
                        raise
            elif sorting:
                raise Refused("wrong_state", kind="case", state=case.state, action="reclassify")
            return self._as_far_as_allowed(act, case, orders, sorting)

        return self.desk.run(actor, work)

    def _quick(self, act: Act, case: Case, orders: Sequence[Order], sorting: Facts) -> Sent:
        step = CASE_FLOW.step(replace(case, **sorting), act.actor, "quick", _order_facts(orders))
        accepted = _accept(act, case, _part(step, "accept", 0, FILING), sorting)
        filed = _file(act, accepted, _part(step, "file", 1, DISPATCH))
        return Sent(self._dispatch(act, filed, _part(step, "dispatch", 2, SIGN), orders), ("accept", "file", "dispatch"))

    def _as_far_as_allowed(self, act: Act, case: Case, orders: Sequence[Order], sorting: Facts) -> Sent:
        taken: list[str] = []
        for action, role in (("accept", "R06"), ("file", "R07"), ("dispatch", "R08")):
            if CASE_START[action] != case.state:
                continue
            facts = _order_facts(orders) if action == "dispatch" else {}
            try:
                step = CASE_FLOW.step(case, act.actor, action, facts)
            except Denied:
                if not taken:
                    raise
                return Sent(case, tuple(taken), role)
            if action == "accept":
                case = _accept(act, case, step, sorting)
            elif action == "file":
                case = _file(act, case, step)
            else:
                case = self._dispatch(act, case, step, orders)
            taken.append(action)
        if not taken:
            raise Refused("wrong_state", kind="case", state=case.state, action="dispatch")
        return Sent(case, tuple(taken))

    def _dispatch(self, act: Act, case: Case, step: Step, orders: Sequence[Order]) -> Case:
        _check_orders(act, orders)
        release_at = act.now + timedelta(seconds=self._recall_s.get(case.priority, RECALL_OTHERS_S))
        count = len(lock.tasks_of(act.unit, case.id))
        lead = next(order.org_id for order in orders if order.kind == "lead")
        for offset, order in enumerate(sorted(orders, key=lambda order: order.kind != "lead"), start=count + 1):
            number = f"{case.number}-T{offset:02d}"
            task = Task(
                0,
                number,
                case.id,
                order.kind,
                order.org_id,
                order.mandatory,
                order.instruction,
                HELD,
                act.actor.user_id,
                act.now,
                release_at,
            )
            task = act.born(task, "order", {"case": case.id, "org": order.org_id, "part": order.kind})
            outbox.hold(act.unit, task.id, order.org_id, "desk", release_at)
            access.grant(act.unit, case.id, order.org_id, order.kind, act.now)
        facts: Facts = {"release_at": release_at.isoformat(), "lead": lead, "units": len(orders)}
        handle = act.limit_from(release_at, "handle", case)
        return act.take(case, step, facts, lead_org=lead, done_dispatch=act.now, due_handle=handle)

    def recall(self, actor: Actor, case_id: int, version: int, reason: str) -> Case:
        """T16: take a dispatch back; inside the recall window nothing of it has left the hall."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "recall", {"reason": reason})
            check_text("reason", reason, TEXT_MAX)
            left_hall = 0
            for task in _tasks(act, case):
                if task.state in LIVE_STATES:
                    left_hall += task.state != HELD
                    back = TASK_FLOW.step(task, actor, "recall", {})
                    act.take(task, back, {"case": case.id, "org": task.org_id}, refuse_reason=reason[:300])
                    outbox.mark(act.unit, task.id, "recalled")
            cleared = ("lead_org", "due_sign", "due_first", "due_handle", "done_dispatch", "done_sign", "done_first")
            changes: Facts = {**dict.fromkeys(cleared), "due_dispatch": act.limit_from(act.now, "dispatch", case)}
            return act.take(case, step, {"left_hall": left_hall}, **changes)

        return self.desk.run(actor, work)

    def check(self, actor: Actor, case_id: int, version: int) -> Case:
        """T30: seen on the spot and found done, by someone who did not handle it."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "check", {})
            return act.take(case, step, done_check=act.now, due_close=act.limit_from(act.now, "close", case))

        return self.desk.run(actor, work)

    def rework(self, actor: Actor, case_id: int, version: int, reason: str) -> Case:
        """T31: found not done; the lead unit works on, with half its time and at least four work hours."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "rework", {"reason": reason})
            check_text("reason", reason, TEXT_MAX)
            codes = act.codes_of(case)
            handle = rework_due(act.now, codes.stage_limit("handle", case.category, case.priority), codes.calendar)
            for task in _tasks(act, case):
                if task.kind == "lead" and task.state == "finished":
                    back = TASK_FLOW.step(task, actor, "rework", {})
                    told: Facts = {"case": case.id, "org": task.org_id}
                    act.take(task, back, told, finished_at=None, due_handle=handle, refuse_reason=reason[:300])
            return act.take(case, step, reworked=case.reworked + 1, due_handle=handle, done_handle=None, due_check=None)

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
            return act.take(case, step, {"close_type": closing.close_type}, done_close=act.now, **said)

        return self.desk.run(actor, work)

    def _sorting(self, case: Case, category: str, priority: str) -> Facts:
        codes = self.desk.book.of(case.owner_centre)
        if category and category not in codes.categories:
            raise Invalid("category", "unknown_code", value=category)
        if priority and priority not in codes.priorities:
            raise Invalid("priority", "unknown_code", value=priority)
        changes: Facts = {}
        if category and category != case.category:
            changes = {"category": category, "title": codes.categories[category].zh}
            changes["priority"] = priority or codes.categories[category].priority
        elif priority and priority != case.priority:
            changes["priority"] = priority
        return changes


def _accept(act: Act, case: Case, step: Step, sorting: Facts) -> Case:
    sorted_case = replace(case, **sorting)
    facts: Facts = {"category": sorted_case.category, "priority": sorted_case.priority}
    acked: Facts = {} if case.acked_at else {"acked_at": act.now, "acked_by": act.actor.user_id}
    due_file = act.limit_from(act.now, "file", sorted_case)
    return act.take(case, step, facts, done_accept=act.now, due_file=due_file, **sorting, **acked)


def _file(act: Act, case: Case, step: Step) -> Case:
    return act.take(case, step, done_file=act.now, due_dispatch=act.limit_from(act.now, "dispatch", case))


def _part(step: Step, action: str, index: int, target: str) -> Step:
    return replace(step, action=action, codes=(step.codes[index],), target=target)


def _tasks(act: Act, case: Case) -> tuple[Task, ...]:
    return act.unit.records(Task, lock.tasks_of(act.unit, case.id))


def _order_facts(orders: Sequence[Order]) -> Facts:
    units = [order.org_id for order in orders]
    twice = [unit for unit in units if units.count(unit) > 1]
    return {"leads": sum(order.kind == "lead" for order in orders), "repeated": twice[0] if twice else None}


def _check_orders(act: Act, orders: Sequence[Order]) -> None:
    known = {org.id for org in places.orgs(act.unit, act.scope)}
    for order in orders:
        if order.org_id not in known:
            raise Invalid("orders", "unknown_unit", value=order.org_id)
        if order.kind not in ("lead", "co"):
            raise Invalid("orders", "unknown_code", value=order.kind)
        check_text("instruction", order.instruction, TEXT_MAX)


