"""A case between centres: escalated, past a level too, taken over, handed back, sent down. The old owner goes on watching."""

from dataclasses import replace

from console.domain.case import CASE_FLOW, Case
from console.domain.errors import Invalid, Refused
from console.domain.flow import Step
from console.domain.hops import hop
from console.domain.people import Actor
from console.domain.place import Centre
from console.service.casework import UNDISPATCHED, call_off, centre_of, settle
from console.service.desk import Act, Desk, Facts
from console.store import access, tables


class Levels:
    """Operations between centres. Every one raises Missing, Stale, Denied, Refused, Invalid."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def escalate(self, actor: Actor, case_id: int, version: int, reason: str) -> Case:
        """T21: ask the parent centre to take it; until it does, the case stays ours and its tasks stand."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "escalate", {"reason": reason})
            upper = _parent(act, centre_of(act, case.owner_centre))
            return _ask_upper(act, case, step, upper, reason)

        return self.desk.run(actor, work)

    def pass_by(self, actor: Actor, case_id: int, version: int, reason: str) -> Case:
        """T22: past one level, for emergencies at once, else when handling has lasted three days."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version, own=True)
            step = CASE_FLOW.step(case, actor, "skip", {"reason": reason, "now": act.now})
            upper = _parent(act, _parent(act, centre_of(act, case.owner_centre)))
            return _ask_upper(act, case, step, upper, reason)

        return self.desk.run(actor, work)

    def take_over(self, actor: Actor, case_id: int, version: int) -> Case:
        """T23: the upper centre owns it now and dispatches it anew; the lower one watches."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "take_over", {})
            call_off(act, case)
            settle(act, case)
            access.watch(act.unit, case.id, case.owner_centre, act.now)
            upper = centre_of(act, actor.centre_id)
            due = act.limit_from(act.now, "dispatch", replace(case, owner_centre=upper.id))  # its tables count from here on
            stages: Facts = {"done_accept": case.done_accept or act.now, "done_file": case.done_file or act.now, "due_dispatch": due}
            owner: Facts = {"owner_centre": upper.id, "owner_path": upper.path, "target_centre": None, "prev_state": ""}
            return act.take(case, step, {"from": case.owner_centre}, **dict.fromkeys(UNDISPATCHED), **stages, **owner)

        return self.desk.run(actor, work)

    def hand_back(self, actor: Actor, case_id: int, version: int, reason: str) -> Case:
        """T24: the upper centre does not take it; it goes on where it stood."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "hand_back", {"reason": reason})
            facts: Facts = {"from": case.target_centre, **act.say(case, "hand_back", reason)}
            return act.take(case, step, facts, target_centre=None, prev_state="")

        return self.desk.run(actor, work)

    def send_down(self, actor: Actor, case_id: int, version: int, centre_id: int, reason: str) -> Case:
        """T25: a centre below owns it now and begins with intake; the upper one goes on watching."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "send_down", {"reason": reason})
            own = centre_of(act, case.owner_centre)
            lower = act.unit.get(tables.centre, Centre, centre_id)
            if lower is None or lower.parent_id != own.id:
                raise Invalid("centre", "not_below", value=centre_id)
            call_off(act, case, reason)
            settle(act, case)
            access.watch(act.unit, case.id, own.id, act.now)
            facts: Facts = {"from": own.id, "to": lower.id, "hop": hop(own.level, lower.level), **act.say(case, "send_down", reason)}
            cleared = dict.fromkeys((*UNDISPATCHED, "done_accept", "done_file", "due_file", "due_dispatch", "acked_at", "acked_by"))
            due = act.limit_from(act.now, "accept", replace(case, owner_centre=lower.id))  # its tables count from here on
            owner: Facts = {"owner_centre": lower.id, "owner_path": lower.path, "due_accept": due}
            return act.take(case, step, facts, **cleared, **owner)

        return self.desk.run(actor, work)


def _parent(act: Act, centre: Centre) -> Centre:
    if centre.parent_id is None:
        raise Refused("no_upper_centre", "state")
    return centre_of(act, centre.parent_id)


def _ask_upper(act: Act, case: Case, step: Step, upper: Centre, reason: str) -> Case:
    own = centre_of(act, case.owner_centre)
    facts: Facts = {"hop": hop(own.level, upper.level), "from": own.id, "to": upper.id, **act.say(case, step.action, reason)}
    due = act.limit_from(act.now, "accept", case)
    return act.take(case, step, facts, prev_state=case.state, target_centre=upper.id, due_accept=due)
