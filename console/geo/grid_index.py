"""Which grid or division holds a spot, for thousands of areas at once."""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely

from console.domain.place import Division, Grid, Point
from console.geo.shapes import shapes_of


class GridIndex:
    """Areas in a tree; built once, then asked from any thread.

    A spot on a shared border belongs to the lower code (handbook 6.2): areas are
    kept in the order of their codes, so the lowest of several answers is the owner.
    """

    def __init__(self, areas: Iterable[Grid | Division]) -> None:
        held = sorted((area for area in areas if area.rings), key=lambda area: area.code)
        self._codes = tuple(area.code for area in held)
        self._tree = shapely.STRtree(shapes_of([area.rings for area in held]))

    def __len__(self) -> int:
        return len(self._codes)

    def at(self, spot: Point) -> str | None:
        """The code of the area that holds a spot, or None."""
        found = self._tree.query(shapely.points(spot.lon, spot.lat), predicate="intersects")
        return self._codes[int(found.min())] if found.size else None

    def at_many(self, spots: Sequence[Point]) -> list[str | None]:
        """The same for many spots at once, in their order."""
        if not spots:
            return []
        where = shapely.points([(spot.lon, spot.lat) for spot in spots])
        of_spot, of_area = self._tree.query(where, predicate="intersects")
        owners = np.full(len(spots), len(self._codes))
        np.minimum.at(owners, of_spot, of_area)
        names = (*self._codes, None)
        return [names[owner] for owner in owners]
