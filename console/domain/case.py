"""A case: the matter itself, its stages, and the steps it may take (handbook 3.2)."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.errors import Refused
from console.domain.flow import Facts, Flow, Stateful, Step, any_of
from console.domain.people import Actor
from console.domain.rights import fits

DRAFT, INTAKE, VERIFY, FILING, DISPATCH, SIGN, HANDLING = "00", "10", "15", "20", "30", "40", "50"
UPPER, CHECK, CLOSING, EVALUATION, ARCHIVED = "55", "60", "70", "80", "90"
REJECTED, VOIDED, WITHDRAWN, MERGED = "91", "92", "93", "95"
OPEN_STATES = (INTAKE, VERIFY, FILING, DISPATCH, SIGN, HANDLING, UPPER, CHECK, CLOSING, EVALUATION)


@dataclass(frozen=True)
class Case:
    """One matter with one number. Times are UTC instants, positions WGS-84 degrees.

    `due_*` are limits of the stages, `done_*` when they were passed;
    `returned`, `reworked` count. `handler_ids` are the users who worked on
    its tasks (a checker must not be among them). `shield` is empty, or why
    only units with an access row may know of the case. `delete_after` is set
    as soon as the case has ended (`retention.py`).
    """

    id: int
    number: str
    title: str
    content: str
    category: str
    source: str
    priority: str
    scale: str
    state: str
    occurred_at: datetime | None
    reported_at: datetime
    address: str
    lon: float | None
    lat: float | None
    accuracy_m: float | None
    coord_source: str
    division: str
    grid: str
    owner_centre: int
    reporter_id: int
    flags: tuple[str, ...] = ()
    acked_at: datetime | None = None
    acked_by: int | None = None
    lead_org: int | None = None
    handler_ids: tuple[int, ...] = ()
    returned: int = 0
    reworked: int = 0
    due_accept: datetime | None = None
    due_file: datetime | None = None
    due_dispatch: datetime | None = None
    due_sign: datetime | None = None
    due_first: datetime | None = None
    due_handle: datetime | None = None
    due_check: datetime | None = None
    due_close: datetime | None = None
    done_accept: datetime | None = None
    done_file: datetime | None = None
    done_dispatch: datetime | None = None
    done_sign: datetime | None = None
    done_first: datetime | None = None
    done_handle: datetime | None = None
    done_check: datetime | None = None
    done_close: datetime | None = None
    close_type: str = ""
    close_text: str = ""
    public_reply: str = ""
    shield: str = ""
    retention_class: str = "B"
    delete_after: datetime | None = None
    version: int = 1

    @property
    def place_known(self) -> bool:
        """Whether it can stand on a map."""
        return self.lon is not None and self.lat is not None


def is_urgent(case: Stateful, _facts: Facts) -> None:
    """T42 is for P1 and P2."""
    if getattr(case, "priority", "") not in ("P1", "P2"):
        raise Refused("not_urgent", "priority", priority=getattr(case, "priority", ""))


def is_ordinary(case: Stateful, _facts: Facts) -> None:
    """T43 is for P3 and P4."""
    if getattr(case, "priority", "") not in ("P3", "P4"):
        raise Refused("is_urgent", "priority", priority=getattr(case, "priority", ""))


def has_one_lead(_case: Stateful, facts: Facts) -> None:
    """A dispatch names exactly one lead department and nobody twice."""
    if facts.get("leads") != 1:
        raise Refused("one_lead", "orders", count=facts.get("leads"))
    if facts.get("repeated"):
        raise Refused("unit_twice", "orders", unit=facts.get("repeated"))


def has_reason(_case: Stateful, facts: Facts) -> None:
    """The act needs words why."""
    if not str(facts.get("reason") or "").strip():
        raise Refused("needs_reason", "reason")


def has_closing(_case: Stateful, facts: Facts) -> None:
    """Closing names its type and the words for the citizen."""
    for name in ("close_type", "public_reply"):
        if not str(facts.get(name) or "").strip():
            raise Refused("needs_text", name)


def is_not_handler(case: Stateful, actor: Actor) -> bool:
    """The checker is not among those who handled the case (invariant 3)."""
    return actor.user_id not in getattr(case, "handler_ids", ())


def may_close(case: Stateful, actor: Actor) -> bool:
    """P1 and P2 are closed by the director, the others by the filing officer or the shift leader (T32)."""
    is_urgent_one = getattr(case, "priority", "") in ("P1", "P2")
    return actor.holds_any(frozenset({"R17"} if is_urgent_one else {"R07", "R16"}))


def not_acked(case: Stateful, _actor: Actor) -> bool:
    """A case is acknowledged once."""
    return getattr(case, "acked_at", None) is None


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


_DESK = any_of("R05", "R06", "R07", "R08", "R16")
_THREE = (frozenset({"R06", "R07", "R08"}), frozenset({"R16"}))
_REPORTERS = any_of("R01", "R02", "R03", "R04", "R05", "R06", "R14", "R21", "SYSTEM")

CASE_FLOW = Flow(
    kind="case",
    states=(DRAFT, INTAKE, FILING, DISPATCH, SIGN, HANDLING, CHECK, CLOSING, EVALUATION),
    start=DRAFT,
    fits=fits,
    steps=(
        Step("T01", "submit", ("A01",), _from(DRAFT), INTAKE, _REPORTERS, via="report"),
        # F4: stops flash and sound, starts nothing and moves nothing (ux A8).
        Step("ACK", "ack", ("ACK",), _from(INTAKE, FILING, DISPATCH), "", _DESK, (not_acked,)),
        Step("T42", "quick", ("A02", "A06", "A07"), _from(INTAKE), SIGN, _THREE, (), (is_urgent, has_one_lead)),
        Step("T43", "quick", ("A02", "A06", "A07"), _from(INTAKE), SIGN, _THREE, (), (is_ordinary, has_one_lead)),
        Step("T04", "accept", ("A02",), _from(INTAKE), FILING, any_of("R06", "R05")),
        Step("T10", "file", ("A06",), _from(FILING), DISPATCH, any_of("R07")),
        Step("T13", "dispatch", ("A07",), _from(DISPATCH), SIGN, any_of("R08"), (), (has_one_lead,)),
        Step("T14", "sign", ("A08",), _from(SIGN), HANDLING, any_of("R09"), via="task"),
        Step("T15", "return", ("A09",), _from(SIGN), DISPATCH, any_of("R09", "R10"), via="task"),
        Step("T16", "recall", ("A36",), _from(SIGN, HANDLING), DISPATCH, any_of("R08", "R16"), (), (has_reason,)),
        Step("T19", "progress", ("A15",), _from(HANDLING), "", any_of("R09", "R01"), via="task"),
        Step("T20", "finish", ("A16",), _from(HANDLING), CHECK, any_of("R09"), via="task"),
        Step("T30", "check", ("A29", "A30"), _from(CHECK), CLOSING, any_of("R11"), (is_not_handler,)),
        Step("T31", "rework", ("A31",), _from(CHECK), HANDLING, any_of("R11"), (is_not_handler,), (has_reason,)),
        Step("T32", "close", ("A32",), _from(CLOSING), EVALUATION, any_of("R07", "R16", "R17"), (may_close,), (has_closing,)),
    ),
)
