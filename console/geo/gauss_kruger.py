"""The Gauss-Krüger projection of CGCS2000 for many points at once, by Krüger's series in the third flattening to its fourth power.

Within a belt of three degrees and its neighbours the series is exact to a few
micrometres. Source: L. Krüger, Konforme Abbildung des Erdellipsoids in der Ebene (1912);
coefficients as in C. Karney, J. Geodesy 85 (2011). EPSG:4513-4554 use scale 1 and 500 km.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from console.domain.frame import FALSE_EASTING

Numbers = NDArray[np.float64]
_A, _F = 6378137.0, 1 / 298.257222101  # CGCS2000
_N = _F / (2 - _F)
_E = float(np.sqrt(_F * (2 - _F)))
_RADIUS = _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_FORTH = (
    _N / 2 - 2 / 3 * _N**2 + 5 / 16 * _N**3 + 41 / 180 * _N**4, 13 / 48 * _N**2 - 3 / 5 * _N**3 + 557 / 1440 * _N**4,
    61 / 240 * _N**3 - 103 / 140 * _N**4, 49561 / 161280 * _N**4,
)  # fmt: skip
_BACK = (
    _N / 2 - 2 / 3 * _N**2 + 37 / 96 * _N**3 - 1 / 360 * _N**4, 1 / 48 * _N**2 + 1 / 15 * _N**3 - 437 / 1440 * _N**4,
    17 / 480 * _N**3 - 37 / 840 * _N**4, 4397 / 161280 * _N**4,
)  # fmt: skip
_LATITUDE = (
    2 * _N - 2 / 3 * _N**2 - 2 * _N**3 + 116 / 45 * _N**4, 7 / 3 * _N**2 - 8 / 5 * _N**3 - 227 / 45 * _N**4,
    56 / 15 * _N**3 - 136 / 35 * _N**4, 4279 / 630 * _N**4,
)  # fmt: skip


def to_metres(degrees: Numbers, meridian: float) -> Numbers:
    """Metres east (with 500 km added) and north of points in degrees of longitude and latitude, one row each."""
    lon, lat = np.radians(degrees[:, 0] - meridian), np.radians(degrees[:, 1])
    steep = np.sinh(np.arctanh(np.sin(lat)) - _E * np.arctanh(_E * np.sin(lat)))
    xi, eta = np.arctan2(steep, np.cos(lon)), np.arctanh(np.sin(lon) / np.hypot(1.0, steep))
    north, east = _swung(xi, eta, _FORTH, 1.0)
    return np.column_stack((FALSE_EASTING + _RADIUS * east, _RADIUS * north))


def to_degrees(metres: Numbers, meridian: float) -> Numbers:
    """Degrees of longitude and latitude of points in metres east (with 500 km added) and north, one row each.

    Numbers that lie on no belt at all come back as NaN or off the earth; the caller checks.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        xi, eta = metres[:, 1] / _RADIUS, (metres[:, 0] - FALSE_EASTING) / _RADIUS
        far = (np.abs(eta) > 1) | (np.abs(xi) > np.pi / 2)  # further from the meridian than a third of the earth
        xi, eta = _swung(np.where(far, np.nan, xi), np.where(far, np.nan, eta), _BACK, -1.0)
        chi = np.arcsin(np.sin(xi) / np.cosh(eta))
        lat = chi + sum(factor * np.sin(2 * turn * chi) for turn, factor in enumerate(_LATITUDE, start=1))
        lon = np.arctan2(np.sinh(eta), np.cos(xi))
    return np.column_stack((np.degrees(lon) + meridian, np.degrees(lat)))


def _swung(xi: Numbers, eta: Numbers, factors: Sequence[float], sign: float) -> tuple[Numbers, Numbers]:
    north, east = xi.copy(), eta.copy()
    for turn, factor in enumerate(factors, start=1):
        north += sign * factor * np.sin(2 * turn * xi) * np.cosh(2 * turn * eta)
        east += sign * factor * np.cos(2 * turn * xi) * np.sinh(2 * turn * eta)
    return north, east
