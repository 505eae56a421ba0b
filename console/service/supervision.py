"""Pressing for a case: urging, plates and their answers, marks; by people, and by the clock when a lamp turns (CT-12)."""

from dataclasses import replace

from console.domain.case import CASE_FLOW, Case
from console.domain.codes import known
from console.domain.errors import Denied, Invalid
from console.domain.limits import lamp, next_edge
from console.domain.paging import Leaf, Turn
from console.domain.people import Actor
from console.domain.supervision import (
    NOTED,
    OPEN,
    RED,
    REPLY_WITHIN,
    SUPERVISE,
    SUPERVISION_FLOW,
    TOLD,
    URGE,
    YELLOW,
    Supervision,
    heavier,
    plate_allowed,
)
from console.domain.texts import check_text
from console.service.casework import centre_of
from console.service.desk import TEXT_MAX, Act, Desk, Facts
from console.store import tables
from console.store.find import applications, plates
from console.store.find.plates import Plate
from console.store.scope import Scope

# Marks of CT-09 that officers set by hand; the others follow from steps. Emergency mode is the director's (3.5).
MARKS = ("confidential", "cross_county", "cross_city", "cross_province", "emergency_mode")
# Whom CT-12 has told of the heavier plates: the director and the supervisor.
TOLD_ROLES = frozenset({"R17", "R18"})
FIRST = Turn()
PLATE_OF_LAMP = {"R": YELLOW, "K": RED}


