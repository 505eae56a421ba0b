"""A task: what one unit is asked to do for a case, and the answers it gives."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from console.domain.errors import Refused
from console.domain.flow import Facts, Flow, Stateful, Step, any_of
from console.domain.people import Actor
from console.domain.rights import fits

HELD, ASKED, AWAITING, WORKING, REPLIED = "held", "asked", "awaiting", "handling", "replied"
FINISHED, RETURNED, RECALLED, DECLINED, SETTLED = "finished", "returned", "recalled", "declined", "settled"
LIVE_STATES = (HELD, ASKED, AWAITING, WORKING, REPLIED)
# What a unit sees on its desk; a settled task belongs to a round that ended before its case was reopened.
DESK_STATES = (ASKED, AWAITING, WORKING, REPLIED, FINISHED, RETURNED, DECLINED)

TaskKind = Literal["lead", "co", "verify"]


@dataclass(frozen=True)
class Order:
    """One line of a dispatch: which unit, in which part, with which words."""

    org_id: int
    kind: TaskKind
    instruction: str = ""
    mandatory: bool = True


@dataclass(frozen=True)
class Task:
    """One unit's part in a case: leading it, helping with it, or looking whether it is true.

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


def is_order(task: Stateful, _actor: Actor) -> bool:
    """A part in the handling, not a look whether the matter is true."""
    return getattr(task, "kind", "") in ("lead", "co")


def is_verification(task: Stateful, _actor: Actor) -> bool:
    """A look whether the matter is true (T06)."""
    return getattr(task, "kind", "") == "verify"


def leads(task: Stateful, _actor: Actor) -> bool:
    """Only the lead speaks for the whole case: more time, another lead, help (T17, T18, T26, T27)."""
    return getattr(task, "kind", "") == "lead"


def is_first_return(_task: Stateful, facts: Facts) -> None:
    """From the second return of a case on the shift leader decides (T15)."""
    if facts.get("returned"):
        raise Refused("leader_decides_return", "reason")


def is_later_return(_task: Stateful, facts: Facts) -> None:
    """The first return of a case needs nobody's leave (T15)."""
    if not facts.get("returned"):
        raise Refused("return_freely", "reason")


def has_interval(_task: Stateful, facts: Facts) -> None:
    """A delay says for how long."""
    if not facts.get("interval"):
        raise Refused("needs_interval", "interval")


def has_target(_task: Stateful, facts: Facts) -> None:
    """Another unit is named: whose it rather is, or who should help."""
    if not str(facts.get("target") or "").strip():
        raise Refused("needs_target", "target")


def is_in_time(_task: Stateful, facts: Facts) -> None:
    """More time is asked for before the limit ends; late applications are refused (3.4)."""
    due, now = facts.get("due"), facts.get("now")
    if not isinstance(due, datetime) or not isinstance(now, datetime) or now > due:
        raise Refused("delay_too_late", "interval", due=due.isoformat() if isinstance(due, datetime) else "")


def has_note_or_photo(_task: Stateful, facts: Facts) -> None:
    """Something was seen: a photo, or words about it (T07)."""
    if not str(facts.get("text") or "").strip() and not facts.get("photos"):
        raise Refused("needs_text_or_photo", "text")


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


_OWN = (is_own_unit, is_order)
_LEAD = (is_own_unit, leads)
_VERIFY = (is_own_unit, is_verification)
_BUSY = _from(WORKING, REPLIED)
_UNITS = any_of("R09", "R10")

TASK_FLOW = Flow(
    kind="task",
    states=(HELD, ASKED, AWAITING, WORKING, REPLIED, FINISHED, RETURNED, RECALLED, DECLINED, SETTLED),
    start=HELD,
    fits=fits,
    steps=(
        Step("REL", "release", ("REL",), _from(HELD), AWAITING, any_of("SYSTEM", "R08", "R16"), via="case"),
        Step("T06", "send_verify", ("A04",), _from(HELD), AWAITING, any_of("R06"), via="case"),
        Step("T17", "hand_over", ("A10",), _from(HELD), AWAITING, any_of("R08"), via="case"),
        Step("T39", "give", ("A38",), _from(HELD), AWAITING, any_of("R17"), via="case"),
        Step("T36", "self_handle", ("A39",), _from(HELD), FINISHED, any_of("R01", "R02", "R05"), via="case"),
        Step("T07", "verified", ("A05",), _from(AWAITING), FINISHED, any_of("R01", "R11", "R05"), _VERIFY, (has_note_or_photo,)),
        Step("T08", "ask_untrue", ("A05",), _from(AWAITING), "", any_of("R01", "R11", "R05"), _VERIFY, (has_text,)),
        Step("T14", "sign", ("A08",), _from(AWAITING), WORKING, any_of("R09"), _OWN),
        Step("T15", "return", ("A09",), _from(AWAITING), RETURNED, _UNITS, _OWN, (has_reason_code, is_first_return, in_sign_time)),
        Step("T15", "ask_return", ("A09",), _from(AWAITING), "", _UNITS, _LEAD, (has_reason_code, is_later_return, in_sign_time)),
        Step("T15", "give_back", ("A09",), _from(AWAITING), RETURNED, any_of("R16"), via="application"),
        Step("T18", "ask_help", ("A11",), _from(HELD), ASKED, any_of("R09"), via="case"),
        Step("T18", "agree", ("A12",), _from(ASKED), WORKING, any_of("R10"), _OWN),
        Step("T18", "decline", ("A13",), _from(ASKED), DECLINED, any_of("R10"), _OWN, (has_text,)),
        Step("T19a", "on_site", ("A14",), _BUSY, "", any_of("R09", "R01"), _OWN),
        Step("T19b", "progress", ("A15",), _BUSY, REPLIED, any_of("R09", "R01"), _OWN, (has_text,)),
        Step("T20", "finish", ("A16",), _BUSY, FINISHED, any_of("R09"), _OWN, (has_text, has_proof, others_are_done)),
        Step("T18", "ask_co", ("A11",), _BUSY, "", any_of("R09"), _LEAD, (has_target, has_text)),
        Step("T17", "ask_transfer", ("A10",), _BUSY, "", any_of("R10"), _LEAD, (has_target, has_text)),
        Step("T26", "ask_delay", ("A20",), _from(AWAITING, WORKING, REPLIED, FINISHED), "", _UNITS, _LEAD,
             (has_reason_code, has_interval, is_in_time)),
        Step("T27", "ask_suspend", ("A23",), _from(AWAITING, WORKING, REPLIED), "", any_of("R10"), _LEAD, (has_reason_code,)),
        Step("T16", "recall", ("A36",), _from(*LIVE_STATES), RECALLED, any_of("R08", "R16"), via="case"),
        Step("T17", "transfer", ("A10",), _BUSY, RECALLED, any_of("R08"), via="application"),
        Step("END", "call_off", ("A36",), _from(*LIVE_STATES), RECALLED, any_of("R06", "R08", "R09", "R10", "R16"), via="case"),
        Step("T31", "rework", ("A31",), _from(FINISHED), WORKING, any_of("R11", "R17", "R07", "R16"), via="case"),
        Step("T38", "settle", ("A40",), _from(FINISHED), SETTLED, any_of("R16", "R17", "R08", "R06"), via="case"),
    ),
)
