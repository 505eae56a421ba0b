"""A table of frozen rows with named columns: at most five hundred as a rule, found and paged by the question behind it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from console.ui.base import draw, theme
from console.ui.base.text import one_line, tip_text

Row = TypeVar("Row")
MOST = 500
_ROOT = QModelIndex()
_FIGURES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_GAP = "\u2002"  # figures stand right; this keeps them off what follows
UP, DOWN = 2, 3
_SORTS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: UP, Qt.Key.Key_Down: DOWN}


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its head, what a row says in it and how, how wide it begins; `order` names it to the question that sorts by it."""

    head: str
    says: Callable[[Row], str]
    width: int = 120
    order: str = ""
    by: Callable[[Row], Any] | None = None  # what it is sorted by, if it can be
    ink: Callable[[Row], str] | None = None  # a token of the theme, or an empty string
    is_strong: Callable[[Row], bool] | None = None
    is_number: bool = False


class Cells(QAbstractTableModel, Generic[Row]):
    """The rows of a table, as plain one-line texts."""

    def __init__(self, columns: tuple[Column[Row], ...], parent: QObject | None = None, *, most: int = MOST) -> None:
        """Make an empty model."""
        super().__init__(parent)
        self.columns, self.most = columns, most
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = rows[: self.most]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """What a cell says."""
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            says = one_line(column.says(row))
            return says + _GAP if column.is_number and role == int(Qt.ItemDataRole.DisplayRole) else says
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return tip_text(column.says(row))
        if role == int(Qt.ItemDataRole.ForegroundRole) and column.ink is not None and (token := column.ink(row)):
            return theme.colour(getattr(theme.tokens(), token))
        if role == int(Qt.ItemDataRole.FontRole) and column.is_strong is not None and column.is_strong(row):
            return theme.font(bold=True)
        return _FIGURES if role == int(Qt.ItemDataRole.TextAlignmentRole) and column.is_number else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The head of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == int(Qt.ItemDataRole.TextAlignmentRole) and self.columns[section].is_number:
            return _FIGURES
        head = self.columns[section].head + (_GAP if self.columns[section].is_number else "")
        return head if role == int(Qt.ItemDataRole.DisplayRole) else None

    def sorted(self, rows: tuple[Row, ...], section: int, *, is_down: bool) -> tuple[Row, ...]:
        """Rows by a column; as they came where it has no order."""
        by = self.columns[section].by if 0 <= section < len(self.columns) else None
        return rows if by is None else tuple(sorted(rows, key=by, reverse=is_down))


class Table(QTableView, Generic[Row]):
    """A table that keeps its selection by key and the widths of its columns for the next day."""

    picked = Signal(object)  # the chosen row, or None
    opened = Signal(object)  # Enter or double click
    sorted_by = Signal(str, bool)  # the order a head asks for, and whether downwards

    def __init__(
        self, columns: tuple[Column[Row], ...], key: Callable[[Row], Hashable], kept: QSettings, name: str, parent: QWidget | None = None,
        *, most: int = MOST, first: Callable[[Row], Any] | None = None,
    ) -> None:
        """Make the table; `name` is what its widths are kept under, `first` orders groups that no sorting mixes."""
        super().__init__(parent)
        self.cells = Cells(columns, self, most=most)
        self._came: tuple[Row, ...] = ()
        self._first = first
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
        self._is_sharing = False
        self._is_set = isinstance(state, QByteArray) and head.restoreState(state)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        if any(column.by is not None for column in columns):
            self._let_sort()
        head.sectionResized.connect(self._keep_widths)
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
        chosen, head = self._chosen, self.horizontalHeader()
        self._came = rows
        if head.isSortIndicatorShown() and head.sortIndicatorSection() >= 0:
            is_down = head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            rows = self.cells.sorted(rows, head.sortIndicatorSection(), is_down=is_down)
            rows = rows if self._first is None else tuple(sorted(rows, key=self._first))
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
        """Sort as a click on a head does: by Alt and a digit, or by Ctrl and the arrows; other keys with Alt are not the table's."""
        held = event.modifiers()
        if held == Qt.KeyboardModifier.AltModifier:
            self._sort_by_digit(event)
        elif held == Qt.KeyboardModifier.ControlModifier and event.key() in _SORTS and self._sortable():
            self._sort_by_arrow(_SORTS[event.key()])
        else:
            super().keyPressEvent(event)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the columns share a narrow table, until somebody has set them."""
        super().resizeEvent(event)
        if not self._is_set:
            self._share_room()

    def _share_room(self) -> None:
        self._is_sharing = True
        wanted = [theme.px(column.width) for column in self.cells.columns]
        for at, wide in enumerate(shared(wanted, self.viewport().width())):
            self.horizontalHeader().resizeSection(at, wide)
        self._is_sharing = False

    def _keep_widths(self, at: int) -> None:
        """Widths are kept when somebody drew them; those the window gave are not, nor the last one, which takes what is left."""
        if not self._is_sharing and at < len(self.cells.columns) - 1:
            self._is_set = True
            self._kept.setValue(self._name, self.horizontalHeader().saveState())

    def _sort_by_digit(self, event: QKeyEvent) -> None:
        place = event.key() - int(Qt.Key.Key_1)
        if 0 <= place < len(self.cells.columns) and self.cells.columns[place].order:
            self.sort_by(place)
        else:
            event.ignore()

    def _sortable(self) -> list[int]:
        return [at for at, column in enumerate(self.cells.columns) if column.by is not None]

    def _sort_by_arrow(self, step: int) -> None:
        """Left and right choose the column, up and down the way."""
        head, places = self.horizontalHeader(), self._sortable()
        if step in (-1, 1):
            now = head.sortIndicatorSection()
            at = places.index(now) + step if now in places else 0
            head.setSortIndicator(places[at % len(places)], head.sortIndicatorOrder())
        else:
            head.setSortIndicator(head.sortIndicatorSection(), Qt.SortOrder(step == DOWN))

    def _let_sort(self) -> None:
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorClearable(True)  # the third click brings the order they came in back
        head.setSortIndicatorShown(True)
        head.sortIndicatorChanged.connect(lambda *_: self.show_rows(self._came))

    def _tell(self) -> None:
        row = self.current
        if row is not None:
            self._chosen = self._key(row)
        self.picked.emit(row)


def shared(wanted: Sequence[int], room: int) -> list[int]:
    """Widths that fit: where the room is too small the widest give way, down to the next widest, and narrow ones stay whole."""
    given = list(wanted)
    for done, at in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given[at] = min(wanted[at], max(0, room) // (len(wanted) - done))
        room -= given[at]
    return given
