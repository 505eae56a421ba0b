"""What every page about people and units has: a line for refusals, fields with names, buttons, and acts that say how they went."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from console.domain.errors import ConsoleError
from console.domain.limits import CHINA
from console.service.administration import Administration
from console.ui.base import theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import refusal, tr
from console.ui.seat import Seat
from console.ui.settings.page import Page

T = TypeVar("T")


class StaffPage(Page):
    """One page about people or units; `message` says what was refused or done."""

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make an empty page of a seat."""
        super().__init__()
        self.setParent(parent)
        self.seat, self.admin, self.kept = seat, admin, kept
        self.message = PlainLabel(wrap=True)
        self.message.hide()
        self.word = LineEdit(longest=80)
        self.word.setAccessibleName(tr("Start word"))
        self.word.setReadOnly(True)
        self.word.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        self.column.setSpacing(theme.px(theme.GUTTER))

    def say(self, words: str, *, is_good: bool = False) -> None:
        """Say how an act went, beside what it was about."""
        self.message.set_badge("" if is_good else "amber")
        self.message.setText(words)
        self.message.setVisible(bool(words))
        self.word.hide()

    def tell_word(self, words: str, word: str) -> None:
        """Show a start word this once, ready to be copied."""
        self.say(words, is_good=True)
        self.word.setText(word)
        self.word.show()
        self.word.selectAll()
        self.word.setFocus()

    def act(self, operation: Callable[..., T], then: Callable[[T], None], *values: object) -> None:
        """Carry out an operation as the seat's officer; a refusal is said on the page."""
        self.say("")
        self.seat.work.tell(self, operation, then, self._refuse, self.seat.actor, *values)

    def ask(self, question: Callable[..., T], then: Callable[[T], None], *values: object) -> None:
        """Ask a question as the seat's officer."""
        self.seat.work.ask(self, question, then, self.seat.actor, *values, failed=self._refuse)

    def may(self, what: str) -> bool:
        """Whether the officer may do this at all; the operation decides about each."""
        return self.admin.may(self.seat.actor, what)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, ConsoleError):
            self.say(refusal(error))
        else:
            self.seat.work.failed.emit(error)


def button(words: str, press: Callable[[], None], *, is_primary: bool = False) -> QPushButton:
    """A button."""
    made = QPushButton(label_text(words))
    made.setProperty("primary", is_primary)
    made.clicked.connect(lambda: press())
    return made


def line(name: str, *, longest: int = 80, hint: str = "") -> LineEdit:
    """A field of one line that tells its name to screen readers."""
    made = LineEdit(longest=longest)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def choice(name: str, options: tuple[tuple[str, str], ...]) -> QComboBox:
    """A field that takes one of some codes, shown by their names."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for code, words in options:
        made.addItem(words, code)
    return made


def form() -> QFormLayout:
    """A form whose names stand left of their fields."""
    made = QFormLayout()
    made.setHorizontalSpacing(theme.px(10))
    made.setVerticalSpacing(theme.px(6))
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return made


def named(words: str) -> PlainLabel:
    """A field's name."""
    return PlainLabel(words, size=theme.SMALL, dim=True)


def side_by_side(kept: QSettings, name: str, *parts: tuple[QWidget, int]) -> QSplitter:
    """Parts beside one another, each with its share on the first day; widths are kept for the next."""
    made = QSplitter(Qt.Orientation.Horizontal)
    made.setChildrenCollapsible(False)
    for at, (part, share) in enumerate(parts):
        made.addWidget(part)
        made.setStretchFactor(at, share)
    made.setSizes([share * 100 for _, share in parts])
    state = kept.value(f"split/{name}")
    if state is not None:
        made.restoreState(state)
    made.splitterMoved.connect(lambda *_: kept.setValue(f"split/{name}", made.saveState()))
    return made


def moment(at: datetime | None) -> str:
    """An instant as the hall's clock shows it, with its date."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if at is not None else tr("never")
