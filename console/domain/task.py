"""A task: what one unit is asked to do for a case, and the answers it gives."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from console.domain.errors import Refused
from console.domain.flow import Facts, Flow, Stateful, Step, any_of
from console.domain.people import Actor
from console.domain.rights import fits

HELD, AWAITING, WORKING, REPLIED = "held", "awaiting", "handling", "replied"
FINISHED, RETURNED, RECALLED = "finished", "returned", "recalled"
LIVE_STATES = (HELD, AWAITING, WORKING, REPLIED)
DESK_STATES = (AWAITING, WORKING, REPLIED, FINISHED, RETURNED)

TaskKind = Literal["lead", "co"]


@dataclass(frozen=True)
class Order:
    """One line of a dispatch: which unit, in which part, with which words."""

    org_id: int
    kind: TaskKind
    instruction: str = ""
    mandatory: bool = True


@dataclass(frozen=True)
class Task:
    """One unit's part in a case.

    Until `released_at` it is held: nothing of it has left the hall, and its
    clocks have not started (architecture 5, undo).
    """

    id: int
    number: str
    case_id: int
    kind: str
    org_id: int
    mandatory: bool
    instruction: str
    state: str
    sent_by: int
    sent_at: datetime
    release_at: datetime
    released_at: datetime | None = None
    user_id: int | None = None
    due_sign: datetime | None = None
    signed_at: datetime | None = None
    due_first: datetime | None = None
    first_reply_at: datetime | None = None
    due_handle: datetime | None = None
    finished_at: datetime | None = None
    on_site_at: datetime | None = None
    refuse_reason: str = ""
    version: int = 1


@dataclass(frozen=True)
class TaskReply:
    """One answer of a unit, kept as it was given."""

    id: int
    task_id: int
    case_id: int
    at: datetime
    user_id: int
    user_name: str
    kind: str
    text: str
    solved: str = ""
    photos: tuple[str, ...] = ()


def is_own_unit(task: Stateful, actor: Actor) -> bool:
    """Only the unit that was asked answers."""
    return getattr(task, "org_id", None) == actor.org_id


def has_reason_code(_task: Stateful, facts: Facts) -> None:
    """A return names its reason (CT-25)."""
    if not str(facts.get("reason") or "").strip():
        raise Refused("needs_reason", "reason")


def in_sign_time(task: Stateful, facts: Facts) -> None:
    """A task is returned within its sign limit or not at all (T15)."""
    due, now = getattr(task, "due_sign", None), facts.get("now")
    if isinstance(due, datetime) and isinstance(now, datetime) and now > due:
        raise Refused("return_too_late", "reason", due=due.isoformat())


def has_text(_task: Stateful, facts: Facts) -> None:
    """An answer says something."""
    if not str(facts.get("text") or "").strip():
        raise Refused("needs_text", "text")


def has_proof(_task: Stateful, facts: Facts) -> None:
    """P1 to P3 are finished with at least one attachment (T20)."""
    if facts.get("priority") in ("P1", "P2", "P3") and not facts.get("photos"):
        raise Refused("needs_photo", "photos", priority=facts.get("priority"))


def others_are_done(task: Stateful, facts: Facts) -> None:
    """The lead finishes last: every mandatory co-task is finished (T20)."""
    if getattr(task, "kind", "") == "lead" and facts.get("open_co"):
        raise Refused("co_open", "state", count=facts.get("open_co"))


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


_OWN = (is_own_unit,)
_BUSY = _from(WORKING, REPLIED)

TASK_FLOW = Flow(
    kind="task",
    states=(HELD, AWAITING, WORKING, REPLIED, FINISHED, RETURNED, RECALLED),
    start=HELD,
    fits=fits,
    steps=(
        Step("REL", "release", ("REL",), _from(HELD), AWAITING, any_of("SYSTEM", "R08", "R16"), via="case"),
        Step("T14", "sign", ("A08",), _from(AWAITING), WORKING, any_of("R09"), _OWN),
        Step("T15", "return", ("A09",), _from(AWAITING), RETURNED, any_of("R09", "R10"), _OWN, (has_reason_code, in_sign_time)),
        Step("T19a", "on_site", ("A14",), _BUSY, "", any_of("R09", "R01"), _OWN),
        Step("T19b", "progress", ("A15",), _BUSY, REPLIED, any_of("R09", "R01"), _OWN, (has_text,)),
        Step("T20", "finish", ("A16",), _BUSY, FINISHED, any_of("R09"), _OWN, (has_text, has_proof, others_are_done)),
        Step("T16", "recall", ("A36",), _from(*LIVE_STATES), RECALLED, any_of("R08", "R16"), via="case"),
        Step("T31", "rework", ("A31",), _from(FINISHED), WORKING, any_of("R11"), via="case"),
    ),
)
