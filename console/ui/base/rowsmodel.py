"""A model of frozen rows with a keyed diff, which can be held still while the officer is in the list.

At most 500 rows; filtering, sorting and paging happen in the question, not here.
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

Row = TypeVar("Row")
MOST_ROWS = 500
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_ROOT = QModelIndex()


class RowsModel(QAbstractListModel, Generic[Row]):
    """A tuple of rows, each known by its key, replaced as a whole and changed as little as possible."""

    waiting = Signal(int, bool)  # new rows held back; whether anything is held back

    def __init__(self, key: Callable[[Row], Hashable], parent: QObject | None = None) -> None:
        """Make an empty model; `key` tells which row of the new tuple is which of the old."""
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self.left_out = 0
        self.is_held = False
        self._key = key
        self._pending: tuple[Row, ...] | None = None
        self._gone: frozenset[Hashable] = frozenset()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show these rows, in this order; while held, nothing already shown changes its place."""
        self.left_out = max(0, len(rows) - MOST_ROWS)
        target = rows[:MOST_ROWS]
        keys = [self._key(row) for row in target]
        shown = self._keys()
        if not self.is_held or keys[: len(shown)] == shown:
            self._apply(target)
            return
        found = dict(zip(keys, target, strict=True))
        self._gone = frozenset(key for key in shown if key not in found)
        self._replace(tuple(found.get(key, row) for key, row in zip(shown, self.rows, strict=True)))
        self._pending = target
        self.waiting.emit(len(found.keys() - set(shown)), True)

    def hold(self, is_held: bool) -> None:
        """Begin or end to keep every row in its place."""
        self.is_held = is_held
        if not is_held:
            self.settle()

    def settle(self) -> None:
        """Let the rows that waited come in now."""
        if self._pending is not None:
            self._apply(self._pending)

    def row_of(self, key: Hashable) -> int:
        """The place of a row, or -1."""
        keys = self._keys()
        return keys.index(key) if key in keys else -1

    def key_at(self, place: int) -> Hashable | None:
        """The key of the row at a place, or None."""
        return self._key(self.rows[place]) if 0 <= place < len(self.rows) else None

    def is_gone(self, place: int) -> bool:
        """Whether the row at a place has left the list and is only waiting to vanish."""
        return bool(self._gone) and self.key_at(place) in self._gone

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """The number of rows shown."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = ROW_ROLE) -> object:
        """The row itself; its painter knows the rest."""
        return self.rows[index.row()] if role == ROW_ROLE and 0 <= index.row() < len(self.rows) else None

    def _keys(self) -> list[Hashable]:
        return [self._key(row) for row in self.rows]

    def _replace(self, rows: tuple[Row, ...]) -> None:
        """Change rows where they stand and repaint only those."""
        old, self.rows = self.rows, rows
        for place, (before, after) in enumerate(zip(old, rows, strict=True)):
            if before != after or self.is_gone(place):
                self.dataChanged.emit(self.index(place), self.index(place))

    def _apply(self, target: tuple[Row, ...]) -> None:
        """Bring the rows to the target: drop, reorder, insert, change; selection follows its row."""
        self._pending, had_gone = None, bool(self._gone)
        self._gone = frozenset()
        found = {self._key(row): row for row in target}
        if len(found) != len(target):
            raise ValueError("two rows have the same key")
        for place in range(len(self.rows) - 1, -1, -1):
            if self._key(self.rows[place]) not in found:
                self.beginRemoveRows(QModelIndex(), place, place)
                self.rows = self.rows[:place] + self.rows[place + 1 :]
                self.endRemoveRows()
        self._reorder([key for key in found if key in set(self._keys())])
        for place, (key, row) in enumerate(found.items()):
            if place >= len(self.rows) or self._key(self.rows[place]) != key:
                self.beginInsertRows(QModelIndex(), place, place)
                self.rows = (*self.rows[:place], row, *self.rows[place:])
                self.endInsertRows()
        self._replace(target)
        if had_gone and self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
        self.waiting.emit(0, False)

    def _reorder(self, wanted: list[Hashable]) -> None:
        shown = self._keys()
        if shown == wanted:
            return
        self.layoutAboutToBeChanged.emit()
        places = {key: place for place, key in enumerate(wanted)}
        by_key = dict(zip(shown, self.rows, strict=True))
        before = self.persistentIndexList()
        after = [self.index(places[shown[index.row()]]) for index in before]
        self.rows = tuple(by_key[key] for key in wanted)
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
