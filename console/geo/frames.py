"""Coordinates of every frame a file may come in, as WGS-84 and back, for a million points at once.

The same formulae as `domain/datum.py` has for single points, written for arrays; a test
holds the two together.
"""

from collections.abc import Callable

import numpy as np

from console.domain.errors import Invalid
from console.domain.frame import MILLION, Frame
from console.geo import gauss_kruger
from console.geo.gauss_kruger import Numbers

_A, _EE = 6378245.0, 0.00669342162296594323
_X_PI = np.pi * 3000 / 180
_ROUNDS = 6


def to_wgs84(numbers: Numbers, frame: Frame) -> Numbers:
    """Rows of lon and lat in WGS-84 from rows of a frame, exact to better than a millimetre.

    Of a belt, the zone before an easting is taken off where it stands, whatever the
    frame says of it. Raises Invalid("unknown_datum") for a datum nobody knows.
    """
    if frame.is_metres:
        return gauss_kruger.to_degrees(without_zone(numbers), frame.meridian)
    if frame.datum == "wgs84":
        return numbers
    if frame.datum == "gcj02":
        return _undone(_gcj, numbers)
    if frame.datum == "bd09":
        return _undone(_gcj, _undone(_bd, numbers))
    raise Invalid("datum", "unknown_datum", value=frame.datum, known="wgs84, gcj02, bd09")


def from_wgs84(degrees: Numbers, frame: Frame) -> Numbers:
    """Rows of a frame from rows of lon and lat in WGS-84. Raises Invalid("unknown_datum")."""
    if frame.is_metres:
        metres = gauss_kruger.to_metres(degrees, frame.meridian)
        metres[:, 0] += frame.zone * MILLION
        return metres
    if frame.datum == "wgs84":
        return degrees
    if frame.datum == "gcj02":
        return _gcj(degrees)
    if frame.datum == "bd09":
        return _bd(_gcj(degrees))
    raise Invalid("datum", "unknown_datum", value=frame.datum, known="wgs84, gcj02, bd09")


def zone_of(numbers: Numbers) -> int:
    """The zone that stands before the eastings; 0 when there is none, or not the same before all."""
    if not len(numbers) or not np.isfinite(numbers[:, 0]).all():
        return 0
    zones = np.unique(np.floor(numbers[:, 0] / MILLION))
    return int(zones[0]) if len(zones) == 1 and 24 <= zones[0] <= 45 else 0


def without_zone(numbers: Numbers) -> Numbers:
    """Eastings without the zone before them."""
    zone = zone_of(numbers)
    return numbers - (zone * MILLION, 0.0) if zone else numbers


def _undone(forth: Callable[[Numbers], Numbers], numbers: Numbers) -> Numbers:
    guess = numbers
    for _ in range(_ROUNDS):
        guess = guess - (forth(guess) - numbers)
    return guess


def _gcj(degrees: Numbers) -> Numbers:
    lon, lat = degrees[:, 0], degrees[:, 1]
    x, y = lon - 105, lat - 35
    ripple = (20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)) * 2 / 3
    t_lat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + ripple
    t_lat += (20 * np.sin(y * np.pi) + 40 * np.sin(y * np.pi / 3)) * 2 / 3
    t_lat += (160 * np.sin(y * np.pi / 12) + 320 * np.sin(y * np.pi / 30)) * 2 / 3
    t_lon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + ripple
    t_lon += (20 * np.sin(x * np.pi) + 40 * np.sin(x * np.pi / 3)) * 2 / 3
    t_lon += (150 * np.sin(x * np.pi / 12) + 300 * np.sin(x * np.pi / 30)) * 2 / 3
    phi = np.radians(lat)
    m = 1 - _EE * np.sin(phi) ** 2
    d_lat = t_lat * 180 / ((_A * (1 - _EE)) / (m * np.sqrt(m)) * np.pi)
    d_lon = t_lon * 180 / (_A / np.sqrt(m) * np.cos(phi) * np.pi)
    in_china = (lon > 73.66) & (lon < 135.05) & (lat > 3.86) & (lat < 53.55)
    return np.column_stack((lon + np.where(in_china, d_lon, 0), lat + np.where(in_china, d_lat, 0)))


def _bd(degrees: Numbers) -> Numbers:
    lon, lat = degrees[:, 0], degrees[:, 1]
    z = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _X_PI)
    theta = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _X_PI)
    return np.column_stack((z * np.cos(theta) + 0.0065, z * np.sin(theta) + 0.006))
