"""Whether the screen still answers: a heartbeat to measure, a watchdog that writes down who is to blame."""

import faulthandler
import logging
import tempfile
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

log = logging.getLogger(__name__)
BEAT_MS = 10
SILENT_S = 2.0


class Heart(QObject):
    """Beats every 10 ms on the screen's thread and remembers the longest pause."""

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Start beating."""
        super().__init__(parent)
        self._clock = clock
        self.last_beat = clock()
        self._longest = 0.0
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    def beat(self) -> None:
        """Note that the screen answers."""
        now = self._clock()
        self._longest = max(self._longest, now - self.last_beat)
        self.last_beat = now

    def longest_ms(self) -> float:
        """The longest pause since the last reading, in milliseconds; reading starts anew."""
        longest, self._longest = self._longest, 0.0
        return longest * 1000


class Watchdog:
    """A thread that dumps all stacks into the log when the screen has not answered for two seconds.

    It only writes: killing a seat in the middle of an incident would be worse than a slow one.
    """

    def __init__(self, heart: Heart, *, silent_s: float = SILENT_S, told: Callable[[str], None] | None = None) -> None:
        """Watch a heart; `told` gets the stacks (the log, unless given)."""
        self._heart = heart
        self._silent_s = silent_s
        self._told = told or self._log
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join(5)

    def _watch(self) -> None:
        reported = 0.0
        while not self._stop.wait(self._silent_s / 4):
            beat = self._heart.last_beat
            if time.monotonic() - beat > self._silent_s and beat != reported:
                reported = beat  # once for each pause, however long it gets
                self._told(_stacks())

    @staticmethod
    def _log(stacks: str) -> None:
        log.error("the screen has not answered for %s s:\n%s", SILENT_S, stacks)


def _stacks() -> str:
    """The stacks of all threads; faulthandler needs a real file."""
    with tempfile.TemporaryFile("w+") as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        return file.read()
