"""Turning cameras at the wall: one key takes hold, then keys, pad and pointer turn the chosen tile's camera; every way out stops it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent

from console.domain.camera import Camera
from console.domain.errors import ConsoleError, Refused
from console.domain.ptz import Lease, Move
from console.service.ptz import Purpose
from console.ui.base.text import label_text
from console.ui.base.words import refusal, tr
from console.ui.wall import tile
from console.ui.wall.hold import STILL, Hold, short
from console.ui.wall.host import Host
from console.ui.wall.looks import Why
from console.ui.wall.pad import HOME, SPEED, Pad, by_number
from console.ui.wall.reason import ReasonLine
from console.ui.wall.reasons import CASE_PURPOSE
from console.ui.wall.tiles import Tiles
from console.video.wall import chosen_camera

QUIET = 0.1  # of half the picture: so near its middle a drag turns nothing
REPEAT_MS = 25  # X11 tells a key that repeats as let go and pressed again, not always marked as such
STEPS = 10  # a drag knows so many speeds; a camera is not told of less
_KEYS = {
    Qt.Key.Key_Left: Move(pan=-SPEED), Qt.Key.Key_Right: Move(pan=SPEED), Qt.Key.Key_Up: Move(tilt=SPEED),
    Qt.Key.Key_Down: Move(tilt=-SPEED), Qt.Key.Key_Plus: Move(zoom=SPEED), Qt.Key.Key_Equal: Move(zoom=SPEED),
    Qt.Key.Key_Minus: Move(zoom=-SPEED),
}  # fmt: skip
_PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
_FREE = (QEvent.Type.FocusOut, QEvent.Type.Hide)


class Turning(QObject):
    """Joins the hold of a wall with its tiles, its pad and the line that asks why somebody takes over."""

    def __init__(self, host: Host, tiles: Tiles, line: ReasonLine) -> None:
        """Make it for a panel; nothing is held."""
        super().__init__(tiles)
        self._host, self._tiles, self._line = host, tiles, line
        ptz = host.seat.services.ptz
        self.hold = Hold(host.seat, ptz, self) if ptz is not None else None
        self.pad = Pad(tiles)
        self._down: set[Qt.Key] = set()
        self._up: set[Qt.Key] = set()
        self._rising = QTimer(self, interval=REPEAT_MS, singleShot=True)
        self._rising.timeout.connect(self._rise)
        self._steers = False
        self._digits = ""
        self._wanted: Camera | None = None
        line.accept.setText(label_text(tr("Take over")))
        line.given.connect(self._take_over)
        line.cancelled.connect(tiles.setFocus)
        if self.hold is not None:
            self.hold.changed.connect(self._show)
            self.pad.pushed.connect(self._push_by_pad)
            self.pad.numbered.connect(self._number)
            self.pad.confirmed.connect(self._go)
            tiles.installEventFilter(self)

    def mark(self, camera_id: int) -> str:
        """What the tile of a camera says about who turns it."""
        return self.hold.mark(camera_id) if self.hold is not None else ""

    def toggle(self) -> None:
        """Take hold of the chosen tile's camera, let go of it, or offer to take it over."""
        look = self._host.looks.get(chosen_camera(self._host.wall) or 0)
        if look is None or look.view is None:
            self._host.seat.said.emit(tr("Choose a tile with a picture first"))
        elif self.hold is None:
            self._refuse(Refused("no_ptz"))
        elif self.hold.camera == look.camera:
            self.hold.let_go()
        else:
            self._wanted = look.camera
            ptz, seat = self._host.seat.services.ptz, self._host.seat
            seat.work.ask(self, ptz.holder, self._offer, seat.actor, look.camera.id, failed=self._refuse)

    def keep(self) -> None:
        """The wall hangs otherwise: what is out of sight is let go, and the pad stands where its picture is."""
        if self.hold is not None:
            self.hold.watch(self._host.wall.seen)
            if not self._is_held:
                self._free()
            if self._wanted is not None and self._wanted.id not in self._host.wall.seen:
                self._line.hide()
            self._place()

    def leave(self) -> None:
        """Hold nothing any more."""
        self._line.hide()
        if self.hold is not None:
            self.hold.let_go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take keys and drags that turn; whatever takes the wall from the officer's hand stops."""
        if event.type() in _FREE:
            self._free()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
            return self._key_up(event)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._is_held:
            return self._key_down(event)
        elif isinstance(event, QMouseEvent):
            return self._pointer(event)
        return False

    @property
    def _is_held(self) -> bool:
        """Whether the keys turn: the chosen tile's camera is the one that is held."""
        return self.hold is not None and self.hold.camera is not None and self.hold.camera.id == chosen_camera(self._host.wall)

    def _picture(self) -> QRect | None:
        box = self._tiles.boxes.get(self._host.wall.chosen)
        return tile.picture_box(box) if box is not None else None

    def _key_down(self, event: QKeyEvent) -> bool:
        key, text = Qt.Key(event.key()), event.text()
        if event.modifiers() & ~_PLAIN:
            return False
        if key in _KEYS and (not event.modifiers() & Qt.KeyboardModifier.ShiftModifier or text in ("+", "-")):
            self._tiles.touched.emit()
            self._down.add(key)
            self._up.discard(key)
            self._push()
        elif text.isascii() and text.isdigit():
            self._number((self._digits + text)[:3])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._digits:
            self._go()
        elif key == Qt.Key.Key_Backspace and self._digits:
            self._number(self._digits[:-1])
        elif key == Qt.Key.Key_Escape:
            self._back()
        else:
            return False
        return True

    def _key_up(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key not in self._down:
            return False
        if not event.isAutoRepeat():
            self._up.add(key)
            self._rising.start()
        return True

    @Slot()
    def _rise(self) -> None:
        """Keys let go and not pressed again at once are up."""
        self._down -= self._up
        self._up.clear()
        self._push()

    def _push(self) -> None:
        pressed = [_KEYS[key] for key in self._down]
        pan, tilt, zoom = (sum(getattr(move, name) for move in pressed) for name in ("pan", "tilt", "zoom"))
        self.hold.push(Move(_inside(pan), _inside(tilt), _inside(zoom)))

    def _pointer(self, event: QMouseEvent) -> bool:
        spot, inside = event.position().toPoint(), self._picture()
        if event.type() == QEvent.Type.MouseButtonPress:
            is_left = event.button() == Qt.MouseButton.LeftButton
            self._steers = is_left and self._is_held and inside is not None and inside.contains(spot)
        elif event.type() == QEvent.Type.MouseMove and self._steers and inside is not None and self._is_held:
            self.hold.push(towards(spot, inside))
            return True
        elif event.type() == QEvent.Type.MouseButtonRelease and self._steers:
            self._free()
        return False

    def _free(self) -> None:
        """Stand still, whatever was pressed."""
        self._forget_keys()
        self._steers = False
        self._number("")
        self.hold.push(STILL)

    def _forget_keys(self) -> None:
        self._down.clear()
        self._up.clear()
        self._rising.stop()

    def _back(self) -> None:
        if not self.hold.move.is_still or self._digits:
            self._free()
        else:
            self.hold.let_go()

    def _place(self) -> None:
        inside = self._picture()
        self.pad.setVisible(self._is_held and inside is not None)
        if self._is_held and inside is not None:
            wall = self._host.wall
            others = [tile.picture_box(box) for at, box in self._tiles.boxes.items() if wall.slots[at] is not None and at != wall.chosen]
            self.pad.place(inside, self._tiles.size(), others)
            self.pad.raise_()

    @Slot()
    def _show(self) -> None:
        if self.hold.camera is None:
            self._forget_keys()
            self._steers = False
        self._digits = ""
        self.pad.show_presets(by_number(self.hold.presets or ()))
        self._place()

    @Slot(str)
    def _number(self, digits: str) -> None:
        if digits != self._digits:
            self._digits = digits
            self.pad.choose(digits)

    @Slot()
    def _go(self) -> None:
        preset = by_number(self.hold.presets or ()).get(self._digits)
        if preset is not None:
            self.hold.go_to(preset)
        elif self._digits == HOME:
            self.hold.go_home()
        self._number("")

    @Slot(object)
    def _push_by_pad(self, move: Move) -> None:
        self._tiles.setFocus()
        self._tiles.touched.emit()
        self.hold.push(move)

    @Slot(object)
    def _offer(self, lease: Lease | None) -> None:
        camera, actor = self._wanted, self._host.seat.actor
        if camera is None:
            return
        if lease is None or (lease.user_id, lease.seat) == (actor.user_id, actor.seat):
            question = tr("Why turn {code} {name}?", code=camera.code, name=camera.name)
            self._host.with_reason(question, lambda why: self.hold.take(camera, _purpose(why)))
            return
        lasts = short((self._host.seat.services.clock.now() - lease.since).total_seconds())
        self._line.ask(tr("{name} at seat {seat} has turned {code} for {time}. Why take it over?",
                          name=lease.user_name, seat=lease.seat, code=camera.code, time=lasts))  # fmt: skip

    @Slot(str, str)
    def _take_over(self, purpose: str, reason: str) -> None:
        case_id = (self._host.seat.case_id or None) if purpose == CASE_PURPOSE else None
        if purpose == CASE_PURPOSE and case_id is None:
            self._line.say(refusal(Refused("look_without_case")))
        elif self._wanted is not None:
            self._line.hide()
            self.hold.take_over(self._wanted, Purpose(purpose, reason, case_id))
            self._tiles.setFocus()

    @Slot(object)
    def _refuse(self, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self._host.seat.said.emit(refusal(error))
        else:
            self._host.seat.work.failed.emit(error)


def towards(spot: QPoint, inside: QRect) -> Move:
    """The move a drag means: the farther from the middle of the picture, the faster."""
    pan = (spot.x() - inside.center().x()) / (inside.width() / 2)
    tilt = (inside.center().y() - spot.y()) / (inside.height() / 2)
    return Move(*(0.0 if abs(way) < QUIET else round(_inside(way) * STEPS) / STEPS for way in (pan, tilt)))


def _inside(speed: float) -> float:
    return max(-1.0, min(1.0, speed))


def _purpose(why: Why) -> Purpose:
    return Purpose(why.purpose, why.reason, why.case_id)
