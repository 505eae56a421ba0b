"""A table with the line below it that turns its pages; order and page are the question's, so ten thousand rows are as fast as ten."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Generic, TypeVar

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from console.domain.paging import PAGE, Leaf, Turn
from console.ui.base import theme
from console.ui.base.text import PlainLabel, label_text, tip
from console.ui.base.words import tr
from console.ui.settings.table import Column, Table

Row = TypeVar("Row")


class Listing(QWidget, Generic[Row]):
    """Rows by the page. `asked` wants the page that `turn` names."""

    asked = Signal()

    def __init__(self, columns: tuple[Column[Row], ...], key: Callable[[Row], Hashable], kept: QSettings, name: str) -> None:
        """Make it empty; `name` is what the widths of its columns are kept under."""
        super().__init__()
        self.turn = Turn()
        self.table: Table[Row] = Table(columns, key, kept, name)
        self.table.empty_text = tr("Reading …")
        self.back, self.on, self.count = QToolButton(), QToolButton(), PlainLabel(size=theme.SMALL, dim=True)
        for button, sign, words in ((self.back, "‹", tr("Page before")), (self.on, "›", tr("Next page"))):
            button.setText(label_text(sign))
            button.setAccessibleName(words)
            tip(button, words)
        self.line = QHBoxLayout()
        self.line.setSpacing(theme.px(8))
        for part in (self.back, self.count, self.on):
            self.line.addWidget(part)
        self.line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(theme.GUTTER))
        column.addWidget(self.table, 1)
        column.addLayout(self.line)
        self.back.clicked.connect(lambda: self._page(-1))
        self.on.clicked.connect(lambda: self._page(1))
        self.table.sorted_by.connect(self._sort)
        self.setFocusProxy(self.table)
        self._show_place(Leaf((), 0))

    def show_leaf(self, leaf: Leaf[Row], empty: str) -> None:
        """Show a page; `empty` says why there is nothing. A page behind the end, because rows have gone, asks for the last one."""
        if not leaf.rows and leaf.total and self.turn.start:
            self.turn = replace(self.turn, start=(leaf.total - 1) // PAGE * PAGE)
            self.asked.emit()
            return
        self.table.empty_text = empty
        self.table.show_rows(leaf.rows)
        self.table.viewport().update()
        self._show_place(leaf)

    def begin(self) -> None:
        """Back to the first page, of other rows."""
        self.turn = replace(self.turn, start=0)
        self.table.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Left and Alt+Right turn the pages."""
        turns = {Qt.Key.Key_Left: self.back, Qt.Key.Key_Right: self.on}
        button = turns.get(Qt.Key(event.key())) if event.modifiers() == Qt.KeyboardModifier.AltModifier else None
        if button is not None:
            button.click()
        else:
            super().keyPressEvent(event)

    def _show_place(self, leaf: Leaf[Row]) -> None:
        start, last = self.turn.start, self.turn.start + len(leaf.rows)
        self.count.setText(tr("{first}–{last} of {total}", first=start + 1 if leaf.rows else 0, last=last, total=leaf.total))
        self.count.setVisible(bool(leaf.total))
        self.back.setEnabled(start > 0)
        self.on.setEnabled(last < leaf.total)
        for part in (self.back, self.on):
            part.setVisible(leaf.total > PAGE)

    def _page(self, pages: int) -> None:
        self.turn = replace(self.turn, start=max(0, self.turn.start + pages * PAGE))
        self.table.forget()
        self.asked.emit()

    def _sort(self, order: str, is_down: bool) -> None:
        self.turn = Turn(order, is_down)
        self.table.forget()
        self.table.scrollToTop()
        self.asked.emit()
