"""The small forms of a case's other verbs: a reason for a recall, type and words of a closing.

They stand in the panel, never over it; what was typed is handed out and taken back, so that
another case may come between.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.service.cases import CLOSE_TYPES
from console.ui.base import theme
from console.ui.base.keys import shown
from console.ui.base.personal import PersonalPrompt
from console.ui.base.text import PlainLabel
from console.ui.base.verbs import Verb, VerbButton
from console.ui.base.words import tr
from console.ui.case.choices import act_words
from console.ui.case.note import Note
from console.ui.case.pick import Pick

# Acts that need more than a key: what they do is said before, because most cannot be taken back.
FORMS = ("recall", "check", "rework", "close")


@dataclass(frozen=True)
class Answers:
    """What was typed into a form so far."""

    reason: str = ""
    close_type: str = "done"
    close_text: str = ""
    public_reply: str = ""


class ActForm(QFrame):
    """One form for all these acts; it shows the fields an act needs."""

    sent = Signal()
    left = Signal()  # Esc: back, everything kept

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setObjectName("card")
        self.action = ""
        self._is_busy = False
        self.title = PlainLabel(bold=True, elide=True)
        self.consequence = PlainLabel(size=theme.SMALL, dim=True, wrap=True)
        self.reason = Note(tr("Why"))
        self.close_type = Pick(tr("Way of closing"), tuple((code, _close_words(code)) for code in CLOSE_TYPES))
        self.close_text = Note(tr("What was done"))
        self.public_reply = Note(tr("What the citizen is told"))
        self.message = PlainLabel(wrap=True)
        self.message.set_badge("amber")
        self.personal = PersonalPrompt()
        self.send = VerbButton(Verb("send", "", shown("submit"), is_primary=True))
        self.back = VerbButton(Verb("back", tr("Back"), "Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(10))
        column.setSpacing(theme.px(theme.GUTTER))
        for part in (self.title, self.consequence, self.reason, self.close_type, self.close_text, self.public_reply, self.message):
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

    def open(self, action: str, title: str, answers: Answers) -> None:
        """Open the form of an act with what was typed before; the first field gets the cursor."""
        self.action = action
        self.title.setText(title)
        self.consequence.setText(_consequence(action))
        self.reason.write(answers.reason)
        self.close_type.choose(answers.close_type)
        self.close_text.write(answers.close_text)
        self.public_reply.write(answers.public_reply)
        self.reason.setVisible(action in ("recall", "rework"))
        for part in (self.close_type, self.close_text, self.public_reply):
            part.setVisible(action == "close")
        self.say("")
        self.personal.hide()
        self.send.show()
        self.set_busy(False)
        self.show()
        first = {"recall": self.reason, "rework": self.reason, "close": self.close_text}.get(action, self.send)
        first.setFocus()

    @property
    def answers(self) -> Answers:
        """What is typed now."""
        return Answers(self.reason.words, self.close_type.code, self.close_text.words, self.public_reply.words)

    def set_busy(self, is_busy: bool) -> None:
        """Show that it is being done; nothing can be done twice."""
        self._is_busy = is_busy
        words = tr("Working …") if is_busy else act_words(self.action)
        self.send.show_verb(Verb("send", words, "" if is_busy else shown("submit"), is_primary=True, is_enabled=not is_busy, why_not=words))
        for part in (self.reason, self.close_type, self.close_text, self.public_reply):
            part.setEnabled(not is_busy)

    def say(self, words: str, field: str | None = None) -> None:
        """Say what is wrong and go where it can be mended; empty words say nothing is."""
        self.message.setText(words)
        self.message.setVisible(bool(words))
        places: dict[str, QWidget] = {
            "reason": self.reason, "close_type": self.close_type, "close_text": self.close_text, "public_reply": self.public_reply,
        }  # fmt: skip
        if words and field in places:
            places[field].setFocus()

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


def _close_words(code: str) -> str:
    words = {
        "done": tr("Settled"), "advised": tr("Talked over"), "to_justice": tr("Handed to justice"),
        "on_the_spot": tr("Settled on the spot"), "cannot": tr("Cannot be done"),
    }  # fmt: skip
    return words.get(code, code)


def _consequence(action: str) -> str:
    words = {
        "recall": tr("All its tasks end; the case waits for dispatch again. Units that have it already are told."),
        "check": tr("The case goes on to be closed; it cannot go back to handling from there."),
        "rework": tr("The lead works on, with half its time and at least four work hours."),
        "close": tr("The case ends. This cannot be taken back; the reporter reads the words for the citizen."),
    }
    return words.get(action, "")
