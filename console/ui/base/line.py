"""The one line edit of the console: Return while composing Chinese never submits.

Measured: a Return that reaches a plain QLineEdit during composition does emit
`returnPressed`, and some input methods send the Return after the commit, in the same turn of
the event loop. Both are swallowed here and nowhere else.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from console.ui.base import theme
from console.ui.base.text import plain

_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x3002: 0x2E}


def to_ascii(text: str) -> str:
    """Full-width letters, digits and punctuation as their ASCII twins; everything else as it is."""
    return text.translate(_FULL_WIDTH)


class LineEdit(QLineEdit):
    """A single line of input whose Return always means what the officer sees."""

    entered = Signal(str)

    def __init__(
        self, parent: QWidget | None = None, *, hint: str = "", latin_until: str = "", ascii_only: bool = False,
        longest: int = 500,
    ) -> None:
        """Make the line.

        With `latin_until` (":" for the command line) the part before that
        character hints the input method at Latin and folds full-width forms
        to ASCII; with `ascii_only` that part takes nothing but ASCII.
        """
        super().__init__(parent)
        self.setFont(theme.font())
        self.setPlaceholderText(plain(hint, 120))
        self.setMaxLength(longest)
        self._latin_until = latin_until
        self._ascii_only = ascii_only
        self._is_composing = False
        self._is_just_committed = False
        self.returnPressed.connect(self._tell)
        self.textEdited.connect(self._fold)
        self.cursorPositionChanged.connect(self._hint_method)
        self._hint_method()

    @property
    def is_composing(self) -> bool:
        """Whether the input method holds unfinished text."""
        return self._is_composing

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether text is being composed or was committed in this very turn."""
        was_composing = self._is_composing
        self._is_composing = bool(event.preeditString())
        if event.commitString() or (was_composing and not self._is_composing):
            self._is_just_committed = True
            QTimer.singleShot(0, self, self._settle)
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swallow a Return that belongs to the input method."""
        if event.key() in _RETURNS and (self._is_composing or self._is_just_committed):
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Composition ends with the focus."""
        self._is_composing = False
        super().focusOutEvent(event)

    def _settle(self) -> None:
        self._is_just_committed = False

    def _tell(self) -> None:
        self.entered.emit(self.text())

    def _is_in_latin_part(self) -> bool:
        return bool(self._latin_until) and self._latin_until not in self.text()[: self.cursorPosition()]

    def _hint_method(self) -> None:
        hints = Qt.InputMethodHint
        wanted = hints.ImhPreferLatin | hints.ImhNoAutoUppercase if self._is_in_latin_part() else hints.ImhNone
        if self._ascii_only and self._is_in_latin_part():
            wanted |= hints.ImhLatinOnly
        if self.inputMethodHints() != wanted:
            self.setInputMethodHints(wanted)

    def _fold(self, text: str) -> None:
        if not self._latin_until:
            return
        folded = to_ascii(text)
        head, mark, _ = folded.partition(self._latin_until)
        if self._ascii_only:
            head = "".join(char for char in head if char.isascii())
        # Folding keeps lengths, so what follows the mark can be taken from the text as typed.
        kept = head + mark + (text[len(folded.partition(self._latin_until)[0]) + 1 :] if mark else "")
        if kept != text:
            place = max(0, self.cursorPosition() - (len(text) - len(kept)))
            self.setText(kept)
            self.setCursorPosition(place)
