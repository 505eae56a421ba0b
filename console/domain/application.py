"""An application: what one asks for and another decides, most of it about time (CT-13); approver ≠ applicant."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.errors import Refused
from console.domain.flow import Facts, Flow, Relation, Stateful, Step, any_of
from console.domain.limits import Limit, WorkCalendar, due
from console.domain.people import Actor

DELAY, VOID, SUSPEND, RECLASSIFY, UNTRUE = "3", "6", "61", "8", "10"
# Not about time and not in CT-13: what else the flow lets one ask and another decide. The codes are this product's own.
TRANSFER, RETURN, CALL_BACK = "71", "72", "73"
DELETED, GRANTED, REFUSED, PENDING = "0", "1", "2", "3"
DELAYS = 2
FIRST_DELAY, SECOND_DELAY = Limit(5, "WD"), Limit(10, "WD")
UNITS = {"1": "WD", "2": "ND", "3": "H"}
SUSPENDED_MOST_DAYS, REVIEW_EVERY = 90, Limit(10, "WD")


@dataclass(frozen=True)
class Application:
    """One asking and its decision. `reason` is a CT-25 code, `round` which delay it is, `target` the unit or category asked for."""

    id: int
    case_id: int
    task_id: int | None
    type: str
    reason: str
    text: str
    interval: int
    unit: str
    old_due: datetime | None
    new_due: datetime | None
    round: int
    target: str
    applicant: int
    applicant_org: int
    asked_at: datetime
    state: str = PENDING
    decided_by: int | None = None
    decided_at: datetime | None = None
    advice: str = ""
    version: int = 1


# What granting means for the case: the action of the case's own table that is then carried out.
CASE_ACTS = {
    DELAY: "delay", VOID: "void", SUSPEND: "suspend", RECLASSIFY: "reclassify", UNTRUE: "untrue", TRANSFER: "transfer", RETURN: "return",
    CALL_BACK: "call_back",
}  # fmt: skip


def is_not_applicant(application: Stateful, actor: Actor) -> bool:
    """Nobody decides what he asked for himself (invariant 3)."""
    return getattr(application, "applicant", None) != actor.user_id


def is_applicant(application: Stateful, actor: Actor) -> bool:
    """Only who asked may take it back."""
    return getattr(application, "applicant", None) == actor.user_id


def has_advice(_application: Stateful, facts: Facts) -> None:
    """Who refuses says why."""
    if not str(facts.get("advice") or "").strip():
        raise Refused("needs_reason", "advice")


def asks_for(kind: str, round_: int = 0) -> Relation:
    """Of this type, and of this round where the round matters."""
    def relation(application: Stateful, _actor: Actor) -> bool:
        return getattr(application, "type", "") == kind and (not round_ or getattr(application, "round", 0) == round_)
    return relation


def bound(first: bool, original: Limit, old_due: datetime, calendar: WorkCalendar) -> datetime:
    """The latest end a delay may set: the first one limit and five work days, the second ten work days (3.4)."""
    if not first:
        return due(old_due, SECOND_DELAY, calendar)
    return min(due(old_due, original, calendar), due(old_due, FIRST_DELAY, calendar))


_PENDING = frozenset({PENDING})
# Who decides what (3.2, 3.4): the first delay the dispatcher, the second and every suspension the director.
_DECIDERS = (
    ("T26", DELAY, 1, "R08", ("A21", "A22")), ("T26", DELAY, 2, "R17", ("A21", "A22")), ("T27", SUSPEND, 0, "R17", ("A24", "A22")),
    ("T37", VOID, 0, "R16", ("A35", "A22")), ("T12", RECLASSIFY, 0, "R16", ("A41", "A22")), ("T08", UNTRUE, 0, "R06", ("A05", "A22")),
    ("T17", TRANSFER, 0, "R08", ("A10", "A22")), ("T15", RETURN, 0, "R16", ("A09", "A22")), ("T35", CALL_BACK, 0, "R16", ("A33", "A22")),
)  # fmt: skip


def _rows() -> tuple[Step, ...]:
    made: list[Step] = []
    for number, kind, round_, role, (yes, no) in _DECIDERS:
        relations = (asks_for(kind, round_), is_not_applicant)
        made.append(Step(number, "grant", (yes,), _PENDING, GRANTED, any_of(role), relations))
        made.append(Step(number, "refuse", (no,), _PENDING, REFUSED, any_of(role), relations, (has_advice,)))
    everyone = any_of(*(f"R{number:02d}" for number in range(1, 24)))
    return (*made, Step("DEL", "take_back", ("DEL",), _PENDING, DELETED, everyone, (is_applicant,)))


APPLICATION_FLOW = Flow("application", (PENDING, GRANTED, REFUSED, DELETED), PENDING, _rows())
