"""Many pins seen from far as few: those of one cell of the world stand as one, whichever way the map is pushed.

Cells are fixed to the world and halve with every step of zoom, so a cluster stays what it is while the map is panned. Each is shown by
its most urgent pin, so that nothing urgent is hidden in one.
"""

from dataclasses import dataclass

import numpy as np

from console.ui.map.view import Numbers

CELL_BITS = 2  # cells of 64 pixels: a quarter of a tile's 256


@dataclass(frozen=True)
class Clusters:
    """One row for each cell that has pins: its first (most urgent) pin, how many, where their middle is; and the cell of every pin."""

    firsts: "np.ndarray[tuple[int], np.dtype[np.intp]]"
    counts: "np.ndarray[tuple[int], np.dtype[np.intp]]"
    middles: Numbers
    of_pin: "np.ndarray[tuple[int], np.dtype[np.intp]]"

    def members(self, cluster: int) -> list[int]:
        """The rows of the pins of a cluster, most urgent first."""
        return [int(row) for row in np.flatnonzero(self.of_pin == cluster)]

    def any_of(self, flags: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """For each cluster whether a flag is set for any of its pins."""
        return np.bincount(self.of_pin, weights=flags, minlength=len(self.firsts)) > 0

    def most_of(self, ranks: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
        """For each cluster the highest rank of any of its pins."""
        found = np.zeros(len(self.firsts), dtype=np.intp)
        np.maximum.at(found, self.of_pin, ranks)
        return found


def clustered(places: Numbers, level: int) -> Clusters:
    """The clusters of pins at a whole step of zoom; `places` are rows of the world, most urgent first."""
    cells = np.floor(places * 2.0 ** (level + CELL_BITS)).astype(np.int64)
    _, firsts, of_pin, counts = np.unique(
        cells[:, 0] * (1 << 32) + cells[:, 1], return_index=True, return_inverse=True, return_counts=True
    )
    middles = np.column_stack([np.bincount(of_pin, weights=side, minlength=len(firsts)) for side in places.T]) / counts[:, np.newaxis]
    return Clusters(firsts, counts, middles, of_pin)
