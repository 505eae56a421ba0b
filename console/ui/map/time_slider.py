"""A slider over some hours, a step a minute: it goes where it is pressed, and below it stand the hours of China."""

import math
from datetime import datetime, timedelta

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from console.domain.limits import CHINA
from console.ui.base import draw, theme
from console.ui.base.words import tr

MINUTE = timedelta(minutes=1)
HANDLE, TRACK, ROOM = 10, 6, 20  # how wide the handle, how high the track and the room it moves in
STEPS_H = (1, 2, 3, 4, 6, 12)


class TimeSlider(QSlider):
    """Shows one minute of some hours; keys are its bar's."""

    sought = Signal(int)  # the minute the officer wants

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it without hours."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(120))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Moment of the replay"))
        self._starts_at: datetime | None = None

    def show_hours(self, starts_at: datetime, ends_at: datetime) -> None:
        """Reach over these hours."""
        self._starts_at = starts_at.astimezone(CHINA)
        self.setRange(0, max(1, (ends_at - starts_at) // MINUTE))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the handle and one line of hours."""
        return QSize(theme.px(300), theme.px(ROOM) + QFontMetrics(theme.font(theme.SMALL)).height() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the bar."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the pointer is."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._seek(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while it is pressed."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay there."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track, the part that is behind, the hours and the handle."""
        painter, shade, room = QPainter(self), theme.tokens(), self._room()
        middle, x = theme.px(ROOM) / 2, self._x(self.value())
        track = QRectF(room.left(), middle - theme.px(TRACK) / 2, room.width(), theme.px(TRACK))
        painter.fillRect(track, theme.colour(shade.track))
        painter.fillRect(QRectF(track.left(), track.top(), x - track.left(), track.height()), theme.colour(shade.bar))
        if self._starts_at is not None:
            self._hours(painter, room, self._starts_at)
        painter.setPen(QPen(theme.colour(shade.text if self.hasFocus() else shade.edge), 2))
        painter.setBrush(theme.colour(shade.accent if self.isEnabled() else shade.track))
        painter.drawRect(QRectF(x - theme.px(HANDLE) / 2, 1, theme.px(HANDLE), theme.px(ROOM) - 2))
        painter.end()

    def _hours(self, painter: QPainter, room: QRect, starts_at: datetime) -> None:
        wide = QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance("00:00") + 4
        hours = self.maximum() / 60
        most = max(1, room.width() // (wide + theme.px(16)))
        step = next((one for one in STEPS_H if hours / one <= most), STEPS_H[-1])
        midnight = starts_at.replace(hour=0, minute=0, second=0, microsecond=0)
        begin = (starts_at - midnight) / MINUTE
        for hour in range(math.ceil(begin / 60 / step) * step, math.floor((begin + self.maximum()) / 60) + 1, step):
            x = round(self._x(hour * 60 - begin))
            painter.setPen(theme.colour(theme.tokens().edge))
            painter.drawLine(x, theme.px(ROOM) - 4, x, theme.px(ROOM) + 1)
            left = min(max(0, x - wide // 2), self.width() - wide)
            box = QRect(left, theme.px(ROOM), wide, self.height() - theme.px(ROOM))
            draw.text(painter, box, f"{hour % 24:02}:00", size=theme.SMALL, ink=theme.tokens().dim, centre=True)

    def _seek(self, event: QMouseEvent) -> None:
        room = self._room()
        share = (event.position().x() - room.left()) / max(1, room.width())
        self.sought.emit(min(self.maximum(), max(0, round(share * self.maximum()))))

    def _room(self) -> QRect:
        edge = theme.px(HANDLE)
        return QRect(edge, 0, max(1, self.width() - 2 * edge), self.height())

    def _x(self, minute: float) -> float:
        room = self._room()
        return room.left() + room.width() * minute / max(1, self.maximum())
