"""Where things are: points, divisions, grids and centres, and the rule for a point on a border."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from console.domain.errors import Invalid

GridKind = Literal["B", "E"]
Ring = tuple["Point", ...]
Rings = Sequence[Ring]  # a tuple, or rings that unpack when looked into (domain/packed.py)

CITY, COUNTY, TOWN, VILLAGE, GROUP = 2, 3, 4, 5, 6
ENCLOSING = {CITY: 4, COUNTY: 6, TOWN: 9, VILLAGE: 12}  # digits of a 12-digit code that name the level

_BOX = (114.8, 35.3, 116.2, 36.3)  # west, south, east, north of Puyang, handbook 6.1
_DIGITS = re.compile(r"[0-9]+")
_DEVICE_ID = re.compile(r"(?P<centre>[0-9]{8})(?P<industry>[0-9]{2})(?P<type>[0-9]{3})(?P<network>[0-9])[0-9]{6}")


@dataclass(frozen=True, order=True)
class Point:
    """A spot on the ground in WGS-84 degrees (CGCS2000 is taken as the same, handbook 6.1)."""

    lon: float
    lat: float


@dataclass(frozen=True)
class Division:
    """An area of the public administration; `path` is "/410900000000/…/" down to itself.

    The parent is a link, not a prefix: 410971 lies in 华龙区 without sharing its digits.
    `rings` are outlines and holes in WGS-84, in any order: a spot inside an odd number
    of them is inside (so one tuple holds islands and holes alike).
    """

    code: str
    level: int
    name: str
    parent: str
    path: str
    rings: Rings = ()

    def holds(self, spot: Point) -> bool:
        """Whether the spot lies inside or on the border."""
        return is_within(self.rings, spot)


@dataclass(frozen=True)
class Grid:
    """A worker's area (CT-02), with rings as a division's; a level-6 grid lies in exactly one village (`division`)."""

    code: str
    kind: GridKind
    level: int
    division: str
    name: str
    rings: Rings = ()
    leader: str = ""

    def holds(self, spot: Point) -> bool:
        """Whether the spot lies inside or on the border."""
        return is_within(self.rings, spot)


@dataclass(frozen=True)
class Centre:
    """A governance centre; `path` is the stored tree ("/1/4/"), `intake` whether officers accept reports there."""

    id: int
    code: str
    level: int
    division: str
    name: str
    parent_id: int | None
    path: str
    intake: bool = False


def check_point(lon: object, lat: object, field: str = "place") -> Point:
    """A point from outside values. Raises Invalid for what is no number or not on Earth.

    `field` names the pair ("place.lon"); empty where the two stand alone ("lon").
    """
    for name, value, most in (("lon", lon, 180), ("lat", lat, 90)):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not -most <= value <= most:  # NaN fails both comparisons
            raise Invalid(f"{field}.{name}" if field else name, "bad_coordinate", value=value, most=most)
    return Point(float(lon), float(lat))


def is_near_puyang(spot: Point) -> bool:
    """Whether a spot can be in the city at all; outside, a wrong datum or swapped axes are likely (handbook 6.1)."""
    west, south, east, north = _BOX
    return west <= spot.lon <= east and south <= spot.lat <= north


def check_division_code(code: str, field: str = "division") -> str:
    """A 12-digit division code. Raises Invalid for anything else."""
    if len(code) != 12 or not _DIGITS.fullmatch(code):
        raise Invalid(field, "bad_division_code", value=code)
    return code


def check_grid_code(code: str, field: str = "grid") -> str:
    """A grid code of handbook 2.1: village 12 digits, then 001-899 basic or 901-999 exclusive. Raises Invalid."""
    if len(code) != 15 or not _DIGITS.fullmatch(code) or code[12:] in ("000", "900"):
        raise Invalid(field, "bad_grid_code", value=code)
    return code


def grid_kind(code: str) -> GridKind:
    """The kind a grid code tells: basic below 900, exclusive above."""
    return "E" if int(check_grid_code(code)[12:]) > 900 else "B"


def check_device_id(gb_id: str, centres: Iterable[str], types: Iterable[str], field: str = "gb_id") -> str:
    """A camera or device id of 20 digits (handbook 2.1, CT-19) under a known centre prefix. Raises Invalid.

    The industry is not checked: its lists differ from 40 on.
    """
    found = _DEVICE_ID.fullmatch(gb_id)
    if found is None:
        raise Invalid(field, "bad_device_id", value=gb_id)
    if not found["centre"].startswith(tuple(centres)):
        raise Invalid(field, "device_of_unknown_centre", value=gb_id, centre=found["centre"])
    if found["type"] not in set(types):
        raise Invalid(field, "device_of_unknown_type", value=gb_id, type=found["type"])
    return gb_id


def rings_of(numbers: Iterable[Iterable[tuple[float, float]]]) -> Rings:
    """Rings from plain numbers, as files and the store keep them."""
    return tuple(tuple(Point(lon, lat) for lon, lat in ring) for ring in numbers)


def numbers_of(rings: Rings) -> list[list[list[float]]]:
    """Rings as plain numbers, for files and the store."""
    return [[[spot.lon, spot.lat] for spot in ring] for ring in rings]


def is_within(rings: Rings, spot: Point) -> bool:
    """Whether a spot lies inside an odd number of rings; every border counts as inside (ray casting)."""
    inside = False
    for ring in rings:
        for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
            a, b = min(start, end), max(start, end)  # both neighbours of a border must round alike
            if _is_on_edge(a, b, spot):
                return True
            if (a.lat > spot.lat) != (b.lat > spot.lat):
                inside ^= spot.lon < a.lon + (spot.lat - a.lat) * (b.lon - a.lon) / (b.lat - a.lat)
    return inside


Area = TypeVar("Area", Division, Grid)


def area_at(areas: Iterable[Area], spot: Point) -> Area | None:
    """The area that holds a spot; a spot on a shared border belongs to the lower code (handbook 6.2).

    A plain search for a few areas; `geo/grid_index.py` answers for thousands.
    """
    return min((area for area in areas if area.holds(spot)), key=lambda area: area.code, default=None)


def _is_on_edge(a: Point, b: Point, spot: Point) -> bool:
    if not (min(a.lon, b.lon) <= spot.lon <= max(a.lon, b.lon) and min(a.lat, b.lat) <= spot.lat <= max(a.lat, b.lat)):
        return False
    return (b.lon - a.lon) * (spot.lat - a.lat) == (b.lat - a.lat) * (spot.lon - a.lon)
