"""Between our rings and shapely's geometries, and areas in square metres; no other floor sees a geometry."""

from math import cos, radians

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from console.domain.place import Point, Rings

_METRES_PER_DEGREE = 6371008.8 * np.pi / 180


def shape_of(rings: Rings) -> BaseGeometry:
    """The area of rings, inside being inside an odd number of them; empty for no rings."""
    if len(rings) == 1:
        return Polygon([(spot.lon, spot.lat) for spot in rings[0]])
    outlines = [shapely.linearrings([(spot.lon, spot.lat) for spot in ring]) for ring in rings]
    return shapely.build_area(shapely.geometrycollections(outlines)) if outlines else Polygon()


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
