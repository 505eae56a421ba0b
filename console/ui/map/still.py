"""What stands still, as kept pictures: copied while the map is pushed, stretched while it zooms, made anew when the hand rests.

Where the kept picture does not reach, a small one of everything stands in, so the map is never
blank. With a base map the picture has two parts, areas and lines, and the base map lies between.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion

from console.ui.map import heat, layers, shading, sites
from console.ui.map.ground import Ground
from console.ui.map.heat import Heat
from console.ui.map.shading import Shading
from console.ui.map.sites import Sites
from console.ui.map.underlay import Underlay
from console.ui.map.view import View

OVERSCAN = 0.25  # of the widget's size, on each side
QUICK_MS = 8.0  # a picture made this fast may be made in the middle of a movement
WHOLE_SIZE = 900


@dataclass(frozen=True, eq=False)
class Themes:
    """What a thematic map shows over the ground: coloured grids, heat, key sites; each may be absent."""

    shading: Shading | None = None
    heat: Heat | None = None
    sites: Sites | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is none of them."""
        return self.shading is None and self.heat is None and self.sites is None


@dataclass(frozen=True)
class Kept:
    """A picture of a view: all of it, or areas and lines apart for what lies between them."""

    view: View
    areas: QPixmap
    lines: QPixmap | None = None

    def on(self, view: View) -> QRectF:
        """Where it stands in another view."""
        (left, top), (right, bottom) = view.to_pixel(*self.view.box[:2]), view.to_pixel(*self.view.box[2:])
        return QRectF(left, top, right - left, bottom - top)

    def covers(self, view: View) -> bool:
        """Whether another view lies inside it."""
        return self.on(view).contains(QRectF(0, 0, view.width, view.height))


class Still:
    """Paints a ground, with a base map in it when there is one."""

    def __init__(self) -> None:
        """Nothing stands on the map yet."""
        self.ground: Ground | None = None
        self.underlay: Underlay | None = None
        self.shown = layers.ALL
        self.themes = Themes()
        self.kept: Kept | None = None
        self.made_ms = 0.0
        self._whole: Kept | None = None

    def forget(self) -> None:
        """Make the pictures anew: another ground, look or base map."""
        self.kept = self._whole = None

    def is_old(self, view: View) -> bool:
        """Whether the kept picture is not that of this view."""
        return self.kept is not None and self.kept.view != wanted(view)

    def make(self, view: View, ratio: float) -> None:
        """Make the picture of a view; `ratio` is that of the screen's pixels to the widget's."""
        if self.ground is not None:
            began = time.perf_counter()
            self.kept = self._painted(self.ground, wanted(view), ratio)
            self.made_ms = (time.perf_counter() - began) * 1000

    def paint(self, painter: QPainter, view: View, ratio: float, *, is_moving: bool) -> None:
        """Paint a view, from what is kept as far as that goes."""
        if self.kept is None or (self.made_ms < QUICK_MS and not self.kept.covers(view)):
            self.make(view, ratio)
        if self.kept is None:
            return
        is_covered = self.kept.covers(view)
        whole = None if is_covered else self._made_whole()
        if whole is not None:
            _copy(painter, view, whole, whole.areas)
        _copy(painter, view, self.kept, self.kept.areas)
        if self.kept.lines is None or self.underlay is None:
            return
        self.underlay.paint(painter, view, is_smooth=not is_moving)
        if whole is not None and whole.lines is not None:
            painter.setClipRegion(QRegion(QRect(0, 0, view.width, view.height)) - QRegion(self.kept.on(view).toRect()))
            _copy(painter, view, whole, whole.lines)
            painter.setClipping(False)
        _copy(painter, view, self.kept, self.kept.lines)

    def _made_whole(self) -> Kept | None:
        if self._whole is None and self.ground is not None and self.ground.box is not None:
            self._whole = self._painted(self.ground, View().sized(WHOLE_SIZE, WHOLE_SIZE).fitted(self.ground.box), 1.0)
        return self._whole

    def _painted(self, ground: Ground, view: View, ratio: float) -> Kept:
        areas = _sheet(view, ratio)
        if self.underlay is None or self.underlay.basemap is None:
            with _painting(areas) as painter:
                layers.paint_areas(painter, view, ground)
                self._paint_over(painter, view, ground, over=False)
            return Kept(view, areas)
        with _painting(areas) as painter:
            layers.paint_areas(painter, view, ground)
        lines = _sheet(view, ratio)
        lines.fill(Qt.GlobalColor.transparent)
        with _painting(lines) as painter:
            self._paint_over(painter, view, ground, over=True)
        return Kept(view, areas, lines)

    def _paint_over(self, painter: QPainter, view: View, ground: Ground, *, over: bool) -> None:
        """Colours of grids and heat, over them borders and names, over all the key sites."""
        if self.themes.shading is not None:
            shading.paint(painter, view, self.themes.shading)
        if self.themes.heat is not None:
            heat.paint(painter, view, self.themes.heat)
        layers.paint_lines(painter, view, ground, self.shown, over=over)
        if self.themes.sites is not None:
            sites.paint(painter, view, self.themes.sites)


def wanted(view: View) -> View:
    """The view a kept picture is made of: wider than the widget, by an even difference, which keeps whole pixels on whole pixels."""
    wide, high = (round(side * (1 + 2 * OVERSCAN)) for side in (view.width, view.height))
    return view.sized(wide + (wide - view.width) % 2, high + (high - view.height) % 2)


def _copy(painter: QPainter, view: View, kept: Kept, picture: QPixmap) -> None:
    place = kept.on(view)
    if abs(kept.view.scale / view.scale - 1) < 1e-9:
        painter.drawPixmap(QPointF(round(place.left()), round(place.top())), picture)
    else:
        painter.drawPixmap(place, picture, QRectF(picture.rect()))


def _sheet(view: View, ratio: float) -> QPixmap:
    sheet = QPixmap(round(view.width * ratio), round(view.height * ratio))
    sheet.setDevicePixelRatio(ratio)
    return sheet


@contextmanager
def _painting(sheet: QPixmap) -> Iterator[QPainter]:
    painter = QPainter(sheet)
    try:
        yield painter
    finally:
        painter.end()
