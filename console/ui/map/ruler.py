"""Measuring on the map: points one after the other, the length of their way, and the area they enclose."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from console.domain.datum import distance_m, world
from console.domain.place import Point
from console.ui.base import theme
from console.ui.base.words import tr
from console.ui.map.view import View

EARTH_M = 6_371_008.8  # the mean radius, as for distances
MOST = 200  # points
HECTARE, SQUARE_KM = 1e4, 1e6


@dataclass(frozen=True)
class Ruler:
    """The points that were set so far, in their order."""

    spots: tuple[Point, ...] = ()

    def longer(self, spot: Point) -> "Ruler":
        """With one point more; no more than are of use."""
        return Ruler((*self.spots, spot)[:MOST])

    def shorter(self) -> "Ruler":
        """Without the last point."""
        return Ruler(self.spots[:-1])

    @property
    def length_m(self) -> float:
        """Metres along the points."""
        return sum(distance_m(one, other) for one, other in pairwise(self.spots))

    @property
    def area_m2(self) -> float:
        """Square metres inside the closed way; 0 for fewer than three points. Right to a thousandth inside a city.

        A way that crosses itself has no area that means anything; its parts count against one another.
        """
        if len(self.spots) < 3:
            return 0.0
        first = self.spots[0]
        flat = [
            (radians(one.lon - first.lon) * cos(radians((one.lat + first.lat) / 2)), radians(one.lat - first.lat)) for one in self.spots
        ]  # fmt: skip
        twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(flat, flat[1:] + flat[:1], strict=True))
        return abs(twice) / 2 * EARTH_M**2

    @property
    def words(self) -> str:
        """What has been measured, in words."""
        said = [tr("Length {length}", length=length_words(self.length_m))]
        if len(self.spots) >= 3:
            said.append(tr("area {area}", area=area_words(self.area_m2)))
        return tr(", ").join(said)


def length_words(metres: float) -> str:
    """123 m, 1.23 km, 12.3 km."""
    if metres < 1000:
        return tr("{n} m", n=round(metres))
    return tr("{n} km", n=f"{metres / 1000:.2f}" if metres < 10_000 else f"{metres / 1000:.1f}")


def area_words(square_m: float) -> str:
    """123 m², 1.23 ha, 1.23 km²."""
    if square_m < HECTARE:
        return tr("{n} m²", n=round(square_m))
    if square_m < SQUARE_KM:
        return tr("{n} ha", n=f"{square_m / HECTARE:.2f}")
    return tr("{n} km²", n=f"{square_m / SQUARE_KM:.2f}")


def paint(painter: QPainter, view: View, ruler: Ruler) -> None:
    """Paint the way, its points, the area it encloses, and what was measured beside the last point."""
    spots = [QPointF(*view.to_pixel(*world(spot))) for spot in ruler.spots]
    if not spots:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    accent = QColor(theme.tokens().accent)
    if len(spots) >= 3:
        painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DashLine))
        inside = QColor(accent)
        inside.setAlphaF(0.12)
        painter.setBrush(inside)
        painter.drawPolygon(QPolygonF(spots))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, wide in ((QColor(theme.tokens().panel), 5.0), (accent, 2.5)):
        painter.setPen(QPen(ink, wide))
        painter.drawPolyline(QPolygonF(spots))
    painter.setPen(QPen(QColor(theme.tokens().panel), 2))
    painter.setBrush(accent)
    radius = theme.px(5)
    for spot in spots:
        painter.drawEllipse(spot, radius, radius)
    if len(spots) > 1:
        _say(painter, view, spots, ruler.words)


def _say(painter: QPainter, view: View, spots: Sequence[QPointF], words: str) -> None:
    painter.setFont(theme.font(bold=True))
    metrics = QFontMetricsF(painter.font())
    wide, high, last = metrics.horizontalAdvance(words) + 12, metrics.height() + 4, spots[-1]
    left = min(max(4.0, last.x() + theme.px(12)), max(4.0, view.width - wide - 4))
    top = min(max(4.0, last.y() - high - theme.px(8)), max(4.0, view.height - high - 4))
    box = QRectF(left, top, wide, high)
    painter.fillRect(box, QColor(theme.tokens().panel))
    painter.setPen(QColor(theme.tokens().text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, words)
