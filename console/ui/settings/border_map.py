"""A map of changed borders over the ground as it is: what was is dashed, what shall be is filled, the chosen area stands out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from console.domain.boundary import AreaChange
from console.ui.base import theme
from console.ui.map.canvas import Canvas
from console.ui.map.ground import Ground, Outline, outline
from console.ui.map.layers import path_in
from console.ui.map.view import Box, View

_FILL = 0.22  # how strong the new areas are


@dataclass(frozen=True)
class Borders:
    """Changed outlines as numbers, made in a reading thread: all that were, shall be, and may not be; and each by its code."""

    before: Outline
    after: Outline
    back: Outline
    areas: Mapping[str, AreaChange] = field(default_factory=dict, repr=False)

    @property
    def box(self) -> Box | None:
        """What holds all that change, else all that may not; None when there is nothing."""
        boxes = [box for box in (self.before.box, self.after.box) if box is not None]
        if not boxes:
            return self.back.box
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def borders(changes: Sequence[AreaChange], kept_back: Sequence[AreaChange] = ()) -> Borders:
    """The outlines of some changes as numbers, and of some that are kept back."""
    by_code = {change.code: change for change in (*kept_back, *changes)}
    made = (outline(rings) for rings in ([one.before for one in changes], [one.rings for one in changes], [one.rings for one in kept_back]))
    return Borders(*made, by_code)


NOTHING = borders(())


class BorderMap(Canvas):
    """Shows changes over a ground; a place is flown to by its code. What is kept back is dotted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it without ground and without changes."""
        super().__init__(lambda _x, _y: "", parent)
        self.borders = NOTHING
        self._ground_shown = Ground()
        self._chosen: Outline | None = None
        self._paths: tuple[View, tuple[QPainterPath, ...]] | None = None

    def show_ground(self, ground: Ground) -> None:
        """Show another ground below; the map does not move unless it stood nowhere."""
        is_first, self._ground_shown = self._ground_shown.is_empty, ground
        self.set_ground(ground)
        if is_first and self.borders.box is not None:
            self.go(self.view.fitted(self.borders.box))

    def show_borders(self, found: Borders) -> None:
        """Show other changes, and fly to where they are."""
        self.borders, self._chosen, self._paths = found, None, None
        if found.box is not None:
            self.fly(self.view.fitted(found.box))
        self.update()

    def choose(self, code: str) -> bool:
        """Let an area stand out and fly to it; false when nobody knows where it is."""
        change = self.borders.areas.get(code)
        self._chosen = outline([change.rings]) if change is not None else self._ground_shown.outline_of(code)
        box = self._chosen.box if self._chosen is not None else None
        if box is not None:
            self.fly(self.view.fitted(box, margin=theme.px(80)))
        self.update()
        return box is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the changes over it."""
        super().paintEvent(event)
        if self._paths is None or self._paths[0] != self.view:
            found = self.borders
            self._paths = self.view, tuple(path_in(one, self.view) for one in (found.before, found.after, found.back))
        before, after, back = self._paths[1]
        shade, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = QColor(shade.accent)
        fill.setAlphaF(_FILL)
        painter.fillPath(after, fill)
        painter.strokePath(after, QPen(QColor(shade.accent), theme.px(2)))
        painter.strokePath(back, QPen(QColor(shade.alarm), theme.px(2), Qt.PenStyle.DotLine))
        painter.strokePath(before, QPen(QColor(shade.amber), theme.px(2), Qt.PenStyle.DashLine))
        if self._chosen is not None:
            painter.strokePath(path_in(self._chosen, self.view), QPen(QColor(shade.alarm), theme.px(3)))
