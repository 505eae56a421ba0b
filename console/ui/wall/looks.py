"""The cameras the officer looks through: asked for, opened after their access row, shown, hidden, closed.

An address exists only in the answer of `open_live`, which commits its row first; so
nothing can be painted before somebody answers for it.
"""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from console.domain.camera import Camera, LiveView
from console.domain.errors import ConsoleError, Invalid
from console.ui.seat import Seat
from console.ui.wall.streams import Size, Streams, Wish
from console.video.facts import Facts
from console.video.frames import Frame
from console.video.health import Health
from console.video.player import Player
from console.video.wall import StreamKind, stream_for

AT_ONCE = 2


@dataclass(frozen=True)
class Why:
    """Why somebody looks: a CT-26 purpose, a reason in words, and the case when there is one."""

    purpose: str
    reason: str
    case_id: int | None = None


@dataclass(eq=False)
class Look:
    """One camera being looked through; without `view` its row is still being written."""

    camera: Camera
    why: Why
    view: LiveView | None = None
    stream: StreamKind = "sub"
    refusal: ConsoleError | None = None


class Looks(QObject):
    """Every open look of this wall, by camera."""

    changed = Signal()  # a look was opened or refused
    refused = Signal(object)  # the ConsoleError, once for each act

    def __init__(self, seat: Seat, parent: QObject | None = None, *, streams: Streams | None = None) -> None:
        """Make it for a seat; nothing is open. Walls that stand side by side share their `streams`."""
        super().__init__(parent)
        self._seat = seat
        self.streams = streams or Streams(seat.services.pool)
        self.heard: dict[int, Player] = {}  # the cameras that are played with their sound, by a player of their own
        self._looks: dict[int, Look] = {}
        self._sizes: Mapping[int, Size] = {}
        self._large: Collection[int] = ()
        self._addressless: deque[Look] = deque()
        self._asking = 0

    def get(self, camera_id: int) -> Look | None:
        """The look through a camera, or None."""
        return self._looks.get(camera_id)

    @property
    def whys(self) -> dict[Camera, Why]:
        """Why each open camera is looked through."""
        return {look.camera: look.why for look in self._looks.values()}

    @property
    def cameras(self) -> frozenset[int]:
        """The cameras that are open or asked for."""
        return frozenset(self._looks)

    def open(self, cameras: Sequence[Camera], why: Why) -> None:
        """Ask for cameras under one reason; each gets its own access row."""
        batch = tuple(Look(camera, why) for camera in cameras if camera.id not in self._looks)
        if not batch:
            return
        self._looks |= {look.camera.id: look for look in batch}
        ids = tuple(look.camera.id for look in batch)
        self._seat.work.tell(
            self, self._seat.services.video.open_live, partial(self._opened, batch), partial(self._failed, batch),
            self._seat.actor, ids, why.purpose, why.reason, why.case_id,
        )  # fmt: skip

    def keep(self, cameras: Collection[int]) -> None:
        """Close every look that is not among these."""
        gone = [self._looks.pop(camera) for camera in [camera for camera in self._looks if camera not in cameras]]
        for look in gone:
            self.streams.leave(self, look.camera.id)
        self._end([look.view.access_id for look in gone if look.view is not None])

    def show(self, sizes: Mapping[int, Size], large: Collection[int] = ()) -> None:
        """Decode these at these sizes (pixels of the screen), from the high stream those that are `large`; hide the others."""
        self._sizes, self._large = sizes, large
        for look in self._looks.values():
            self._want(look)

    def frame(self, look: Look) -> Frame | None:
        """The newest picture; good until this camera's next one is asked for."""
        if look.view is None or look.refusal is not None:
            return None
        player = self.heard.get(look.camera.id)
        heard = player.frame() if player is not None else None
        return heard if heard is not None else self.streams.frame(look.camera.id)

    def sequence(self, camera_id: int) -> int:
        """The number of a camera's newest picture, 0 for none."""
        player = self.heard.get(camera_id)
        heard = player.sequence() if player is not None else 0
        return heard or self.streams.sequence(camera_id)

    def health(self, look: Look) -> Health | None:
        """How the camera is; None before it was opened."""
        return self.streams.health(look.camera.id) if look.view is not None and look.refusal is None else None

    def facts(self, look: Look) -> Facts | None:
        """What the camera really sends; None before it was opened."""
        return self.streams.facts(look.camera.id) if look.view is not None and look.refusal is None else None

    def _opened(self, batch: tuple[Look, ...], views: tuple[LiveView, ...]) -> None:
        late: list[int] = []
        for look, view in zip(batch, views, strict=True):
            if self._looks.get(look.camera.id) is not look:
                late.append(view.access_id)  # closed while its row was being written
                continue
            look.view = view
            if self._is_lazy(view):
                self._addressless.append(look)
            else:
                self._want(look)
        self._end(late)
        self._ask_addresses()
        self.changed.emit()

    def _is_lazy(self, view: LiveView) -> bool:
        return self._seat.services.streams is not None and not (view.sub_address or view.main_address)

    def _ask_addresses(self) -> None:
        """Ask plugins for the addresses the register has not: two at a time, for each may take seconds of a reading thread."""
        streams = self._seat.services.streams
        while streams is not None and self._addressless and self._asking < AT_ONCE:
            look = self._addressless.popleft()
            if look.view is not None and self._looks.get(look.camera.id) is look:
                self._asking += 1
                self._seat.work.ask(
                    self, streams.stream_address, partial(self._addressed, look), self._seat.actor, look.view,
                    failed=partial(self._unaddressed, look),
                )  # fmt: skip

    def _addressed(self, look: Look, view: LiveView) -> None:
        self._asking -= 1
        if self._looks.get(look.camera.id) is look:
            look.view = view
            self._want(look)
            self.changed.emit()
        self._ask_addresses()

    def _unaddressed(self, look: Look, error: Exception) -> None:
        self._asking -= 1
        look.refusal = error if isinstance(error, ConsoleError) else ConsoleError("unexpected", problem=str(error))
        self.changed.emit()
        self._ask_addresses()

    def _failed(self, batch: tuple[Look, ...], error: Exception) -> None:
        if not isinstance(error, ConsoleError):
            error = ConsoleError("unexpected", problem=str(error))
        for look in batch:
            look.refusal = error
        self.refused.emit(error)
        self.changed.emit()

    def _want(self, look: Look) -> None:
        if look.view is None or look.refusal is not None or self._is_lazy(look.view):
            return
        size = self._sizes.get(look.camera.id)
        if size is not None:
            look.stream = stream_for(size[1], is_large=look.camera.id in self._large, now=look.stream)
        try:
            self.streams.want(self, look.camera.id, Wish(look.view.sub_address, look.view.main_address, look.stream, size))
        except Invalid as wrong:
            look.refusal = wrong

    def _end(self, access_ids: Sequence[int]) -> None:
        if access_ids:
            close = self._seat.services.video.close_live
            self._seat.work.tell(self, close, None, None, self._seat.actor, tuple(access_ids))
