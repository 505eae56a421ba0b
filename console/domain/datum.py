"""Datums and map projections: WGS-84, GCJ-02, BD-09, web Mercator, tile numbers, distances.

Single points with the standard library; the formulae are those of handbook 6.2.
Records hold WGS-84 only, and every inlet must name the datum it speaks: the offset is
about 500 m here, so a wrong label moves a case into another grid.
"""

from collections.abc import Callable
from math import asin, asinh, atan, atan2, cos, exp, floor, hypot, log, pi, radians, sin, sqrt, tan
from typing import Literal, get_args

from console.domain.errors import Invalid
from console.domain.place import Point

Datum = Literal["wgs84", "gcj02", "bd09"]
DATUMS: tuple[Datum, ...] = get_args(Datum)

MERCATOR_LAT = 85.0511287798066  # where the square map of web Mercator ends

EQUATOR_M = 40075016.685578488  # round the earth at the equator: the side of the world square

_A = 6378245.0
_EE = 0.00669342162296594323
_X_PI = pi * 3000 / 180
_EARTH = 6371008.8
_MERCATOR = 6378137.0
_ROUNDS = 6  # the error shrinks about 200-fold a round; below 1e-12 degrees after five
_CLOSE = 1e-12


def to_wgs84(spot: Point, datum: str) -> Point:
    """A point of any known datum as WGS-84, exact to better than a millimetre. Raises Invalid for another datum."""
    if datum == "wgs84":
        return spot
    if datum == "gcj02":
        return gcj_to_wgs(spot)
    if datum == "bd09":
        return gcj_to_wgs(bd_to_gcj(spot))
    raise Invalid("datum", "unknown_datum", value=datum, known=", ".join(DATUMS))


def from_wgs84(spot: Point, datum: str) -> Point:
    """A WGS-84 point in another datum. Raises Invalid for an unknown datum."""
    if datum == "wgs84":
        return spot
    if datum == "gcj02":
        return wgs_to_gcj(spot)
    if datum == "bd09":
        return gcj_to_bd(wgs_to_gcj(spot))
    raise Invalid("datum", "unknown_datum", value=datum, known=", ".join(DATUMS))


def wgs_to_gcj(spot: Point) -> Point:
    """WGS-84 to GCJ-02; unchanged outside China."""
    if not _is_in_china(spot):
        return spot
    d_lon, d_lat = _offset(spot)
    return Point(spot.lon + d_lon, spot.lat + d_lat)


def gcj_to_wgs_quick(spot: Point) -> Point:
    """GCJ-02 to WGS-84 in one step, up to 2.8 m off in the city; kept to compare with other programs."""
    if not _is_in_china(spot):
        return spot
    d_lon, d_lat = _offset(spot)
    return Point(spot.lon - d_lon, spot.lat - d_lat)


def gcj_to_wgs(spot: Point) -> Point:
    """GCJ-02 to WGS-84, iterated until it no longer moves."""
    return _invert(wgs_to_gcj, spot, gcj_to_wgs_quick(spot))


def gcj_to_bd(spot: Point) -> Point:
    """GCJ-02 to BD-09."""
    z = hypot(spot.lon, spot.lat) + 0.00002 * sin(spot.lat * _X_PI)
    theta = atan2(spot.lat, spot.lon) + 0.000003 * cos(spot.lon * _X_PI)
    return Point(z * cos(theta) + 0.0065, z * sin(theta) + 0.006)


def bd_to_gcj_quick(spot: Point) -> Point:
    """BD-09 to GCJ-02 by the published formula, whose round trip is up to 0.14 m off."""
    x, y = spot.lon - 0.0065, spot.lat - 0.006
    z = hypot(x, y) - 0.00002 * sin(y * _X_PI)
    theta = atan2(y, x) - 0.000003 * cos(x * _X_PI)
    return Point(z * cos(theta), z * sin(theta))


def bd_to_gcj(spot: Point) -> Point:
    """BD-09 to GCJ-02, iterated until the way forth gives the point back."""
    return _invert(gcj_to_bd, spot, bd_to_gcj_quick(spot))


def mercator(spot: Point) -> tuple[float, float]:
    """EPSG:3857 metres east and north; latitudes past the end of the square map are held at its edge."""
    lat = max(-MERCATOR_LAT, min(MERCATOR_LAT, spot.lat))
    return _MERCATOR * radians(spot.lon), _MERCATOR * log(tan(pi / 4 + radians(lat) / 2))


def from_mercator(x: float, y: float) -> Point:
    """The WGS-84 point of EPSG:3857 metres."""
    return Point(x / _MERCATOR * 180 / pi, (2 * atan(exp(y / _MERCATOR)) - pi / 2) * 180 / pi)


