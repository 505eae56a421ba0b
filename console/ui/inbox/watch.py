"""The watch: what nobody has acknowledged, whichever screen is open; from it sound the tones and speaks the ticker.

It asks by itself, because the queue may be hidden or filtered while a critical report arrives.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from console.domain.limits import CHINA
from console.domain.rows import InboxRow
from console.service.ask import Inbox
from console.ui.base.panel import REFRESH_MS
from console.ui.base.ringing import Ring
from console.ui.base.words import tr
from console.ui.inbox.look import place_words
from console.ui.seat import Seat
from console.ui.ticker import Unacked
from console.ui.wording import title_of

URGENT = ("P1", "P2")
AGAIN_MS = 2000


class Watch(QObject):
    """Keeps the unacknowledged cases in mind."""

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to watch for a seat; `clock` is the clock of its sounds."""
        super().__init__(parent)
        self._seat = seat
        self._clock = clock
        self._is_asking = False
        self._is_dirty = False
        self._then: Callable[[], None] | None = None
        self.rows: tuple[InboxRow, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.refresh)
        seat.work.changed.connect(self._hear)

    @property
    def first(self) -> InboxRow | None:
        """What F3 goes to: the highest priority, then the oldest."""
        return min(self.rows, key=lambda row: (row.priority, row.reported_at, row.id), default=None)

    def next_after(self, case_id: int) -> InboxRow | None:
        """What F3 goes to when a case is already in hand: the one behind it, and round again."""
        waiting = sorted(self.rows, key=lambda row: (row.priority, row.reported_at, row.id))
        places = [place for place, row in enumerate(waiting) if row.id == case_id]
        return waiting[(places[0] + 1) % len(waiting)] if places else self.first

    @property
    def is_behind(self) -> bool:
        """Whether there is news it has not looked at yet."""
        return self._is_asking or self._soon.isActive() or self._again.isActive()

    def when_known(self, act: Callable[[], None]) -> None:
        """Act when it has looked; of several wishes the last one counts."""
        self._then = act
        if not self.is_behind:
            self.refresh()

    def rings(self) -> tuple[Ring, ...]:
        """The unacknowledged critical and urgent cases as the loudspeaker wants them."""
        now, here = self._seat.services.clock.now(), self._clock()
        return tuple(
            Ring(str(row.id), row.priority, here - max(0.0, (now - row.reported_at).total_seconds()))
            for row in self.rows if row.priority in URGENT
        )  # fmt: skip

    def events(self) -> tuple[Unacked, ...]:
        """The same as the ticker wants them."""
        codes = self._seat.services.codes
        return tuple(
            Unacked(
                str(row.id), row.priority, row.reported_at.astimezone(CHINA),
                tr("{place} {title}", place=place_words(row), title=title_of(row.title, row.category, codes)),
            )
            for row in self.rows if row.priority in URGENT
        )  # fmt: skip

    @Slot()
    def refresh(self) -> None:
        """Ask what is unacknowledged now."""
        if self._is_asking:
            self._is_dirty = True
            return
        self._is_asking, self._is_dirty = True, False
        services = self._seat.services
        self._seat.work.ask(
            self, services.ask.inbox, self._show, self._seat.actor, services.clock.now(), "unacked", failed=self._failed,
        )  # fmt: skip

    @Slot(object)
    def _hear(self, kinds: frozenset[str]) -> None:
        if "case" in kinds and not self._soon.isActive():
            self._soon.start()

    @Slot(object)
    def _show(self, inbox: Inbox) -> None:
        self._is_asking = False
        if inbox.rows != self.rows:
            self.rows = inbox.rows
            self.changed.emit()
        if self._is_dirty:
            self._soon.start()
        elif self._then is not None:
            then, self._then = self._then, None
            then()

    def _failed(self, error: Exception) -> None:
        # A watch that sleeps is worse than none: say so, and look again even without news.
        self._is_asking = False
        self._again.start()
        self._seat.work.failed.emit(error)
