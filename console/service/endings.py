"""The end of a case and what may follow it: sent back, evaluated, archived, reopened; joint meetings and mediation on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import CASE_FLOW, Case
from console.domain.codes import known
from console.domain.errors import Refused
from console.domain.flow import Step
from console.domain.limits import Limit
from console.domain.meeting import Decision, Meeting
from console.domain.people import Actor
from console.domain.supervision import YELLOW
from console.domain.task import Order
from console.domain.texts import check_text
from console.service.casework import check_orders, give_at_once, handle_again, settle
from console.service.desk import TEXT_MAX, Act, Desk, Facts
from console.service.supervision import hang_up
from console.store import clocks

ADDRESS_MAX = 200
MEDIATE_WITHIN = Limit(30, "ND")  # "usually within one month" (handbook 3.8, M08)
_CLOSED = ("done_check", "done_close", "due_close", "due_evaluate")
_STAGES = ("accept", "verify", "file", "dispatch", "sign", "first", "handle", "check", "close", "evaluate")


@dataclass(frozen=True)
class Held:
    """A joint meeting as it was held: when, where, with whom, what was said, and what each unit is to do."""

    at: datetime
    place: str
    minutes: str
    units: tuple[int, ...]
    decisions: tuple[Decision, ...]


class Endings:
    """Operations on cases near and after their end. Every one raises Missing, Stale, Denied, Refused, Invalid."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def send_back(self, actor: Actor, case_id: int, version: int, action: str, reason: str) -> Case:
        """T33: not to be closed like this; back to its handling or to its check (`back_to_handling`, `back_to_check`)."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, action, {"reason": reason})
            said = act.say(case, action, reason)
            if action == "back_to_check":
                return act.take(case, step, said, due_check=act.limit_from(act.now, "check", case), done_check=None, due_close=None)
            handle = handle_again(act, case, reason)
            cleared = dict.fromkeys(("done_handle", "done_check", "due_check", "due_close"))
            return act.take(case, step, said, due_handle=handle, **cleared)

        return self.desk.run(actor, work)

    def evaluate(self, actor: Actor, case_id: int, version: int, score: str, words: str = "") -> Case:
        """T34: how content the citizen is (CT-14); the case is archived with it."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version, own=True)
            known(act.codes_of(case).evaluations, score, "score")
            answered = clocks.answered(act.unit, case.id)
            step = CASE_FLOW.step(case, actor, "evaluate", {"score": score, "answered": answered})
            said = act.say(case, "evaluate", words, "text")
            return _archive(act, case, step, score, said)

        return self.desk.run(actor, work)

    def not_content(self, actor: Actor, case_id: int, version: int, words: str) -> Case:
        """T35, the second time: who was sent back once and still is not content is answered for by the unit, in writing."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            CASE_FLOW.step(case, actor, "ask_call_back", {"reason": words})
            if not case.called_back:
                raise Refused("call_back_returns", "score")
            return hang_up(act, case, YELLOW, words)

        return self.desk.run(actor, work)

    def archive(self, actor: Actor, case_id: int, version: int | None = None) -> Case:
        """T41: nobody could be reached for three days; archived without a score."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "archive", {"now": act.now})
            return _archive(act, case, step, "0", {})

        return self.desk.run(actor, work)

    def reopen(self, actor: Actor, case_id: int, version: int, reason: str) -> Case:
        """T38: an ended case is filed anew, within 30 days."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "reopen", {"reason": reason, "now": act.now})
            settle(act, case)
            cleared: Facts = {f"{kind}_{stage}": None for kind in ("due", "done") for stage in _STAGES}
            cleared |= {"done_accept": act.now, "due_file": act.limit_from(act.now, "file", case)}
            blank: Facts = {"close_type": "", "close_text": "", "public_reply": "", "satisfaction": "", "lead_org": None, "ended_at": None}
            return act.take(case, step, act.say(case, "reopen", reason), **cleared, **blank)

        return self.desk.run(actor, work)

    def meet(self, actor: Actor, case_id: int, version: int, held: Held) -> Case:
        """T39: a joint meeting; each decision is a task of its unit, and the case is joint from now on."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "meet", {})
            orders = _orders(held.decisions)
            check_orders(act, orders)
            check_text("place", held.place, ADDRESS_MAX)
            check_text("minutes", held.minutes, TEXT_MAX)
            made = tuple(_decided(act, case, order, each) for order, each in zip(orders, held.decisions, strict=True))
            kept = act.met(Meeting(0, case.id, held.at, held.place, actor.user_id, held.units, held.minutes, made))
            flags = case.flags if "joint" in case.flags else (*case.flags, "joint")
            told: Facts = {"meeting": kept.id, "tasks": list(made), "units": list(held.units)}
            return act.take(case, step, {**told, **act.say(case, "meet", held.minutes, "minutes")}, flags=flags)

        return self.desk.run(actor, work)

    def mediate(self, actor: Actor, case_id: int, version: int, words: str = "") -> Case:
        """T40: mediation is opened on a dispute; its handling has a month from now."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "mediate", {})
            if "mediation" in case.flags:
                raise Refused("mediates_already", "state")
            end: Facts = {"due_handle": act.after(MEDIATE_WITHIN, case)} if case.due_handle is not None and case.done_handle is None else {}
            return act.take(case, step, act.say(case, "mediate", words, "text"), flags=(*case.flags, "mediation"), **end)

        return self.desk.run(actor, work)


def _archive(act: Act, case: Case, step: Step, score: str, said: Facts) -> Case:
    facts: Facts = {"score": score, "retention": case.retention_class, **said}  # the class was set with its day, at the closing
    return act.take(case, step, facts, satisfaction=score, done_evaluate=act.now, ended_at=act.now)


def _orders(decisions: Sequence[Decision]) -> tuple[Order, ...]:
    return tuple(Order(each.org_id, "co", each.text) for each in decisions)


def _decided(act: Act, case: Case, order: Order, decision: Decision) -> int:
    task = give_at_once(act, case, order, "give")
    if decision.due is not None:
        task = act.move(task, "decided", {"case": case.id, "org": task.org_id, "step": "T39"}, due_handle=decision.due)
    return task.id
