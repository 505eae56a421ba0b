"""Urging and supervision (CT-12): what is pressed for, by whom, with which plate, and the written answer."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.errors import Refused
from console.domain.flow import Facts, Flow, Stateful, Step, any_of
from console.domain.limits import Limit
from console.domain.people import Actor

URGE, SUPERVISE = "1", "2"
YELLOW, RED, BLACK = "1", "2", "3"
PLATES = (YELLOW, RED, BLACK)
OPEN, ANSWERED, TOLD = "open", "answered", "told"  # an urging wants no answer: it is told and that is all
NOTED = "noted:"  # under this and its id an actor's note of a plate is remembered
REPLY_WITHIN = Limit(1, "WD")
# Which plates a centre of a level may hang up (3.5); the supervisor may hang up all.
PLATES_OF_LEVEL = {4: (YELLOW,), 3: (YELLOW, RED), 2: PLATES, 1: PLATES}


@dataclass(frozen=True)
class Supervision:
    """One urging or one plate. `to_org` is the unit pressed, `to_centre` the centre where no unit leads yet; `auto`: by a limit."""

    id: int
    case_id: int
    category: str
    card: str
    by_user: int
    to_org: int | None
    to_centre: int
    text: str
    at: datetime
    auto: bool
    state: str
    reply_due: datetime | None = None
    reply_text: str = ""
    reply_by: int | None = None
    reply_at: datetime | None = None
    version: int = 1


def is_addressed(supervision: Stateful, actor: Actor) -> bool:
    """The unit that was pressed answers; where none leads, the centre that owns the case."""
    org = getattr(supervision, "to_org", None)
    return org == actor.org_id if org is not None else getattr(supervision, "to_centre", None) == actor.centre_id


def is_not_author(supervision: Stateful, actor: Actor) -> bool:
    """Nobody answers his own plate."""
    return getattr(supervision, "by_user", None) != actor.user_id


def has_answer(_supervision: Stateful, facts: Facts) -> None:
    """A supervision needs a written answer (3.4)."""
    if not str(facts.get("text") or "").strip():
        raise Refused("needs_text", "text")


def plate_allowed(plate: str, level: int, actor: Actor) -> bool:
    """Whether somebody at a centre of this level may hang up this plate (3.5)."""
    return plate in (PLATES if actor.holds_any(frozenset({"R18", "SYSTEM"})) else PLATES_OF_LEVEL.get(level, ()))


def heavier(one: str, other: str) -> str:
    """The heavier of two plates; none is the lightest."""
    order = ("", YELLOW, RED, BLACK)
    return max(one, other, key=order.index)


SUPERVISION_FLOW = Flow(
    "supervision", (OPEN, ANSWERED), OPEN,
    (Step("T29", "answer", ("A28",), frozenset({OPEN}), ANSWERED, any_of("R08", "R09", "R10", "R16"), (is_addressed, is_not_author),
          (has_answer,)),),
)  # fmt: skip
