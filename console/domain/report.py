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
