"""The form beside a table: a row's values, from when the change shall count and why; Ctrl+Enter proposes it.

What is typed is kept per row until it is proposed: looking at another row, a refusal or an Esc lose nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.domain.code_change import PROPOSERS, CodeChange, parse_begin
from console.domain.code_rows import parts_of
from console.domain.codes import Codes
from console.domain.errors import ConsoleError, Missing
from console.domain.people import Actor
from console.service.code_changes import Plan, Wish
from console.service.code_tables import TableRow
from console.ui.base import theme
from console.ui.base.keys import shown
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel
from console.ui.base.verbs import Verb, VerbButton
from console.ui.base.words import refusal, tr
from console.ui.case.note import Note
from console.ui.seat import CodeDesk, Seat
from console.ui.settings.fields import LABEL, Field, field_of, meaning, see_through
from console.ui.settings.wording import differing_words, instant_words, row_words, tomorrow_words, value_words


@dataclass(frozen=True)
class Subject:
    """The row in the form: whose, which, as it stands, and the tables its words come from."""

    centre_id: int
    table: str
    row: TableRow
    codes: Codes

    @property
    def key(self) -> tuple[int, str, str]:
        """What a draft is kept under."""
        return self.centre_id, self.table, self.row.code


@dataclass(frozen=True)
class Draft:
    """What was typed for a row and not proposed yet."""

    values: Mapping[str, object]
    begins: str
    note: str


class _Sender:
    """Proposes in the writing thread."""

    def __init__(self, desk: CodeDesk) -> None:
        self._changes = desk.changes

    def propose(self, actor: Actor, wishes: tuple[Wish, ...], centre_id: int, begins: str, note: str) -> tuple[CodeChange, ...]:
        return self._changes.propose(actor, wishes, Plan(parse_begin(begins), note, centre_id))


class RowEditor(QFrame):
    """The form of one row. Empty until a row is shown."""

    left = Signal()  # Esc: back to the table, everything kept
    proposed = Signal()
    history_asked = Signal(str, str)  # table and code

    def __init__(self, seat: Seat, desk: CodeDesk, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.setObjectName("card")
        self._seat = seat
        self._sender = _Sender(desk)
        self._subject: Subject | None = None
        self._drafts: dict[tuple[int, str, str], Draft] = {}
        self._is_filling = self._is_busy = False
        self.fields: dict[str, Field] = {}
        self.title = PlainLabel(tr("Choose what to change"), bold=True, elide=True)
        self.state = PlainLabel(size=theme.SMALL, dim=True, wrap=True)
        self.begins = LineEdit(hint=tr("such as 2026-12-01 08:00"), longest=40)
        self.begins.setAccessibleName(tr("In force from"))
        self.note = Note(tr("Why"))
        self.message = PlainLabel(wrap=True)
        self.message.set_badge("amber")
        self.send = VerbButton(Verb("propose", tr("Propose"), shown("submit"), is_primary=True))
        self.follow = VerbButton(Verb("follow", tr("Follow the centre above")))
        self.history = VerbButton(Verb("history", tr("Earlier changes")))
        self._rows = QVBoxLayout()
        self._lay_out()
        for line in (self.begins, self.note):
            line.textChanged.connect(self._keep)
        self.send.clicked.connect(self.submit)
        self.follow.clicked.connect(self._follow)
        self.history.clicked.connect(self._ask_history)
        self._show_body(False)

    @property
    def subject(self) -> Subject | None:
        """The row that is shown."""
        return self._subject

    def show_row(self, subject: Subject, values: Mapping[str, object] | None = None) -> None:
        """Show a row, with what was typed for it before, or with these values to start from."""
        is_same = self._subject is not None and self._subject.key == subject.key
        if values is not None:
            self._drafts[subject.key] = Draft(values, self._begin_words(), "")
        self._subject = subject
        if not is_same:
            self.say("")
            self._make_fields(subject)
        self.title.setText(row_words(subject.table, subject.row.code, subject.codes, subject.row.values))
        draft = self._drafts.get(subject.key)
        self._is_filling = True
        typed = draft.values if draft is not None else subject.row.values
        for name, field in self.fields.items():
            field.write(typed.get(name, subject.row.values.get(name, True if field.part.kind == "flag" else "")))
        self.begins.setText(draft.begins if draft is not None else self._begin_words())
        self.note.write(draft.note if draft is not None else "")
        self._is_filling = False
        self._show_body(True)
        self._show_state()

    def clear(self) -> None:
        """Show no row."""
        self._subject = None
        self.title.setText(tr("Choose what to change"))
        self._show_body(False)

    def take_focus(self) -> None:
        """Put the cursor into the first field."""
        next(iter(self.fields.values()), self.begins).setFocus()

    @property
    def values(self) -> dict[str, object]:
        """The row as it is typed."""
        return {name: field.value for name, field in self.fields.items()}

    def submit(self) -> bool:
        """Propose what is typed; false when nothing can be proposed now."""
        QGuiApplication.inputMethod().commit()
        if self._subject is None or self._is_busy or not self.send.isEnabled():
            return False
        self._tell(self.values)
        return True

    def say(self, words: str, field: str | None = None) -> None:
        """Say what is wrong and go where it can be mended; empty words say nothing is."""
        self.message.setText(words)
        self.message.setVisible(bool(words))
        places: dict[str, QWidget] = {"effective_from": self.begins, "note": self.note, **self.fields}
        if words and field in places:
            places[field].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back and keeps everything; Ctrl+Enter proposes."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(self.title)
        column.addWidget(self.state)
        room = QWidget()
        inner = QVBoxLayout(room)
        inner.setContentsMargins(0, 0, theme.px(6), 0)
        inner.setSpacing(theme.px(8))
        self._rows.setSpacing(theme.px(8))
        inner.addLayout(self._rows)
        inner.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(room)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        see_through(self._scroll)
        column.addWidget(self._scroll, 1)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(theme.px(8))
        for words, editor in ((tr("In force from"), self.begins), (tr("Reason"), self.note)):
            foot.addLayout(_named(words, editor))
        foot.addWidget(self.message)
        foot.addWidget(self.send)
        buttons = QHBoxLayout()
        buttons.addWidget(self.follow)
        buttons.addWidget(self.history)
        foot.addLayout(buttons)
        column.addWidget(self._foot)
        column.addStretch(0)

    def _show_body(self, is_shown: bool) -> None:
        for part in (self._scroll, self._foot, self.state):
            part.setVisible(is_shown)
        if not is_shown:
            self.message.hide()

    def _make_fields(self, subject: Subject) -> None:
        while self._rows.count():
            gone = self._rows.takeAt(0).widget()
            gone.hide()
            gone.deleteLater()
        self.fields = {part.name: field_of(part, subject.codes) for part in parts_of(subject.table, subject.row.code)}
        for field in self.fields.values():
            self._rows.addWidget(field)
            field.show()  # at once: a Tab may come before the layout gets round to it
            field.changed.connect(self._keep)
        stops = [stop for field in self.fields.values() for stop in field.stops]
        stops += [self.begins, self.note, self.send, self.follow, self.history]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)  # fields are made anew for each table, and Qt would put them last

    def _keep(self) -> None:
        if self._is_filling or self._subject is None:
            return
        self._drafts[self._subject.key] = Draft(self.values, self.begins.text(), self.note.words)
        self._show_state()

    def _show_state(self) -> None:
        subject = self._subject
        assert subject is not None
        for field in self.fields.values():
            words, is_changed = meaning(field.part, field.value, subject.row.values, subject.codes)
            field.mark(words, is_changed=is_changed)
        self.state.setText(_standing_words(subject))
        self.follow.setVisible(subject.row.is_own)
        self._show_send()

    def _show_send(self) -> None:
        subject, why = self._subject, ""
        if subject is None or self._is_busy:
            why = tr("Working …")
        elif not self._seat.actor.holds_any(PROPOSERS):
            why = tr("Shift leaders, directors and administrators propose changes.")
        elif subject.row.waiting is not None:
            why = tr("A change of this row is waiting for approval.")
        elif self.values == dict(subject.row.values) or not any(self.values.values()):
            why = tr("Nothing is changed yet.")
        self.send.show_verb(Verb("propose", tr("Propose"), shown("submit"), is_primary=True, is_enabled=not why, why_not=why))

    def _begin_words(self) -> str:
        return tomorrow_words(self._seat.services.clock.now())

    def _tell(self, values: Mapping[str, object]) -> None:
        assert self._subject is not None
        self._is_busy = True
        self.say("")
        self._show_send()
        wish = Wish(self._subject.table, self._subject.row.code, values)
        self._seat.work.tell(self, self._sender.propose, self._told, self._failed, self._seat.actor, (wish,), self._subject.centre_id,
                             self.begins.text(), self.note.words)  # fmt: skip

    def _follow(self) -> None:
        if self._subject is not None and not self._is_busy:
            self._tell({})

    def _told(self, made: tuple[CodeChange, ...]) -> None:
        self._is_busy = False
        for change in made:
            self._drafts.pop((change.centre_id, change.table_name, change.code), None)
        self._show_send()
        self._seat.said.emit(tr("Proposed; somebody else must approve it before {at}.", at=instant_words(made[0].effective_from)))
        self.proposed.emit()

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        self._show_send()
        if not isinstance(error, ConsoleError):
            self._seat.work.failed.emit(error)
        elif isinstance(error, Missing):
            self.say(refusal(error))
        else:
            self.say(refusal(error), error.field)

    def _ask_history(self) -> None:
        if self._subject is not None:
            self.history_asked.emit(self._subject.table, self._subject.row.code)


def _named(words: str, editor: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    label = PlainLabel(words, dim=True)
    label.setFixedWidth(theme.px(LABEL))
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(editor, 1)
    return row


def _standing_words(subject: Subject) -> str:
    """Where the row comes from and what is on its way."""
    row = subject.row
    said = [tr("A rule of this centre's own.") if row.is_own else tr("As the centre above, or as shipped.")]
    for change, words in ((row.waiting, tr("Waiting for approval")), (row.ahead, tr("Approved"))):
        if change is not None:
            at = instant_words(change.effective_from)
            said.append(tr("{state}: {what}, from {at}", state=words, what=_coming(subject, change), at=at))
    return "\n".join(said)


def _coming(subject: Subject, change: CodeChange) -> str:
    parts = [part for part in parts_of(change.table_name, change.code) if part.name in change.differing and change.after]
    if not parts:
        return differing_words(change)
    return tr(", ").join(value_words(part, change.after[part.name], subject.codes) for part in parts)
