"""What the register is asked for at the wall: the camera a number means, what fits some words, the cameras by area."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from console.domain.camera import Camera, CameraArea
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
        self._unread: set[str] = set()
        listed.wanted.connect(self._search)
        listed.areas_wanted.connect(self._ask_areas)
        listed.tree.wanted.connect(self._ask_area)

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

    @Slot()
    def _ask_areas(self) -> None:
        self._seat.work.ask(self, self._seat.services.ask.areas.counted, self._show_areas, self._seat.actor)

    @Slot(object)
    def _show_areas(self, areas: tuple[CameraArea, ...]) -> None:
        self._list.tree.show_areas(areas)

    @Slot(str)
    def _ask_area(self, code: str) -> None:
        self._unread.add(code)  # a newer question takes the place of an older one, so it asks for all
        self._seat.work.ask(self, self._seat.services.ask.areas.cameras, self._show_area, self._seat.actor, tuple(self._unread))

    @Slot(object)
    def _show_area(self, found: dict[str, tuple[Camera, ...]]) -> None:
        self._unread -= found.keys()
        for code, cameras in found.items():
            self._list.tree.show_cameras(code, cameras)

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
