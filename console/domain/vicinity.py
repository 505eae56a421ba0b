"""What lies round a place: circles and outlines drawn on the map, and the cases found inside them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.datum import box_around, distance_m
from console.domain.errors import Invalid
from console.domain.place import Point, is_within

HISTORY_RADII_M = (50, 100, 300, 500)
OPEN_RADII_M = (100, 300, 500, 1_000, 3_000)  # the widest is the widest circle of AC-1
HISTORY = timedelta(days=365)
MOST = 200  # rows of a list; the count tells of all
CORNERS_MAX = 200

Box = tuple[float, float, float, float]  # west, south, east, north in degrees


@dataclass(frozen=True)
class Circle:
    """Everything within so many metres of a spot."""

    centre: Point
    radius_m: int

    def checked(self) -> "Circle":
        """The circle itself. Raises Invalid for a radius that is not above 0 or is wider than the widest offered."""
        if not 0 < self.radius_m <= OPEN_RADII_M[-1]:
            raise Invalid("radius_m", "out_of_range", value=self.radius_m, least=1, most=OPEN_RADII_M[-1])
        return self

    @property
    def box(self) -> Box:
        """The box it fits into."""
        low, high = box_around(self.centre, self.radius_m * 1.01)  # the box is worked out on a slightly coarser sphere
        return low.lon, low.lat, high.lon, high.lat

    def reach_m(self, spot: Point) -> float | None:
        """Metres from the centre to a spot inside; None for one outside."""
        metres = distance_m(self.centre, spot)
        return metres if metres <= self.radius_m else None


@dataclass(frozen=True)
class Outline:
    """An area whose corners were set one after the other; its border counts as inside."""

    corners: tuple[Point, ...]

    def checked(self) -> "Outline":
        """The outline itself. Raises Invalid for fewer than three corners or more than are of use."""
        if not 3 <= len(self.corners) <= CORNERS_MAX:
            raise Invalid("corners", "out_of_range", value=len(self.corners), least=3, most=CORNERS_MAX)
        return self

    @property
    def box(self) -> Box:
        """The box it fits into."""
        lons, lats = [spot.lon for spot in self.corners], [spot.lat for spot in self.corners]
        return min(lons), min(lats), max(lons), max(lats)

    def reach_m(self, spot: Point) -> float | None:
        """0 for a spot inside, None for one outside: an outline has no middle to measure from."""
        return 0.0 if is_within((self.corners,), spot) else None


Area = Circle | Outline


@dataclass(frozen=True)
class Placed:
    """Where a case lies, and no more: what is read of thousands."""

    case_id: int
    spot: Point
    priority: str
    reported_at: datetime


@dataclass(frozen=True)
class CaseHere:
    """A case in an area as a list shows it; `distance_m` counts from the centre of a circle and is None in an outline."""

    id: int
    number: str
    title: str
    category: str
    priority: str
    state: str
    reported_at: datetime
    address: str
    distance_m: float | None


@dataclass(frozen=True)
class Gathering:
    """The newest cases of an area, how many there are in all, and how many of each priority."""

    rows: tuple[CaseHere, ...]
    total: int
    counts: tuple[tuple[str, int], ...]


def inside(area: Area, found: Iterable[Placed]) -> tuple[tuple[Placed, float], ...]:
    """Those that lie in the area, each with its metres from the centre of a circle; newest first."""
    reached = ((one, area.reach_m(one.spot)) for one in found)
    told = [(one, metres) for one, metres in reached if metres is not None]
    told.sort(key=lambda each: (each[0].reported_at, each[0].case_id), reverse=True)
    return tuple(told)


def counted(found: Iterable[Placed]) -> tuple[tuple[str, int], ...]:
    """How many there are of each priority, the most urgent first."""
    return tuple(sorted(Counter(one.priority for one in found).items()))
