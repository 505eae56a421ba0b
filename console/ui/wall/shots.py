"""The key that takes a picture: from the camera's best stream, stamped, into the case in hand or into a file, and said in words."""

import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from console.domain.camera import Camera
from console.domain.errors import ConsoleError, Invalid, Unavailable
from console.domain.limits import CHINA
from console.service.stills import Kept, Picture, Stills
from console.ui.base.words import refusal, tr
from console.ui.seat import Seat
from console.ui.wall.looks import Look, Looks
from console.ui.wall.stamp import stamped
from console.video.pool import Pool
from console.video.source import parse

WITHIN_S = 6.0  # the high stream connects and waits for its next key frame meanwhile
AGAIN_S = 0.1


class Shots(QObject):
    """Takes pictures of the cameras of one wall."""

    def __init__(self, seat: Seat, looks: Looks) -> None:
        """Make it over the open looks."""
        super().__init__(looks)
        self._seat, self._looks = seat, looks

    def take(self, camera_id: int | None) -> None:
        """Take a picture of a camera that is looked through."""
        look = self._looks.get(camera_id) if camera_id is not None else None
        if look is None or look.view is None or look.refusal is not None:
            self._seat.said.emit(tr("Choose a tile with a picture first"))
        elif self._seat.services.stills is not None:
            _Shot(self._seat, self._seat.services.stills, look, self).start()


class _Shot(QObject):
    """One picture on its way; several may be under way at once."""

    def __init__(self, seat: Seat, stills: Stills, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        assert look.view is not None
        self._seat, self._stills, self._camera, self._view, self._why = seat, stills, look.camera, look.view, look.why
        self._case_id = seat.case_id or None
        self._is_low = look.stream == "sub" and bool(look.view.main_address)
        # Beside the stream that is shown, so that the tile does not change under the officer's eyes.
        self._key = f"{self._camera.id}-still" if self._is_low else str(self._camera.id)

    def start(self) -> None:
        """Connect the high stream if the low one is shown, and wait for its picture elsewhere."""
        if self._is_low:
            try:
                self._seat.services.pool.open(self._key, parse(self._view.main_address))
            except Invalid:
                self._key, self._is_low = str(self._camera.id), False
        lines = _margin(self._seat, self._camera, f"{self._why.purpose} {self._why.reason}")
        keys = (self._key, str(self._camera.id))
        self._seat.work.ask(self, _picture, self._keep, self._seat.services.pool, keys, lines, failed=self._fail)

    @Slot(object)
    def _keep(self, picture: Picture) -> None:
        self._let_go()
        self._seat.work.tell(
            self, self._stills.keep, self._say, self._fail, self._seat.actor, self._view.access_id, picture, self._case_id
        )

    @Slot(object)
    def _say(self, kept: Kept) -> None:
        size = f"{kept.still.width}×{kept.still.height}"
        if kept.path is not None:
            words = tr("Picture of {code} ({size}) is in {path}", code=self._camera.code, size=size, path=str(kept.path))
        else:
            words = tr("Picture of {code} ({size}) is in case {number}", code=self._camera.code, size=size, number=kept.case_number)
        self._seat.said.emit(words)
        self.deleteLater()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._let_go()
        if isinstance(error, ConsoleError):
            self._seat.said.emit(tr("No picture of {code}: {why}", code=self._camera.code, why=refusal(error)))
        else:
            self._seat.work.failed.emit(error)
        self.deleteLater()

    def _let_go(self) -> None:
        if self._is_low:
            self._is_low = False
            self._seat.services.pool.close(self._key)


def _margin(seat: Seat, camera: Camera, why: str) -> tuple[str, str]:
    now = datetime.now(CHINA)
    who = seat.actor
    return f"{camera.code}  {camera.name}  {now:%Y-%m-%d %H:%M:%S}  {camera.gb_id}", f"{who.name}  {who.seat}  {why}"


def _picture(pool: Pool, keys: tuple[str, str], lines: tuple[str, ...]) -> Picture:  # in a reading thread
    """A stamped picture from the first of two streams that gives one. Raises Unavailable."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "still.jpg"
        for key in dict.fromkeys(keys):
            if _arrives(pool, key, path):
                return stamped(path, lines)
    raise Unavailable("no_picture")


def _arrives(pool: Pool, key: str, path: Path) -> bool:
    """Whether a stream gave its picture in time; one that is still connecting is asked again."""
    until = time.monotonic() + WITHIN_S
    while time.monotonic() < until:
        try:
            pool.snapshot(key, path).result(WITHIN_S)
        except Unavailable:
            threading.Event().wait(AGAIN_S)
        else:
            return True
    return False
