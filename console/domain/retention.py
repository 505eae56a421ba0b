"""How long the personal part of a case is kept, and what is left of it afterwards (handbook G9 and 7.2).

Class A 30 days: tips that were settled, and what was rejected, withdrawn or
merged. C three years: disputes. B one year: everything else. D has no day of
its own: somebody holds the case, with a reason, until a day. What stays for
statistics is category, time, grid and durations.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.case import ARCHIVED, EVALUATION, MERGED, REJECTED, VOIDED, WITHDRAWN, Case
from console.domain.limits import CHINA

ENDED = (EVALUATION, ARCHIVED, REJECTED, VOIDED, WITHDRAWN, MERGED)
KEPT_FOR = {"A": timedelta(days=30), "B": timedelta(days=365), "C": timedelta(days=3 * 365), "D": timedelta(days=3 * 365)}
DISPUTES = "01"
# Volunteers, WeChat groups, media: sources of tips (CT-05).
TIP_SOURCES = ("04", "15", "16")
SETTLED = ("done", "advised", "on_the_spot")
CAME_TO_NOTHING = (REJECTED, VOIDED, WITHDRAWN, MERGED)
FOR_GOOD = (ARCHIVED, REJECTED, VOIDED, WITHDRAWN)  # what was merged goes on in another case
NIGHT_HOUR = 2
HOLD_MOST = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Hold:
    """Why a case may not be anonymised yet, who says so and until when; lifted early by whom."""

    id: int
    case_id: int
    reason: str
    held_by: int
    held_at: datetime
    until: datetime
    lifted_by: int | None = None
    lifted_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class DeletionReport:
    """What one night took away: so many cases, rows and files; its items carry their hashes. `ended_at` is None while it runs."""

    id: int
    day: str
    began_at: datetime
    ended_at: datetime | None = None
    cases: int = 0
    rows: int = 0
    files: int = 0


@dataclass(frozen=True)
class DeletionItem:
    """One thing that was taken away: its kind, its id, the number of its case, and the SHA-256 of what it was."""

    id: int
    report_id: int
    kind: str
    ref: int
    number: str
    sha256: str


def class_of(case: Case) -> str:
    """The retention class of a case that ends as it now is."""
    if case.retention_class == "D":
        return "D"
    if case.state in CAME_TO_NOTHING:
        return "A"
    if case.category.startswith(DISPUTES):
        return "C"
    return "A" if case.source in TIP_SOURCES and case.close_type in SETTLED else "B"


def kept(case: Case, before: str, now: datetime) -> dict[str, object]:
    """What entering or leaving an end state changes on a case: its class and its day; nothing in between.

    `before` is the state it comes from. Who is archived after having been closed keeps the day of the closing.
    """
    has_ended, had_ended = case.state in ENDED, before in ENDED
    if has_ended and not had_ended:
        kind = class_of(case)
        return {"retention_class": kind, "delete_after": now + KEPT_FOR[kind]}
    return {"delete_after": None} if had_ended and not has_ended else {}


def ends_for_good(before: str, after: str) -> bool | None:
    """Whether a case that goes from a state to another is archived or comes to nothing now (True), comes back (False), or neither."""
    had, has = before in FOR_GOOD, after in FOR_GOOD
    return None if had == has else has


def night_of(now: datetime) -> str:
    """The night an instant belongs to, as a date in China: it begins at two in the morning."""
    return f"{now.astimezone(CHINA) - timedelta(hours=NIGHT_HOUR):%Y-%m-%d}"


def without_persons(category_title: str) -> dict[str, object]:
    """What is written over the personal part of a case."""
    return {
        "title": category_title, "content": "", "address": "", "lon": None, "lat": None, "accuracy_m": None, "reporter_id": 0,
        "acked_by": None, "handler_ids": (), "close_text": "", "public_reply": "", "delete_after": None,
    }  # fmt: skip
