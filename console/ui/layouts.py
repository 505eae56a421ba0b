"""How the seat looked last time: geometry and docks per set of monitors, written within two seconds.

Saved after every change, not at the end: a seat that loses power must come back as it was.
"""

import hashlib

from PySide6.QtCore import QByteArray, QRect, QSettings
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

VERSION = 1
SAVE_AFTER_MS = 2000
_SEEN_WIDTH, _SEEN_HEIGHT = 80, 40


def fingerprint(screens: list[QScreen] | None = None) -> str:
    """A short name for the monitors that are connected now, by size and place."""
    found = QGuiApplication.screens() if screens is None else screens
    shapes = sorted((s.geometry().x(), s.geometry().y(), s.geometry().width(), s.geometry().height()) for s in found)
    return hashlib.sha256(repr(shapes).encode()).hexdigest()[:12]


def clamp(box: QRect, rooms: list[QRect]) -> QRect:
    """The box, moved to the first room if less than 80 by 40 px of it can be seen anywhere."""
    for room in rooms:
        seen = room.intersected(box)
        if seen.width() >= min(_SEEN_WIDTH, box.width()) and seen.height() >= min(_SEEN_HEIGHT, box.height()):
            return box
    room = rooms[0]
    size = box.size().boundedTo(room.size())
    return QRect(room.topLeft(), size)


def clamp_window(window: QWidget) -> None:
    """Bring a window back when its monitor is gone."""
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if not rooms or window.isMaximized() or window.isFullScreen():
        return
    wanted = clamp(window.frameGeometry(), rooms)
    if wanted != window.frameGeometry():
        window.resize(wanted.size())
        window.move(wanted.topLeft())


class Layouts:
    """Reads and writes how each perspective stood on these monitors."""

    def __init__(self, settings: QSettings) -> None:
        """Use a settings file of the officer's data folder."""
        self._settings = settings

    def state(self, perspective: str, names: tuple[str, ...]) -> QByteArray:
        """How the docks of a perspective stood; empty when never saved or its panels have changed since."""
        key = self._key(perspective)
        if self._settings.value(f"{key}/panels", "") != ",".join(sorted(names)):
            return QByteArray()
        return self._bytes(f"{key}/docks")

    def keep(self, perspective: str, names: tuple[str, ...], state: QByteArray) -> None:
        """Write how a perspective stands, at once."""
        key = self._key(perspective)
        self._settings.setValue(f"{key}/panels", ",".join(sorted(names)))
        self._settings.setValue(f"{key}/docks", state)
        self._settings.sync()

    def geometry(self) -> QByteArray:
        """Where the window stood on these monitors; empty when never saved."""
        return self._bytes(f"{self._key('window')}/geometry")

    def keep_window(self, geometry: QByteArray, perspective: str) -> None:
        """Write where the window stands and which perspective is open."""
        self._settings.setValue(f"{self._key('window')}/geometry", geometry)
        self._settings.setValue(f"{self._key('window')}/perspective", perspective)
        self._settings.sync()

    def perspective(self) -> str:
        """The perspective that was open last; empty when never saved."""
        return str(self._settings.value(f"{self._key('window')}/perspective", ""))

    def forget(self) -> None:
        """Forget everything about these monitors (`Ctrl+0`, `--reset-layout`)."""
        self._settings.remove(self._root())
        self._settings.sync()

    def _bytes(self, key: str) -> QByteArray:
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def _root(self) -> str:
        return f"layout-{VERSION}/{fingerprint()}"

    def _key(self, part: str) -> str:
        return f"{self._root()}/{part}"
