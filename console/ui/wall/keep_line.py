"""The line that asks how a wall shall be kept: its name, for whom, and whether others may change it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.saved_wall import NAME_MAX, SavedWall
from console.ui.base import theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr


class KeepLine(QFrame):
    """Stands inside the panel until it is answered; a wall that is open already may be written over."""

    kept = Signal(bool)  # whether the open one is written over
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setObjectName("card")
        self.title = PlainLabel(bold=True, elide=True)
        self.name = LineEdit(hint=tr("Name of the wall"), longest=NAME_MAX)
        self.name.setAccessibleName(tr("Name of the wall"))
        self.shared = QCheckBox(label_text(tr("For the whole centre")))
        self.locked = QCheckBox(label_text(tr("Only I may change it")))
        self.over = QPushButton(label_text(tr("Save")))
        self.new = QPushButton(label_text(tr("Save as a new wall")))
        self.back = QPushButton(label_text(tr("Back")))
        self.problem = PlainLabel(size=theme.SMALL, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for part in (self.name, self.shared, self.locked, self.over, self.new, self.back):
            row.addWidget(part, 1 if part is self.name else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        column.addWidget(self.title)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.over.clicked.connect(lambda: self.kept.emit(True))
        self.new.clicked.connect(lambda: self.kept.emit(False))
        self.name.entered.connect(lambda _: self.kept.emit(not self.over.isHidden()))
        self.back.clicked.connect(self.hide)
        self.shared.toggled.connect(self.locked.setVisible)
        self.hide()

    def ask(self, known: SavedWall | None, *, is_mine: bool, may_change: bool) -> None:
        """Ask about the wall that hangs now; `known` is the kept one it was opened from."""
        self.title.setText(tr("Keep this wall") if known is None else tr("Keep changes of {name}", name=known.name))
        self.name.setText(known.name if known is not None else "")
        self.shared.setChecked(known is not None and known.audience == "centre")
        self.locked.setChecked(known is not None and known.locked)
        self.locked.setVisible(self.shared.isChecked())
        for box in (self.shared, self.locked):
            box.setEnabled(known is None or is_mine)
        self.over.setVisible(known is not None and may_change)
        for button, is_first in ((self.over, known is not None and may_change), (self.new, known is None or not may_change)):
            button.setProperty("primary", is_first)
            button.style().unpolish(button)
            button.style().polish(button)
        self.say("")
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, words: str) -> None:
        """Say what is wrong; the text stays."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that the keys are free again, unless the whole panel goes."""
        super().hideEvent(event)
        if self.isHidden():
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away and keeps the text."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
