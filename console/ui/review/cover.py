"""What is open under the cover of a review: parts of each camera's picture, for a while, every change can be undone."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QRectF, Signal

from console.domain.errors import Invalid
from console.domain.redaction import Clear, check_clear

MIDDLE, STEP = QRectF(0.4, 0.4, 0.2, 0.2), 0.02


@dataclass(frozen=True)
class Opened:
    """A part of one camera's picture that was opened; its seconds are those of the review's line."""

    camera: int
    clear: Clear


class Cover(QObject):
    """The parts that were opened, and the chosen one of them. What may not be opened is refused as it is tried."""

    changed = Signal()
    refused = Signal(object)  # an Invalid

    def __init__(self, length_s: float, parent: QObject | None = None) -> None:
        """Everything is covered."""
        super().__init__(parent)
        self._length_s = max(length_s, 0.001)
        self.parts: tuple[Opened, ...] = ()
        self.chosen: int | None = None
        self._before: list[tuple[tuple[Opened, ...], int | None]] = []

    @property
    def part(self) -> Opened | None:
        """The chosen part."""
        return self.parts[self.chosen] if self.chosen is not None else None

    def of(self, camera: int, at_s: float) -> tuple[Clear, ...]:
        """What is open of a camera's picture at a second."""
        return tuple(one.clear for one in self.parts if one.camera == camera and one.clear.is_at(at_s))

    def at(self, camera: int, x: float, y: float, at_s: float) -> int | None:
        """The newest part that lies at a point of a camera's picture and is open at a second."""
        for number in range(len(self.parts) - 1, -1, -1):
            one = self.parts[number].clear
            lies = self.parts[number].camera == camera and one.left <= x <= one.right and one.top <= y <= one.bottom
            if lies and one.is_at(at_s):
                return number
        return None

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._before)

    def open(self, camera: int, area: QRectF = MIDDLE) -> None:
        """Open a part of a camera's picture for the whole time."""
        sides = (min(1.0, max(0.0, side)) for side in (area.left(), area.top(), area.right(), area.bottom()))
        self._try((*self.parts, Opened(camera, Clear(*sides, 0.0, self._length_s))), len(self.parts))

    def choose(self, number: int | None) -> None:
        """Let keys mean this part."""
        self.chosen = number
        self.changed.emit()

    def choose_next(self) -> None:
        """Let keys mean the next part, round and round."""
        if self.parts:
            self.choose(0 if self.chosen is None else (self.chosen + 1) % len(self.parts))

    def begin(self, at_s: float) -> None:
        """The chosen part is open from this second on."""
        self._alter(lambda one: replace(one, from_s=at_s, to_s=one.to_s if one.to_s > at_s else self._length_s))

    def end(self, at_s: float) -> None:
        """The chosen part is open until this second."""
        self._alter(lambda one: replace(one, to_s=at_s, from_s=one.from_s if one.from_s < at_s else 0.0))

    def move(self, across: int, down: int) -> None:
        """Move the chosen part by steps, as far as the picture goes."""

        def moved(one: Clear) -> Clear:
            right = min(max(across * STEP, -one.left), 1 - one.right)
            lower = min(max(down * STEP, -one.top), 1 - one.bottom)
            return replace(one, left=one.left + right, right=one.right + right, top=one.top + lower, bottom=one.bottom + lower)

        self._alter(moved)

    def grow(self, across: int, down: int) -> None:
        """Move the right and the lower side of the chosen part by steps."""

        def grown(one: Clear) -> Clear:
            right = min(1.0, max(one.left + STEP, one.right + across * STEP))
            return replace(one, right=right, bottom=min(1.0, max(one.top + STEP, one.bottom + down * STEP)))

        self._alter(grown)

    def remove(self) -> None:
        """Cover the chosen part again."""
        if self.chosen is not None:
            self._try(tuple(one for number, one in enumerate(self.parts) if number != self.chosen), None)

    def undo(self) -> None:
        """Take the last change back."""
        if self._before:
            self.parts, self.chosen = self._before.pop()
            self.changed.emit()

    def _alter(self, change: Callable[[Clear], Clear]) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        there = self.parts[chosen]
        self._try((*self.parts[:chosen], replace(there, clear=change(there.clear)), *self.parts[chosen + 1 :]), chosen)

    def _try(self, parts: tuple[Opened, ...], chosen: int | None) -> None:
        try:
            for camera in {one.camera for one in parts}:
                check_clear(tuple(one.clear for one in parts if one.camera == camera))
        except Invalid as wrong:
            self.refused.emit(wrong)
            return
        self._before.append((self.parts, self.chosen))
        self.parts, self.chosen = parts, chosen
        self.changed.emit()
