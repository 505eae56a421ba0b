"""A wall's hold of one camera that turns: who turns which, and one call at a time to the service. No widgets.

While a call is under way only the newest wish waits behind it: a key that was let go
long ago must not turn a slow camera.
"""

import threading
from collections.abc import Callable, Collection
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from console.domain.camera import Camera
from console.domain.errors import ConsoleError
from console.domain.ptz import Lease, Move, Preset
from console.service.ptz import Ptz, Purpose
from console.ui.base.words import refusal, tr
from console.ui.seat import Seat

RENEW_MS = 1000  # a move that is not said again within three seconds is stopped
STILL = Move()
T = TypeVar("T")


class _Lane:
    """Lets one call through at a time, so that a release never overtakes a move that is under way."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def run(self, call: Callable[..., T], *args: object) -> T:
        with self._lock:
            return call(*args)


class Hold(QObject):
    """The camera this wall turns, if any, and what is known of every hand on the cameras in sight."""

    changed = Signal()  # another camera is held, or none, or its presets are known

    def __init__(self, seat: Seat, ptz: Ptz, parent: QObject) -> None:
        """Hold nothing."""
        super().__init__(parent)
        self._seat, self._ptz = seat, ptz
        self.camera: Camera | None = None
        self.presets: tuple[Preset, ...] | None = None
        self.move = STILL
        self._leases: dict[int, Lease] = {}
        self._seen: frozenset[int] = frozenset()
        self._lane = _Lane()
        self._next: tuple[Callable[..., None], tuple[object, ...]] | None = None
        self._is_busy = False
        self._renewing = QTimer(self, interval=RENEW_MS)
        self._renewing.timeout.connect(self._renew)
        self._watching = QTimer(self, interval=1000)
        self._watching.timeout.connect(self._look_when_over)
        seat.work.changed.connect(self._hear)

    def mark(self, camera_id: int) -> str:
        """What a camera's tile says: how long another seat has turned it, or how long one's own hold still lasts."""
        lease = self._leases.get(camera_id)
        if lease is None:
            return ""
        now = self._seat.services.clock.now()
        if self._is_mine(lease):
            return tr("yours for {time}", time=short((lease.until - now).total_seconds()))
        return tr("seat {seat} in control {time}", seat=lease.seat, time=short((now - lease.since).total_seconds()))

    def watch(self, cameras: Collection[int]) -> None:
        """Know who turns these; a held one that is not among them is let go."""
        if self.camera is not None and self.camera.id not in cameras:
            self.let_go()
        if self._seen != (seen := frozenset(cameras)):
            self._seen = seen
            self.look()

    def look(self) -> None:
        """Ask who turns what is in sight."""
        self._seat.work.ask(self, self._ptz.holders, self._show_leases, self._seat.actor, self._seen)

    def take(self, camera: Camera, why: Purpose) -> None:
        """Take hold of a camera nobody turns."""
        self._begin(self._ptz.hold, camera, why)

    def take_over(self, camera: Camera, why: Purpose) -> None:
        """Take a camera from who turns it."""
        self._begin(self._ptz.take_over, camera, why)

    def let_go(self) -> None:
        """Hold nothing; what still turns stands still with it."""
        if self.camera is None:
            return
        released = self.camera.id
        self._leases.pop(released, None)
        self._drop()
        self._release(released)

    def push(self, move: Move) -> None:
        """Turn so from now on, or stand still; the same again changes nothing."""
        if self.camera is None or move == self.move:
            return
        self.move = move
        if move.is_still:
            self._renewing.stop()
            self._say(self._ptz.stop)
        else:
            self._renewing.start()
            self._say(self._ptz.move, move)

    def go_to(self, preset: Preset) -> None:
        """Send the held camera to a preset."""
        self._send(self._ptz.goto_preset, preset.id)

    def go_home(self) -> None:
        """Send the held camera to where it belongs."""
        self._send(self._ptz.home)

    def _begin(self, act: Callable[..., Lease], camera: Camera, why: Purpose) -> None:
        self.let_go()

        def given(lease: Lease) -> None:
            self._given(camera, lease)

        self._seat.work.tell(self, self._lane.run, given, self._refused, act, self._seat.actor, camera.id, why)

    def _given(self, camera: Camera, lease: Lease) -> None:
        if camera.id not in self._seen:
            self._release(camera.id)
            return
        self.camera, self._leases[camera.id] = camera, lease
        self.look()
        self._seat.work.ask(self, self._ptz.presets, self._show_presets, self._seat.actor, camera.id, failed=self._without_presets)
        self.changed.emit()

    def _send(self, act: Callable[..., None], *args: object) -> None:
        if self.camera is not None:
            self._renewing.stop()
            self.move = STILL
            self._say(act, *args)

    def _say(self, act: Callable[..., None], *args: object) -> None:
        self._next = (act, args)
        self._go_on()

    def _go_on(self) -> None:
        if self._is_busy or self._next is None or self.camera is None:
            return
        (act, args), self._next, self._is_busy = self._next, None, True
        self._seat.work.ask(
            self, self._lane.run, self._done, act, self._seat.actor, self.camera.id, *args, failed=self._failed,
        )  # fmt: skip

    def _release(self, camera_id: int) -> None:
        self._seat.work.tell(self, self._lane.run, None, None, self._ptz.release, self._seat.actor, camera_id)

    def _drop(self) -> None:
        self.camera, self.presets, self.move, self._next = None, None, STILL, None
        self._renewing.stop()
        self.changed.emit()

    def _is_mine(self, lease: Lease) -> bool:
        return (lease.user_id, lease.seat) == (self._seat.actor.user_id, self._seat.actor.seat)

    @Slot(object)
    def _done(self, _: None) -> None:
        self._is_busy = False
        self.look()
        self._go_on()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        self._renewing.stop()
        if self.camera is not None:  # a call that came after the release was meant to be refused
            self._refused(error)
        self._go_on()

    @Slot(object)
    def _refused(self, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self._seat.said.emit(refusal(error))
            self.look()
        else:
            self._seat.work.failed.emit(error)

    @Slot(object)
    def _show_leases(self, leases: tuple[Lease, ...]) -> None:
        self._leases = {lease.camera_id: lease for lease in leases}
        self._watching.start() if leases else self._watching.stop()
        lease = self._leases.get(self.camera.id) if self.camera is not None else None
        if self.camera is None or (lease is not None and self._is_mine(lease)):
            return
        if lease is None:
            words = tr("{code} was let go: it was not turned for 30 s", code=self.camera.code)
            self._release(self.camera.id)  # its row ends when it ran out, not with the next hand
        else:
            words = tr("{code} was taken over by {name} at seat {seat}", code=self.camera.code, name=lease.user_name, seat=lease.seat)
        self._seat.said.emit(words)
        self._drop()

    @Slot(object)
    def _show_presets(self, presets: tuple[Preset, ...]) -> None:
        if self.camera is not None:
            self.presets = presets
            self.changed.emit()

    @Slot(object)
    def _without_presets(self, error: Exception) -> None:
        self._show_presets(())
        self._refused(error)

    @Slot()
    def _renew(self) -> None:
        if not self._is_busy:
            self._say(self._ptz.move, self.move)

    @Slot()
    def _look_when_over(self) -> None:
        now = self._seat.services.clock.now()
        if any(lease.is_over(now) for lease in self._leases.values()):
            self.look()

    @Slot(object)
    def _hear(self, kinds: frozenset[str]) -> None:
        if "video" in kinds and self._seen:
            self.look()


def short(seconds: float) -> str:
    """Minutes and seconds as a clock shows them."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02}"
