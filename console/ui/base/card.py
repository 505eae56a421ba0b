"""What stands inside a panel for a while, and the card that asks something there: title, fields in a row, what is wrong below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.ui.base import theme
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr


class Inset(QFrame):
    """Stands inside a panel until it is put away; Esc does that. Whoever makes one hides it when it is laid out."""

    left = Signal()  # the keys are free again

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it."""
        super().__init__(parent)
        self.setObjectName("card")

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that the keys are free again, unless the whole panel goes."""
        super().hideEvent(event)
        if self.isHidden():
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


class Card(Inset):
    """Stands inside the panel until it is answered. Subclasses connect `done`."""

    def __init__(
        self, title: str, parts: tuple[QWidget, ...], done: str, parent: QWidget | None = None, *, narrow: tuple[QWidget, ...] = ()
    ) -> None:
        """Make it hidden; `narrow` parts take no more room than they need."""
        super().__init__(parent)
        self.title = PlainLabel(title, bold=True, elide=True)
        self.done = QPushButton(label_text(done))
        self.done.setProperty("primary", True)
        self.back = QPushButton(label_text(tr("Back")))
        self.problem = PlainLabel(size=theme.SMALL, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for part in (*parts, self.done, self.back):
            row.addWidget(part, 1 if part in parts and part not in narrow else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        column.addWidget(self.title)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.back.clicked.connect(self.hide)
        self.problem.hide()
        self.hide()

    def say(self, words: str) -> None:
        """Say what is wrong; what was typed stays."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
