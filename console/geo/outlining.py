"""Making an area of one drawn feature: its coordinates, its rings and its crossings judged, repaired where nothing is lost by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from console.domain.frame import Frame
from console.geo.drawn import Drawn, Numbers
from console.geo.frames import to_wgs84
from console.geo.shapes import area_m2

MANY = 20_000  # vertices of one outline
# A repair that changes more than this share of an area is no repair.
LARGE_CHANGE = 0.01
XOR_MOST = 200  # rings folded one by one
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Remark:
    """Something found in one feature."""

    severity: Literal["refused", "repaired", "noted"]
    problem: str
    facts: Mapping[str, object]


@dataclass(frozen=True, eq=False)
class Outlined:
    """A feature's area in WGS-84, None when it has none, and what was found on the way to it."""

    shape: BaseGeometry | None
    remarks: tuple[Remark, ...] = ()


def outlined(drawn: Drawn, frame: Frame, known: Box | None) -> Outlined:
    """The area of a feature in WGS-84. `known` is where the ground lies, to tell swapped axes by."""
    if drawn.fault is not None:
        return Outlined(None, (Remark("refused", drawn.fault.code, drawn.fault.facts),))
    found: list[Remark] = []
    if len(drawn.numbers) > MANY:
        found.append(Remark("noted", "many_vertices", {"count": len(drawn.numbers), "most": MANY}))
    degrees = to_wgs84(drawn.numbers, frame)
    if known is not None and not _is_near(degrees, known):
        swapped = to_wgs84(drawn.numbers[:, ::-1], frame)
        if _is_near(swapped, known):
            degrees = swapped
            found.append(Remark("repaired", "swapped_axes", {}))
    bad = ~_is_on_earth(degrees)
    if bad.any():
        first = drawn.numbers[int(np.argmax(bad))]
        facts = {"count": int(bad.sum()), "value": f"{first[0]:.10g}, {first[1]:.10g}"}
        return Outlined(None, (*found, Remark("refused", "off_earth", facts)))
    shape, more = _shape(degrees, drawn.lengths)
    return Outlined(shape, (*found, *more))


def _is_on_earth(degrees: Numbers) -> np.ndarray:
    return np.isfinite(degrees).all(axis=1) & (np.abs(degrees[:, 0]) <= 180) & (np.abs(degrees[:, 1]) <= 90)


def _is_near(degrees: Numbers, known: Box) -> bool:
    """Whether the points lie in a box, as far as they can be told by their middle."""
    if not np.isfinite(degrees).any():
        return False
    lon, lat = np.nanmedian(degrees[:, 0]), np.nanmedian(degrees[:, 1])
    west, south, east, north = known
    return bool(west <= lon <= east and south <= lat <= north)


def _shape(degrees: Numbers, lengths: tuple[int, ...]) -> tuple[BaseGeometry | None, list[Remark]]:
    found: list[Remark] = []
    rings = []
    for ring in np.split(degrees, np.cumsum(lengths)[:-1]):
        if len(ring) and (ring[0] != ring[-1]).any():
            found.append(Remark("repaired", "ring_open", {}))
            ring = np.vstack((ring, ring[:1]))
        if len(ring) < 4:
            return None, [*found, Remark("refused", "ring_short", {"count": max(0, len(ring) - 1)})]
        rings.append(shapely.Polygon(ring))
    valid = shapely.is_valid(rings).all()
    shape = rings[0] if len(rings) == 1 else shapely.build_area(shapely.geometrycollections([ring.exterior for ring in rings]))
    if not valid or not shape.is_valid or (len(rings) > 1 and not _holds_all(shape, rings)):
        shape, remark = _uncrossed(rings)
        if not valid or remark.facts.get("change") != 0:  # parts that only share a border are joined, and nothing is wrong with them
            found.append(remark)
        if remark.severity == "refused":
            return None, found
    if area_m2(shape) < 1.0:
        return None, [*found, Remark("refused", "no_area", {})]
    return shape, found


def _holds_all(shape: BaseGeometry, rings: list[BaseGeometry]) -> bool:
    """Whether every ring is a border of the shape: of rings that cross one another some parts vanish."""
    borders = sum(shapely.get_num_interior_rings(part) + 1 for part in shapely.get_parts(shape))
    return bool(borders == len(rings))


def _uncrossed(rings: list[BaseGeometry]) -> tuple[BaseGeometry, Remark]:
    """The area of rings that cross themselves or one another, with how much it differs from what was drawn."""
    parts = [_areas(shapely.make_valid(ring)) for ring in rings]
    if len(parts) > XOR_MOST:
        return parts[0], Remark("refused", "crossing_many", {"count": len(parts), "most": XOR_MOST})
    shape = parts[0]
    for part in parts[1:]:
        shape = shapely.symmetric_difference(shape, part)
    shape = _areas(shape)
    drawn = abs(_signed(rings[0])) if len(rings) == 1 else _even_odd(rings)
    change = abs(shape.area - drawn)
    scale = area_m2(shape) / shape.area if shape.area else 0.0
    facts = {"change": round(change * scale, 1)}
    if not shape.area or change > LARGE_CHANGE * max(drawn, shape.area):
        return shape, Remark("refused", "crossing_rings", facts)
    return shape, Remark("repaired", "crossing_mended", facts)


def _signed(ring: BaseGeometry) -> float:
    x, y = shapely.get_coordinates(ring).T
    x, y = x - x[0], y - y[0]  # degrees are large beside an area of a grid
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def _even_odd(rings: list[BaseGeometry]) -> float:
    """What outlines with holes enclose by the plain sum: the largest ring less or plus the others by where they lie."""
    outer = sorted(rings, key=lambda ring: -abs(_signed(ring)))
    total = abs(_signed(outer[0]))
    body = _areas(shapely.make_valid(outer[0]))
    for ring in outer[1:]:
        inside = body.contains(ring.representative_point()) if ring.is_valid else body.intersects(ring)
        total += -abs(_signed(ring)) if inside else abs(_signed(ring))
    return total


def _areas(shape: BaseGeometry) -> BaseGeometry:
    """Only what has an area; lines and points that a repair leaves over are nothing to stand on."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    return shapely.union_all(parts) if len(parts) != 1 else parts[0]
