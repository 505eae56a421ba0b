"""The slider of a review: true time from left to right, a bar for each camera where it has pictures, grey where it has none."""

import math
from datetime import timedelta

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.limits import CHINA
from console.ui.base import draw, theme
from console.ui.base.words import tr
from console.ui.review.deck import Deck

SCALE, BAR, GAP, CODE = 24, 12, 4, 64
STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


class ReviewLine(QWidget):
    """Paints the line and tells where it is pressed."""

    sought = Signal(float)

    def __init__(self, deck: Deck, parent: QWidget | None = None) -> None:
        """Make it for the players of a review."""
        super().__init__(parent)
        self._deck = deck
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Time of the recordings"))
        deck.moved.connect(self.update)

    def sizeHint(self) -> QSize:
        """As high as its bars."""
        return QSize(400, theme.px(SCALE) + len(self._deck.reels) * theme.px(BAR + GAP) + theme.px(GAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scale, the bars, the marks and where all cameras are now."""
        painter, shade = QPainter(self), theme.tokens()
        painter.fillRect(self.rect(), theme.colour(shade.panel))
        room = self._room()
        self._scale(painter, room)
        for number, reel in enumerate(self._deck.reels):
            top = theme.px(SCALE) + number * theme.px(BAR + GAP)
            draw.text(painter, QRect(0, top - 3, room.left() - 6, theme.px(BAR) + 6), reel.track.camera.code, size=theme.SMALL, right=True)
            painter.fillRect(QRect(room.left(), top, room.width(), theme.px(BAR)), theme.colour(shade.track))
            for begin, end in self._deck.timeline.spans(reel.track):
                left, right = self._x(begin), self._x(end)
                painter.fillRect(QRectF(left, top, max(1.0, right - left), theme.px(BAR)), theme.colour(shade.bar))
        self._marks(painter)
        x = self._x(self._deck.at_s)
        painter.setPen(QPen(theme.colour(shade.accent), 2))
        painter.drawLine(QPointF(x, theme.px(SCALE) - 4), QPointF(x, self.height()))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the pointer is."""
        self._seek(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while it is pressed."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(event)

    def _seek(self, event: QMouseEvent) -> None:
        room = self._room()
        self.sought.emit((event.position().x() - room.left()) / max(1, room.width()) * self._deck.timeline.length_s)

    def _room(self) -> QRect:
        return QRect(theme.px(CODE), 0, max(1, self.width() - theme.px(CODE) - theme.px(12)), self.height())

    def _x(self, at_s: float) -> float:
        room = self._room()
        return room.left() + room.width() * at_s / max(0.001, self._deck.timeline.length_s)

    def _scale(self, painter: QPainter, room: QRect) -> None:
        metrics = QFontMetrics(theme.font(theme.SMALL))
        timeline = self._deck.timeline
        most = max(1, room.width() // (metrics.horizontalAdvance("00:00:00") + theme.px(24)))
        step = next((one for one in STEPS_S if timeline.length_s / one <= most), STEPS_S[-1])
        begin = timeline.starts_at.astimezone(CHINA)
        midnight = begin.replace(hour=0, minute=0, second=0, microsecond=0)
        first = math.ceil((begin - midnight).total_seconds() / step) * step
        painter.setPen(theme.colour(theme.tokens().dim))
        for seconds in range(first, math.floor((begin - midnight).total_seconds() + timeline.length_s) + 1, step):
            at = midnight + timedelta(seconds=seconds)
            x = round(self._x(timeline.second(at)))
            wide = metrics.horizontalAdvance("00:00:00") + 4
            left = min(max(0, x - wide // 2), self.width() - wide)
            box = QRect(left, 0, wide, theme.px(SCALE) - 6)
            draw.text(painter, box, f"{at:%H:%M:%S}", size=theme.SMALL, ink=theme.tokens().dim, centre=True)
            painter.setPen(theme.colour(theme.tokens().edge))
            painter.drawLine(x, theme.px(SCALE) - 6, x, theme.px(SCALE) - 2)

    def _marks(self, painter: QPainter) -> None:
        head = self._deck.playhead
        if head.part is not None:
            left, right = (self._x(at_s) for at_s in head.part)
            shaded = QColor(theme.tokens().accent)
            shaded.setAlpha(60)
            painter.fillRect(QRectF(left, theme.px(SCALE) - 2, right - left, self.height()), shaded)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.tokens().accent))
        for at_s, way in ((head.begin_s, 1), (head.end_s, -1)):
            if at_s is not None:
                x, top, size = self._x(at_s), theme.px(SCALE) - 4, theme.px(9)
                painter.drawPolygon(QPolygonF([QPointF(x, top), QPointF(x + way * size, top), QPointF(x, top + size)]))
                painter.drawRect(QRectF(x - 1, top, 2, self.height() - top))
