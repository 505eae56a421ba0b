"""The layers that stand still: land, water, borders, names; painted into a picture, not into each frame.

Paths are built in bulk from the surveyed numbers, only of what is seen and only as
fine as it is seen. A painter process may take this file over as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from console.domain.place import CITY, COUNTY, TOWN, VILLAGE
from console.ui.base import theme
from console.ui.base.text import one_line
from console.ui.map.ground import GRID_LEVEL, Ground, Outline
from console.ui.map.room import Room
from console.ui.map.view import View

SMOOTH_FROM, HAIR_SMOOTH_FROM = 11.0, 13.6
# As a number: flags put together for each of five hundred names take longer than their letters.
_IN_THE_MIDDLE = int((Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip).value)

# From which zoom a border is drawn, how wide, and with which token.
_BORDERS = {
    GRID_LEVEL: (11.6, 1.0, "line"),
    VILLAGE: (11.0, 1.0, "edge"),
    TOWN: (8.5, 1.4, "edge"),
    COUNTY: (5.0, 2.0, "dim"),
    CITY: (5.0, 2.2, "dim"),
}
# From and to which zoom a name is written, its size, bold, its token.
_NAMES = {
    COUNTY: (7.5, 12.0, theme.TITLE, True, "dim"),
    TOWN: (9.6, 15.5, theme.BODY, True, "dim"),
    VILLAGE: (12.4, 18.0, theme.SMALL, False, "dim"),
    GRID_LEVEL: (15.2, 20.0, theme.SMALL, False, "dim"),
}


@dataclass(frozen=True)
class Shown:
    """Which layers an officer wants to see; `shade` is what grids are coloured by ("" nothing), `heat` how many days (0 none)."""

    cameras: bool = True
    grids: bool = True
    names: bool = True
    sites: bool = False
    legend: bool = False
    shade: str = ""
    heat: int = 0


ALL = Shown()


def path_in(found: Outline, view: View) -> QPainterPath:
    """What is seen of an outline as one painter path in pixels of a view.

    Points that share a half pixel with the one before are left out: at the
    scale of a county nine of ten, and painting costs by the point.
    """
    seen = found.seen(view.box)
    path = QPainterPath()
    if not len(seen.places):
        return path
    pixels = view.to_pixels(seen.places)
    cells = np.floor(pixels * 2)
    kept = np.empty(len(pixels), dtype=bool)
    kept[0], kept[1:] = True, (cells[1:] != cells[:-1]).any(axis=1)
    kept[seen.starts] = True
    begins = np.zeros(len(pixels), dtype=bool)
    begins[seen.starts] = True
    count = int(kept.sum())
    nodes = np.empty(count, dtype=[("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
    nodes["kind"] = np.where(begins[kept], 0, 1)  # a move to, a line to
    nodes["x"], nodes["y"] = pixels[kept].T
    head, tail = np.array([count], dtype=">i4").tobytes(), np.array([0, 0], dtype=">i4").tobytes()
    # Kept in a name: the stream does not hold the bytes, and a temporary crashes the interpreter.
    whole = QByteArray(head + nodes.tobytes() + tail)
    stream = QDataStream(whole, QIODevice.OpenModeFlag.ReadOnly)
    stream >> path
    path.setFillRule(Qt.FillRule.OddEvenFill)
    return path


def paint_areas(painter: QPainter, view: View, ground: Ground) -> None:
    """Paint land and water."""
    shade = theme.tokens()
    painter.fillRect(QRectF(0, 0, view.width, view.height), QColor(shade.ground))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # a border covers the edge of every fill
    land = QColor(shade.panel)
    for level, strength in ((CITY, 0.45), (COUNTY, 1.0)):  # the counties that are known stand out from the rest of the city
        if level in ground.outlines:
            path = path_in(ground.outlines[level], view)
            land.setAlphaF(strength)
            path.setFillRule(Qt.FillRule.WindingFill)  # a unit inside another of its level (410971) is land as well
            painter.fillPath(path, land)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, view.zoom >= SMOOTH_FROM)
    painter.fillPath(path_in(ground.water, view), QColor(shade.water))
    _rivers(painter, view, ground)


def paint_lines(painter: QPainter, view: View, ground: Ground, shown: Shown = ALL, *, over: bool = False) -> None:
    """Paint borders and names; `over` a base map with a light rim under the borders, and no names but of grids: it has its own."""
    seen = [level for level in ground.outlines if view.zoom >= _BORDERS[level][0] and (shown.grids or level < GRID_LEVEL)]
    for level in sorted(seen, reverse=True):
        # Thousands of hair lines at once: smooth ones would hold the screen for a fifth of a second and look the same.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, view.zoom >= (HAIR_SMOOTH_FROM if level >= TOWN else SMOOTH_FROM))
        path, pen = path_in(ground.outlines[level], view), _pen(view, level)
        if over and level <= TOWN:
            rim = QColor(theme.tokens().panel)
            rim.setAlphaF(0.7)
            painter.strokePath(path, QPen(rim, pen.widthF() + 2.4))
        painter.strokePath(path, pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, view.zoom >= SMOOTH_FROM)
    if shown.names:
        named = [level for level in _NAMES if (level == GRID_LEVEL and shown.grids) or (level < GRID_LEVEL and not over)]
        _names(painter, view, ground, named)


def _rivers(painter: QPainter, view: View, ground: Ground) -> None:
    wide = min(14.0, max(2.0, 120 / view.metres_per_pixel))
    ends, joins = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.strokePath(path_in(ground.rivers, view), QPen(QColor(theme.tokens().water), wide, Qt.PenStyle.SolidLine, ends, joins))


def _pen(view: View, level: int) -> QPen:
    least_zoom, wide, token = _BORDERS[level]
    ink = QColor(getattr(theme.tokens(), token))
    if level == GRID_LEVEL:
        ink.setAlphaF(min(1.0, 0.35 + (view.zoom - least_zoom) * 0.4))
    elif level == VILLAGE:
        ink.setAlphaF(0.55)
    return QPen(ink, wide)


def _names(painter: QPainter, view: View, ground: Ground, levels: Sequence[int]) -> None:
    room = Room()
    for level in levels:
        least, most, size, bold, token = _NAMES[level]
        if not least <= view.zoom < most:
            continue
        face = theme.font(size, bold=bold)
        metrics = QFontMetricsF(face)
        painter.setFont(face)
        for name in ground.names_in(level, view.box):
            x, y = view.to_pixel(name.x, name.y)
            words = one_line(name.text, 40)
            wide = metrics.horizontalAdvance(words)
            box = QRectF(x - wide / 2 - 4, y - metrics.height() / 2, wide + 8, metrics.height())
            if room.take(box):
                halo_text(painter, box, words, getattr(theme.tokens(), token))


def halo_text(painter: QPainter, box: QRectF, words: str, ink: str) -> None:
    """Write words over a map: a thin rim in the ground's colour keeps them readable on lines."""
    painter.setPen(QColor(theme.tokens().panel))
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        painter.drawText(box.translated(dx, dy), _IN_THE_MIDDLE, words)
    painter.setPen(QColor(ink))
    painter.drawText(box, _IN_THE_MIDDLE, words)
