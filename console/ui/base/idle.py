"""Whether anybody is at the seat: ten minutes without key or pointer, and it should be locked.

Only the window's own events are watched: a filter on the whole application would send every
paint and timer of the hall through Python.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

LOCK_AFTER_S = 600.0
_CHECK_MS = 5_000
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
    }
)  # fmt: skip


class Idle(QObject):
    """Says once when a window has had no input for a while."""

    left = Signal()

    def __init__(
        self, after_s: float = LOCK_AFTER_S, parent: QObject | None = None, *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make it at rest; `after_s` of 0 means never."""
        super().__init__(parent)
        self._after_s = after_s
        self._clock = clock
        self._last = clock()
        self._is_told = False
        self._timer = QTimer(self, interval=_CHECK_MS)
        self._timer.timeout.connect(self.check)

    def watch(self, window: QWindow) -> None:
        """Begin to watch a window that is shown."""
        window.installEventFilter(self)
        self._last = self._clock()
        if self._after_s > 0:
            self._timer.start()

    def check(self) -> None:
        """Tell once if nobody has touched the seat for long enough."""
        if not self._is_told and self._clock() - self._last >= self._after_s > 0:
            self._is_told = True
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note every sign of a person; nothing is held back."""
        if event.type() in _INPUT:
            self._last = self._clock()
            self._is_told = False
        return False
