"""The layers that stand still: land, water, borders, names; painted into a picture, not into each frame.

Paths are built once per load, in bulk, from the surveyed numbers; painting only
sets a transform. A painter process may take this file over as it is.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from console.domain.place import CITY, COUNTY, TOWN, VILLAGE
from console.ui.base import theme
from console.ui.base.text import one_line
from console.ui.map.ground import GRID_LEVEL, Ground, Name, Outline
from console.ui.map.view import View

UNIT = 2.0**22  # path units across the world: small numbers near the origin, far above Qt's fuzzy zero
SMOOTH_FROM = 11.0

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


def path_of(found: Outline, origin: tuple[float, float]) -> QPainterPath:
    """An outline as one painter path in units around an origin."""
    count = len(found.places)
    path = QPainterPath()
    if not count:
        return path
    nodes = np.empty(count, dtype=[("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
    nodes["kind"] = 1  # a line to
    nodes["kind"][found.starts] = 0  # a move to
    nodes["x"], nodes["y"] = ((found.places - origin) * UNIT).T
    head, tail = np.array([count], dtype=">i4").tobytes(), np.array([0, 0], dtype=">i4").tobytes()
    # Kept in a name: the stream does not hold the bytes, and a temporary crashes the interpreter.
    kept = QByteArray(head + nodes.tobytes() + tail)
    stream = QDataStream(kept, QIODevice.OpenModeFlag.ReadOnly)
    stream >> path
    path.setFillRule(Qt.FillRule.OddEvenFill)
    return path


@dataclass(frozen=True)
class Layers:
    """A ground ready to be painted."""

    ground: Ground
    origin: tuple[float, float]
    paths: dict[int, QPainterPath]
    water: QPainterPath
    rivers: QPainterPath


def layers_of(ground: Ground) -> Layers:
    """The painter paths of a ground; a few milliseconds for a county."""
    west, north, east, south = ground.box or (0.5, 0.5, 0.5, 0.5)
    origin = ((west + east) / 2, (north + south) / 2)
    paths = {level: path_of(found, origin) for level, found in ground.outlines.items()}
    return Layers(ground, origin, paths, path_of(ground.water, origin), path_of(ground.rivers, origin))


def transform(view: View, origin: tuple[float, float]) -> QTransform:
    """From path units to pixels of a view."""
    dx, dy = view.to_pixel(*origin)
    return QTransform(view.scale / UNIT, 0, 0, view.scale / UNIT, dx, dy)


def paint(painter: QPainter, view: View, layers: Layers) -> None:
    """Paint all that stands still into a painter of the view's size."""
    shade = theme.tokens()
    painter.fillRect(QRectF(0, 0, view.width, view.height), QColor(shade.ground))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, view.zoom >= SMOOTH_FROM)
    painter.setTransform(transform(view, layers.origin), True)
    painter.setPen(Qt.PenStyle.NoPen)
    for level in (CITY, COUNTY):
        if level in layers.paths:
            painter.fillPath(layers.paths[level], QColor(shade.panel))
    painter.fillPath(layers.water, QColor(shade.water))
    _rivers(painter, view, layers)
    for level in sorted(_BORDERS, reverse=True):
        if level in layers.paths:
            _border(painter, view, layers.paths[level], level)
    painter.restore()
    _names(painter, view, layers.ground.names)


def _rivers(painter: QPainter, view: View, layers: Layers) -> None:
    wide = min(14.0, max(2.0, 120 / view.metres_per_pixel))
    pen = QPen(QColor(theme.tokens().water), wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    pen.setCosmetic(True)
    painter.strokePath(layers.rivers, pen)


def _border(painter: QPainter, view: View, path: QPainterPath, level: int) -> None:
    least_zoom, wide, token = _BORDERS[level]
    if view.zoom < least_zoom:
        return
    ink = QColor(getattr(theme.tokens(), token))
    if level == GRID_LEVEL:
        ink.setAlphaF(min(1.0, 0.35 + (view.zoom - least_zoom) * 0.4))
    elif level == VILLAGE:
        ink.setAlphaF(0.55)
    pen = QPen(ink, wide)
    pen.setCosmetic(True)
    painter.strokePath(path, pen)


def _names(painter: QPainter, view: View, names: tuple[Name, ...]) -> None:
    taken: list[QRectF] = []
    seen = QRectF(0, 0, view.width, view.height)
    for level, (least, most, size, bold, token) in _NAMES.items():
        if not least <= view.zoom < most:
            continue
        face = theme.font(size, bold=bold)
        metrics = QFontMetricsF(face)
        painter.setFont(face)
        for name in (one for one in names if one.level == level):
            x, y = view.to_pixel(name.x, name.y)
            if not seen.contains(x, y):
                continue
            words = one_line(name.text, 40)
            wide = metrics.horizontalAdvance(words)
            box = QRectF(x - wide / 2 - 4, y - metrics.height() / 2, wide + 8, metrics.height())
            if any(box.intersects(other) for other in taken):
                continue
            taken.append(box)
            halo_text(painter, box, words, getattr(theme.tokens(), token))


def halo_text(painter: QPainter, box: QRectF, words: str, ink: str) -> None:
    """Write words over a map: a thin rim in the ground's colour keeps them readable on lines."""
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
    painter.setPen(QColor(theme.tokens().panel))
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        painter.drawText(box.translated(dx, dy), flags, words)
    painter.setPen(QColor(ink))
    painter.drawText(box, flags, words)
