"""A clip over the whole window: it plays from its beginning, with the viewer's name over the picture; Space again, Esc back.

It is decoded as a camera is, in a worker: a clip is a foreign file like any other. Sliders, speed and several cameras at
once belong to the review player.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.domain.errors import Missing
from console.domain.footage import Footage
from console.domain.limits import CHINA
from console.service.clips import Clips
from console.ui.base import draw, theme, veil
from console.ui.base.words import tr
from console.ui.clips.wording import span
from console.ui.seat import Seat
from console.video.source import parse_file

TICK_MS = 33


class ClipView(QWidget):
    """Shows one clip; its access row ends when it is put away."""

    def __init__(self, seat: Seat, clips: Clips, window: QWidget) -> None:
        """Make it hidden over a window."""
        super().__init__(window)
        self._seat, self._clips = seat, clips
        self.footage: Footage | None = None
        self._image: QImage | None = None
        self._back: QWidget | None = None
        self._plays = 0
        self._has_begun = False
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._take)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        window.installEventFilter(self)
        self.hide()

    @property
    def is_over(self) -> bool:
        """Whether the last picture was shown."""
        if not self._has_begun or self._seat.services.pool is None:
            return False
        try:
            return self._seat.services.pool.health(self._key).retry_in_s is not None
        except Missing:
            return True

    @Slot(object)
    def open(self, footage: Footage) -> None:
        """Play a clip that is open to the actor."""
        self.shut()
        self._back = self.window().focusWidget()
        self.footage = footage
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()
        self.setFocus()
        self._play()
        self._timer.start()

    @Slot()
    def shut(self) -> None:
        """Put it away and end its access row."""
        if self.footage is None:
            return
        self._timer.stop()
        self._seat.services.pool.close(self._key)
        self._seat.work.tell(self, self._clips.close, None, None, self._seat.actor, self.footage.access_id)
        self.footage, self._image = None, None
        self.hide()
        if self._back is not None:
            self._back.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.parentWidget().rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays again from the beginning, Esc goes back."""
        if event.key() == Qt.Key.Key_Space:
            self._play()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.shut()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes back."""
        self.shut()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint picture, viewer's name, and below what it is and which keys there are."""
        painter, shade = QPainter(self), theme.tokens()
        painter.fillRect(self.rect(), theme.colour(shade.strip))
        if self.footage is None:
            return
        room = self.rect().adjusted(theme.px(24), theme.px(24), -theme.px(24), -theme.px(84))
        if veil.is_on() or self._image is None:
            words = veil.HIDDEN if veil.is_on() else tr("Reading …")
            draw.text(painter, room, words, ink=shade.on_strip, centre=True)
        else:
            box = self._box(room, self._image.size())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self._image)
            self._mark(painter, box)
        first = QRect(0, self.height() - theme.px(76), self.width(), theme.px(32))
        camera = self.footage.camera
        words = f"{camera.code}  {camera.name}  {span(self.footage.starts_at, self.footage.ends_at)}"
        draw.text(painter, first, words, bold=True, ink=shade.on_strip, centre=True)
        says = tr("The clip is over · Space again · Esc back") if self.is_over else tr("Space from the beginning · Esc back")
        draw.text(painter, first.translated(0, theme.px(32)), says, ink=shade.on_strip_dim, centre=True)

    @property
    def _key(self) -> str:
        return f"clip-{self.footage.access_id}-{self._plays}" if self.footage is not None else ""

    def _play(self) -> None:
        if self.footage is None:
            return
        pool, path = self._seat.services.pool, Path(self.footage.address)
        pool.close(self._key)
        self._plays, self._has_begun = self._plays + 1, False
        pool.open(self._key, parse_file(path.as_uri(), folder=path.parent))
        pool.show(self._key, *self._pixels())

    def _pixels(self) -> tuple[int, int]:
        size = self.size() * self.devicePixelRatioF()
        return max(2, size.width()), max(2, size.height())

    @Slot()
    def _take(self) -> None:
        frame = self._seat.services.pool.frame(self._key)
        if frame is not None:
            self._has_begun = True
            made = QImage(frame.data, frame.width, frame.height, frame.stride, QImage.Format.Format_RGB32)
            self._image = made.copy()
        if self.is_over:  # the pool would play it again by itself, as it brings cameras back
            self._seat.services.pool.close(self._key)
        self.update()

    def _mark(self, painter: QPainter, box: QRect) -> None:
        who, now = self._seat.actor, self._seat.services.clock.now().astimezone(CHINA)
        line = QRect(box.x(), box.bottom() - theme.px(24), box.width(), theme.px(24))
        painter.fillRect(line, theme.colour("#99000000"))
        words = f"{who.name}  {who.seat}  {now:%Y-%m-%d %H:%M:%S}"
        draw.text(painter, line.adjusted(theme.px(8), 0, -theme.px(8), 0), words, size=theme.SMALL, ink="#ffffff")

    @staticmethod
    def _box(room: QRect, picture: QSize) -> QRect:
        size = picture.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(room.center())
        return box