def world(spot: Point) -> tuple[float, float]:
    """A spot in the world square: web Mercator as numbers from 0 to 1, x to the east and y to the south."""
    x, y = mercator(spot)
    return x / EQUATOR_M + 0.5, 0.5 - y / EQUATOR_M


def spot_at(x: float, y: float) -> Point:
    """The spot of a place in the world square."""
    return from_mercator((x - 0.5) * EQUATOR_M, (0.5 - y) * EQUATOR_M)


def tile(spot: Point, zoom: int) -> tuple[int, int]:
    """Column and row of the web Mercator tile (XYZ, and WMTS matrix set `w`) that holds a point."""
    across = 2 ** _zoom(zoom)
    lat = radians(max(-MERCATOR_LAT, min(MERCATOR_LAT, spot.lat)))
    column = (spot.lon + 180) / 360 * across
    row = (1 - asinh(tan(lat)) / pi) / 2 * across
    return _held(column, across), _held(row, across)


def tile_lonlat(spot: Point, zoom: int) -> tuple[int, int]:
    """Column and row in the lat-lon matrix set `c` (EPSG:4490, 2^z by 2^(z-1) tiles)."""
    across = 2 ** _zoom(zoom, least=1)
    size = 360 / across
    return _held((spot.lon + 180) / size, across), _held((90 - spot.lat) / size, across // 2)


def tile_corner(column: int, row: int, zoom: int) -> Point:
    """The north-west corner of a web Mercator tile."""
    across = 2 ** _zoom(zoom)
    side = 2 * pi * _MERCATOR / across
    return from_mercator(column * side - pi * _MERCATOR, pi * _MERCATOR - row * side)


def distance_m(a: Point, b: Point) -> float:
    """Metres between two points on a sphere (haversine; error below 0.5 %)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def bearing_deg(a: Point, b: Point) -> float:
    """The compass direction from one point to another: 0 north, 90 east."""
    lat_a, lat_b, d_lon = radians(a.lat), radians(b.lat), radians(b.lon - a.lon)
    east = sin(d_lon) * cos(lat_b)
    north = cos(lat_a) * sin(lat_b) - sin(lat_a) * cos(lat_b) * cos(d_lon)
    return atan2(east, north) * 180 / pi % 360


def box_around(spot: Point, radius_m: float) -> tuple[Point, Point]:
    """South-west and north-east corners of the box to search before measuring distances."""
    if not radius_m > 0:
        raise Invalid("radius_m", "not_positive", value=radius_m)
    d_lat = radius_m / 111195
    d_lon = d_lat / max(cos(radians(spot.lat)), 1e-9)
    return Point(spot.lon - d_lon, spot.lat - d_lat), Point(spot.lon + d_lon, spot.lat + d_lat)


def _is_in_china(spot: Point) -> bool:
    return 73.66 < spot.lon < 135.05 and 3.86 < spot.lat < 53.55


def _offset(spot: Point) -> tuple[float, float]:
    x, y = spot.lon - 105, spot.lat - 35
    ripple = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    t_lat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple
    t_lat += (20 * sin(y * pi) + 40 * sin(y * pi / 3)) * 2 / 3
    t_lat += (160 * sin(y * pi / 12) + 320 * sin(y * pi / 30)) * 2 / 3
    t_lon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple
    t_lon += (20 * sin(x * pi) + 40 * sin(x * pi / 3)) * 2 / 3
    t_lon += (150 * sin(x * pi / 12) + 300 * sin(x * pi / 30)) * 2 / 3
    phi = radians(spot.lat)
    m = 1 - _EE * sin(phi) ** 2
    d_lat = t_lat * 180 / ((_A * (1 - _EE)) / (m * sqrt(m)) * pi)
    d_lon = t_lon * 180 / (_A / sqrt(m) * cos(phi) * pi)
    return d_lon, d_lat


def _invert(forth: Callable[[Point], Point], target: Point, guess: Point) -> Point:
    for _ in range(_ROUNDS):
        there = forth(guess)
        off_lon, off_lat = there.lon - target.lon, there.lat - target.lat
        if abs(off_lon) < _CLOSE and abs(off_lat) < _CLOSE:
            break
        guess = Point(guess.lon - off_lon, guess.lat - off_lat)
    return guess


def _zoom(zoom: int, least: int = 0) -> int:
    if not least <= zoom <= 30:
        raise Invalid("zoom", "bad_zoom", value=zoom, least=least)
    return zoom


def _held(place: float, count: int) -> int:
    return max(0, min(count - 1, floor(place)))
