"""A table of frozen rows with named columns: at most five hundred, found, sorted and paged by the question behind it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from console.ui.base import draw, theme
from console.ui.base.text import one_line

Row = TypeVar("Row")
MOST = 500
_ROOT = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its head, what a row says in it, how wide it begins; `order` names it to the question that sorts by it."""

    head: str
    says: Callable[[Row], str]
    width: int = 120
    order: str = ""


class Cells(QAbstractTableModel, Generic[Row]):
    """The rows of a table, as plain one-line texts."""

    def __init__(self, columns: tuple[Column[Row], ...], parent: QObject | None = None) -> None:
        """Make an empty model."""
        super().__init__(parent)
        self.columns = columns
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = rows[:MOST]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """What a cell says."""
        if role not in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)) or not index.isValid():
            return None
        return one_line(self.columns[index.column()].says(self.rows[index.row()]))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The head of a column."""
        if orientation == Qt.Orientation.Horizontal and role == int(Qt.ItemDataRole.DisplayRole):
            return self.columns[section].head
        return None


class Table(QTableView, Generic[Row]):
    """A table that keeps its selection by key and the widths of its columns for the next day."""

    picked = Signal(object)  # the chosen row, or None
    opened = Signal(object)  # Enter or double click
    sorted_by = Signal(str, bool)  # the order a head asks for, and whether downwards

    def __init__(
        self, columns: tuple[Column[Row], ...], key: Callable[[Row], Hashable], kept: QSettings, name: str, parent: QWidget | None = None,
    ) -> None:
        """Make the table; `name` is what its widths are kept under."""
        super().__init__(parent)
        self.cells = Cells(columns, self)
        self.empty_text = ""
        self._key, self._kept, self._name = key, kept, f"widths/{name}"
        self._chosen: Hashable | None = None
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self.setModel(self.cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at, column in enumerate(columns):
            head.resizeSection(at, theme.px(column.width))
        state = kept.value(self._name)
        if isinstance(state, QByteArray):
            head.restoreState(state)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.sectionResized.connect(lambda *_: kept.setValue(self._name, head.saveState()))
        if any(column.order for column in columns):
            head.setSectionsClickable(True)
            head.setSortIndicatorShown(True)
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            head.sectionClicked.connect(self.sort_by)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.activated.connect(lambda index: self.opened.emit(self.cells.rows[index.row()]))

    @property
    def current(self) -> Row | None:
        """The chosen row."""
        at = self.currentIndex().row()
        return self.cells.rows[at] if 0 <= at < len(self.cells.rows) else None

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows; the chosen one stays chosen while it is among them."""
        chosen = self._chosen
        self.cells.show(rows)
        self.choose(chosen)
        if self.current is None:
            self.picked.emit(None)

    def choose(self, key: Hashable | None) -> bool:
        """Choose a row by its key; false when it is not there."""
        at = next((place for place, row in enumerate(self.cells.rows) if self._key(row) == key), -1)
        if at >= 0:
            self.setCurrentIndex(self.cells.index(at, 0))
        return at >= 0

    def sort_by(self, at: int) -> None:
        """Ask for the rows in the order of a column, the other way round when that is their order already."""
        order, head = self.cells.columns[at].order, self.horizontalHeader()
        if not order:
            head.setSortIndicator(*self._sorted)
            return
        is_down = self._sorted == (at, Qt.SortOrder.AscendingOrder)
        self._sorted = (at, Qt.SortOrder.DescendingOrder if is_down else Qt.SortOrder.AscendingOrder)
        head.setSortIndicator(*self._sorted)
        self.sorted_by.emit(order, is_down)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and a digit sort by that column, as a click on its head does; other keys with Alt are not the table's."""
        if event.modifiers() != Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        place = event.key() - int(Qt.Key.Key_1)
        if 0 <= place < len(self.cells.columns) and self.cells.columns[place].order:
            self.sort_by(place)
        else:
            event.ignore()

    def forget(self) -> None:
        """Choose no row."""
        self._chosen = None
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say why there is nothing when there is nothing."""
        super().paintEvent(event)
        if not self.cells.rows and self.empty_text:
            painter = QPainter(self.viewport())
            box = self.viewport().rect().adjusted(theme.px(16), theme.px(16), -theme.px(16), 0)
            box.setHeight(theme.px(theme.ROW))
            draw.text(painter, box, self.empty_text, ink=theme.tokens().dim)

    def _tell(self) -> None:
        row = self.current
        if row is not None:
            self._chosen = self._key(row)
        self.picked.emit(row)
