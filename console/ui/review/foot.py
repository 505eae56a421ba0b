"""What stands under the pictures of a review: time, pace, buttons, the jump line, and the keys in a row."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from console.domain.limits import CHINA
from console.ui.base import theme
from console.ui.base.line import LineEdit, to_ascii
from console.ui.base.text import PlainLabel, label_text, tip
from console.ui.base.words import tr
from console.ui.review.deck import Deck
from console.ui.review.keys import KEYS, says, shown

BUTTONS = (
    ("review_back10", "−10 s"), ("review_run", "Play"), ("review_forth10", "+10 s"), ("review_slower", "Slower"),
    ("review_faster", "Faster"),
    ("review_begin", "In"), ("review_end", "Out"), ("review_enlarge", "Enlarge"), ("review_sound", "Sound"), ("review_shot", "Picture"),
    ("review_seen", "Seen here"), ("review_clip", "Clip"),
)  # fmt: skip
JUMP_LETTERS = 8


class JumpLine(LineEdit):
    """Where a time is typed; its Enter and Esc are no keys of the window."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the pictures."""
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class ReviewFoot(QFrame):
    """Buttons press what keys press; nothing is decided here."""

    wished = Signal(str)
    jumped = Signal(str)

    def __init__(self, deck: Deck, parent: QWidget | None = None, *, without: Collection[str] = ()) -> None:
        """Make it for the players of a review; acts `without` which it goes have neither button nor key here."""
        super().__init__(parent)
        self._deck = deck
        self.setObjectName("head")
        self.clock = PlainLabel(size=theme.CLOCK, bold=True)
        self.state = PlainLabel(dim=True)
        self.says = PlainLabel(elide=True)
        self.jump = JumpLine(hint=tr("Time ({key})", key=shown("review_jump")), longest=JUMP_LETTERS)
        self.jump.setAccessibleName(tr("Jump to a time, such as 19:42:10"))
        self.jump.setFixedWidth(theme.px(120))
        self.jump.entered.connect(lambda text: self.jumped.emit(to_ascii(text).strip()))
        self.buttons = {action: self._button(action, words) for action, words in BUTTONS if action not in without}
        told, acts = QHBoxLayout(), QHBoxLayout()
        told.setSpacing(theme.px(12))
        acts.setSpacing(theme.px(6))
        for part in (self.clock, self.state, self.says):
            told.addWidget(part, 1 if part is self.says else 0)
        for part in (*self.buttons.values(), self.jump):
            acts.addWidget(part)
        acts.addStretch(1)
        words = "   ".join(" ".join((shown(key.action), tr(key.says))) for key in KEYS if key.action not in without)
        self.keys = PlainLabel(words, size=theme.SMALL, dim=True, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        column.addLayout(told)
        column.addLayout(acts)
        column.addWidget(self.keys)
        deck.moved.connect(self.tell)
        self.tell()

    def say(self, words: str) -> None:
        """A short answer to what was done."""
        self.says.setText(words)

    def tell(self) -> None:
        """Show the moment and the pace."""
        head = self._deck.playhead
        at = self._deck.timeline.instant(self._deck.at_s).astimezone(CHINA)
        self.clock.setText(f"{at:%Y-%m-%d %H:%M:%S}")
        pace = tr("{rate}×", rate=f"{head.rate:g}")
        state = tr("waits for pictures") if head.runs and head.is_held else tr("plays") if head.runs else tr("stands")
        self.state.setText("  ".join((state, pace, *((tr("repeats"),) if head.is_looping else ()))))
        self.buttons["review_run"].setText(label_text(tr("Pause") if head.runs else tr("Play")))

    def _button(self, action: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(label_text(tr(words)))
        tip(button, tr("{says} ({key})", says=tr(says(action)), key=shown(action)))
        button.clicked.connect(self._wish(action))
        return button

    def _wish(self, action: str) -> Callable[[], None]:
        return lambda: self.wished.emit(action)
