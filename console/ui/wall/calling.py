"""Finding the one camera a number or some words mean: in the list, else in the register."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from console.domain.camera import Camera
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.wall.cameras import CameraList, digits_of, numbered


@dataclass(frozen=True)
class Found:
    """What the register holds for some words."""

    words: str
    cameras: tuple[Camera, ...]


class Calling(QObject):
    """Answers what was typed over the tiles or into the list."""

    called = Signal(object)  # the one Camera a number means

    def __init__(self, seat: Seat, listed: CameraList) -> None:
        """Make it over the list of cameras."""
        super().__init__(listed)
        self._seat, self._list = seat, listed
        listed.wanted.connect(self._search)

    def name_of(self, digits: str) -> str:
        """Whom digits would call, for the eyes."""
        found = numbered(self._list.cameras, digits)
        return f"{found[0].code} {found[0].name}" if len(found) == 1 else "—"

    @Slot(str)
    def call(self, digits: str) -> None:
        """Call a camera by its number."""
        found = numbered(self._list.cameras, digits)
        if self._list.is_cut and not any(digits_of(camera.code) == digits for camera in found):
            self._seat.work.ask(self, self._found, self._call_found, digits)
        else:
            self._call_one_of(found, digits)

    def _found(self, words: str) -> Found:  # in a reading thread
        return Found(words, self._seat.services.ask.cameras(self._seat.actor, words))

    @Slot(str)
    def _search(self, words: str) -> None:
        self._seat.work.ask(self, self._found, self._show_found, words)

    @Slot(object)
    def _show_found(self, found: Found) -> None:
        self._list.show_found(found.words, found.cameras)

    @Slot(object)
    def _call_found(self, found: Found) -> None:
        self._call_one_of(numbered(found.cameras, found.words), found.words)

    def _call_one_of(self, found: tuple[Camera, ...], digits: str) -> None:
        if len(found) == 1:
            self.called.emit(found[0])
        elif found:
            self._seat.said.emit(tr("{n} cameras end in {digits}: type more digits", n=len(found), digits=digits))
        else:
            self._seat.said.emit(tr("No camera has the number {digits}", digits=digits))
