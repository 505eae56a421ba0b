"""What hung here last time, on the desk and on other screens: offered once, opened only for a new reason, noted for the next start."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot

from console.domain.camera import Camera
from console.ui.base.words import tr
from console.ui.memory import Memory
from console.ui.wall.host import Host
from console.ui.wall.looks import Why
from console.ui.wall.reasons import Reasons
from console.ui.wall.screens import Screens
from console.video.wall import Wall


class Remembered(QObject):
    """Joins the officer's memory with the wall."""

    def __init__(self, host: Host, memory: Memory | None, screens: Screens, reasons: Reasons) -> None:
        """Read what was kept; nothing is asked yet."""
        super().__init__(screens)
        self._host, self._memory, self._screens, self._reasons = host, memory, screens, reasons
        self._wall = memory.wall() if memory is not None else Wall()
        self._others = memory.screens() if memory is not None else {}
        screens.changed.connect(self._keep_screens)
        reasons.settled.connect(self.forget)

    @property
    def layout(self) -> str:
        """The layout of last time."""
        return self._wall.layout

    @property
    def cameras(self) -> frozenset[int]:
        """Every camera that hung somewhere."""
        return self._wall.cameras.union(*(wall.cameras for wall in self._others.values()))

    def offer(self, known: Mapping[int, Camera]) -> None:
        """Ask whether the cameras of last time are wanted again, as far as they are still there."""
        desk, others = _still(self._wall, known), {number: _still(wall, known) for number, wall in self._others.items()}
        count = len(desk.cameras.union(*(wall.cameras for wall in others.values())))

        def open_again(why: Why) -> None:
            if not self._host.wall.cameras:
                self._host.hang(desk, why)
            for number, wall in others.items():
                self._screens.show(number, wall, {known[camera]: why for camera in wall.cameras})

        if not count:
            self.forget()
        elif not self._host.wall.cameras and self._reasons.is_idle:
            self._reasons.offer(tr("Open the {n} cameras of last time again?", n=count), open_again)

    @Slot()
    def forget(self) -> None:
        """It was opened, refused, or something else came first."""
        self._wall, self._others = Wall(), {}

    def keep(self, wall: Wall) -> None:
        """Note what hangs at the desk; an empty wall does not wipe out what is still on offer."""
        if self._memory is not None and (wall.cameras or not self._wall.cameras):
            self._memory.keep_wall(wall)

    def leave(self) -> None:
        """Note nothing more: what hung stays in mind."""
        self._memory = None

    @Slot()
    def _keep_screens(self) -> None:
        if self._memory is not None:
            self._memory.keep_screens(self._screens.walls)


def _still(wall: Wall, known: Mapping[int, Camera]) -> Wall:
    """A wall without the cameras that are no longer there."""
    return Wall(wall.layout, tuple(slot if slot is not None and slot.camera_id in known else None for slot in wall.slots))