class Supervisions:
    """Operations that press for a case. Every one raises Missing, Stale, Denied, Refused, Invalid."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def urge(self, actor: Actor, case_id: int, version: int, text: str = "") -> Case:
        """T28: press for an answer; it counts, and the unit in charge is told."""

        def work(act: Act) -> Case:
            return _urge(act, act.case(case_id, version), text, auto=False)

        return self.desk.run(actor, work)

    def supervise(self, actor: Actor, case_id: int, version: int, plate: str, text: str) -> Case:
        """T29: hang up a plate; a written answer is due within one work day."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            CASE_FLOW.step(case, actor, "supervise", {})
            known(act.codes_of(case).supervision["plate"], plate, "plate")
            if not plate_allowed(plate, centre_of(act, actor.centre_id).level, actor):
                raise Denied("plate", "plate", kind="case", action="supervise")
            if not text.strip():
                raise Invalid("reason", "needs_reason")
            return _supervise(act, case, plate, text, auto=False)

        return self.desk.run(actor, work)

    def answer(self, actor: Actor, supervision_id: int, version: int, text: str) -> Supervision:
        """T29, A28: the written answer of who was pressed."""

        def work(act: Act) -> Supervision:
            case = act.case(applications.supervision_case(act.unit, act.scope, supervision_id))
            supervision = act.part(Supervision, supervision_id, case, version)
            step = SUPERVISION_FLOW.step(supervision, actor, "answer", {"text": text})
            check_text("text", text, TEXT_MAX)
            facts: Facts = {"case": case.id, "org": supervision.to_org}
            answered = act.take(supervision, step, facts, reply_text=text.strip(), reply_by=actor.user_id, reply_at=act.now)
            act.move(case, "answered", {"supervision": supervision.id, "step": "T29", "codes": ["A28"]})
            return answered

        return self.desk.run(actor, work)

    def to_note(self, actor: Actor, turn: Turn = FIRST) -> Leaf[Plate]:
        """Red and black plates the actor is told of and has not taken note of (CT-12). Raises Denied for who is told of none."""
        if not actor.holds_any(TOLD_ROLES):
            raise Denied("role", kind="supervision", action="note")
        with self.desk.store.read() as unit:
            return plates.to_note(unit, Scope(actor), turn)

    def note(self, actor: Actor, supervision_id: int) -> None:
        """Take note of a plate; it waits for this actor no longer, and the journal tells who knew of it when."""
        if not actor.holds_any(TOLD_ROLES):
            raise Denied("role", kind="supervision", action="note")

        def work(act: Act) -> Facts:
            case = act.case(applications.supervision_case(act.unit, act.scope, supervision_id))
            supervision = act.unit.get(tables.supervision, Supervision, supervision_id)
            assert supervision is not None
            act.note("noted", "plate", supervision.id, supervision.version, {"case": case.id, "plate": supervision.card})
            return {}

        self.desk.once(actor, f"{NOTED}{supervision_id}", {}, work)

    def mark(self, actor: Actor, case_id: int, version: int, mark: str, *, is_on: bool) -> Case:
        """Set or take off one of the marks: confidential, across a border, emergency mode."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, "mark", {})
            if mark not in MARKS:
                raise Invalid("mark", "unknown_code", value=mark)
            if mark == "emergency_mode" and not actor.holds("R17"):
                raise Denied("role", kind="case", action="emergency_mode")
            others = tuple(each for each in case.flags if each != mark)
            return act.take(case, step, {"mark": mark, "on": is_on}, flags=(*others, mark) if is_on else others)

        return self.desk.run(actor, work)


def hang_up(act: Act, case: Case, plate: str, text: str) -> Case:
    """A plate that follows from another act (a second call-back nobody is content with)."""
    return _supervise(act, case, plate, text, auto=True)


def turned(act: Act, case: Case) -> str:
    """T28, T29 by the clock: each lamp that turned since the last look, the milder first: a night without a sweeper skips none."""
    running = case.running
    assert running is not None
    stage, end = running
    limit = act.codes_of(case).stage_limit(stage, case.category, case.priority)
    colour = lamp(end, act.now, limit, act.codes_of(case).calendar)
    told = {"": "GYRK", "G": "YRK", "Y": "RK", "R": "K", "K": ""}[case.lamp]
    for each in told[: told.find(colour) + 1]:
        if each in PLATE_OF_LAMP:
            if each == "R":
                case = _urge(act, case, "", auto=True)
            case = _supervise(act, case, PLATE_OF_LAMP[each], "", auto=True)
    following = next_edge(end, act.now, limit, act.codes_of(case).calendar)
    act.move(case, "lamp", {"lamp": colour, "stage": stage, "org": case.lead_org}, lamp=colour, lamp_at=following)
    return colour


def _urge(act: Act, case: Case, text: str, *, auto: bool) -> Case:
    step = CASE_FLOW.step(case, act.actor, "urge", {})
    check_text("reason", text, TEXT_MAX)
    row = _row(act, case, URGE, "", text, auto=auto)
    act.born(replace(row, state=TOLD), "urge", {"case": case.id, "org": case.lead_org})
    return act.take(case, step, {"org": case.lead_org, "auto": auto, **act.say(case, "urge", text)}, urged=case.urged + 1)


def _supervise(act: Act, case: Case, plate: str, text: str, *, auto: bool) -> Case:
    step = next(row for row in CASE_FLOW.steps if row.action == "supervise")
    check_text("reason", text, TEXT_MAX)
    row = replace(_row(act, case, SUPERVISE, plate, text, auto=auto), state=OPEN, reply_due=act.after(REPLY_WITHIN, case))
    born = act.born(row, "supervise", {"case": case.id, "org": case.lead_org, "plate": plate})
    facts: Facts = {"supervision": born.id, "plate": plate, "org": case.lead_org, "auto": auto, **act.say(case, "supervise", text)}
    return act.take(case, step, facts, card=heavier(case.card, plate))


def _row(act: Act, case: Case, category: str, plate: str, text: str, *, auto: bool) -> Supervision:
    return Supervision(
        0, case.id, category, plate, act.actor.user_id, case.lead_org, case.owner_centre, text.strip(), act.now, auto, OPEN
    )


__all__ = ["MARKS", "TOLD_ROLES", "Plate", "Supervisions", "hang_up", "turned"]
