"""Looking closer at a part of one picture: how much larger, and where. Shares of the picture, no pixels, no Qt."""

from dataclasses import dataclass, replace

MOST, STEP = 8.0, 1.25


@dataclass(frozen=True)
class Zoom:
    """The part of a camera's picture that fills its tile; `x`, `y` are its left and upper edge in shares of the picture."""

    camera_id: int
    factor: float = 1.0
    x: float = 0.0
    y: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Whether the whole picture is seen."""
        return self.factor <= 1.001

    @property
    def side(self) -> float:
        """How much of the picture's width and height is seen."""
        return 1.0 / self.factor

    def closer(self, steps: float, at: tuple[float, float] = (0.5, 0.5)) -> "Zoom":
        """Some steps closer, or back when negative; what stands at a point of the tile (shares) stays there."""
        factor = min(MOST, max(1.0, self.factor * STEP**steps))
        still_x, still_y = self.x + at[0] * self.side, self.y + at[1] * self.side
        return replace(self, factor=factor)._at(still_x - at[0] / factor, still_y - at[1] / factor)

    def moved(self, dx: float, dy: float) -> "Zoom":
        """Another part, moved by shares of the tile; it never leaves the picture."""
        return self._at(self.x + dx * self.side, self.y + dy * self.side)

    def _at(self, x: float, y: float) -> "Zoom":
        most = 1.0 - self.side
        return replace(self, x=min(most, max(0.0, x)), y=min(most, max(0.0, y)))
