"""The line of a mark: seen here, at this instant; left which way, as the keys of a keypad lie, and what it was in words."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from console.ui.base import theme
from console.ui.base.card import Inset
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.winds import wind, wind_letters
from console.ui.base.words import tr

KEYPAD = {8: 0.0, 9: 45.0, 6: 90.0, 3: 135.0, 2: 180.0, 1: 225.0, 4: 270.0, 7: 315.0}
WORDS_MAX = 200


class SeenLine(Inset):
    """Stands inside the panel until it is answered; one key is enough."""

    marked = Signal(object, str)  # degrees from north or None, words

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = PlainLabel(bold=True, elide=True)
        self.ways: dict[int, QToolButton] = {}
        winds = QHBoxLayout()
        winds.setSpacing(theme.px(4))
        winds.addWidget(PlainLabel(tr("Left to the"), size=theme.SMALL, dim=True))
        for key, heading in KEYPAD.items():
            self.ways[key] = self._way(key, heading)
            winds.addWidget(self.ways[key])
        winds.addStretch(1)
        self.words = LineEdit(hint=tr("What was seen, if it helps"), longest=WORDS_MAX)
        self.words.setAccessibleName(tr("What was seen, if it helps"))
        self.unknown = QPushButton(label_text(tr("Way not known (Enter)")))
        self.unknown.setProperty("primary", True)
        self.back = QPushButton(label_text(tr("Back")))
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        for part in (self.words, self.unknown, self.back):
            foot.addWidget(part, 1 if part is self.words else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        column.addWidget(self.title)
        column.addLayout(winds)
        column.addLayout(foot)
        self.unknown.clicked.connect(lambda: self._mark(None))
        self.words.entered.connect(lambda _: self._mark(None))
        self.back.clicked.connect(self.hide)
        self.hide()

    def ask(self, title: str) -> None:
        """Ask which way it left; the instant has been taken already."""
        self.title.setText(title)
        self.words.setText("")
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit is a way, Enter none, Esc takes the mark back before it is made."""
        digit = int(event.text()) if event.text().isascii() and event.text().isdigit() else 0
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._mark(None)
        elif digit in KEYPAD:
            self._mark(KEYPAD[digit])
        else:
            super().keyPressEvent(event)

    def _way(self, key: int, heading: float) -> QToolButton:
        button = QToolButton(self)
        button.setText(label_text(f"{key}  {wind_letters(heading)}"))
        button.setFont(theme.font(theme.SMALL))
        button.setAccessibleName(wind(heading))
        button.clicked.connect(lambda _=False: self._mark(heading))
        return button

    @Slot()
    def _mark(self, heading: float | None) -> None:
        words = self.words.text().strip()
        self.hide()
        self.marked.emit(heading, words)
