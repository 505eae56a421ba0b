"""The pictures of a review: one to nine side by side or one alone, each with its camera and true time, the operator's name over all."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHideEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from console.domain.limits import CHINA
from console.ui.base import draw, theme
from console.ui.base.words import tr
from console.ui.review.deck import Deck, Reel
from console.ui.review.words import trouble
from console.ui.wall import tile, veils
from console.ui.wall.faces import Veil
from console.video.frames import Frame
from console.video.zoom import Zoom

PAINT_MS, GAP, NOTCH = 40, 4, 120
OFF_S = 0.5
COLUMNS = {1: 1, 2: 2, 3: 2, 4: 2, 5: 3, 6: 3, 7: 3, 8: 3, 9: 3}
_DARK, _GAP = QColor(12, 14, 16), QColor(72, 76, 82)


@dataclass(frozen=True)
class _Kept:
    """A picture beside its image: the image lies in the picture's memory and must not outlive it."""

    frame: Frame
    image: QImage


class Pictures(QWidget):
    """Paints the cameras of a review; `chosen` is the one that keys mean."""

    picked = Signal(int)
    enlarged = Signal()

    def __init__(self, deck: Deck, watermark: str, parent: QWidget | None = None) -> None:
        """Make it for the players of a review."""
        super().__init__(parent)
        self._deck, self._watermark = deck, watermark
        self.chosen, self.is_alone = 0, False
        self.zoom: Zoom | None = None
        self._kept: dict[int, _Kept] = {}
        self._told: dict[int, tuple[int, int]] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 200)
        self.setAccessibleName(tr("Review of recordings"))
        self._timer = QTimer(self, interval=PAINT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        deck.moved.connect(self.update)

    @property
    def reel(self) -> Reel:
        """The chosen camera."""
        return self._deck.reels[self.chosen]

    def choose(self, number: int) -> None:
        """Let keys mean another camera."""
        if 0 <= number < len(self._deck.reels) and number != self.chosen:
            self.chosen, self.zoom = number, None
            self._resize_players()
            self.update()

    def enlarge(self) -> None:
        """The chosen camera alone, or all again."""
        self.is_alone = not self.is_alone
        self._resize_players()
        self.update()

    def closer(self, steps: float, at: tuple[float, float] = (0.5, 0.5)) -> None:
        """Look closer into the chosen picture, or less closely."""
        zoom = (self.zoom or Zoom(self.chosen)).closer(steps, at)
        self.zoom = None if zoom.is_whole else zoom
        self.update()

    def move(self, dx: float, dy: float) -> bool:
        """Another part of a picture that is looked into closely; whether there is one."""
        if self.zoom is not None:
            self.zoom = self.zoom.moved(dx, dy)
            self.update()
        return self.zoom is not None

    def box(self, number: int) -> QRect | None:
        """Where a camera stands; None for one that is not seen now."""
        if self.is_alone:
            return self.rect() if number == self.chosen else None
        count = len(self._deck.reels)
        columns = COLUMNS[count]
        rows = -(-count // columns)
        if columns * rows > 1 and count == 2 and self.height() > self.width():
            columns, rows = rows, columns
        wide, high = (self.width() - GAP * (columns - 1)) // columns, (self.height() - GAP * (rows - 1)) // rows
        return QRect(number % columns * (wide + GAP), number // columns * (high + GAP), wide, high)

    def picture_box(self, number: int) -> QRect | None:
        """Where a camera's picture itself is painted."""
        box = self.box(number)
        if box is None:
            return None
        inside = box.adjusted(0, theme.px(tile.BAND), 0, 0)
        aspect = self._deck.reels[number].playing.aspect or self._shape(number)
        size = QSize(round(aspect * 1000), 1000).scaled(inside.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = inside.x() + (inside.width() - size.width()) // 2, inside.y() + (inside.height() - size.height()) // 2
        return QRect(left, top, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is seen."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour(theme.tokens().ground))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, reel in enumerate(self._deck.reels):
            box = self.box(number)
            if box is not None and event.region().intersects(box):
                self._paint(painter, box, number, reel)
        painter.end()

    def resizeEvent(self, event: object) -> None:
        """Decode at the new size."""
        self._resize_players()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for new pictures."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for none nobody sees."""
        super().hideEvent(event)
        self._timer.stop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the camera under the pointer."""
        number = self._at(event)
        if number is not None:
            self.picked.emit(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Enlarge it, or show all again."""
        self.enlarged.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Look closer where the pointer is."""
        number = self._at(event)
        box = self.picture_box(number) if number is not None else None
        if number is None or box is None:
            return
        self.choose(number)
        spot = event.position()
        at = ((spot.x() - box.x()) / max(1, box.width()), (spot.y() - box.y()) / max(1, box.height()))
        self.closer(event.angleDelta().y() / NOTCH, (min(1.0, max(0.0, at[0])), min(1.0, max(0.0, at[1]))))

    def _at(self, event: QMouseEvent | QWheelEvent) -> int | None:
        spot = event.position().toPoint()
        return next((n for n in range(len(self._deck.reels)) if (box := self.box(n)) is not None and box.contains(spot)), None)

    def _look(self) -> None:
        for number, reel in enumerate(self._deck.reels):
            frame = self._deck.frame(reel)
            kept = self._kept.get(number)
            if frame is None or (kept is not None and kept.frame is frame):
                continue
            image = QImage(frame.data, frame.width, frame.height, frame.stride, QImage.Format.Format_RGB32)
            self._kept[number] = _Kept(frame, image)
            box = self.box(number)
            if box is not None:
                self.update(box)

    def _shape(self, number: int) -> float:
        kept = self._kept.get(number)
        return kept.frame.width / kept.frame.height if kept is not None else 16 / 9

    def _resize_players(self) -> None:
        ratio = self.devicePixelRatioF()
        for number, reel in enumerate(self._deck.reels):
            box = self.box(number)
            if box is not None:
                reel.player.resize(round(box.width() * ratio), round((box.height() - theme.px(tile.BAND)) * ratio))

    def _paint(self, painter: QPainter, box: QRect, number: int, reel: Reel) -> None:
        inside = box.adjusted(0, theme.px(tile.BAND), 0, 0)
        painter.fillRect(inside, _DARK if reel.piece is not None else _GAP)
        kept = self._kept.get(number) if reel.piece is not None and not reel.fault else None
        veil = trouble(reel)
        if kept is not None:
            shown = self.picture_box(number) or inside
            self.paint_picture(painter, shown, number, kept.image)
            self._mark(painter, shown)
        if veil is not None:
            veils.paint(painter, inside, veil, has_picture=kept is not None)
        self._band(painter, box, number, reel, veil)

    def paint_picture(self, painter: QPainter, box: QRect, number: int, image: QImage) -> None:
        """Paint a camera's picture, or the part of it that is looked into closely."""
        part, wide, high = self._part(number), image.width(), image.height()
        painter.drawImage(QRectF(box), image, QRectF(part.x() * wide, part.y() * high, part.width() * wide, part.height() * high))

    def _part(self, number: int) -> QRectF:
        """Which part of a camera's picture is seen, its sides as shares of the whole."""
        if self.zoom is None or number != self.chosen:
            return QRectF(0, 0, 1, 1)
        return QRectF(self.zoom.x, self.zoom.y, self.zoom.side, self.zoom.side)

    def _mark(self, painter: QPainter, inside: QRect) -> None:
        mark = tile.watermark(self._watermark, self.devicePixelRatioF())
        high = mark.deviceIndependentSize().toSize().height()
        painter.drawPixmap(inside.x() + 6, inside.bottom() - high, mark)

    def _band(self, painter: QPainter, box: QRect, number: int, reel: Reel, veil: Veil | None) -> None:
        shade, camera = theme.tokens(), reel.track.camera
        band = QRect(box.x(), box.y(), box.width(), theme.px(tile.BAND))
        painter.fillRect(band, theme.colour(shade.strip))
        room = band.adjusted(theme.px(8), 0, -theme.px(8), 0)
        at, is_off = self._deck.shown_at(reel), abs(self._deck.drift_s(reel)) > OFF_S
        clock = "—" if veil is not None or at is None else f"{at.astimezone(CHINA):%H:%M:%S}"
        marks = [tr("sound")] if self._deck.heard == number else []
        marks += [f"{self.zoom.factor:.1f}×"] if self.zoom is not None and number == self.chosen else []
        right = "  ".join((*marks, clock))
        if is_off and veil is None:  # another moment than the other cameras
            wide = QFontMetrics(theme.font(theme.SMALL, bold=True)).horizontalAdvance(right) + theme.px(8)
            painter.fillRect(QRect(room.right() - wide + theme.px(5), room.y() + 3, wide, room.height() - 6), theme.colour(shade.amber))
        ink = shade.on_amber if is_off and veil is None else shade.on_strip
        wide = draw.text(painter, room, right, size=theme.SMALL, bold=True, ink=ink, right=True)
        room.setRight(room.right() - wide - theme.px(10))
        wide = draw.text(painter, room, f"{number + 1}  {camera.code}", size=theme.SMALL, bold=True, ink=shade.on_strip)
        draw.text(painter, room.adjusted(wide + theme.px(8), 0, 0, 0), camera.name, size=theme.SMALL, ink=shade.on_strip)
        if number == self.chosen and len(self._deck.reels) > 1:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour(shade.accent), 2))
            painter.drawRect(QRectF(box).adjusted(1, 1, -1, -1))
