"""The surface of the wall: one timer for all tiles, painting only those with something new, and the keys of the wall."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from console.ui.base import draw, theme
from console.ui.base.words import tr
from console.ui.wall import tile
from console.ui.wall.faces import Face, face
from console.ui.wall.looks import Looks, Size
from console.video.frames import Frame
from console.video.wall import Box, Wall, arrange

PAINT_MS = 40  # 25 times a second, for the whole wall
AGE_STEPS = 12  # every so many ticks a live tile's age is written anew; it would flicker otherwise
MARGIN, GAP = 3, 5
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class Tiles(QWidget):
    """Paints a wall and tells what the officer wants of it; the wall itself belongs to the panel."""

    chosen = Signal(int)
    maximised = Signal()
    called = Signal(str)  # digits and Enter
    closed = Signal(int)
    painted = Signal(object)  # a set of camera ids whose new picture has just been painted

    def __init__(self, looks: Looks, name_of: Callable[[str], str], parent: QWidget | None = None) -> None:
        """Make it over the open looks; `name_of` says which camera digits would call."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 116)
        self.setAccessibleName(tr("Video wall"))
        self.wall = Wall()
        self.boxes: dict[int, Box] = {}
        self.digits = ""
        self._looks = looks
        self._name_of = name_of
        self._faces: dict[int, Face] = {}
        # The frame beside its image: the image lies in the frame's memory and must not outlive it.
        self._images: dict[int, tuple[Frame, QImage]] = {}
        self._ticks = 0
        self._timer = QTimer(self, interval=PAINT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        looks.changed.connect(self.tick)

    def set_wall(self, wall: Wall) -> None:
        """Show another wall; tells the cameras how large they are seen."""
        self.wall = wall
        self._images = {camera: kept for camera, kept in self._images.items() if camera in wall.cameras}
        self._lay_out()

    def tick(self) -> None:
        """Take the newest pictures and repaint the tiles that have something new to say."""
        self._ticks += 1
        for place, box in self.boxes.items():
            has_picture, has_words = self._take(place)
            if has_words:
                self.update(self._region(place))
            elif has_picture:
                self.update(tile.picture_box(box))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles inside the region."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour(theme.tokens().ground))
        fresh = set()
        for place, box in self.boxes.items():
            if not event.region().intersects(self._region(place)):
                continue
            slot = self.wall.slots[place]
            kept = self._images.get(slot.camera_id) if slot is not None else None
            words = self._faces.get(place) or self._face(place, None)
            tile.paint(painter, box, words, kept[1] if kept else None, event.region())
            if slot is not None and kept is not None:
                fresh.add(slot.camera_id)
        if self.digits:
            self._number(painter)
        painter.end()
        if fresh:
            self.painted.emit(fresh)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the tiles anew."""
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the cameras be decoded again."""
        super().showEvent(event)
        self._timer.start()
        self._lay_out()

    def hideEvent(self, event: QHideEvent) -> None:
        """Decode nothing that nobody sees."""
        super().hideEvent(event)
        self._timer.stop()
        self._looks.show({})

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the scale of the seat."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._lay_out()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A number that was not finished is forgotten."""
        super().focusOutEvent(event)
        self._set_digits("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the tile under the pointer."""
        place = next((at for at, box in self.boxes.items() if _rect(box).contains(event.position().toPoint())), None)
        if place is not None:
            self.chosen.emit(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let the tile fill the wall, or bring all back."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.maximised.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and Enter call a camera, Enter alone maximises, arrows choose, Delete closes, Esc goes back."""
        key, text = Qt.Key(event.key()), event.text()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain:
            super().keyPressEvent(event)
        elif text.isascii() and text.isdigit():
            self._set_digits((self.digits + text)[:8])
        elif key in _ARROWS:
            self._step(*_ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Backspace and self.digits:
            self._set_digits(self.digits[:-1])
        elif key == Qt.Key.Key_Delete:
            self.closed.emit(self.wall.chosen)
        elif key == Qt.Key.Key_Escape and (self.digits or self.wall.is_maximised):
            self._back()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        digits = self.digits
        self._set_digits("")
        if digits:
            self.called.emit(digits)
        else:
            self.maximised.emit()

    def _back(self) -> None:
        if self.digits:
            self._set_digits("")
        else:
            self.maximised.emit()

    def _step(self, dx: int, dy: int) -> None:
        """Choose the nearest tile in a direction."""
        here = self.boxes.get(self.wall.chosen)
        if here is None:
            return
        ways = [(box.x - here.x, box.y - here.y, at) for at, box in self.boxes.items()]
        ahead = [(abs(x * dy) + abs(y * dx), x * dx + y * dy, at) for x, y, at in ways if x * dx + y * dy > 0]
        if ahead:
            self.chosen.emit(min(ahead)[2])

    def _set_digits(self, digits: str) -> None:
        if digits != self.digits:
            self.digits = digits
            self.update()

    @Slot()
    def _lay_out(self) -> None:
        size = (self.width() - 2 * MARGIN, self.height() - 2 * MARGIN)
        count = 1 if self.wall.is_maximised else self.wall.count
        found = arrange(count, size, band=theme.px(tile.BAND), gap=GAP)
        moved = (Box(box.x + MARGIN, box.y + MARGIN, box.width, box.height) for box in found)
        self.boxes = dict(zip(self.wall.visible, moved, strict=True))
        self._faces = {}
        for place in self.boxes:
            self._take(place)
        if self.isVisible():
            self._looks.show(self._sizes())
        self.update()

    def _sizes(self) -> dict[int, Size]:
        ratio = self.devicePixelRatioF()
        sizes = {}
        for place, box in self.boxes.items():
            slot = self.wall.slots[place]
            if slot is not None:
                picture = tile.picture_box(box)
                sizes[slot.camera_id] = (round(picture.width() * ratio), round(picture.height() * ratio))
        return sizes

    def _take(self, place: int) -> tuple[bool, bool]:
        """Bring a tile up to date; whether there is a new picture, and whether anything written changed."""
        slot = self.wall.slots[place]
        look = self._looks.get(slot.camera_id) if slot is not None else None
        frame = self._looks.frame(look) if look is not None else None
        is_new = False
        if slot is not None and frame is not None:
            kept = self._images.get(slot.camera_id)
            is_new = kept is None or kept[0] is not frame
            if is_new:
                image = QImage(frame.data, frame.width, frame.height, frame.stride, QImage.Format.Format_RGB32)
                self._images[slot.camera_id] = (frame, image)
        now = self._face(place, frame)
        before = self._faces.get(place)
        if before == now or (before is not None and self._is_only_younger(before, now)):
            return is_new, False
        self._faces[place] = now
        return is_new, True

    def _is_only_younger(self, before: Face, now: Face) -> bool:
        """Whether nothing but a live picture's tenths of a second changed; they are written twice a second."""
        is_between = bool(self._ticks % AGE_STEPS) and not now.is_late and before.age != "—"
        return is_between and replace(before, age=now.age) == now

    def _face(self, place: int, frame: Frame | None) -> Face:
        slot = self.wall.slots[place]
        look = self._looks.get(slot.camera_id) if slot is not None else None
        health = self._looks.health(look) if look is not None else None
        return face(place, slot, look, frame=frame, health=health, is_chosen=place == self.wall.chosen)

    def _region(self, place: int) -> QRect:
        return _rect(self.boxes[place]).adjusted(-2, -2, 2, 2)

    def _number(self, painter: QPainter) -> None:
        """Write the number being typed, and whom it would call, over the foot of the wall."""
        words = tr("Camera {digits}  {name}", digits=self.digits, name=self._name_of(self.digits))
        wide = min(self.width() - 24, theme.px(360))
        box = QRect((self.width() - wide) // 2, self.height() - theme.px(60), wide, theme.px(44))
        painter.fillRect(box, QColor(theme.tokens().head))
        painter.setPen(QColor(theme.tokens().accent))
        painter.drawRect(box)
        draw.text(painter, box.adjusted(12, 0, -12, 0), words, size=theme.BODY, bold=True, centre=True)


def _rect(box: Box) -> QRect:
    return QRect(box.x, box.y, box.width, box.height)
