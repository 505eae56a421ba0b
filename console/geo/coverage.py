"""Whether areas tile their parent: no overlap, no gap, nothing outside (handbook 2.3, tolerance 1 m²)."""

from collections.abc import Mapping

import numpy as np
import shapely

from console.domain.errors import Invalid
from console.domain.place import Rings
from console.geo.shapes import area_m2, shape_of

TOLERANCE_M2 = 1.0


def check_tiling(source: str, areas: Mapping[str, Rings], parent: Rings, *, tolerance_m2: float = TOLERANCE_M2) -> None:
    """Say whether areas tile a parent exactly.

    Raises Invalid, naming the source and the areas, for the largest overlap or reach
    over the parent's border and for what no area covers.
    """
    codes = tuple(areas)
    shapes = np.array([shape_of(rings) for rings in areas.values()], dtype=object)
    whole = shape_of(parent)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = np.flatnonzero(first < second)
    shared = shapely.intersection(shapes[first[pairs]], shapes[second[pairs]])
    if len(shared) and area_m2(shared[worst := int(np.argmax(shapely.area(shared)))]) > tolerance_m2:
        one, other = codes[first[pairs[worst]]], codes[second[pairs[worst]]]
        raise Invalid(source, "overlapping_areas", first=one, second=other, area_m2=round(area_m2(shared[worst]), 1))
    outside = shapely.difference(shapes, whole)
    if len(outside) and area_m2(outside[worst := int(np.argmax(shapely.area(outside)))]) > tolerance_m2:
        raise Invalid(source, "areas_outside", area=codes[worst], area_m2=round(area_m2(outside[worst]), 1))
    gap = area_m2(whole.difference(shapely.union_all(shapes)))
    if gap > tolerance_m2:
        raise Invalid(source, "uncovered_area", area_m2=round(gap, 1))
