"""What a panel is: it names the kinds it shows, and refreshes itself when they change.

Visible panels refresh 50 ms after the first news (a burst costs one refresh), hidden ones
remember that they are dirty. News that come while an answer is under way wait for it, so a
flood of reports cannot starve the screen. A panel never pretends: when its answer is late,
its head says how old the data are.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.ui.base import theme
from console.ui.base.text import PlainLabel
from console.ui.base.words import tr
from console.ui.base.work import Work

REFRESH_MS = 50
LATE_S = 5.0


class Head(QFrame):
    """The 34 px line on top of a panel: title, counters, notes and quiet buttons at the right."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Make the head with its title."""
        super().__init__(parent)
        self.setObjectName("head")
        self.setFixedHeight(theme.px(theme.HEAD))
        self.title = PlainLabel(title, elide=True)
        self.title.elide_mode = Qt.TextElideMode.ElideMiddle  # the end of a case number is what people say
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.counters = PlainLabel(size=theme.SMALL, dim=True, elide=True)
        self.age = PlainLabel(size=theme.SMALL)
        self.age.set_badge("amber")
        self.age.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(10), 0, theme.px(10), 0)
        self._row.setSpacing(theme.px(12))
        for widget, stretch in ((self.title, 0), (self.counters, 1), (self.age, 0)):
            self._row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignVCenter if stretch == 0 else Qt.AlignmentFlag(0))

    def set_counters(self, *parts: str) -> None:
        """Show counts or layers beside the title, parted by dots: `未接 7 · 处置中 31`."""
        self.counters.setText("  ·  ".join(parts))

    def add_right(self, widget: QWidget) -> None:
        """Put a note or a quiet button at the right end."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_age(self, age_s: float | None) -> None:
        """Say how old the data are, in amber; nothing when None."""
        self.age.setVisible(age_s is not None)
        if age_s is not None:
            self.age.setText(tr("data {n} s old", n=int(age_s)))


class Panel(QFrame):
    """A dockable part of the screen that shows some kinds of record and asks for them itself.

    Subclasses set `kinds`, `name` (the stable English key of the dock) and the
    acts whose `keys` they take themselves while they have the focus,
    build into `self.body`, implement `refresh` (usually one `self.work.ask(self, question,
    self.show_rows)`) and call `self.fresh()` where the answer is shown.
    """

    kinds: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    name: str = ""

    def __init__(
        self, work: Work, title: str, parent: QWidget | None = None, *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make an empty panel with its head; it refreshes when first shown."""
        super().__init__(parent)
        self.setObjectName("panel")
        self.work = work
        self.title = title
        self.head = Head(title)
        room = QWidget()
        self.body = QVBoxLayout(room)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(room, 1)
        self._clock = clock
        self._dirty = True
        self._asked_at: float | None = None
        self._link_lost_at: float | None = None
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._soon.timeout.connect(self._refresh_now)
        self._ageing = QTimer(self, interval=1000)
        self._ageing.timeout.connect(self._show_age)

    def refresh(self) -> None:
        """Ask for what the panel shows; the answer ends in `fresh()`."""
        self.fresh()

    def changed(self, kinds: frozenset[str]) -> None:
        """Take note that something happened to these kinds of record."""
        if self.kinds.isdisjoint(kinds):
            return
        self._dirty = True
        if self._asked_at is None:
            self._start_soon()

    def refresh_soon(self) -> None:
        """Ask again even while an answer is under way: for filters and pages."""
        self._dirty = True
        self._start_soon()

    @Slot()
    def fresh(self) -> None:
        """Say that what is shown is now the answer to the last question."""
        self._asked_at = None
        self._show_age()
        if self._dirty:
            self._start_soon()

    def set_link(self, is_up: bool) -> None:
        """Remember since when the link is lost; the data only get older meanwhile."""
        if is_up:
            self._link_lost_at = None
        elif self._link_lost_at is None:
            self._link_lost_at = self._clock()
            self._ageing.start()
        self._show_age()

    @property
    def age_s(self) -> float | None:
        """How long the shown data have been behind; None while they are not late."""
        since = [at for at in (self._asked_at, self._link_lost_at) if at is not None]
        age = self._clock() - min(since) if since else 0.0
        return age if age > LATE_S else None

    @property
    def is_dirty(self) -> bool:
        """Whether news came that was not asked for yet."""
        return self._dirty

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed while hidden."""
        super().showEvent(event)
        if self._dirty:
            self._refresh_now()

    def _start_soon(self) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _refresh_now(self) -> None:
        if not self.isVisible():
            return
        self._dirty = False
        if self._asked_at is None:
            self._asked_at = self._clock()
        self._ageing.start()
        self.refresh()

    @Slot()
    def _show_age(self) -> None:
        self.head.show_age(self.age_s)
        if self._dirty and self.age_s is not None:
            self._start_soon()  # an answer that never came must not keep the panel from asking again
        if self._asked_at is None and self._link_lost_at is None:
            self._ageing.stop()
