"""A joint meeting (T39): who met where, and what each unit is to do until when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Decision:
    """What one unit took upon itself."""

    org_id: int
    text: str
    due: datetime | None = None


@dataclass(frozen=True)
class Meeting:
    """A meeting as it is kept; its decisions became tasks of the case."""

    id: int
    case_id: int
    at: datetime
    place: str
    convener: int
    units: tuple[int, ...]
    minutes: str
    tasks: tuple[int, ...] = ()
    version: int = 1
