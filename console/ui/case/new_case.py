"""The small window in which an officer writes down what was called in, said at the desk or seen: a new case at a place of the map.

Esc puts it away and keeps the words; it sends through the one inlet of reports, under a key
that stays the same until the report is taken, so that sending twice makes one case.
"""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.codes import Codes
from console.domain.errors import ConsoleError
from console.domain.place import Point
from console.domain.report import Draft, Receipt
from console.ui.base import theme
from console.ui.base.keys import shown
from console.ui.base.line import LineEdit
from console.ui.base.personal import PersonalPrompt
from console.ui.base.text import PlainLabel
from console.ui.base.verbs import Verb, VerbButton
from console.ui.base.words import language, told, tr
from console.ui.case.note import Note
from console.ui.case.pick import Pick
from console.ui.seat import Seat

PHONE, WIDTH, TEXT_LINES = "03", 520, 4


class NewCase(QWidget):
    """One form per seat; it is shown for a place, and again for another with the same words."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        """Make it hidden and empty."""
        super().__init__(parent, Qt.WindowType.Tool)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(tr("New case here"))
        self._spot: Point | None
        self._seat, self._spot, self._key, self._is_busy = seat, None, str(uuid4()), False
        self.place = PlainLabel(wrap=True, dim=True, size=theme.SMALL)
        sources = tuple((code, entry.named(language())) for code, entry in self._codes.sources.items() if entry.active)
        self.source = Pick(tr("Source"), sources)
        self.search = LineEdit(hint=tr("Category by name, code or initials (jg)"), longest=40)
        self.category = Pick(tr("Category"), ())
        self.priority = PlainLabel(size=theme.SMALL, dim=True)
        self.text = Note(tr("What is the matter"), lines=TEXT_LINES)
        self.address = LineEdit(hint=tr("Address, as it was said"), longest=200)
        self.message = PlainLabel(wrap=True)
        self.message.set_badge("amber")
        self.personal = PersonalPrompt()
        self.send = VerbButton(Verb("send", tr("Take in as a case"), shown("submit"), is_primary=True))
        self.back = VerbButton(Verb("back", tr("Back"), "Esc"))
        self._lay_out()
        self.search.textChanged.connect(self._narrow)
        self.search.entered.connect(self.text.setFocus)
        self.category.currentIndexChanged.connect(self._show_priority)
        self.send.clicked.connect(self.submit)
        self.back.clicked.connect(self.hide)
        self.personal.answered.connect(self.submit)
        seat.locked.connect(self.hide)
        self._clear()

    def open(self, spot: Point | None, words: str) -> None:
        """Show it for a place, or for none yet; `words` say where that is. What was typed before still stands there."""
        self._spot = spot
        self.place.setText(words)
        self._say("")
        self.show()
        self.activateWindow()
        self.search.setFocus()

    @property
    def draft(self) -> Draft:
        """What would be sent now."""
        return Draft(
            self._key, self.category.code, self.text.words, source=self.source.code, address=self.address.text().strip(),
            lon=self._spot.lon if self._spot else None, lat=self._spot.lat if self._spot else None, datum="wgs84" if self._spot else "",
        )  # fmt: skip

    @Slot()
    def submit(self) -> None:
        """Send it, once; personal numbers in its words are asked about first."""
        if self._is_busy:
            return
        if not self.category.code:
            self._say(tr("Choose a category."), "category")
        elif not self.text.words.strip():
            self._say(tr("Write what is the matter."), "text")
        elif self._is_clear():
            self._say("")
            self._set_busy(True)
            self._seat.work.tell(self, self._seat.services.reports.receive, self._taken, self._fail, self._seat.actor, self.draft)

    def event(self, event: QEvent) -> bool:
        """Keep Esc and Ctrl+Enter from the window behind, whose keys reach into this one."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._act(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away, Ctrl+Enter sends."""
        act = self._act(event)
        if act is not None:
            act()
        else:
            super().keyPressEvent(event)

    def _act(self, event: QKeyEvent) -> Callable[[], object] | None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self.submit
        return self.hide if event.key() == Qt.Key.Key_Escape else None

    @property
    def _codes(self) -> Codes:
        return self._seat.services.codes

    def _is_clear(self) -> bool:
        is_clear = self.personal.clears(self.text)
        self.send.setVisible(is_clear)  # one question at a time
        return is_clear

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(theme.px(theme.GUTTER))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        lines = (
            (tr("Place"), self.place), (tr("Source"), self.source), (tr("Category"), self.search), ("", self.category),
            ("", self.priority), (tr("Matter"), self.text), (tr("Address"), self.address),
        )  # fmt: skip
        for words, field in lines:
            form.addRow(PlainLabel(words), field)
        verbs = QHBoxLayout()
        verbs.setSpacing(theme.px(theme.GUTTER))
        verbs.addWidget(self.send, 3)
        verbs.addWidget(self.back, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        column.setSpacing(theme.px(theme.GUTTER))
        column.addLayout(form)
        column.addWidget(self.message)
        column.addWidget(self.personal)
        column.addLayout(verbs)
        self.setFixedWidth(theme.px(WIDTH))

    def _clear(self) -> None:
        self._key = str(uuid4())
        self.text.write("")
        self.address.clear()
        self.source.choose(PHONE)
        self.category.clear()
        self.search.clear()
        self._narrow("")

    @Slot(str)
    def _narrow(self, typed: str) -> None:
        """Offer the categories whose name or code fits what is typed, all of them for nothing; initials are looked up meanwhile."""
        low = typed.strip().casefold()
        self._offer(low, frozenset())
        if low:
            self._seat.work.ask(self, self._by_initials, self._add_more, low)

    def _by_initials(self, low: str) -> tuple[str, frozenset[str]]:
        """In a reading thread: the first question reads the tables of pinyin."""
        return low, frozenset(self._seat.services.ask.search.categories(self._seat.actor.centre_id, low))

    @Slot(object)
    def _add_more(self, found: tuple[str, frozenset[str]]) -> None:
        if found[1] and found[0] == self.search.text().strip().casefold():
            self._offer(*found)

    def _offer(self, low: str, by_initials: frozenset[str]) -> None:
        chosen = self.category.code
        self.category.clear()
        for code, entry in self._codes.categories.items():
            name = entry.named(language())
            is_meant = low in name.casefold() or low in entry.zh or code.startswith(low) or code in by_initials
            if entry.active and is_meant:
                self.category.addItem(tr("{code} {name}", code=code, name=name), code)
        self.category.choose(chosen)
        if low and self.category.currentIndex() < 0 and self.category.count():
            self.category.setCurrentIndex(0)  # for nothing typed nothing is chosen: a category sent unseen is a wrong priority
        self._show_priority()

    @Slot()
    def _show_priority(self) -> None:
        entry = self._codes.categories.get(self.category.code)
        known = self._codes.priorities.get(entry.priority) if entry is not None else None
        self.priority.setText(tr("Priority {name}", name=known.named(language())) if known is not None else "")

    def _say(self, words: str, field: str | None = None) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))
        fields = {"category": self.search, "text": self.text, "address": self.address, "source": self.source}
        if words and field in fields:
            fields[field].setFocus()

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.send.show_verb(replace(self.send.verb, is_enabled=not is_busy, why_not=tr("Working …")))

    @Slot(object)
    def _taken(self, receipt: Receipt) -> None:
        self._set_busy(False)
        self._clear()
        self.hide()
        self._seat.said.emit(tr("{number} taken in", number=receipt.number))
        self._seat.take(receipt.case_id)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._set_busy(False)
        self._say(told(error), error.field if isinstance(error, ConsoleError) else None)
