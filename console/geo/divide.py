"""Cuts an area into parts without overlap or gap, irregular as grown boundaries are, the same for the same seed.

The demo's towns, villages and grids are made here, because no free boundaries
below the county exist; a real hall imports its own.
"""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.domain.errors import Invalid
from console.domain.place import Point, Rings
from console.geo.shapes import rings_of_shape, shape_of

ROUNDS = 5  # of moving each seed to the middle of its share; more makes the parts too regular
SPOTS_A_PART = 60
Spots = NDArray[np.float64]


def divide(rings: Rings, count: int, seed: int, *, dense_at: Point | None = None) -> tuple[Rings, ...]:
    """The area in `count` parts, west to east then north to south; with `dense_at`, the parts round that spot are smaller.

    The parts tile the area exactly but for rounding (far below 1 m²). One part
    is the area itself. Raises Invalid("cannot_divide") for an area of no size
    and a count below one.
    """
    if count == 1:
        return (rings,)
    area = shape_of(rings)
    if count < 1 or not area.is_valid or area.area == 0:  # no spot would ever fall into it
        raise Invalid("area", "cannot_divide", value=count)
    hand = np.random.default_rng(seed)
    seeds = _seeds(area, count, hand, dense_at)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=area))
    parts = [part for part in shapely.intersection(cells, area) if not part.is_empty]
    parts.sort(key=lambda part: (round(part.centroid.x, 2), -part.centroid.y))
    return tuple(rings_of_shape(shapely.multipolygons(_polygons(part))) for part in parts)


def _seeds(area: BaseGeometry, count: int, hand: np.random.Generator, dense_at: Point | None) -> Spots:
    spots = _scatter(area, count * SPOTS_A_PART, hand, dense_at)
    seeds = spots[hand.choice(len(spots), count, replace=False)]
    for _ in range(ROUNDS):
        nearest = np.argmin(((spots[:, None, :] - seeds[None, :, :]) ** 2).sum(axis=2), axis=1)
        seeds = np.array([spots[nearest == place].mean(axis=0) if (nearest == place).any() else seeds[place] for place in range(count)])
    return seeds


def _scatter(area: BaseGeometry, count: int, hand: np.random.Generator, dense_at: Point | None) -> Spots:
    west, south, east, north = area.bounds
    found = np.empty((0, 2))
    while len(found) < count:
        spots = hand.uniform((west, south), (east, north), (count * 3, 2))
        if dense_at is not None:
            far = np.hypot(spots[:, 0] - dense_at.lon, spots[:, 1] - dense_at.lat) / max(east - west, north - south)
            spots = spots[hand.random(len(spots)) < 0.25 + 0.75 * np.exp(-((far / 0.18) ** 2))]
        found = np.vstack((found, spots[shapely.contains_xy(area, spots[:, 0], spots[:, 1])]))
    return found[:count]


def _polygons(part: BaseGeometry) -> list[BaseGeometry]:
    # Clipping may leave a line or a point where a cell only touches the border.
    return [piece for piece in shapely.get_parts(part) if piece.geom_type == "Polygon"]
