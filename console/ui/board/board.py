"""The board: every task under way, what ends soonest on top, with the used part of its limit as a bar."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from console.domain.people import Actor
from console.domain.rows import BoardRow
from console.domain.task import AWAITING
from console.ui.base.chips import Chips
from console.ui.base.flash import Flash
from console.ui.base.follow import FollowView
from console.ui.base.panel import Panel
from console.ui.base.rows import BarPainter
from console.ui.base.rowsmodel import RowsModel
from console.ui.base.words import tr
from console.ui.progress import lamp_of, order_key, task_look
from console.ui.seat import Seat, Services
from console.ui.wording import Named, name_units

RECOUNT_S = 15
MOST = 500


@dataclass(frozen=True)
class Board:
    """The tasks one filter shows, how units are called, and the figures over all of them."""

    only: str
    tasks: tuple[BoardRow, ...]
    rows: tuple[BoardRow, ...]
    units: dict[int, Named]
    unsigned: int
    soon: int
    overdue: int


class _Question:
    """What the board asks, away from the screen."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._units: dict[int, Named] = {}

    def read(self, actor: Actor, only: str) -> Board:
        tasks = tuple(sorted(self._services.ask.board(actor), key=order_key))
        if any(row.task.org_id not in self._units for row in tasks):
            self._units = name_units(self._services.ask.units(actor), actor.centre_id, self._services.codes)
        return self.recount(tasks, only)

    def recount(self, tasks: tuple[BoardRow, ...], only: str) -> Board:
        now = self._services.clock.now()
        lamps = [lamp_of(row, now, self._services.codes) for row in tasks]
        unsigned = [row for row in tasks if row.task.state == AWAITING]
        soon = [row for row, lamp in zip(tasks, lamps, strict=True) if lamp == "Y"]
        overdue = [row for row, lamp in zip(tasks, lamps, strict=True) if lamp == "R"]
        rows = {"unsigned": unsigned, "soon": soon, "overdue": overdue}.get(only, tasks)
        return Board(only, tasks, tuple(rows), self._units, len(unsigned), len(soon), len(overdue))


class _Painter(BarPainter[BoardRow]):
    """Paints tasks at the present moment."""

    def __init__(self, services: Services) -> None:
        super().__init__(lambda row: task_look(row, services.clock.now(), services.codes, self.units).line)
        self.units: dict[int, Named] = {}

    def is_unacked(self, row: BoardRow) -> bool:
        """Tasks never flash: only cases nobody has acknowledged do."""
        return False

    def spoken(self, row: BoardRow) -> str:
        """The line as words, with the case and what was asked."""
        said = [row.case_number, row.case_title, super().spoken(row), row.unit, row.task.instruction]
        return "\n".join(part for part in said if part)


class BoardPanel(Panel):
    """The board of the hall. Choosing a task takes its case in hand."""

    kinds = frozenset({"task", "case"})
    name = "board"

    def __init__(self, seat: Seat, flash: Flash | None = None, parent: QWidget | None = None) -> None:
        """Make the board of a seat."""
        super().__init__(seat.work, tr("Tasks under way"), parent)
        self._seat = seat
        self._question = _Question(seat.services)
        self._board: Board | None = None
        self._shown_only = "all"
        self.chips = Chips(is_in_head=True)
        self.chips.show_chips(_chips(None))
        self.chips.chosen.connect(self._choose)
        self._painter = _Painter(seat.services)
        model: RowsModel = RowsModel(lambda row: row.task.id, self)
        self.view: FollowView = FollowView(model, self._painter, lambda row: row.case_id, flash)
        self.view.setAccessibleName(tr("Tasks under way"))
        self.view.empty_text = tr("Reading …")
        self.view.taken.connect(seat.take)
        self.view.entered_row.connect(seat.take)
        self.head.add_right(self.view.news)
        self.head.add_right(self.chips)
        self.body.addWidget(self.view, 1)
        seat.selected.connect(self._follow)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._ticks = 0
        self.setFocusProxy(self.view)

    def refresh(self) -> None:
        """Ask for the tasks under way."""
        self.work.ask(self, self._question.read, self.show_board, self._seat.actor, self.chips.current, failed=self._failed)

    @Slot(object)
    def show_board(self, board: Board) -> None:
        """Show rows and figures."""
        self._show(board)
        self.fresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the bars run while they can be seen."""
        super().showEvent(event)
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the bars of a hidden board."""
        super().hideEvent(event)
        self._second.stop()

    def _show(self, board: Board) -> None:
        self._board = board
        self._painter.units = board.units
        self.chips.show_chips(_chips(board))
        self.head.set_counters(*([tr("first {n} only", n=MOST)] if len(board.tasks) >= MOST else []))
        self.view.empty_text = _empty_words(board.only)
        (self.view.show_rows if board.only == self._shown_only else self.view.show_others)(board.rows)
        self._shown_only = board.only

    def _choose(self, _key: str) -> None:
        self._board = None  # what is shown belongs to the old filter until the answer comes
        self.refresh_soon()

    def _follow(self, case_id: int) -> None:
        self.view.follow(case_id)

    def _failed(self, error: Exception) -> None:
        self.changed(self.kinds)  # still dirty: the head says how old the rows are, and asks again by itself
        self.work.failed.emit(error)

    def _show_recount(self, board: Board) -> None:
        if self._board is not None and board.tasks is self._board.tasks:  # else newer rows came meanwhile
            self._show(board)

    @Slot()
    def _tick(self) -> None:
        self.view.viewport().update()
        self._ticks += 1
        if self._board is not None and self._ticks % RECOUNT_S == 0:
            self.work.ask(self, self._question.recount, self._show_recount, self._board.tasks, self.chips.current)


def _chips(board: Board | None) -> tuple[tuple[str, str], ...]:
    unsigned = tr("not signed {n}", n=board.unsigned) if board and board.unsigned else tr("not signed")
    soon = tr("due soon {n}", n=board.soon) if board and board.soon else tr("due soon")
    overdue = tr("overdue {n}", n=board.overdue) if board and board.overdue else tr("overdue")
    return ("all", tr("all")), ("unsigned", unsigned), ("soon", soon), ("overdue", overdue)


def _empty_words(only: str) -> str:
    return {
        "all": tr("No task is under way."),
        "unsigned": tr("Every task is signed."),
        "soon": tr("Nothing is due soon."),
        "overdue": tr("Nothing is overdue."),
    }[only]
