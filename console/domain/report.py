"""A report: what one caller said once. Its case carries the life cycle (handbook 2.3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ReportState = Literal["received", "attached", "rejected"]
ReportFlag = Literal["outside_grid", "outside_city", "no_position", "no_grid", "unknown_category", "future_time", "late", "duplicate"]


@dataclass(frozen=True)
class Report:
    """What came in, as it came in; `key` is the sender's UUID.

    `lon`, `lat` are WGS-84 degrees; `raw_*` and `datum` keep what was sent.
    `flags` mark what the officer must look at; a flagged report is never
    dropped.
    """

    id: int
    key: str
    source: str
    reporter_id: int
    reporter_name: str
    reporter_phone: str
    protected: bool
    category: str
    text: str
    address: str
    lon: float | None
    lat: float | None
    accuracy_m: float | None
    datum: str
    raw_lon: float | None
    raw_lat: float | None
    grid: str
    division: str
    device_at: datetime | None
    received_at: datetime
    flags: tuple[str, ...]
    case_id: int
    state: str
    version: int = 1


@dataclass(frozen=True)
class Draft:
    """What a caller sends, checked for form but not yet for sense.

    `photos` are SHA-256 of uploaded pictures; `datum` names the system of
    `lon`, `lat`; `grid` is the grid the sender says it is in.
    """

    key: str
    category: str
    text: str
    source: str = "01"
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    datum: str = ""
    accuracy_m: float | None = None
    device_at: datetime | None = None
    grid: str = ""
    urgent: bool = False
    protected: bool = False
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """The answer to a report: it is durable, and this is its number."""

    report_id: int
    case_id: int
    number: str
    flags: tuple[str, ...]
