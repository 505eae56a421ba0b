"""North up: which tile a camera round a place hangs in, so that the wall reads like the map. Rules only.

A camera's bearing becomes a point near the rim of the wall, the farthest one's on it, and one that stands at
the place is in the middle; together the cameras take the free tiles whose middles lie nearest to their points.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from math import cos, inf, radians, sin

from console.video.wall import LAYOUTS, Box, Spread, arrange

Spot = tuple[float, float]  # from -1 to 1, east and south
Way = tuple[float, float]  # degrees from north, metres
INNER = 0.75  # how far out the nearest camera hangs; nearer than that it would take the middle of nine tiles


def north_up(ways: Mapping[int, Way | None], size: tuple[int, int], *, band: int = 0, gap: int = 2) -> Spread:
    """How to spread cameras over free tiles by their ways from the place (None: at the place itself).

    `size`, `band` and `gap` are those of the wall's area, for its shape decides how many columns a grid has.
    """

    farthest = max((way[1] for way in ways.values() if way is not None), default=1.0)

    def spread(layout: str, cameras: Sequence[int], free: Sequence[int]) -> tuple[int, ...]:
        boxes = arrange(layout, size, band=band, gap=gap)
        spots = _spots(boxes[LAYOUTS[layout].column_from :])
        places = {place: spots[place - LAYOUTS[layout].column_from] for place in free}
        return _nearest([_point(ways.get(camera), farthest) for camera in cameras], places)

    return spread


def _spots(boxes: Sequence[Box]) -> tuple[Spot, ...]:
    """The middles of tiles inside what they fill together."""
    across, down = ([begin + side / 2 for begin, side in sides] for sides in _sides(boxes))
    return tuple(zip(_scaled(across), _scaled(down), strict=True))


def _sides(boxes: Sequence[Box]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    return [(box.x, box.width) for box in boxes], [(box.y, box.height) for box in boxes]


def _scaled(middles: Sequence[float]) -> list[float]:
    low, high = min(middles), max(middles)
    return [(2 * middle - low - high) / (high - low) if high > low else 0.0 for middle in middles]


def _point(way: Way | None, farthest: float) -> Spot:
    if way is None:
        return (0.0, 0.0)
    out = INNER + (1 - INNER) * way[1] / farthest
    return out * sin(radians(way[0])), -out * cos(radians(way[0]))


def _nearest(points: Sequence[Spot], places: Mapping[int, Spot]) -> tuple[int, ...]:
    """A place for each point with the least sum of squared distances; meant for a handful, of which all ways are tried.

    Nobody needs more than as many nearest places as there are points: one of them is always free.
    """

    def cost(point: Spot, place: int) -> float:
        x, y = places[place]
        return round((point[0] - x) ** 2 + (point[1] - y) ** 2, 9)

    wished = [sorted(places, key=lambda place, point=point: (cost(point, place), place))[: len(points)] for point in points]
    best, least = tuple(sorted(places))[: len(points)], inf
    for chosen in product(*wished):
        total = sum(cost(point, place) for point, place in zip(points, chosen, strict=True))
        if len(set(chosen)) == len(chosen) and total < least - 1e-9:
            best, least = chosen, total
    return best
