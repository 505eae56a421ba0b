"""Keeps what the search needs complete: the full-text index made again when it must be, and initials of new names.

Operations write a case's entries themselves, in their own transaction. Here is the rest: an index of an older form
or a database that was filled before there was one, and names nobody has spelled yet. All of it may run beside the
work of a hall, in short transactions, and in several consoles at once.
"""

import logging
import threading
from collections.abc import Callable

from console.domain.case import Case
from console.domain.codes import Book
from console.domain.errors import Unavailable
from console.domain.search import FORM, entries_of
from console.service.pinyin import initials, initials_of_person
from console.store import lock, search, settings, spelling
from console.store.store import Store

log = logging.getLogger(__name__)
CASES, NAMES = 500, 500  # in one transaction
SETTING = "search"


class Indexer:
    """Catches up with what is missing; in a thread of its own when started."""

    def __init__(self, store: Store, book: Book) -> None:
        self._store = store
        self._book = book
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to catch up, beside everything else."""
        self._thread = threading.Thread(target=self._run, name="indexer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the batch under way; what is left over is caught up with at the next start."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(10)

    def catch_up(self) -> None:
        """Do what is missing: an index of another form is made anew, new names get their initials."""
        with self._store.read() as unit:
            is_current = settings.value(unit, SETTING) == FORM
        if not is_current:
            self.rebuild()
        self.spell()

    def _names(self, case: Case) -> tuple[str, str]:
        return self._book.of(case.owner_centre).category_names(case.category)

    def rebuild(self, tell: Callable[[int], None] = lambda _: None) -> int:
        """Write the entries of every case anew, oldest first; how many there are. `tell` hears the count after each batch."""
        last, count = 0, 0
        while not self._stop.is_set():
            with self._store.write() as unit:
                cases = lock.cases_after(unit, last, CASES)
                search.put(unit, {case.id: entries_of(case, self._names(case)) for case in cases})
                if not cases:
                    search.forget_lost(unit)
                    settings.keep(unit, SETTING, FORM)
                    return count
            last, count = cases[-1].id, count + len(cases)
            tell(count)
        return count

    def spell(self) -> int:
        """Give initials to every name that has none; how many names that were."""
        count = 0
        while not self._stop.is_set():
            with self._store.read() as unit:
                names = spelling.missing(unit, NAMES)
            if not names:
                break
            spelled = {name: initials_of_person(name) if is_person else initials(name) for name, is_person in names}
            with self._store.write() as unit:
                spelling.keep(unit, spelled)
            count += len(spelled)
        return count

    def _run(self) -> None:
        try:
            self.catch_up()
        except Unavailable:
            log.warning("the search index is not complete yet; the next start goes on with it", exc_info=True)
        except Exception:
            log.exception("the search index could not be completed")
