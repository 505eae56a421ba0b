"""The hint between processes on PostgreSQL: one elected notifier, at most ten a second; a poll finds what it misses."""

import logging
import threading
from collections.abc import Callable

from console.domain.errors import Unavailable
from console.store import changes, hints
from console.store.store import Store

log = logging.getLogger(__name__)
EVERY_S = 0.1


class Notifier:
    """Hears hints for this process, and gives them when it is the elected one."""

    def __init__(self, store: Store, wake: Callable[[], None]) -> None:
        self._store = store
        self._wake = wake
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin hearing and, if elected, giving; nothing to do on SQLite, where one process has the file."""
        if self._store.dialect != "postgresql":
            return
        for name, work in (("hear", self._hear), ("hint", self._hint)):
            thread = threading.Thread(target=self._keep, args=(work,), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """End both threads."""
        self._stop.set()
        for thread in self._threads:
            thread.join(5)

    def _keep(self, work: Callable[[], None]) -> None:
        while not self._stop.is_set():
            try:
                work()
            except Unavailable:
                log.warning("no hints from the database now", exc_info=True)
                self._stop.wait(2)
            except Exception:
                # Hints are a comfort, but a thread that has died would be missed by nobody.
                log.exception("no hints from the database now")
                self._stop.wait(2)

    def _hear(self) -> None:
        hints.hear(self._store, self._wake, self._stop)

    def _hint(self) -> None:
        with hints.election(self._store) as elected:
            last = None
            while elected and not self._stop.wait(EVERY_S):
                with self._store.read() as unit:
                    mark = changes.newest(unit)
                if mark != last:
                    last = mark
                    hints.give(self._store)
        self._stop.wait(0 if elected else 2)
