"""The last minute of cameras that are looked through for an open case of P1 or P2: kept while they hang, saved by one key.

The past is kept of the high stream, beside what the tiles show: a tile that grows or shrinks changes its stream, and
evidence should be neither cut nor small for that.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Slot

from console.domain.camera import Camera
from console.domain.errors import ConsoleError, Invalid
from console.domain.footage import Footage
from console.service.clips import Saved
from console.ui.base.words import refusal, tr
from console.ui.seat import Seat
from console.ui.wall.looks import Look, Looks
from console.video import cutting
from console.video.frames import empty, picture_folder
from console.video.pool import Pool
from console.video.source import parse

log = logging.getLogger(__name__)
SECONDS, BACK_S = 60.0, 90.0
MOST = 16  # cameras whose past is kept: half a gigabyte at most
WAIT_S = 30.0


class Past(QObject):
    """Keeps and saves the past of one seat's walls."""

    def __init__(self, seat: Seat, walls: Callable[[], Iterable[Looks]], parent: QObject) -> None:
        """Nothing is kept; `walls` are all walls of the seat at this moment."""
        super().__init__(parent)
        self._seat, self._clips, self._walls = seat, seat.services.clips, walls
        self._open: dict[int, str] = {}  # the addresses that are kept, by camera
        self._urgent: frozenset[int] = frozenset()
        self._asked: tuple[int, ...] = ()
        self._room: Path | None = None  # in memory, and taken away with the console
        seat.work.changed.connect(self._hear)

    @property
    def cameras(self) -> frozenset[int]:
        """The cameras whose last minute is kept."""
        return frozenset(self._open)

    @Slot()
    def follow(self) -> None:
        """The walls have changed: ask which of their cases are urgent if they are others, and keep what must be kept."""
        if self._clips is None:
            return
        cases = tuple(sorted({look.why.case_id for look in self._looks() if look.why.case_id}))
        if cases != self._asked:
            self._asked = cases
            self._ask()
        self._keep()

    def save(self, camera_id: int | None) -> None:
        """Save the last minute of a camera that hangs, into the case it hangs for."""
        look = next((look for look in self._looks() if look.camera.id == camera_id), None)
        if look is None or look.view is None:
            self._seat.said.emit(tr("Choose a tile with a picture first"))
        elif look.why.case_id is None or camera_id not in self._open:
            self._seat.said.emit(tr("Nothing of {code} is kept: it does not hang for an open case of P1 or P2", code=look.camera.code))
        elif self._clips is not None:
            self._seat.said.emit(tr("Saving the last {n} s of {code} …", n=round(SECONDS), code=look.camera.code))
            self._seat.work.labour(
                self, self._clips.keep_live, partial(self._say, look), partial(self._fail, look), self._seat.actor,
                look.view.access_id, look.why.case_id, partial(_write, self._seat.services.pool, _key(look.camera.id)),
            )  # fmt: skip

    def adopt(self, other: "Past") -> None:
        """Go on with what the walls of another window of this seat have kept."""
        self._open, other._open = other._open, {}
        self._urgent, self._asked = other._urgent, other._asked

    def last(self, camera: Camera, access_id: int) -> Footage | None:
        """What is kept of a camera now, to be played, under a row of its own; None when nothing is. Ask in a reading thread."""
        recordings, pool = self._seat.services.recordings, self._seat.services.pool
        if recordings is None or camera.id not in self._open:
            return None
        self._room = self._room or picture_folder()
        path = self._room / f"{camera.id}-{uuid4().hex}.mp4"
        try:
            pool.cut(_key(camera.id), BACK_S, path).result(WAIT_S)
            ended = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            start = ended - timedelta(seconds=cutting.look(path).seconds)
            return Footage(recordings.look_back(self._seat.actor, access_id, start, ended), camera, str(path), start, ended)
        except ConsoleError as fault:
            log.info("nothing of camera %s can be looked at once more: %s", camera.code, fault.code)
            return None

    @Slot()
    def forget(self) -> None:
        """What was written to be played has been played."""
        if self._room is not None:
            empty(self._room)
            self._room = None

    def _looks(self) -> list[Look]:
        found = [wall.get(camera) for wall in self._walls() for camera in sorted(wall.cameras)]
        return [look for look in found if look is not None]

    def _ask(self) -> None:
        assert self._clips is not None
        self._seat.work.ask(self, self._clips.urgent, self._know, self._seat.actor, self._asked)

    @Slot(object)
    def _hear(self, kinds: frozenset[str]) -> None:
        if "case" in kinds and self._asked:
            self._ask()

    @Slot(object)
    def _know(self, urgent: frozenset[int]) -> None:
        self._urgent = urgent
        self._keep()

    def _keep(self) -> None:
        pool, before = self._seat.services.pool, dict(self._open)
        urgent = [look for look in self._looks() if look.why.case_id in self._urgent]
        # A look whose row is still being written has no address yet, but may be kept already.
        wanted = {look.camera.id: _best(look) or before.get(look.camera.id, "") for look in urgent}
        self._open = {camera: address for camera, address in sorted(wanted.items())[:MOST] if _is_sound(address)}
        if self._open == before:
            return
        pool.remember([_key(camera) for camera in self._open])
        for camera in before.keys() - self._open.keys():
            pool.close(_key(camera))
        for camera, address in self._open.items():
            pool.open(_key(camera), parse(address))

    def _say(self, look: Look, saved: Saved) -> None:
        self._seat.said.emit(
            tr("{n} s of {code} are in case {number}", n=round(saved.clip.seconds), code=look.camera.code, number=saved.case_number)
        )

    def _fail(self, look: Look, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self._seat.said.emit(tr("No clip of {code}: {why}", code=look.camera.code, why=refusal(error)))
        else:
            self._seat.work.failed.emit(error)


def _key(camera_id: int) -> str:
    return f"{camera_id}-past"


def _best(look: Look) -> str:
    return (look.view.main_address or look.view.sub_address) if look.view is not None else ""


def _is_sound(address: str) -> bool:
    try:
        parse(address)
    except Invalid:
        return False  # the tile says so
    return True


def _write(pool: Pool, key: str, path: Path) -> Path:
    return pool.cut(key, SECONDS, path).result(WAIT_S)
