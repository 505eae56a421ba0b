"""Whether areas tile their parent: no overlap, no gap, nothing outside (handbook 2.3, tolerance 1 m²)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely

from console.domain.errors import Invalid
from console.domain.place import Rings
from console.geo.shapes import Shapes, area_m2, shape_of, shapes_of

TOLERANCE_M2 = 1.0
Problem = Literal["overlapping_areas", "areas_outside", "uncovered_area"]
# How close, in degrees, an area must come to a gap to be named with it: a millimetre.
_TOUCH = 1e-8


@dataclass(frozen=True)
class Fault:
    """One place where areas do not tile: which of them are to blame or lie round it, and how large it is."""

    problem: Problem
    areas: tuple[str, ...]
    area_m2: float


def faults(areas: Mapping[str, Rings], parent: Rings, *, tolerance_m2: float = TOLERANCE_M2) -> tuple[Fault, ...]:
    """Every overlap, reach over the border and gap above the tolerance, the largest of each kind first; none when all is well.

    A gap names the areas round it. Gaps count together: many small ones are
    reported once their sum passes the tolerance.
    """
    codes, shapes, whole = tuple(areas), shapes_of(list(areas.values())), shape_of(parent)
    tree = shapely.STRtree(shapes)
    found = [*_overlaps(codes, shapes, tree), *_outside(codes, shapes, whole)]
    found = [fault for fault in found if fault.area_m2 > tolerance_m2]
    gaps = _gaps(codes, shapes, tree, whole)
    if sum(gap.area_m2 for gap in gaps) > tolerance_m2:
        found += gaps
    return tuple(sorted(found, key=lambda fault: (_ORDER[fault.problem], -fault.area_m2)))


def check_tiling(source: str, areas: Mapping[str, Rings], parent: Rings, *, tolerance_m2: float = TOLERANCE_M2) -> None:
    """Say whether areas tile a parent exactly.

    Raises Invalid, naming the source and the areas, for the largest overlap or reach
    over the parent's border and for what no area covers.
    """
    found = faults(areas, parent, tolerance_m2=tolerance_m2)
    if not found:
        return
    worst = found[0]
    if worst.problem == "overlapping_areas":
        raise Invalid(source, worst.problem, first=worst.areas[0], second=worst.areas[1], area_m2=round(worst.area_m2, 1))
    if worst.problem == "areas_outside":
        raise Invalid(source, worst.problem, area=worst.areas[0], area_m2=round(worst.area_m2, 1))
    gap = sum(fault.area_m2 for fault in found if fault.problem == "uncovered_area")
    raise Invalid(source, worst.problem, area_m2=round(gap, 1))


_ORDER: dict[Problem, int] = {"overlapping_areas": 0, "areas_outside": 1, "uncovered_area": 2}


def _overlaps(codes: tuple[str, ...], shapes: Shapes, tree: shapely.STRtree) -> list[Fault]:
    first, second = tree.query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    # Neighbours with shared borders only touch; whoever is left is measured.
    meet = ~shapely.touches(shapes[first], shapes[second])
    first, second = first[meet], second[meet]
    shared = shapely.intersection(shapes[first], shapes[second])
    return [
        Fault("overlapping_areas", (codes[one], codes[other]), area_m2(part))
        for one, other, part in zip(first.tolist(), second.tolist(), shared, strict=True)
    ]


def _outside(codes: tuple[str, ...], shapes: Shapes, whole: shapely.Geometry) -> list[Fault]:
    shapely.prepare(whole)
    strays = np.flatnonzero(~shapely.covers(whole, shapes))
    parts = shapely.difference(shapes[strays], whole)
    return [Fault("areas_outside", (codes[place],), area_m2(part)) for place, part in zip(strays.tolist(), parts, strict=True)]


def _gaps(codes: tuple[str, ...], shapes: Shapes, tree: shapely.STRtree, whole: shapely.Geometry) -> list[Fault]:
    left = shapely.get_parts(whole.difference(shapely.union_all(shapes)))
    found = []
    for part in left:
        size = area_m2(part) if part.geom_type == "Polygon" else 0.0
        if size > 0:
            round_it = sorted(tree.query(part, predicate="dwithin", distance=_TOUCH).tolist())
            found.append(Fault("uncovered_area", tuple(codes[place] for place in round_it), size))
    return found
