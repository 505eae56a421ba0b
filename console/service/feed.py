"""The thread that reads the journal and tells listeners what is new, in commit order, once."""

import logging
import threading
import time
from collections.abc import Callable

from console.domain.errors import Missing, Unavailable
from console.domain.journal import Entry
from console.store import changes
from console.store.changes import Mark
from console.store.store import Store

log = logging.getLogger(__name__)
MISSED = 5_000
Listener = Callable[[tuple[Entry, ...]], None]
POLL_S = 2.0
# Behind the horizon an entry becomes readable when the oldest open transaction ends; until then look again soon.
AGAIN_S = 0.02
GATHER_S = 0.01  # in a storm the lines of many commits are read in one go


class Feed:
    """Tails the journal. A listener gets tuples of entries on the feed's thread and must be quick."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()
        self._news = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.mark = Mark()
        self.read_at = 0.0

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Add a listener; the answer takes it away again."""
        with self._lock:
            self._listeners = [*self._listeners, listener]

        def leave() -> None:
            with self._lock:
                self._listeners = [other for other in self._listeners if other is not listener]

        return leave

    def missed(self, after: int, most: int = MISSED) -> tuple[Entry, ...]:
        """Everything after the entry with this id (0: from the start), up to now, in commit order, for a listener that was away.

        Raises Missing when there is no such entry, or too much came since:
        then the listener must ask for the present state instead.
        """
        found: list[Entry] = []
        with self._store.read() as unit:
            mark = changes.mark_at(unit, after)
            while (mark != Mark() or after == 0) and len(found) <= most:
                entries = changes.changes(unit, mark)
                if not entries:
                    return tuple(found)
                found += entries
                mark = changes.mark_of(entries[-1])
        raise Missing("entry", after)

    def wake(self) -> None:
        """There may be news; called after every commit of this process."""
        self._news.set()

    def age_s(self) -> float:
        """How long ago the journal was last read, in seconds."""
        return time.monotonic() - self.read_at

    def start(self) -> None:
        """Begin at the newest entry there is."""
        with self._store.read() as unit:
            self.mark = changes.newest(unit)
        self.read_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stop.set()
        self._news.set()
        if self._thread is not None:
            self._thread.join(10)

    def _run(self) -> None:
        is_more_coming = False
        while not self._stop.is_set():
            self._news.wait(AGAIN_S if is_more_coming else POLL_S)
            self._news.clear()
            if not self._stop.is_set():
                is_more_coming = self._pass()
                self._stop.wait(GATHER_S)

    def _pass(self) -> bool:
        """Read and hand on all there is; whether more is committed and waits for an older transaction to end."""
        try:
            count = changes.BATCH
            while count == changes.BATCH:
                with self._store.read() as unit:
                    entries = changes.changes(unit, self.mark)
                    mark, count = changes.mark_of(entries[-1]) if entries else self.mark, len(entries)
                    is_more_coming = count < changes.BATCH and changes.is_more_coming(unit, mark)
                self.read_at = time.monotonic()
                self.mark = mark
                if entries:
                    self._tell(entries)
            return is_more_coming
        except Unavailable:
            # The database is away: the strip shows the age of the last look, the next poll tries again.
            log.warning("the journal cannot be read now", exc_info=True)
        except Exception:
            # Whatever it was: a feed that has died shows nobody anything any more.
            log.exception("the journal cannot be read now")
        return False

    def _tell(self, entries: tuple[Entry, ...]) -> None:
        for listener in self._listeners:
            try:
                listener(entries)
            except Exception:
                log.exception("a listener of the feed failed")
