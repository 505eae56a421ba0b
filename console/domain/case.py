"""A case: the matter itself, its stages, and the steps it may take (handbook 3.2)."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.flow import Flow, Step, any_of
from console.domain.rights import fits
from console.domain.rules import (
    came_from,
    came_within,
    either,
    has_closing,
    has_note_or_photo,
    has_one_lead,
    has_pair_of_photos,
    has_reason,
    has_reply,
    has_score,
    has_way_on,
    is_at_upper,
    is_dispute,
    is_emergency,
    is_in_area,
    is_merging_alike,
    is_never_reworked_twice,
    is_not_handler,
    is_ordinary,
    is_own_report,
    is_owner,
    is_reworked_twice,
    is_shown_on_site,
    is_urgent,
    may_close,
    not_acked,
    waited_long_enough,
    waited_three_days,
)

DRAFT, INTAKE, VERIFY, FILING, DISPATCH, SIGN, HANDLING = "00", "10", "15", "20", "30", "40", "50"
UPPER, CHECK, CLOSING, EVALUATION, ARCHIVED = "55", "60", "70", "80", "90"
REJECTED, VOIDED, WITHDRAWN, MERGED = "91", "92", "93", "95"
OPEN_STATES = (INTAKE, VERIFY, FILING, DISPATCH, SIGN, HANDLING, UPPER, CHECK, CLOSING, EVALUATION)
ENDED_STATES = (ARCHIVED, REJECTED, VOIDED, WITHDRAWN, MERGED)
# Which stage's limit runs in a state (handbook 3.3, CT-09); its end is `due_STAGE`.
RUNNING = {
    INTAKE: "accept", VERIFY: "verify", FILING: "file", DISPATCH: "dispatch", SIGN: "sign", HANDLING: "handle", UPPER: "accept",
    CHECK: "check", CLOSING: "close", EVALUATION: "evaluate",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One matter with one number. Times are UTC instants, positions WGS-84 degrees.

    `due_*` are limits of the stages, `done_*` when they were passed;
    `returned`, `reworked`, `delayed`, `urged`, `called_back` count. `flags`
    hold what the inlet found odd and the handbook's marks (joint,
    cross_border …). `handler_ids` are the users who worked on its tasks (a
    checker must not be among them). `shield` is empty, or why only units
    with an access row may know of the case. `delete_after` is set as soon as
    the case has ended (`retention.py`). `target_centre` and `prev_state`
    belong to an escalation, `card` is the heaviest plate hung up (黄牌, 红牌; CT-12).
    While `suspended_at` is set, the clocks stand still; `suspended_s` is how
    long they stood in all before. `lamp` is the last one told (CT-11),
    `lamp_at` when the next one is due.
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
    due_verify: datetime | None = None
    due_file: datetime | None = None
    due_dispatch: datetime | None = None
    due_sign: datetime | None = None
    due_first: datetime | None = None
    due_handle: datetime | None = None
    due_check: datetime | None = None
    due_close: datetime | None = None
    due_evaluate: datetime | None = None
    done_accept: datetime | None = None
    done_verify: datetime | None = None
    done_file: datetime | None = None
    done_dispatch: datetime | None = None
    done_sign: datetime | None = None
    done_first: datetime | None = None
    done_handle: datetime | None = None
    done_check: datetime | None = None
    done_close: datetime | None = None
    done_evaluate: datetime | None = None
    close_type: str = ""
    close_text: str = ""
    public_reply: str = ""
    shield: str = ""
    retention_class: str = "B"
    delete_after: datetime | None = None
    owner_path: str = ""
    target_centre: int | None = None
    prev_state: str = ""
    merged_into: int | None = None
    satisfaction: str = ""
    right_body: str = ""
    delayed: int = 0
    urged: int = 0
    called_back: int = 0
    card: str = ""
    suspended_at: datetime | None = None
    suspended_s: int = 0
    suspend_review: datetime | None = None
    ended_at: datetime | None = None
    lamp: str = ""
    lamp_at: datetime | None = None
    version: int = 1

    @property
    def place_known(self) -> bool:
        """Whether it can stand on a map."""
        return self.lon is not None and self.lat is not None

    @property
    def running(self) -> tuple[str, datetime] | None:
        """The stage whose clock runs and its end; None when none does."""
        return running(self)


def running(record: object) -> tuple[str, datetime] | None:
    """The stage whose clock runs and its end, of a case or of what replay made of one."""
    stage = RUNNING.get(str(getattr(record, "state", "")), "")
    end = getattr(record, f"due_{stage}", None) if stage else None
    if not isinstance(end, datetime) or getattr(record, "suspended_at", None) is not None:
        return None
    return stage, end


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


_AREA = (is_in_area,)
_DESK = any_of("R05", "R06", "R07", "R08", "R16")
_THREE = (frozenset({"R06", "R07", "R08"}), frozenset({"R16"}))
REPORTERS = ("R01", "R02", "R03", "R04", "R05", "R06", "R14", "R21")  # who may bring in a case
_REPORTERS = any_of(*REPORTERS, "SYSTEM")
_ANYONE = any_of(*(f"R{number:02d}" for number in (*range(1, 18), 20, 21)))
_UNTIL_HANDLING = _from(INTAKE, VERIFY, FILING, DISPATCH, SIGN, HANDLING)
_UNTIL_CHECK = _from(DISPATCH, SIGN, HANDLING, CHECK)
_LIVE = _from(INTAKE, VERIFY, FILING, DISPATCH, SIGN, HANDLING, UPPER, CHECK, CLOSING, EVALUATION)

CASE_FLOW = Flow(
    kind="case",
    states=(*sorted((DRAFT, *OPEN_STATES)), *ENDED_STATES),
    start=DRAFT,
    fits=fits,
    steps=(
        Step("T01", "submit", ("A01",), _from(DRAFT), INTAKE, _REPORTERS, via="report"),
        Step("T02", "delete", ("DEL",), _from(DRAFT), "", _REPORTERS, (is_own_report,)),
        # F4: stops flash and sound, starts nothing and moves nothing (ux A8).
        Step("ACK", "ack", ("ACK",), _from(INTAKE, FILING, DISPATCH), "", _DESK, (is_in_area, not_acked)),
        Step("T42", "quick", ("A02", "A06", "A07"), _from(INTAKE), SIGN, _THREE, _AREA, (is_urgent, has_one_lead)),
        Step("T43", "quick", ("A02", "A06", "A07"), _from(INTAKE), SIGN, _THREE, _AREA, (is_ordinary, has_one_lead)),
        Step("T03", "withdraw", ("A36",), _from(INTAKE), WITHDRAWN, _REPORTERS, (is_own_report,), (has_reason,)),
        Step("T04", "accept", ("A02",), _from(INTAKE), FILING, any_of("R06", "R05"), _AREA),
        Step("T06", "verify", ("A04",), _from(INTAKE), VERIFY, any_of("R06"), _AREA),
        Step("T05", "reject", ("A03",), _from(INTAKE), REJECTED, any_of("R06"), _AREA, (has_reason, has_reply, has_way_on)),
        Step("T07", "verified", ("A05",), _from(VERIFY), FILING, any_of("R01", "R11", "R05"), (), (has_note_or_photo,), via="task"),
        Step("T08", "untrue", ("A05",), _from(VERIFY), VOIDED, any_of("R06"), _AREA, via="application"),
        Step("T10", "file", ("A06",), _from(FILING), DISPATCH, any_of("R07"), _AREA),
        Step("T11", "refuse_filing", ("A03",), _from(FILING), REJECTED, any_of("R07"), _AREA, (has_reason,)),
        Step("T09", "merge", ("A37",), _from(INTAKE, FILING), MERGED, any_of("R06", "R07"), _AREA, (is_merging_alike,)),
        Step("T12", "reclassify", ("A41",), _from(FILING), "", any_of("R07"), _AREA),
        Step("T12", "reclassify", ("A41",), _from(DISPATCH), "", any_of("R16"), _AREA),
        Step("T12", "ask_reclassify", ("A41",), _from(DISPATCH), "", any_of("R07"), _AREA),
        Step("T13", "dispatch", ("A07",), _from(DISPATCH), SIGN, any_of("R08"), _AREA, (has_one_lead,)),
        Step("T14", "sign", ("A08",), _from(SIGN), HANDLING, any_of("R09"), via="task"),
        Step("T15", "return", ("A09",), _from(SIGN), DISPATCH, any_of("R09", "R10"), via="task"),
        Step("T15", "return", ("A09",), _from(SIGN), DISPATCH, any_of("R16"), _AREA, via="application"),
        Step("T16", "recall", ("A36",), _from(SIGN, HANDLING), DISPATCH, any_of("R08", "R16"), _AREA, (has_reason,)),
        Step("T17", "transfer", ("A10",), _from(HANDLING), SIGN, any_of("R08"), _AREA, via="application"),
        Step("T18", "ask_co", ("A11",), _from(HANDLING), "", any_of("R09"), via="task"),
        Step("T19", "progress", ("A15",), _from(HANDLING), "", any_of("R09", "R01"), via="task", when_frozen=True),
        Step("T20", "finish", ("A16",), _from(HANDLING), CHECK, any_of("R09"), via="task"),
        Step("T30", "check", ("A29", "A30"), _from(CHECK), CLOSING, any_of("R11"), (is_in_area, is_not_handler), (is_shown_on_site,)),
        Step("T31", "rework", ("A31",), _from(CHECK), HANDLING, any_of("R11"),
             (is_in_area, is_not_handler, is_never_reworked_twice), (has_reason,)),
        Step("T31", "rework", ("A31",), _from(CHECK), HANDLING, any_of("R17"),
             (is_in_area, is_not_handler, is_reworked_twice), (has_reason,)),
        Step("T32", "close", ("A32",), _from(CLOSING), EVALUATION, any_of("R07", "R16", "R17"), (is_in_area, may_close), (has_closing,)),
        Step("T33", "back_to_handling", ("A31",), _from(CLOSING), HANDLING, any_of("R07"), _AREA, (has_reason,)),
        Step("T33", "back_to_check", ("A09",), _from(CLOSING), CHECK, any_of("R07"), _AREA, (has_reason,)),
        Step("T34", "evaluate", ("A33", "A34"), _from(EVALUATION), ARCHIVED, any_of("R06"), (is_owner,), (has_score,)),
        Step("T34", "evaluate", ("A33", "A34"), _from(EVALUATION), ARCHIVED, _REPORTERS, (is_own_report,), (has_score,)),
        Step("T35", "ask_call_back", ("A33",), _from(EVALUATION), "", any_of("R06"), _AREA, (has_reason,)),
        Step("T35", "call_back", ("A33",), _from(EVALUATION), HANDLING, any_of("R16"), _AREA, via="application"),
        Step("T41", "archive", ("A34",), _from(EVALUATION), ARCHIVED, any_of("SYSTEM", "R04"), _AREA, (waited_long_enough,)),
        Step("T36", "self_handle", ("A39",), _from(INTAKE), CHECK, any_of("R01", "R02"), (is_own_report,), (has_pair_of_photos,)),
        Step("T36", "self_handle", ("A39",), _from(INTAKE), CHECK, any_of("R05"), _AREA, (has_pair_of_photos,)),
        Step("T21", "escalate", ("A17",), _from(SIGN, HANDLING), UPPER, any_of("R05", "R08", "R16", "R17"), (is_owner,), (has_reason,)),
        Step("T22", "skip", ("A19",), _UNTIL_HANDLING, UPPER, any_of("R17"), (is_owner,), (has_reason, waited_three_days)),
        Step("T22", "skip", ("A19",), _UNTIL_HANDLING, UPPER, _ANYONE, (either(is_owner, is_own_report), is_emergency), (has_reason,)),
        Step("T23", "take_over", ("A02",), _from(UPPER), DISPATCH, any_of("R06", "R08"), (is_at_upper,)),
        *(Step("T24", "hand_back", ("A09",), _from(UPPER), state, any_of("R06"), (is_at_upper, came_from(state)), (has_reason,))
          for state in sorted(_UNTIL_HANDLING)),
        Step("T25", "send_down", ("A18",), _from(DISPATCH, HANDLING), INTAKE, any_of("R08"), _AREA, (has_reason,)),
        Step("T26", "delay", ("A21",), _from(SIGN, HANDLING, CHECK), "", any_of("R08", "R17"), _AREA, via="application"),
        Step("T27", "ask_suspend", ("A23",), _UNTIL_CHECK, "", any_of("R08"), _AREA),
        Step("T27", "suspend", ("A24",), _UNTIL_CHECK, "", any_of("R17"), _AREA, via="application"),
        Step("T27", "resume", ("A25",), _UNTIL_CHECK, "", any_of("R08", "R17", "SYSTEM"), _AREA, when_frozen=True),
        Step("T28", "urge", ("A26",), _LIVE, "", any_of("R08", "R16", "R17", "R18", "SYSTEM"), _AREA, when_frozen=True),
        Step("T29", "supervise", ("A27",), _LIVE, "", any_of("R17", "R18", "SYSTEM"), _AREA, when_frozen=True),
        Step("T37", "ask_void", ("A35",), _UNTIL_HANDLING, "", _DESK, _AREA, when_frozen=True),
        Step("T37", "void", ("A35",), _UNTIL_HANDLING, VOIDED, any_of("R16"), _AREA, via="application", when_frozen=True),
        Step("T38", "reopen", ("A40",), _from(ARCHIVED, REJECTED, VOIDED, WITHDRAWN), FILING, any_of("R16", "R17"), _AREA,
             (has_reason, came_within)),
        Step("T39", "meet", ("A38",), _from(HANDLING), "", any_of("R17"), _AREA),
        Step("T40", "mediate", ("MED",), _LIVE - {INTAKE, VERIFY}, "", any_of("R06", "R12"), (is_in_area, is_dispute)),
        # The marks of CT-09 that are set by hand: not a step of the flow, but told like one.
        Step("FLG", "mark", ("FLG",), _LIVE, "", any_of("R06", "R07", "R08", "R16", "R17"), _AREA, when_frozen=True),
    ),
)
