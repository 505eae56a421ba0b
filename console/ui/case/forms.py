"""The small form of a case's other verbs: it shows the fields an act asks for, and says before what the act does.

It stands in the panel, never over it; what was typed is handed out and taken back, so that
another case may come between.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.codes import Codes
from console.service.cases import CLOSE_TYPES
from console.ui.base import theme
from console.ui.base.keys import shown
from console.ui.base.line import LineEdit
from console.ui.base.personal import PersonalPrompt
from console.ui.base.text import PlainLabel
from console.ui.base.verbs import Verb, VerbButton
from console.ui.base.words import language, tr
from console.ui.case.moves import MOVES, NAMES, Answers, act_words, plain_action
from console.ui.case.note import Note
from console.ui.case.pick import Pick

Entries = tuple[tuple[str, str], ...]
# Which reasons of CT-25 an act names.
REASONS = {"reject": "reject", "ask_suspend": "suspend", "ask_void": "void"}


class ActForm(QFrame):
    """One form for all these acts; it shows the fields an act needs."""

    sent = Signal()
    left = Signal()  # Esc: back, everything kept

    def __init__(self, codes: Callable[[], Codes], parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setObjectName("card")
        self.action = ""
        self._codes = codes
        self._is_busy = False
        self.title = PlainLabel(bold=True, elide=True)
        self.consequence = PlainLabel(size=theme.SMALL, dim=True, wrap=True)
        self.reason = Note(tr("Why"))
        self.close_type = Pick(tr("Way of closing"), tuple((code, _close_words(code)) for code in CLOSE_TYPES))
        self.close_text = Note(tr("What was done"))
        self.public_reply = Note(tr("What the citizen is told"))
        self.fields: dict[str, QWidget] = self._fields()
        self.message = PlainLabel(wrap=True)
        self.message.set_badge("amber")
        self.personal = PersonalPrompt()
        self.send = VerbButton(Verb("send", "", shown("submit"), is_primary=True))
        self.back = VerbButton(Verb("back", tr("Back"), "Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(10))
        column.setSpacing(theme.px(theme.GUTTER))
        for part in (self.title, self.consequence, *self.fields.values(), self.message):
            column.addWidget(part)
        column.addWidget(self.personal)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(theme.GUTTER))
        buttons.addWidget(self.send, 3)
        buttons.addWidget(self.back, 1)
        column.addLayout(buttons)
        self.send.clicked.connect(self.sent)
        self.back.clicked.connect(self.left)
        self.personal.answered.connect(self.sent)
        self.hide()

    def open(self, action: str, title: str, answers: Answers, *, units: Entries = (), centres: Entries = ()) -> None:
        """Open the form of an act with what was typed before; the first field gets the cursor."""
        self.action = action
        move = MOVES[plain_action(action)]
        self.title.setText(title)
        self.consequence.setText(tr(move.does))
        self.reason.setPlaceholderText(tr(move.about))
        self.reason.setAccessibleName(tr(move.about))
        self._offer("code", _named(self._codes().reasons.get(REASONS.get(plain_action(action), ""), {})))
        self._offer("unit", units)
        self._offer("centre", centres)
        for name, field in self.fields.items():
            _write(field, str(getattr(answers, name)))
            field.setVisible(name in move.asks)
        self.say("")
        self.personal.hide()
        self.send.show()
        self.set_busy(False)
        self.show()
        first = self.fields[move.asks[0]] if move.asks else self.send
        first.setFocus()

    @property
    def answers(self) -> Answers:
        """What is typed now."""
        return Answers(**{name: _words(field) for name, field in self.fields.items()})

    def set_busy(self, is_busy: bool) -> None:
        """Show that it is being done; nothing can be done twice."""
        self._is_busy = is_busy
        words = tr("Working …") if is_busy else act_words(self.action)
        self.send.show_verb(Verb("send", words, "" if is_busy else shown("submit"), is_primary=True, is_enabled=not is_busy, why_not=words))
        for field in self.fields.values():
            field.setEnabled(not is_busy)

    def say(self, words: str, field: str | None = None) -> None:
        """Say what is wrong and go where it can be mended; empty words say nothing is."""
        self.message.setText(words)
        self.message.setVisible(bool(words))
        names = {"reason_code": "code", "text": "reason", "advice": "reason", "orders": "unit", "minutes": "reason"}
        wanted = self.fields.get(names.get(field or "", field or ""))
        if words and wanted is not None and wanted.isVisibleTo(self):
            wanted.setFocus()
        elif words and field == "reason" and self.fields["code"].isVisibleTo(self):
            self.fields["code"].setFocus()

    def clears_words(self) -> bool:
        """Whether the words may be sent; personal numbers in them are asked about first."""
        is_clear = self.personal.clears(self.reason, self.close_text, self.public_reply)
        self.send.setVisible(is_clear)  # one question at a time
        return is_clear

    @property
    def can_send(self) -> bool:
        """Whether Ctrl+Enter would do it now."""
        return self.isVisible() and not self._is_busy

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back and keeps everything; Ctrl+Enter on the number block sends too."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sent.emit()
        else:
            super().keyPressEvent(event)

    def _fields(self) -> dict[str, QWidget]:
        codes = self._codes()
        scores = tuple(each for each in _named(codes.evaluations) if each[0] != "0")
        made: dict[str, QWidget] = {
            "code": Pick(tr("Reason"), ()), "unit": Pick(tr("Unit"), ()), "centre": Pick(tr("Lower centre"), ()),
            "plate": Pick(tr("Plate"), _named(codes.supervision["plate"])), "score": Pick(tr("How content"), scores),
            "category": Pick(tr("Category"), tuple((code, f"{code} {words}") for code, words in _named(codes.categories))),
            "priority": Pick(tr("Priority"), (("", tr("priority of the category")), *_named(codes.priorities))),
            "mark": Pick(tr("Mark"), _marks()), "target": LineEdit(hint=tr("Last digits of the other case's number"), longest=40),
            "place": LineEdit(hint=tr("Where the meeting was"), longest=200), "close_type": self.close_type, "reason": self.reason,
            "decisions": Note(tr("One line a decision: unit, colon, what it is to do"), lines=3), "close_text": self.close_text,
            "public_reply": self.public_reply, "until": LineEdit(hint=tr("Until which day, such as 2027-12-31"), longest=10),
            "right_body": LineEdit(hint=tr("Whose matter it is, when not ours"), longest=80),
        }  # fmt: skip
        assert set(made) == set(NAMES)
        return made

    def _offer(self, name: str, entries: Entries) -> None:
        pick = self.fields[name]
        assert isinstance(pick, Pick)
        pick.clear()
        for code, words in entries:
            pick.addItem(words, code)


def _named(table: object) -> Entries:
    return tuple((code, entry.named(language())) for code, entry in table.items() if entry.active)  # type: ignore[attr-defined]


def _marks() -> Entries:
    return (
        ("cross_county", tr("Across counties")), ("cross_city", tr("Across cities")), ("cross_province", tr("Across provinces")),
        ("confidential", tr("Confidential")), ("emergency_mode", tr("Emergency mode")),
    )  # fmt: skip


def _words(field: QWidget) -> str:
    if isinstance(field, Pick):
        return field.code
    return field.words if isinstance(field, Note) else field.text()  # type: ignore[attr-defined]


def _write(field: QWidget, words: str) -> None:
    if isinstance(field, Pick):
        field.choose(words)
        if field.currentIndex() < 0 and field.count():
            field.setCurrentIndex(0)
    elif isinstance(field, Note):
        field.write(words)
    else:
        field.setText(words)  # type: ignore[attr-defined]


def _close_words(code: str) -> str:
    words = {
        "done": tr("Settled"), "advised": tr("Talked over"), "to_justice": tr("Handed to justice"),
        "on_the_spot": tr("Settled on the spot"), "cannot": tr("Cannot be done"),
    }  # fmt: skip
    return words.get(code, code)
