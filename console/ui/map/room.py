"""Which words still have room on a map: each takes its place unless another one stands there already."""

from math import floor

from PySide6.QtCore import QRectF


class Room:
    """Places that were taken, in blocks of the picture, so that each is compared with its neighbours alone."""

    def __init__(self, block: float = 64.0) -> None:
        """Everything is free."""
        self._block = block
        self._taken: dict[tuple[int, int], list[QRectF]] = {}

    def take(self, box: QRectF) -> bool:
        """Take a place; false, and nothing is taken, when it would cover another."""
        size = self._block
        blocks = [
            (across, down)
            for across in range(floor(box.left() / size), floor(box.right() / size) + 1)
            for down in range(floor(box.top() / size), floor(box.bottom() / size) + 1)
        ]
        if any(box.intersects(other) for block in blocks for other in self._taken.get(block, ())):
            return False
        for block in blocks:
            self._taken.setdefault(block, []).append(box)
        return True
