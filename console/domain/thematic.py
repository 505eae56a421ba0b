"""What a thematic map counts: events by place and by grid, cameras by grid. Events and devices, never people (handbook 7.1)."""

from dataclasses import dataclass
from typing import Literal, get_args

from console.domain.errors import Invalid

CELLS = 400  # cells to a degree: about 230 by 280 metres here
HEAT_DAYS = (7, 30, 365)
Count = Literal["open", "overdue", "cameras"]
COUNTS: tuple[Count, ...] = get_args(Count)
OVERDUE_LAMPS = ("R", "K")


@dataclass(frozen=True)
class Cell:
    """How many events stood in one cell; `lon`, `lat` are its middle in WGS-84 degrees."""

    lon: float
    lat: float
    count: int


def check_days(days: int) -> int:
    """The days a heat map looks back. Raises Invalid("days") for other ones than those offered."""
    if days not in HEAT_DAYS:
        raise Invalid("days", "unknown_code", value=days)
    return days


def check_count(what: str) -> Count:
    """What grids are coloured by. Raises Invalid("what")."""
    if what not in COUNTS:
        raise Invalid("what", "unknown_code", value=what[:20])
    return what  # type: ignore[return-value]
