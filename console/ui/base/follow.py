"""A view of rows that follows the case in hand and never takes another one in hand by itself.

Qt moves the current row to a neighbour when its row leaves the list. A key pressed then would
hit a case the officer never chose, so such moves are undone here and told to nobody.
"""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QModelIndex, QPoint, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.ui.base.flash import Flash
from console.ui.base.rows import RowPainter
from console.ui.base.rowsmodel import Row, RowsModel
from console.ui.base.table import RowsView


class _Guard:
    """Whether the model is changing now; it hears of it before the view does."""

    def __init__(self, model: RowsModel[Row]) -> None:
        self.depth = 0
        model.rowsAboutToBeRemoved.connect(self.begin)

    def begin(self) -> None:
        self.depth += 1


class FollowView(RowsView[Row]):
    """Rows of which each belongs to a case; the row of the case in hand is the current one, or none is."""

    taken = Signal(int)  # the officer chose a row of this case
    entered_row = Signal(int)  # Enter or double click on a row of this case
    first_painted = Signal(object)  # keys of the rows that just stood on the screen for the first time

    def __init__(
        self, model: RowsModel[Row], painter: RowPainter[Row], case_of: Callable[[Row], int], flash: Flash | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make the view; `case_of` tells whose row it is."""
        guard = _Guard(model)
        super().__init__(model, painter, flash, parent)
        self._guard = guard
        self._model = model
        self._case_of = case_of
        self._wanted = 0
        self._painted: set[Hashable] = set()
        model.rowsRemoved.connect(self._end_change)
        model.waiting.connect(self._settle_current)
        self.picked.connect(self._take)
        self.opened.connect(self._enter)

    def follow(self, case_id: int) -> bool:
        """Make the row of this case the current one and bring it into sight; false when it is not here."""
        self._wanted = case_id
        if self._place() < 0:
            self._model.settle()
        self._settle_current()
        place = self._place()
        if place >= 0:
            self.scrollTo(self._model.index(place))
        return place >= 0 and not self._model.is_gone(place)

    def show_others(self, rows: tuple[Row, ...]) -> None:
        """Show what another filter wants, from the top and at once: the officer asked for it."""
        self.show_rows(rows)
        self._model.settle()
        self.scrollToTop()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows; the case in hand stays the current one while it is among them."""
        super().show_rows(rows)
        self._settle_current()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and afterwards tell which rows were painted for the first time."""
        super().paintEvent(event)
        fresh = [key for key in self._keys_in(event) if key not in self._painted]
        if fresh:
            self._painted = {*self._painted, *fresh} & {self._model.key_at(n) for n in range(len(self._model.rows))}
            self.first_painted.emit(tuple(fresh))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt gives a list without a current row one as soon as the keys come; a key pressed next would hit that case."""
        self._guard.depth += 1
        super().focusInEvent(event)
        self._guard.depth -= 1
        self._settle_current()

    def _keys_in(self, event: QPaintEvent) -> list[Hashable]:
        place = self.indexAt(QPoint(2, max(0, event.rect().top()))).row()
        found: list[Hashable] = []
        while 0 <= place < len(self._model.rows):
            box = self.visualRect(self._model.index(place))
            if box.top() > event.rect().bottom():
                break
            if event.region().intersects(box):
                found.append(self._model.key_at(place))
            place += 1
        return found

    def _place(self) -> int:
        if not self._wanted:
            return -1
        return next((n for n, row in enumerate(self._model.rows) if self._case_of(row) == self._wanted), -1)

    def _settle_current(self) -> None:
        """Put the current row back where the officer left it, without telling anybody."""
        row = self.current
        if row is not None and self._wanted and self._case_of(row) == self._wanted:
            return
        place = self._place()
        self._guard.depth += 1
        if place >= 0:
            self.setCurrentIndex(self._model.index(place))
        elif self.currentIndex().isValid() or self.selectionModel().hasSelection():
            self.selectionModel().clearCurrentIndex()
            self.selectionModel().clearSelection()
        self._guard.depth -= 1

    def _end_change(self, _parent: QModelIndex, _first: int, _last: int) -> None:
        self._guard.depth -= 1

    def _take(self, row: Row | None) -> None:
        if row is not None and not self._guard.depth:
            self._wanted = self._case_of(row)
            self.taken.emit(self._wanted)

    def _enter(self, row: Row | None) -> None:
        if row is not None:
            self.entered_row.emit(self._case_of(row))
