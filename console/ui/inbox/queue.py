"""The queue: every open case, what waits first on top, each with the clock of its running limit."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from console.domain.people import Actor
from console.domain.rows import InboxRow
from console.service.ask import Inbox
from console.service.exports import MAY_EXPORT
from console.ui.base import theme
from console.ui.base.chips import Chips
from console.ui.base.flash import Flash
from console.ui.base.follow import FollowView
from console.ui.base.panel import Panel
from console.ui.base.rowsmodel import RowsModel
from console.ui.base.text import label_text
from console.ui.base.words import tr
from console.ui.inbox.export import ExportLine
from console.ui.inbox.look import MOST, Counted, QueuePainter, count
from console.ui.seat import Seat, Services

RECOUNT_S = 15  # lamps move with time alone; the figures over the queue follow this often without asking the store


class _Question:
    """What the queue asks, away from the screen: rows, figures, lamps."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def read(self, actor: Actor, only: str) -> tuple[Inbox, Counted]:
        now = self._services.clock.now()
        return self.recount(self._services.ask.inbox(actor, now, only if only in ("unacked", "mine") else "all"), only)

    def recount(self, inbox: Inbox, only: str) -> tuple[Inbox, Counted]:
        return inbox, count(inbox, self._services.clock.now(), self._services.codes, only)


class QueuePanel(Panel):
    """The queue of the hall. Choosing a row takes its case in hand; Enter goes on to the case desk."""

    kinds = frozenset({"case"})
    name = "inbox"

    opened = Signal(int)  # Enter or double click: on to the case desk
    rows_painted = Signal(object)  # ids, after the paint in which they first stood on the screen

    def __init__(self, seat: Seat, flash: Flash | None = None, parent: QWidget | None = None) -> None:
        """Make the queue of a seat; pass the seat's one `Flash`."""
        super().__init__(seat.work, tr("Inbox"), parent)
        self._seat = seat
        self._question = _Question(seat.services)
        self._inbox: Inbox | None = None
        self._shown_only = "all"
        self.chips = Chips()
        self.chips.show_chips(_chips(None))
        self.chips.chosen.connect(self._choose)
        model: RowsModel = RowsModel(lambda row: row.id, self)
        painter = QueuePainter(lambda: seat.services.codes, seat.services.clock.now)
        self.view: FollowView = FollowView(model, painter, lambda row: row.id, flash)
        self.view.setAccessibleName(tr("Inbox"))
        self.view.empty_text = tr("Reading …")
        self.view.taken.connect(seat.take)
        self.view.entered_row.connect(self._open)
        self.view.first_painted.connect(self.rows_painted)
        self.head.add_right(self.view.news)
        self.export = ExportLine(seat)
        self.export_button = QToolButton()
        self.export_button.setText(label_text(tr("Export")))
        self.export_button.setFont(theme.font(theme.SMALL))
        self.export_button.setVisible(seat.actor.holds_any(MAY_EXPORT))
        self.export_button.clicked.connect(self.export.open)
        self.export.closed.connect(self.view.setFocus)
        self.head.add_right(self.export_button)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.export)
        self.body.addWidget(self.view, 1)
        seat.selected.connect(self._follow)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._ticks = 0
        self.setFocusProxy(self.view)

    def refresh(self) -> None:
        """Ask for the queue as the filter wants it."""
        self.work.ask(self, self._question.read, self.show_inbox, self._seat.actor, self.chips.current, failed=self._failed)

    @Slot(object)
    def show_inbox(self, answer: tuple[Inbox, Counted]) -> None:
        """Show rows and figures."""
        self._inbox = answer[0]
        self._show(answer[1])
        self.fresh()

    @property
    def rows(self) -> tuple[InboxRow, ...]:
        """The rows of the queue as they were last read."""
        return self._inbox.rows if self._inbox is not None else ()

    def reveal(self, case_id: int) -> None:
        """Make sure a case can be seen: a filter that hides it is taken off."""
        if not self.view.follow(case_id):
            self.chips.choose("all")

    def showEvent(self, event: QShowEvent) -> None:
        """Let the clocks run while they can be seen."""
        super().showEvent(event)
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the clocks of a hidden queue."""
        super().hideEvent(event)
        self._second.stop()

    def _show(self, counted: Counted) -> None:
        self.chips.show_chips(_chips(counted))
        counts = counted.counts
        parts = [tr("unacknowledged {n}", n=counts.unacked), tr("in hand {n}", n=counts.handling), tr("today {n}", n=counts.today)]
        if counted.is_cut:
            parts.append(tr("first {n} only", n=MOST))
        self.head.set_counters(*parts)
        self.view.empty_text = _empty_words(counted.only)
        (self.view.show_rows if counted.only == self._shown_only else self.view.show_others)(counted.rows)
        self._shown_only = counted.only

    def _choose(self, _key: str) -> None:
        # What is shown belongs to the old filter until the answer comes; nothing else may be read into it meanwhile.
        self._inbox = None
        self.refresh_soon()

    def _follow(self, case_id: int) -> None:
        self.view.follow(case_id)

    def _open(self, case_id: int) -> None:
        self._seat.take(case_id)
        self.opened.emit(case_id)

    def _failed(self, error: Exception) -> None:
        self.changed(self.kinds)  # still dirty: the head says how old the rows are, and asks again by itself
        self.work.failed.emit(error)

    def _show_recount(self, answer: tuple[Inbox, Counted]) -> None:
        if answer[0] is self._inbox:  # else newer rows came meanwhile
            self._show(answer[1])

    @Slot()
    def _tick(self) -> None:
        self.view.viewport().update()
        self._ticks += 1
        if self._inbox is not None and self._ticks % RECOUNT_S == 0:
            self.work.ask(self, self._question.recount, self._show_recount, self._inbox, self.chips.current)


def _chips(counted: Counted | None) -> tuple[tuple[str, str], ...]:
    if counted is None:
        return (
            ("all", tr("all")), ("unacked", tr("unacknowledged")), ("mine", tr("mine")), ("soon", tr("due soon")),
            ("overdue", tr("overdue")),
        )  # fmt: skip
    unacked = tr("unacknowledged {n}", n=counted.counts.unacked) if counted.counts.unacked else tr("unacknowledged")
    soon = tr("due soon {n}", n=counted.soon) if counted.soon else tr("due soon")
    overdue = tr("overdue {n}", n=counted.overdue) if counted.overdue else tr("overdue")
    return ("all", tr("all")), ("unacked", unacked), ("mine", tr("mine")), ("soon", soon), ("overdue", overdue)


def _empty_words(only: str) -> str:
    return {
        "all": tr("No open case."),
        "unacked": tr("Everything is acknowledged."),
        "mine": tr("No open case was acknowledged by you."),
        "soon": tr("Nothing is due soon."),
        "overdue": tr("Nothing is overdue."),
    }[only]
