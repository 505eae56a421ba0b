"""The beat of unacknowledged markers: two flashes a second, one timer for all rows of all views."""

import time

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

_FLASHES_PER_S = 2


class Flash(QObject):
    """The one timer behind every flashing marker of the views given to it; it rests when none is unacknowledged."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Make it at rest."""
        super().__init__(parent)
        self._views: dict[QWidget, int] = {}
        self._timer = QTimer(self, interval=1000 // (2 * _FLASHES_PER_S))
        self._timer.timeout.connect(self._beat)

    @property
    def is_running(self) -> bool:
        """Whether any view has something to flash."""
        return self._timer.isActive()

    @property
    def is_bright(self) -> bool:
        """The phase now; bright when at rest, so that a stalled timer hides nothing."""
        return not self._timer.isActive() or int(time.monotonic() * 2 * _FLASHES_PER_S) % 2 == 0

    def watch(self, view: QWidget, unacked: int) -> None:
        """Flash for a view while it shows unacknowledged rows; 0 ends it."""
        if view not in self._views:
            view.destroyed.connect(lambda: self._forget(view))
        self._views[view] = unacked
        self._settle()

    def _forget(self, view: QWidget) -> None:
        self._views.pop(view, None)
        if shiboken6.isValid(self):  # at the end of the program the timer may have gone first
            self._settle()

    def _settle(self) -> None:
        if not any(self._views.values()):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _beat(self) -> None:
        for view, unacked in self._views.items():
            if unacked and view.isVisible():
                view.update()
