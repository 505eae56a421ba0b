"""Python's cyclic garbage, collected on the screen's thread and on no other.

Python collects on whichever thread happens to allocate. A closed window is a cycle with timers in
it, and Qt objects destroyed on another thread leave their timers behind: the next beat of such a
timer crashes the console (measured: two of three runs that opened sixteen windows one after the
other). So the automatic collector rests while there are threads beside the screen.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class Litter(QObject):
    """The collector's beat; made and ended on the screen's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Take over from the automatic collector."""
        super().__init__(parent)
        gc.disable()
        if not gc.get_freeze_count():
            gc.freeze()  # modules live as long as the program: no need to look at them again and again
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> int:
        """Collect the generation that is due, as the automatic collector would; returns which, or -1."""
        oldest = -1
        for generation, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
            if count <= most:
                break
            oldest = generation
        if oldest >= 0:
            gc.collect(oldest)
        return oldest

    def end(self) -> None:
        """Collect a last time. The automatic collector stays at rest: feed and gateway may outlive the windows.

        Whoever goes on without a screen and without such threads calls `gc.enable()`.
        """
        self._timer.stop()
        gc.collect()
