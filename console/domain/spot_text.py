"""A position typed or pasted as people write it: degrees with a point or with minutes and seconds, either order, any datum.

Chinese maps speak three datums that lie some 500 m apart: where none is named, each is offered.
"""

import re
import unicodedata
from dataclasses import dataclass

from console.domain.datum import DATUMS, Datum, to_wgs84
from console.domain.place import Point

LONGEST = 120
# What people call a datum; CGCS2000 and WGS-84 differ by centimetres.
NAMES: dict[str, Datum] = {
    "wgs-84": "wgs84", "wgs84": "wgs84", "wgs": "wgs84", "gps": "wgs84", "cgcs2000": "wgs84", "国家2000": "wgs84", "天地图": "wgs84",
    "gcj-02": "gcj02", "gcj02": "gcj02", "gcj": "gcj02", "高德": "gcj02", "腾讯": "gcj02", "火星": "gcj02",
    "bd-09": "bd09", "bd09": "bd09", "bd": "bd09", "百度": "bd09",
}  # fmt: skip
_NAME = re.compile("|".join(sorted((re.escape(name) for name in NAMES), key=len, reverse=True)))
_AXES = {"e": (0, 1), "东经": (0, 1), "w": (0, -1), "西经": (0, -1), "n": (1, 1), "北纬": (1, 1), "s": (1, -1), "南纬": (1, -1)}
_AXES |= dict.fromkeys(("longitude", "lon", "lng", "经度"), (0, 1)) | dict.fromkeys(("latitude", "lat", "纬度"), (1, 1))
_AXIS = "|".join(sorted(_AXES, key=len, reverse=True))
_SECONDS = r"(?P<sec>\d{1,2}(?:\.\d+)?)\s*(?:[\"”秒]|''|′′|’’)"
_MINUTES = rf"(?P<min>\d{{1,2}}(?:\.\d+)?)\s*['′’分]\s*(?:{_SECONDS})?"
_DEGREES = rf"(?P<deg>[-+]?\d{{1,3}}(?:\.\d+)?)(?:\s*[°度]\s*(?:{_MINUTES})?)?"
_AFTER = r"(?P<after>[ewns](?![a-z\d]))"
_VALUE = re.compile(rf"(?:(?P<before>{_AXIS})\s*[:=]?\s*)?(?<![\d.]){_DEGREES}(?![\d.])(?(before)|\s*{_AFTER}?)")
_BETWEEN = re.compile(r"[\s,;/()\[\]、:=]*")  # as NFKC leaves it


@dataclass(frozen=True)
class SpotHit:
    """A position as it was typed, in one datum, and where that is in WGS-84."""

    spot: Point
    datum: Datum
    lon: float
    lat: float


def spots_in(text: str) -> tuple[SpotHit, ...]:
    """What a text means as a position, once for each datum it may be in; nothing when it is anything else."""
    if len(text) > LONGEST:
        return ()
    plain = unicodedata.normalize("NFKC", text).casefold()
    named = tuple(dict.fromkeys(NAMES[name] for name in _NAME.findall(plain)))
    plain = _NAME.sub(" ", plain)
    found = list(_VALUE.finditer(plain))
    if len(found) != 2 or len(named) > 1 or not _BETWEEN.fullmatch(_VALUE.sub("", plain)) or not all(_is_exact(one) for one in found):
        return ()
    read = [_read(one) for one in found]
    if None in read:
        return ()
    place = _ordered(*(one for one in read if one is not None))
    if place is None:
        return ()
    lon, lat = place
    return tuple(SpotHit(to_wgs84(Point(lon, lat), datum), datum, lon, lat) for datum in named or DATUMS)


def _is_exact(value: re.Match[str]) -> bool:
    """Whether this is a coordinate and no house number: it has a point, minutes, or its axis."""
    return "." in value["deg"] or value["min"] is not None or value["before"] is not None or value["after"] is not None


def _read(value: re.Match[str]) -> tuple[int | None, float] | None:
    """Its axis (0 east, 1 north, None when not said) and degrees; None for what contradicts itself."""
    words = [word for word in (value["before"], value["after"]) if word]
    axes = {_AXES[word] for word in words}
    minutes, seconds = float(value["min"] or 0), float(value["sec"] or 0)
    if len(axes) > 1 or minutes >= 60 or seconds >= 60:
        return None
    degrees = float(value["deg"])
    degrees += (minutes / 60 + seconds / 3600) * (-1 if value["deg"].startswith("-") else 1)
    axis, sign = axes.pop() if axes else (None, 1)
    return axis, degrees * sign


def _ordered(first: tuple[int | None, float], other: tuple[int | None, float]) -> tuple[float, float] | None:
    """Longitude and latitude of two values; what was not said is told by size: no latitude is more than 90."""
    axes, (a, b) = (first[0], other[0]), (first[1], other[1])
    if axes[0] is not None and axes[0] == axes[1]:
        return None
    is_swapped = axes[0] == 1 or axes[1] == 0 or (axes == (None, None) and abs(b) > 90 >= abs(a))
    lon, lat = (b, a) if is_swapped else (a, b)
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None
