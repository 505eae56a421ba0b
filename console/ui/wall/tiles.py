"""The surface of the wall: one timer for all tiles, painting only those with something new, and the keys of the wall."""

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QKeyCombination, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from console.ui.base import keys, theme
from console.ui.base.text import tip_text
from console.ui.base.words import tr
from console.ui.wall import tile
from console.ui.wall.faces import Face, face, fact_words
from console.ui.wall.hand import Hand
from console.ui.wall.lens import Lens
from console.ui.wall.looks import Looks
from console.ui.wall.pictures import Pictures
from console.video.frames import Frame
from console.video.wall import Box, Wall, arrange

PAINT_MS = 20  # for the whole wall; as often as cameras send, now and then two pictures would meet one look and one be missed
WORDS_IN = 25  # looks: each time another share of the tiles is asked what it has to say, so all of them twice a second
AGE_S = 1.0  # a live tile's age is written anew as often as its clock; it would flicker otherwise
MARGIN, GAP = 3, 5
LARGEST = (1920, 1080)  # a part of a picture is worth no more pixels than cameras have
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_SHIFTED = Qt.KeyboardModifier.ShiftModifier


class Tiles(QWidget):
    """Paints a wall and tells what the officer wants of it; the wall itself belongs to the panel."""

    chosen = Signal(int)
    maximised = Signal()
    called = Signal(str)  # digits and Enter
    closed = Signal(int)
    swapped = Signal(int, int)
    brought = Signal(int, int)  # a tile, and the camera that was dragged onto it
    wished = Signal(str)  # any other act of the wall's keys
    touched = Signal()  # somebody is at the wall
    eased = Signal()  # the machine shows less of some cameras than they send, or all of them again
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
        self.lens = Lens(self, self._camera_at, self._picture_at)
        self.lens.changed.connect(self._lay_out)
        self.watermark = ""
        self._has_facts = False
        self._mark = tile.Watermark()
        self.mark_of: Callable[[int], str] = lambda camera: ""  # what else a camera's band says
        self.why_of: Callable[[int], tuple[str, ...]] = lambda camera: ()  # why it hangs on a case's wall, longest first
        self.tip_of: Callable[[int], str] = lambda camera: ""  # the same in full
        self._looks = looks
        self._name_of = name_of
        self.pictures = Pictures(looks)
        self._faces: dict[int, Face] = {}
        self._written: dict[int, float] = {}  # when, in monotonic seconds
        self._seen: tuple[tuple[int, int, int | None], ...] = ()  # the share it belongs to, the place, the camera
        self._asked, self._new = QRegion(), dict[int, bool]()  # what is to be painted; by tile, whether words are among it
        self._insides: dict[int, QRect] = {}
        self._outsides: dict[int, QRect] = {}  # with the frame
        self._over: int | None = None
        self._share, self._lowered = 0, looks.streams.lowered()
        self._timer = QTimer(self, interval=PAINT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look_again)
        looks.changed.connect(self.tick)
        self._join(Hand(self, self._place_at, lambda place: self.lens.of(place) is not None))

    @property
    def area(self) -> tuple[int, int]:
        """The pixels tiles are arranged in."""
        return self.width() - 2 * MARGIN, self.height() - 2 * MARGIN

    def set_wall(self, wall: Wall) -> None:
        """Show another wall; tells the cameras how large they are seen."""
        self.wall = wall
        if self.lens.zoom is not None and self.lens.zoom.camera_id not in wall.seen:
            self.lens.zoom = None
        self.pictures.keep(wall.cameras)
        self._lay_out()

    def turn_facts(self) -> None:
        """Write on every tile what its camera really sends, or no more."""
        self._has_facts = not self._has_facts
        self._lay_out()

    def is_live(self, camera_id: int) -> bool:
        """Whether what is painted of a camera is to be taken for live: a picture without veil, not late."""
        place = self.wall.place_of(camera_id)
        words = self._faces.get(place) if place in self.boxes and camera_id in self.pictures else None
        return words is not None and words.veil is None and not words.is_late and words.age != "—"

    def tick(self) -> None:
        """Take the newest pictures and repaint the tiles that have something new to say."""
        for _, place, _ in self._seen:
            self._ask_for(place, *self._take(place))
        self.update(self._asked)

    def _look_again(self) -> None:
        """Pictures of all tiles, words of some: nobody reads so fast."""
        self._share = (self._share + 1) % WORDS_IN
        if not self._share and self._looks.streams.lowered() != self._lowered:
            self._lowered = self._looks.streams.lowered()
            self.eased.emit()
        for share, place, camera in self._seen:
            if share == self._share:
                self._ask_for(place, *self._take(place))
            elif camera is not None and self.pictures.has_news(camera):
                words = self._faces.get(place)
                is_awaited = words is None or words.veil is not None or camera not in self.pictures
                self._ask_for(place, *(self._take(place) if is_awaited else (self._take_picture(place)[1], False)))
        if self._new:
            self.update(self._asked)

    def _ask_for(self, place: int, has_picture: bool, has_words: bool) -> None:
        if has_picture or has_words:
            self._asked += self._outsides[place] if has_words else self._insides[place]
            self._new[place] = has_words or self._new.get(place, False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles inside the region."""
        painter, region = QPainter(self), event.region()
        places = self._new
        if region != self._asked:
            painter.fillRect(event.rect(), theme.colour(theme.tokens().ground))
            places = dict.fromkeys((place for place in self.boxes if region.intersects(self._outsides[place])), True)
        self._asked, self._new = QRegion(), {}
        fresh, mark = set(), self._mark.over(self.watermark, self.devicePixelRatioF())
        for place, has_words in places.items():
            slot = self.wall.slots[place]
            image = self.pictures.image(slot.camera_id) if slot is not None else None
            words = self._faces.get(place) or self._face(place, None)
            shown = tile.Shown(image, self.lens.of(place), mark) if image is not None else None
            # Cut to many tiles at once, Qt would blend pictures span by span instead of copying them.
            painter.setClipRect(self._outsides[place])
            if has_words:
                tile.paint(painter, self.boxes[place], words, shown, region)
            else:
                tile.picture(painter, self._insides[place], words, shown)
            if slot is not None and image is not None:
                fresh.add(slot.camera_id)
        painter.setClipping(False)
        self._target(painter)
        if self.digits:
            words = tr("Camera {digits}  {name}", digits=self.digits, name=self._name_of(self.digits))
            tile.typed(painter, self.rect(), words)
        painter.end()
        if fresh:
            self.painted.emit(fresh)

    def event(self, event: QEvent) -> bool:
        """Say in full why a camera hangs where the pointer rests."""
        if isinstance(event, QHelpEvent):
            place = self._place_at(event.pos())
            camera = self._camera_at(place) if place is not None else None
            QToolTip.showText(event.globalPos(), tip_text(self.tip_of(camera) if camera is not None else ""), self)
            return True
        return super().event(event)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and Enter call a camera, arrows choose, Esc goes one step back; the others stand in the table of keys."""
        key, text = Qt.Key(event.key()), event.text()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        self.touched.emit()
        if held == Qt.KeyboardModifier.NoModifier and text.isascii() and text.isdigit():
            self._set_digits((self.digits + text)[:8])
        elif key in _ARROWS and held == Qt.KeyboardModifier.NoModifier:
            self._step(*_ARROWS[key])
        elif key in _ARROWS and held == _SHIFTED and self.lens.zoom is not None:
            self.lens.pan(*_ARROWS[key])
        elif key == Qt.Key.Key_Backspace and self.digits:
            self._set_digits(self.digits[:-1])
        elif key == Qt.Key.Key_Escape and (self.digits or self.lens.zoom or self.wall.is_maximised):
            self._back()
        elif not self._act(keys.pressed(_press(key, held), "wall")):
            super().keyPressEvent(event)

    def _act(self, action: str) -> bool:
        """Carry out what a key of the table means, as far as it is the surface's own."""
        if action.startswith("wall_move_"):
            self._step(*_ARROWS[Qt.Key[f"Key_{action.removeprefix('wall_move_').title()}"]], moves=True)
        elif action == "wall_enlarge":
            self._enter()
        elif action == "wall_close":
            self.closed.emit(self.wall.chosen)
        elif action in ("wall_closer", "wall_wider"):
            self.lens.turn(self.wall.chosen, 1 if action == "wall_closer" else -1)
        elif action:
            self.wished.emit(action)
        return bool(action)

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
        elif self.lens.zoom is not None:
            self.lens.end()
        else:
            self.maximised.emit()

    def _step(self, dx: int, dy: int, *, moves: bool = False) -> None:
        """Choose the nearest tile in a direction, or swap with it."""
        here = self.boxes.get(self.wall.chosen)
        if here is None:
            return
        ways = [(2 * (box.x - here.x) + box.width - here.width, 2 * (box.y - here.y) + box.height - here.height, at)
                for at, box in self.boxes.items()]  # fmt: skip
        ahead = [(abs(x * dy) + abs(y * dx), x * dx + y * dy, at) for x, y, at in ways if x * dx + y * dy > 0]
        if ahead and moves:
            self.swapped.emit(self.wall.chosen, min(ahead)[2])
        elif ahead:
            self.chosen.emit(min(ahead)[2])

    def _set_digits(self, digits: str) -> None:
        if digits != self.digits:
            self.digits = digits
            self.update()

    @Slot()
    def _lay_out(self) -> None:
        layout = "1" if self.wall.is_maximised else self.wall.layout
        found = arrange(layout, self.area, band=theme.px(tile.BAND), gap=GAP)
        moved = (Box(box.x + MARGIN, box.y + MARGIN, box.width, box.height) for box in found)
        self.boxes = dict(zip(self.wall.visible, moved, strict=True))
        cameras = ((place, self.wall.slots[place]) for place in self.boxes)
        self._seen = tuple((at % WORDS_IN, place, slot.camera_id if slot else None) for at, (place, slot) in enumerate(cameras))
        self._insides = {place: tile.picture_box(box) for place, box in self.boxes.items()}
        self._outsides = {place: _rect(box).adjusted(-2, -2, 2, 2) for place, box in self.boxes.items()}
        self._faces, self._asked, self._new = {}, QRegion(), {}
        for place in self.boxes:
            self._take(place)
        if self.isVisible():
            self._tell_looks()
        self.update()

    def _tell_looks(self) -> None:
        """How large each camera is seen; of one looked into closely as many pixels as the part needs."""
        ratio, sizes, large = self.devicePixelRatioF(), {}, set()
        for place in self.boxes:
            slot = self.wall.slots[place]
            if slot is None:
                continue
            picture, zoom = self._insides[place], self.lens.of(place)
            wide, high = round(picture.width() * ratio), round(picture.height() * ratio)
            if zoom is not None:
                share = max(1.0, min(zoom.factor, LARGEST[0] / wide, LARGEST[1] / high))
                wide, high = round(wide * share), round(high * share)
            sizes[slot.camera_id] = (wide, high)
            if zoom is not None or place == self.wall.large:
                large.add(slot.camera_id)
        self._looks.show(sizes, large)

    def _take(self, place: int) -> tuple[bool, bool]:
        """Bring a tile up to date; whether there is a new picture, and whether anything written changed."""
        frame, is_new = self._take_picture(place)
        now = self._face(place, frame)
        before = self._faces.get(place)
        if before == now or (before is not None and self._is_only_younger(place, before, now)):
            return is_new, False
        self._faces[place], self._written[place] = now, time.monotonic()
        return is_new, True

    def _take_picture(self, place: int) -> tuple[Frame | None, bool]:
        """A tile's newest picture, and whether it was not there before."""
        camera = self._camera_at(place)
        return self.pictures.take(camera, self.devicePixelRatioF()) if camera is not None else (None, False)

    def _is_only_younger(self, place: int, before: Face, now: Face) -> bool:
        """Whether nothing but a live picture's tenths of a second changed since they were written."""
        is_soon = time.monotonic() - self._written.get(place, 0.0) < AGE_S and not now.is_late and before.age != "—"
        return is_soon and replace(before, age=now.age) == now

    def _face(self, place: int, frame: Frame | None) -> Face:
        slot = self.wall.slots[place]
        look = self._looks.get(slot.camera_id) if slot is not None else None
        health = self._looks.health(look) if look is not None else None
        made = face(place, slot, look, frame=frame, health=health, is_chosen=place == self.wall.chosen)
        if slot is None:
            return made
        facts = self._looks.facts(look) if look is not None and self._has_facts else None
        zoom = self.lens.of(place)
        mark = "  ".join(filter(None, (f"{zoom.factor:.1f}×" if zoom is not None else "", self.mark_of(slot.camera_id))))
        why = self.why_of(slot.camera_id)
        said = fact_words(facts, look) if facts is not None and look is not None else ()
        return replace(made, mark=mark or made.mark, why=why, facts=said) if mark or why or said else made

    def _join(self, hand: Hand) -> None:
        hand.pressed.connect(self._press)
        hand.doubled.connect(self.maximised)
        hand.closed.connect(self.closed)
        hand.moved.connect(self.swapped)
        hand.brought.connect(self.brought)
        hand.turned.connect(self._turn)
        hand.pulled.connect(self.lens.pull)
        hand.hovered.connect(self._hover)

    @Slot(int)
    def _press(self, place: int) -> None:
        self.touched.emit()
        self.chosen.emit(place)

    @Slot(object)
    def _hover(self, place: int | None) -> None:
        if place != self._over:
            self._over = place
            self.update()

    def _place_at(self, spot: QPoint) -> int | None:
        return next((at for at, box in self.boxes.items() if _rect(box).contains(spot)), None)

    def _camera_at(self, place: int) -> int | None:
        slot = self.wall.slots[place]
        return slot.camera_id if slot is not None else None

    def _picture_at(self, place: int) -> QRect | None:
        return self._insides.get(place)

    @Slot(int, float, QPoint)
    def _turn(self, place: int, steps: float, spot: QPoint) -> None:
        self.touched.emit()
        self.lens.turn(place, steps, spot)

    def _target(self, painter: QPainter) -> None:
        """Frame the tile a dragged one would land on."""
        if self._over is not None and self._over in self.boxes:
            painter.setPen(QPen(QColor(theme.tokens().accent), 3, Qt.PenStyle.DashLine))
            painter.drawRect(_rect(self.boxes[self._over]).adjusted(1, 1, -2, -2))


def _press(key: Qt.Key, held: Qt.KeyboardModifier) -> str:
    """A key press in the spelling of the table of keys."""
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        key, held = Qt.Key.Key_Plus, held & ~_SHIFTED
    return QKeySequence(QKeyCombination(held, key)).toString()


def _rect(box: Box) -> QRect:
    return QRect(box.x, box.y, box.width, box.height)
