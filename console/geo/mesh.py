"""Makes areas that were cut one by one share their borders to the last bit, and builds upper areas from lower ones.

Two neighbours cut from different parents meet along a line that each of them
has with other points on it: rounding leaves slivers there. Here all borders are
noded together on one fine lattice, and every face becomes the area it lies in,
so that neighbours hold the same points in the same places.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely

from console.domain.errors import Invalid
from console.domain.packed import PackedRings
from console.domain.place import Rings
from console.geo.shapes import Shapes, packed_of_shape, shapes_of

LATTICE = 1e-11  # degrees, a micrometre: far below any survey, far above the rounding of a double


def woven(areas: Sequence[Rings], borders: Sequence[Rings] = ()) -> Shapes:
    """The areas as shapes with shared borders, in their order; `borders` are outlines that must be met as well.

    Raises Invalid("areas", "cannot_weave") when a face belongs to no area or
    to two, or an area got none: then they did not tile to begin with.
    """
    shapes = shapes_of(areas)
    lines = np.concatenate((shapely.boundary(shapes), shapely.boundary(shapes_of(borders))))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines, grid_size=LATTICE))))
    of_face, of_area = shapely.STRtree(shapes).query(shapely.point_on_surface(faces), predicate="within")
    faces_of: list[list[int]] = [[] for _ in shapes]
    for face, area in zip(of_face.tolist(), of_area.tolist(), strict=True):
        faces_of[area].append(face)
    if len(of_face) != len(faces) or len(set(of_face.tolist())) != len(faces) or not all(faces_of):
        raise Invalid("areas", "cannot_weave", faces=len(faces), areas=len(shapes))
    found = np.empty(len(shapes), dtype=object)
    for place, own in enumerate(faces_of):
        found[place] = faces[own[0]] if len(own) == 1 else shapely.coverage_union_all(faces[own])
    return found


def united(shapes: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """The upper area of parts with shared borders; every point of its border is a point of a part."""
    return shapes[0] if len(shapes) == 1 else shapely.coverage_union_all(np.array(shapes, dtype=object))


def packed(shapes: Iterable[shapely.Geometry]) -> tuple[PackedRings, ...]:
    """Shapes as rings in bytes, in their order."""
    return tuple(map(packed_of_shape, shapes))
