"""Walls on other screens: full-screen windows that only show, driven from the desk; closing one closes its looks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from console.domain.camera import Camera
from console.domain.limits import CHINA
from console.ui.base import theme
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.wall.faces import Face
from console.ui.wall.host import Host
from console.ui.wall.looks import Looks, Why
from console.ui.wall.streams import Streams
from console.ui.wall.tiles import Tiles
from console.video.frames import Frame
from console.video.wall import Wall

SHARE = 0.7  # of the desk's own screen, where a wall is a plain window beside it
CLOCK_MS = 1000


class ShownTiles(Tiles):
    """Tiles nobody works at: no keys, no pointer, no chosen tile."""

    def _face(self, place: int, frame: Frame | None) -> Face:
        return replace(super()._face(place, frame), is_chosen=False)


class WallWindow(QWidget):
    """One wall on one screen, with the time and how many cameras hang there."""

    closed = Signal(int)

    def __init__(self, seat: Seat, streams: Streams, number: int) -> None:
        """Make it empty and hidden, for a screen's number."""
        super().__init__()
        self.number = number
        self.setWindowTitle(tr("Wall on screen {n}", n=number))
        self.looks = Looks(seat, self, streams=streams)
        self.tiles = ShownTiles(self.looks, lambda digits: "", self)
        self.tiles.watermark = f"{seat.actor.name}  {seat.actor.seat}"
        self.tiles.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tiles.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.clock = PlainLabel(size=theme.TITLE)
        self.words = PlainLabel(elide=True)
        head = QFrame()
        head.setObjectName("head")
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(12), theme.px(2), theme.px(12), theme.px(2))
        row.setSpacing(theme.px(16))
        row.addWidget(self.clock)
        row.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.tiles, 1)
        self._timer = QTimer(self, interval=CLOCK_MS)
        self._timer.timeout.connect(self._tell_time)
        self._timer.start()
        self._tell_time()

    def show_wall(self, wall: Wall, whys: Mapping[Camera, Why]) -> None:
        """Hang a wall, each camera for the reason it is looked through at the desk."""
        self.looks.keep(wall.cameras)
        by_why: dict[Why, list[Camera]] = {}
        for camera, why in whys.items():
            if camera.id in wall.cameras:
                by_why.setdefault(why, []).append(camera)
        for why, cameras in by_why.items():
            self.looks.open(cameras, why)
        self.tiles.set_wall(replace(wall, is_maximised=False))
        self.words.setText(tr("Screen {n} · {count} cameras", n=self.number, count=len(wall.cameras)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """A closed wall looks through nothing."""
        self._timer.stop()
        self.looks.keep(())
        self.closed.emit(self.number)
        super().closeEvent(event)

    @Slot()
    def _tell_time(self) -> None:
        self.clock.setText(f"{datetime.now(CHINA):%H:%M:%S}")


class Screens(QObject):
    """Which wall stands on which screen; screens count from 1 as the desktop counts them."""

    changed = Signal()  # a window came, went, or shows another wall

    def __init__(self, host: Host, desk: QWidget) -> None:
        """No window is open; `desk` is the panel the windows are driven from."""
        super().__init__(desk)
        self._host, self._desk = host, desk
        self.windows: dict[int, WallWindow] = {}
        application = QGuiApplication.instance()
        application.screenRemoved.connect(self._lose_screens)

    @property
    def walls(self) -> dict[int, Wall]:
        """What hangs on each screen."""
        return {number: window.tiles.wall for number, window in self.windows.items()}

    def fill(self, menu: QMenu) -> None:
        """Offer to send the wall to each screen, and to end what stands there."""
        for number, _ in enumerate(QGuiApplication.screens(), 1):
            send = menu.addAction(label_text(tr("Send this wall to screen {n}", n=number)), lambda number=number: self.send(number))
            send.setEnabled(bool(self._host.wall.cameras))
        for number in sorted(self.windows):
            menu.addAction(label_text(tr("Close the wall on screen {n}", n=number)), self.windows[number].close)

    def send(self, number: int) -> None:
        """Show the desk's wall on a screen, instead of what hung there."""
        self.show(number, self._host.wall, self._host.looks.whys)

    def show(self, number: int, wall: Wall, whys: Mapping[Camera, Why]) -> None:
        """Show a wall on a screen; one that is not there is left out."""
        screens = QGuiApplication.screens()
        if not 1 <= number <= len(screens):
            return
        window = self.windows.get(number)
        if window is None:
            window = WallWindow(self._host.seat, self._host.looks.streams, number)
            window.closed.connect(self._forget)
            window.looks.refused.connect(self._host.looks.refused)
            self.windows[number] = window
            self._place(window, screens[number - 1])
        window.show_wall(wall, whys)
        self.changed.emit()

    def leave(self) -> None:
        """Close every window; what stood there stays in mind."""
        self.blockSignals(True)
        for window in list(self.windows.values()):
            window.close()
        self.blockSignals(False)

    def _place(self, window: WallWindow, screen: QScreen) -> None:
        area = screen.geometry()
        # Made on its screen, not dragged there: its sizes are that screen's from the first paint on.
        window.setScreen(screen)
        if screen is self._desk.screen():
            inside = QRect(QPoint(), area.size() * SHARE)
            inside.moveCenter(area.center())
            window.setGeometry(inside)
            window.show()
        else:
            window.setGeometry(area)
            window.showFullScreen()

    @Slot(int)
    def _forget(self, number: int) -> None:
        window = self.windows.pop(number, None)
        if window is not None:
            window.deleteLater()
            self.changed.emit()

    @Slot()
    def _lose_screens(self) -> None:
        for number in [number for number in self.windows if number > len(QGuiApplication.screens())]:
            self.windows[number].close()
