"""The connections behind all walls of a seat: one per camera, however many tiles, windows and waiting walls want it."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

from console.domain.errors import Missing
from console.video.budget import Full
from console.video.facts import Facts
from console.video.frames import Frame
from console.video.health import Health
from console.video.pool import Pool
from console.video.source import parse
from console.video.wall import StreamKind

Size = tuple[int, int]


@dataclass(frozen=True)
class Wish:
    """What one wall wants of a camera; without a size it is kept connected and nothing is decoded."""

    sub: str
    main: str
    stream: StreamKind = "sub"
    size: Size | None = None

    def __repr__(self) -> str:
        """Without the addresses: they may carry a password."""
        return f"Wish({self.stream}, {self.size})"


@dataclass
class _Told:
    """What the pool was told of a camera last."""

    address: str = ""
    size: Size | None = None


class Streams:
    """Joins the wishes of several walls: the high stream if one wants it, the size of the largest."""

    def __init__(self, pool: Pool) -> None:
        """Make it over the pool; nothing is connected."""
        self._pool = pool
        self._wishes: dict[int, dict[Hashable, Wish]] = {}
        self._told: dict[int, _Told] = {}
        self._copies: dict[int, Frame] = {}
        self._shared: set[int] = set()  # the cameras that several walls show

    def want(self, who: Hashable, camera_id: int, wish: Wish) -> None:
        """A wall says what it wants of a camera now. Raises Invalid for an address no player may have."""
        parse(wish.sub or wish.main)
        self._wishes.setdefault(camera_id, {})[who] = wish
        self._settle(camera_id)

    def leave(self, who: Hashable, camera_id: int) -> None:
        """A wall wants a camera no more; the last one to leave disconnects it."""
        wishes = self._wishes.get(camera_id, {})
        if wishes.pop(who, None) is None:
            return
        if wishes:
            self._settle(camera_id)
        else:
            del self._wishes[camera_id], self._told[camera_id]
            self._share(camera_id, 0)
            self._pool.close(str(camera_id))

    def frame(self, camera_id: int) -> Frame | None:
        """The newest picture, the same object while nothing new came; good until this wall asks for the next one.

        The pool's picture is good for one asker. Where several walls show a
        camera, each would pull it from under the other: they get a copy.
        """
        frame = self._pool.frame(str(camera_id))
        if frame is None or camera_id not in self._shared:
            return frame
        kept = self._copies.get(camera_id)
        if kept is None or kept.sequence != frame.sequence:
            kept = self._copies[camera_id] = replace(frame, data=memoryview(bytes(frame.data)))
        return kept

    def sequence(self, camera_id: int) -> int:
        """The number of the newest picture, 0 for none; asking takes nothing from anybody."""
        return self._pool.sequence(str(camera_id))

    def health(self, camera_id: int) -> Health | None:
        """How the camera is; None when it is not connected."""
        try:
            return self._pool.health(str(camera_id))
        except Missing:
            return None  # the pool has stopped; the tile says that there is nothing

    def lowered(self) -> tuple[int, Full]:
        """How many cameras show less than they send because the machine cannot follow, and what it is short of."""
        return self._pool.lowered()

    def facts(self, camera_id: int) -> Facts | None:
        """What the camera really sends; None when it is not connected."""
        try:
            return self._pool.facts(str(camera_id))
        except Missing:
            return None

    def _settle(self, camera_id: int) -> None:
        wishes, told = tuple(self._wishes[camera_id].values()), self._told.setdefault(camera_id, _Told())
        key = str(camera_id)
        high = next((wish.main for wish in wishes if wish.stream == "main" and wish.main), "")
        address = high or wishes[0].sub or wishes[0].main
        sizes = [wish.size for wish in wishes if wish.size is not None]
        self._share(camera_id, len(sizes))
        size = max(sizes, default=None)
        if address != told.address:
            self._pool.open(key, parse(address))
            told.address = address
        if size != told.size:
            told.size = size
            if size is None:
                self._pool.hide(key)
            else:
                self._pool.show(key, *size)

    def _share(self, camera_id: int, walls: int) -> None:
        if walls > 1:
            self._shared.add(camera_id)
        else:
            self._shared.discard(camera_id)
            self._copies.pop(camera_id, None)
