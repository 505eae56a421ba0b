"""What pages of figures have: a line that sums up, a sorted table, and the line that takes the list out of the hall."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSettings, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.approval import ExportRecord
from console.domain.errors import ConsoleError
from console.service.exports import REASON_MAX, REASON_MIN, RECEIVER_MAX, Figures
from console.ui.base import theme
from console.ui.base.card import Card
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel
from console.ui.base.words import refusal, tr
from console.ui.seat import Seat
from console.ui.settings.page import Page
from console.ui.settings.staff import button

T = TypeVar("T")


class FiguresPage(Page):
    """A page of figures; subclasses put a table below `summary`, implement `refresh` and say what leaves in `figures`."""

    figures: Callable[[], Figures]  # what the export of the page holds

    def __init__(self, seat: Seat, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make an empty page of a seat."""
        super().__init__()
        self.setParent(parent)
        self.seat, self.kept = seat, kept
        self.summary = PlainLabel(bold=True, elide=True)
        self.message = PlainLabel(wrap=True, selectable=True)
        self.message.hide()
        self.purpose = LineEdit(hint=tr("Purpose, at least {n} letters", n=REASON_MIN), longest=REASON_MAX)
        self.receiver = LineEdit(hint=tr("For whom"), longest=RECEIVER_MAX)
        for line, words in ((self.purpose, tr("Purpose of the export")), (self.receiver, tr("For whom"))):
            line.setAccessibleName(words)
            line.entered.connect(lambda _: self._take_out())
        self.export = Card(tr("Export this list as CSV"), (self.purpose, self.receiver), tr("Export"))
        self.export.done.clicked.connect(self._take_out)
        self.top = QHBoxLayout()
        self.top.setSpacing(theme.px(theme.GUTTER))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        self.column.setSpacing(theme.px(theme.GUTTER))

    def lay_out(self, table: QWidget, *left: QWidget) -> None:
        """Parts at the left of the top, then the sum, the export's button, and below it all the table."""
        self.column.addWidget(table, 1)  # first, so that Tab begins with the rows
        self.column.insertLayout(0, self.top)
        self.column.insertWidget(1, self.export)
        self.column.insertWidget(2, self.message)
        for part in left:
            self.top.addWidget(part)
        self.top.addWidget(self.summary, 1)
        self.top.addWidget(button(tr("Export"), self.ask_export))
        self.setFocusProxy(table)
        self.export.left.connect(table.setFocus)

    def ask(self, question: Callable[..., T], then: Callable[[T], None], *values: object) -> None:
        """Ask a question as the seat's officer."""
        self.seat.work.ask(self, question, then, self.seat.actor, *values, failed=self._refuse)

    def say(self, words: str, *, is_good: bool = False) -> None:
        """Say how it went."""
        self.message.set_badge("" if is_good else "amber")
        self.message.setText(words)
        self.message.setVisible(bool(words))

    def ask_export(self) -> None:
        """Ask what the list is for."""
        self.export.say("")
        self.export.show()
        self.purpose.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> bool:
        """Ctrl+Enter exports while that is asked."""
        if self.export.isVisible():
            self._take_out()
        return self.export.isVisible()

    @Slot()
    def _take_out(self) -> None:
        exports, values = self.seat.services.exports, (self.purpose.text(), self.receiver.text(), self.figures())
        self.seat.work.tell(self, exports.figures, self._taken_out, self._not_taken_out, self.seat.actor, *values)

    @Slot(object)
    def _taken_out(self, written: tuple[ExportRecord, Path]) -> None:
        record, path = written
        self.export.hide()
        self.say(tr("{n} rows are in {path}", n=record.rows, path=str(path)), is_good=True)

    @Slot(object)
    def _not_taken_out(self, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self.export.say(refusal(error))
        else:
            self.seat.work.failed.emit(error)

    @Slot(object)
    def _refuse(self, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self.say(refusal(error))
        else:
            self.seat.work.failed.emit(error)
