"""The trace of the case in hand over the map: marks people made on cameras, joined by a line, with their times."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import cos, radians, sin

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from console.domain.limits import CHINA
from console.domain.sighting import Sighting
from console.ui.base import theme
from console.ui.map.room import Room
from console.ui.map.view import Numbers, View, world_of

DOT, ARROW = 20, 26  # sizes of the design, in pixels
_RIM = QColor(0, 0, 0, 170)


@dataclass(frozen=True)
class Trace:
    """Marks in the order of their times, with their places computed."""

    marks: tuple[Sighting, ...] = ()
    places: Numbers = field(default_factory=lambda: world_of(np.empty(0), np.empty(0)), repr=False)


def trace_of(marks: Sequence[Sighting]) -> Trace:
    """A trace through marks."""
    degrees = np.array([(one.lon, one.lat) for one in marks], dtype=np.float64).reshape(-1, 2)
    return Trace(tuple(marks), world_of(degrees[:, 0], degrees[:, 1]))


def paint(painter: QPainter, view: View, trace: Trace) -> None:
    """Paint the line, then an arrow where the way is known, then the marks by number and time."""
    spots = [QPointF(x, y) for x, y in view.to_pixels(trace.places)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, wide in ((_RIM, 6.0), (QColor(theme.tokens().accent), 3.0)):
        painter.setPen(QPen(ink, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(spots))
    for one, spot in zip(trace.marks, spots, strict=True):
        if one.heading_deg is not None:
            _arrow(painter, spot, one.heading_deg)
    for number, spot in enumerate(spots, start=1):
        _dot(painter, spot, number)
    _times(painter, spots, trace)


def _arrow(painter: QPainter, spot: QPointF, heading: float) -> None:
    """A head beside the mark that points the way it was left."""
    far, near, half = theme.px(ARROW), theme.px(DOT) * 0.62, theme.px(6)
    east, north = sin(radians(heading)), cos(radians(heading))

    def at(along: float, aside: float) -> QPointF:
        return QPointF(spot.x() + along * east + aside * north, spot.y() - along * north + aside * east)

    painter.setPen(QPen(_RIM, 1.5))
    painter.setBrush(QColor(theme.tokens().accent))
    painter.drawPolygon(QPolygonF([at(far, 0), at(near, half), at(near, -half)]))


def _dot(painter: QPainter, spot: QPointF, number: int) -> None:
    radius = theme.px(DOT) / 2
    painter.setPen(QPen(_RIM, 2))
    painter.setBrush(QColor(theme.tokens().accent))
    painter.drawEllipse(spot, radius, radius)
    painter.setPen(QColor(theme.tokens().on_accent))
    painter.setFont(theme.font(theme.SMALL, bold=True))
    box = QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))


def _times(painter: QPainter, spots: Sequence[QPointF], trace: Trace) -> None:
    """Camera and time above each mark, the newest first; one that would cover another is left out."""
    painter.setFont(theme.font(theme.SMALL, bold=True))
    metrics = QFontMetricsF(painter.font())
    plate = QColor(theme.tokens().panel)
    plate.setAlphaF(0.85)
    room = Room()
    for one, spot in reversed(tuple(zip(trace.marks, spots, strict=True))):
        words = f"{one.code} {_clock(one.at)}"
        wide = metrics.horizontalAdvance(words)
        box = QRectF(spot.x() - wide / 2, spot.y() - _gap(one) - metrics.height(), wide, metrics.height())
        if room.take(box):
            painter.fillRect(box.adjusted(-4, -1, 4, 1), plate)
            painter.setPen(QColor(theme.tokens().text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, words)


def _gap(one: Sighting) -> float:
    """How far above its mark a time stands: clear of the dot, and of an arrow that points up."""
    points_up = one.heading_deg is not None and cos(radians(one.heading_deg)) > 0
    return theme.px(ARROW) * 1.15 if points_up else theme.px(DOT) * 0.8


def _clock(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%H:%M:%S}"
