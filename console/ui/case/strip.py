"""The dispatch strip: filled in by the code table, corrected by the officer, sent by Ctrl+Enter.

It knows no store. It shows a plan, tells what the officer changed, and what must be said about it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from console.domain.codes import Codes
from console.ui.base import theme
from console.ui.base.keys import shown
from console.ui.base.personal import PersonalPrompt
from console.ui.base.text import PlainLabel
from console.ui.base.verbs import Verb, VerbButton
from console.ui.base.words import language, tr
from console.ui.case.note import Note
from console.ui.case.pick import Pick
from console.ui.case.plan import Plan
from console.ui.case.units import UnitRows, UnitSearch
from console.ui.wording import Named

ROWS_SHOWN = 5


class DispatchStrip(QFrame):
    """The form between a case and its tasks."""

    sent = Signal()  # Ctrl+Enter or the button
    left = Signal()  # Esc: back, everything kept
    changed = Signal()  # the plan is another one
    sorted_anew = Signal(str)  # another category was chosen

    def __init__(self, codes: Callable[[], Codes], parent: QWidget | None = None) -> None:
        """Make it hidden and empty."""
        super().__init__(parent)
        self.setObjectName("card")
        self._codes = codes
        self._plan = Plan("", "")
        self._units: Mapping[int, Named] = {}
        self._is_filling = False
        self._is_busy = False
        self._why_not = ""
        self.category = Pick(tr("Category"), ())
        self.priority = Pick(tr("Priority"), tuple((code, entry.named(language())) for code, entry in codes().priorities.items()))
        self.rows = UnitRows()
        self.search = UnitSearch()
        self.note = Note(tr("What the units should do"))
        self.due = PlainLabel(size=theme.SMALL, dim=True, wrap=True)
        self.message = PlainLabel(wrap=True)
        self.message.set_badge("amber")
        self.personal = PersonalPrompt()
        self.send = VerbButton(_send_verb(is_busy=False, why_not=""))
        self.back = VerbButton(Verb("back", tr("Back"), "Esc"))
        self._lay_out()
        self._join()
        self.hide()

    @property
    def plan(self) -> Plan:
        """The plan as it stands in the form."""
        return replace(self._plan, instruction=self.note.words)

    def open(self, plan: Plan, units: Mapping[int, Named], title: str) -> None:
        """Open the strip with a plan and put the cursor into its words."""
        self.title.setText(title)
        self.say("")
        self.personal.hide()
        self._offer(plan.category)
        self.send.show()
        self.show_plan(plan, units)
        self.show()
        self.note.moveCursor(QTextCursor.MoveOperation.End)
        self.note.setFocus()

    def show_plan(self, plan: Plan, units: Mapping[int, Named]) -> None:
        """Fill the form in; what has the focus keeps it."""
        self._is_filling = True
        self._plan, self._units = plan, units
        self.category.choose(plan.category)
        self.priority.choose(plan.priority)
        self.note.write(plan.instruction)
        self._is_filling = False
        self._show_units()

    def show_due(self, words: str) -> None:
        """Say when it would be due."""
        self.due.setText(words)

    def set_sendable(self, why_not: str) -> None:
        """Say why it cannot be sent now, or that it can (empty)."""
        self._why_not = why_not
        self._show_send()

    def set_busy(self, is_busy: bool) -> None:
        """Show that it is being sent; nothing can be sent twice."""
        self._is_busy = is_busy
        self._show_send()
        for part in (self.category, self.priority, self.rows, self.search, self.note):
            part.setEnabled(not is_busy)

    def say(self, words: str, field: str | None = None) -> None:
        """Say what is wrong and go where it can be mended; empty words say nothing is."""
        self.message.setText(words)
        self.message.setVisible(bool(words))
        if words:
            places = {"orders": self.search.line, "category": self.category, "priority": self.priority, "instruction": self.note}
            places.get(field or "", self.note).setFocus()

    def clears_words(self) -> bool:
        """Whether the words may be sent; personal numbers in them are asked about first."""
        is_clear = self.personal.clears(self.note)
        self.send.setVisible(is_clear)  # one question at a time
        return is_clear

    @property
    def can_send(self) -> bool:
        """Whether Ctrl+Enter would send now."""
        return self.isVisible() and not self._is_busy and not self._why_not

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back and keeps everything; Ctrl+Enter on the number block sends too."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sent.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.title = PlainLabel(bold=True, elide=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(10))
        column.setSpacing(theme.px(theme.GUTTER))
        column.addWidget(self.title)
        sorting = QHBoxLayout()
        sorting.setSpacing(theme.px(theme.GUTTER))
        sorting.addWidget(self.category, 5)
        sorting.addWidget(self.priority, 2)
        column.addLayout(sorting)
        self._room = QScrollArea()
        self._room.setWidgetResizable(True)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._room.setWidget(self.rows)
        for part in (self._room.viewport(), self.rows):
            part.setAutoFillBackground(False)
        column.addWidget(self._room)
        for part in (self.search, self.note, self.due, self.message, self.personal):
            column.addWidget(part)
        self.message.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(theme.GUTTER))
        buttons.addWidget(self.send, 3)
        buttons.addWidget(self.back, 1)
        column.addLayout(buttons)

    def _join(self) -> None:
        self.category.currentIndexChanged.connect(self._sort)
        self.priority.currentIndexChanged.connect(self._rank)
        self.rows.led.connect(lambda unit: self._take(self._plan.with_lead(unit)))
        self.rows.helped.connect(lambda unit, is_on: self._take(self._plan.with_co(unit, is_on)))
        self.search.found.connect(lambda unit: self._take(self._plan.with_unit(unit)))
        self.send.clicked.connect(self.sent)
        self.back.clicked.connect(self.left)
        self.personal.answered.connect(self.sent)

    def _offer(self, chosen: str) -> None:
        """Offer the categories in use now, and the one the case has whether it still is or not."""
        self._is_filling = True
        self.category.clear()
        for code, entry in self._codes().categories.items():
            if entry.active or code == chosen:
                self.category.addItem(f"{code} {entry.named(language())}", code)
        self._is_filling = False

    def _take(self, plan: Plan) -> None:
        self._plan = plan
        self._show_units()
        self.changed.emit()

    def _show_units(self) -> None:
        self.rows.show_parts(self._plan.parts, self._units)
        self.search.set_units(self._units, frozenset(unit for unit, part in self._plan.parts if part))
        self._room.setFixedHeight(self.rows.row_height * min(ROWS_SHOWN, max(1, len(self._plan.parts))))

    def _sort(self) -> None:
        code = self.category.code
        if not self._is_filling and code and code != self._plan.category:
            self._plan = self.plan
            self.sorted_anew.emit(code)

    def _rank(self) -> None:
        if not self._is_filling:
            self._take(replace(self.plan, priority=self.priority.code))

    def _show_send(self) -> None:
        self.send.show_verb(_send_verb(is_busy=self._is_busy, why_not=self._why_not))


def _send_verb(*, is_busy: bool, why_not: str) -> Verb:
    if is_busy:
        return Verb("send", tr("Dispatching …"), is_primary=True, is_enabled=False, why_not=tr("Dispatching …"))
    return Verb("send", tr("Dispatch"), shown("submit"), is_primary=True, is_enabled=not why_not, why_not=why_not)
