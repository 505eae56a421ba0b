"""Between our rings and shapely's geometries, and areas in square metres; no other floor sees a geometry."""

from collections.abc import Iterable, Sequence
from math import cos, radians

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from console.domain.packed import PackedRings, pack, pack_numbers
from console.domain.place import Point, Rings

Shape = BaseGeometry  # what other floors may carry about, but not look into
Shapes = NDArray[np.object_]
_METRES_PER_DEGREE = 6371008.8 * np.pi / 180


def shape_of(rings: Rings) -> BaseGeometry:
    """The area of rings, inside being inside an odd number of them; empty for no rings."""
    if len(rings) == 1:
        return Polygon([(spot.lon, spot.lat) for spot in rings[0]])
    outlines = [shapely.linearrings([(spot.lon, spot.lat) for spot in ring]) for ring in rings]
    return shapely.build_area(shapely.geometrycollections(outlines)) if outlines else Polygon()


def numbers_of_rings(areas: Iterable[Rings]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """All points of many areas as one array of lon, lat, and how many points each of their rings has."""
    packed = [pack(rings) for rings in areas]
    lengths = np.array([length for one in packed for length in one.lengths], dtype=np.intp)
    return np.frombuffer(b"".join(one.numbers for one in packed), dtype="<f8").reshape(-1, 2), lengths


def shapes_of(areas: Sequence[Rings]) -> Shapes:
    """The shapes of many areas at once, in their order; those of one ring each (almost all) are made in bulk."""
    found = np.empty(len(areas), dtype=object)
    single = np.array([len(rings) == 1 for rings in areas], dtype=bool)
    for place in np.flatnonzero(~single):
        found[place] = shape_of(areas[place])
    if single.any():
        spots, lengths = numbers_of_rings(areas[place] for place in np.flatnonzero(single))
        found[single] = shapely.polygons(shapely.linearrings(spots, indices=np.repeat(np.arange(len(lengths)), lengths)))
    return found


def packed_of_shape(shape: BaseGeometry) -> PackedRings:
    """The rings of a polygon or multipolygon as bytes, outlines before their holes."""
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    numbers = np.ascontiguousarray(shapely.get_coordinates(rings), dtype="<f8")
    return pack_numbers([int(count) for count in shapely.get_num_coordinates(rings)], numbers.tobytes())


def rings_of_shape(shape: BaseGeometry) -> Rings:
    """The rings of a polygon or multipolygon, outlines before their holes, each closed."""
    parts = shape.geoms if isinstance(shape, MultiPolygon) else (shape,)
    found = []
    for part in parts:
        if not part.is_empty:
            found += [part.exterior, *part.interiors]
    return tuple(tuple(Point(lon, lat) for lon, lat in ring.coords) for ring in found)


def area_m2(shape: BaseGeometry) -> float:
    """Square metres on a sphere of an area of at most a province's size (error below 0.5 %)."""
    if shape.is_empty:
        return 0.0
    middle = (shape.bounds[1] + shape.bounds[3]) / 2
    return float(shape.area * _METRES_PER_DEGREE**2 * cos(radians(middle)))


def label_point(rings: Rings) -> Point:
    """A spot surely inside an area, where its name may stand."""
    spot = shape_of(rings).point_on_surface()
    return Point(spot.x, spot.y)


def label_points(shapes: Sequence[BaseGeometry] | Shapes) -> NDArray[np.float64]:
    """A spot surely inside each of many areas, one row of lon and lat each."""
    return shapely.get_coordinates(shapely.point_on_surface(np.asarray(shapes, dtype=object))) if len(shapes) else np.empty((0, 2))
