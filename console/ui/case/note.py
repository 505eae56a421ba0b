"""A few lines of the officer's own words: plain, bounded, Tab leaves them."""

from PySide6.QtCore import QMimeData, QSize
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from console.ui.base import theme
from console.ui.base.text import plain

MOST = 2000


class Note(QPlainTextEdit):
    """A small text field. What is pasted is cut before it reaches the field: a book would stop the screen."""

    def __init__(self, hint: str, parent: QWidget | None = None, *, lines: int = 2) -> None:
        """Make an empty field with its hint; the hint is also its name for screen readers."""
        super().__init__(parent)
        self._lines = lines
        self.setFont(theme.font())
        self.setPlaceholderText(plain(hint, 120))
        self.setAccessibleName(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(theme.px(200), self.fontMetrics().lineSpacing() * self._lines + theme.px(22))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text, at most as much as an act may carry."""
        room = max(0, MOST - len(self.toPlainText()))
        self.insertPlainText(plain(source.text()[: MOST * 2], room) if room else "")

    @property
    def words(self) -> str:
        """What is written."""
        return self.toPlainText()

    def write(self, words: str) -> None:
        """Show these words; the place of the cursor stays when they are the same."""
        if words != self.toPlainText():
            self.setPlainText(plain(words))
