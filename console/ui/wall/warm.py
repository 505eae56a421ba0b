"""Cameras of walls that come next: connected under one row, decoded by nobody, shown at once when their turn comes."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import partial

from PySide6.QtCore import QObject

from console.domain.camera import WarmViews
from console.domain.errors import ConsoleError, Invalid
from console.ui.seat import Seat
from console.ui.wall.looks import Why
from console.ui.wall.streams import Streams, Wish

MOST = 64  # connections beside those that are seen


class Warm(QObject):
    """Keeps exactly the cameras it was told connected; what does not answer is no one's trouble yet."""

    def __init__(self, seat: Seat, streams: Streams, parent: QObject) -> None:
        """Make it for a seat; nothing is connected."""
        super().__init__(parent)
        self._seat, self._streams = seat, streams
        self._batches: dict[int, frozenset[int]] = {}
        self._wanted: frozenset[int] = frozenset()
        self._asked: frozenset[int] = frozenset()

    @property
    def cameras(self) -> frozenset[int]:
        """The cameras that are connected."""
        return frozenset().union(*self._batches.values())

    def keep(self, coming: Sequence[int], why: Why | None, *, seen: AbstractSet[int] = frozenset()) -> None:
        """Connect what comes, the nearest first, and hold what is seen, for the way back; no others, and without a reason none."""
        beside = [camera for camera in dict.fromkeys(coming) if camera not in seen][:MOST]
        self._wanted = seen.union(beside) if why is not None and coming else frozenset()
        for batch, held in list(self._batches.items()):
            self._hold(batch, held & self._wanted, held)
        new = self._wanted - self.cameras - self._asked
        if new and why is not None:
            self._asked |= new
            self._seat.work.tell(
                self, self._seat.services.video.open_warm, self._opened, partial(self._failed, new),
                self._seat.actor, tuple(sorted(new)), why.purpose, why.reason, why.case_id,
            )  # fmt: skip

    def _opened(self, warm: WarmViews) -> None:
        all_of = frozenset(view.camera.id for view in warm.views)
        self._asked -= all_of
        self._batches[warm.batch_id] = all_of
        for view in warm.views:
            if view.camera.id in self._wanted:
                try:
                    self._streams.want(self, view.camera.id, Wish(view.sub_address, view.main_address))
                except Invalid:
                    continue  # the tile will say so when it is shown
        self._hold(warm.batch_id, all_of & self._wanted, all_of)

    def _failed(self, cameras: frozenset[int], error: Exception) -> None:
        self._asked -= cameras
        if not isinstance(error, ConsoleError):
            self._seat.work.failed.emit(error)  # a refusal is told when the wall is opened

    def _hold(self, batch: int, left: frozenset[int], before: frozenset[int]) -> None:
        for camera in before - left:
            self._streams.leave(self, camera)
        self._batches[batch] = left
        if not left:
            del self._batches[batch]
            self._seat.work.tell(self, self._seat.services.video.close_warm, None, None, self._seat.actor, batch)
