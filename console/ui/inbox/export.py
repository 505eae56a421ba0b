"""The line that takes the queue out of the hall: why, for whom; masked for everybody, plain with the director's leave.

A director sees here who asks for leave, and decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.approval import Approval, ExportRecord
from console.domain.errors import ConsoleError
from console.domain.people import Actor
from console.service.exports import KIND, REASON_MAX, REASON_MIN, RECEIVER_MAX, Exports
from console.ui.base import theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import refusal, tr
from console.ui.seat import Seat


@dataclass(frozen=True)
class _Standing:
    """What may be done now: the leave in hand, and who waits for a decision."""

    leave: Approval | None
    waiting: tuple[Approval, ...]


class ExportLine(QFrame):
    """Stands inside the panel, closed until it is asked for."""

    closed = Signal()

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setObjectName("card")
        self._seat = seat
        self._exports: Exports = seat.services.exports
        self._standing = _Standing(None, ())
        self.title = PlainLabel(tr("Export the open cases as CSV"), bold=True)
        self.purpose = LineEdit(hint=tr("Purpose, at least {n} letters", n=REASON_MIN), longest=REASON_MAX)
        self.receiver = LineEdit(hint=tr("For whom"), longest=RECEIVER_MAX)
        for line, name in ((self.purpose, tr("Purpose of the export")), (self.receiver, tr("For whom"))):
            line.setAccessibleName(name)
        self.masked = _button(tr("Export masked"), self._export_masked, is_primary=True)
        self.plain = _button(tr("Export plain"), self._export_plain)
        self.ask = _button(tr("Ask for plain export"), self._ask_leave)
        self.back = _button(tr("Back"), self.close_line)
        self.message = PlainLabel(size=theme.SMALL, wrap=True, selectable=True)
        self.request = PlainLabel(wrap=True)
        self.grant = _button(tr("Allow once, for a day"), lambda: self._decide(self._exports.grant))
        self.refuse = _button(tr("Refuse"), lambda: self._decide(self._exports.refuse))
        self._lay_out()
        self.hide()

    def open(self) -> None:
        """Show the line and what may be done."""
        self.say("")
        self._show_standing(_Standing(None, ()))
        self.show()
        self.purpose.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def close_line(self) -> None:
        """Put it away; what was typed stays."""
        self.hide()
        self.closed.emit()

    def say(self, words: str) -> None:
        """Say what was done or why not."""
        self.message.setText(words)
        self.message.setVisible(bool(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_line()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        self._seat.work.ask(self, _standing, self._show_standing, self._exports, self._seat.actor, failed=self._fail)

    @Slot(object)
    def _show_standing(self, standing: _Standing) -> None:
        self._standing = standing
        self.plain.setVisible(standing.leave is not None)
        self.ask.setVisible(standing.leave is None)
        first = standing.waiting[0] if standing.waiting else None
        for part in (self.request, self.grant, self.refuse):
            part.setVisible(first is not None)
        if first is not None:
            self.request.setText(tr("Asked for plain export: {reason} ({n} waiting)", reason=first.reason, n=len(standing.waiting)))

    def _export_masked(self) -> None:
        self._tell(self._exports.queue, self._show_written, self.purpose.text(), self.receiver.text())

    def _export_plain(self) -> None:
        leave = self._standing.leave
        if leave is not None:
            self._tell(self._exports.queue_plain, self._show_written, self.purpose.text(), self.receiver.text(), leave.id)

    def _ask_leave(self) -> None:
        self._tell(self._exports.ask, self._show_asked, self.purpose.text())

    def _decide(self, verdict: Callable[..., Approval]) -> None:
        if self._standing.waiting:
            first = self._standing.waiting[0]
            self._tell(verdict, self._show_decided, first.id, first.version)

    def _tell(self, operation: Callable[..., object], then: Callable[..., None], *values: object) -> None:
        self._seat.work.tell(self, operation, then, self._fail, self._seat.actor, *values)

    @Slot(object)
    def _show_written(self, written: tuple[ExportRecord, Path]) -> None:
        record, path = written
        self.say(tr("{n} cases are in {path}", n=record.rows, path=str(path)))
        self.purpose.clear()
        self._look()

    @Slot(object)
    def _show_asked(self, _approval: Approval) -> None:
        self.say(tr("Asked. The director decides at any seat, in this same line."))
        self._look()

    @Slot(object)
    def _show_decided(self, approval: Approval) -> None:
        self.say(tr("Allowed.") if approval.state == "granted" else tr("Refused."))
        self._look()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self.say(refusal(error))
        else:
            self._seat.work.failed.emit(error)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(8))
        column.setSpacing(theme.px(6))
        column.addWidget(self.title)
        for parts in ((self.purpose, self.receiver), (self.masked, self.plain, self.ask, self.back)):
            row = QHBoxLayout()
            row.setSpacing(theme.px(6))
            for part in parts:
                row.addWidget(part, 2 if part is self.purpose else 1)
            column.addLayout(row)
        column.addWidget(self.message)
        column.addWidget(self.request)
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        for part in (self.grant, self.refuse):
            row.addWidget(part)
        column.addLayout(row)


def _standing(exports: Exports, actor: Actor) -> _Standing:
    return _Standing(exports.leave(actor), tuple(each for each in exports.waiting(actor) if each.kind == KIND))


def _button(words: str, act: Callable[[], None], *, is_primary: bool = False) -> QPushButton:
    made = QPushButton(label_text(words))
    made.setProperty("primary", is_primary)
    made.clicked.connect(lambda _checked=False: act())
    return made
