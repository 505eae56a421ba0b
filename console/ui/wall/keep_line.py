"""The line that asks how a wall shall be kept: its name, for whom, and whether others may change it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from console.domain.saved_wall import NAME_MAX, SavedWall
from console.ui.base.card import Card
from console.ui.base.line import LineEdit
from console.ui.base.text import label_text
from console.ui.base.words import tr


class KeepLine(Card):
    """Stands inside the panel until it is answered; a wall that is open already may be written over."""

    kept = Signal(bool)  # whether the open one is written over

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        name = LineEdit(hint=tr("Name of the wall"), longest=NAME_MAX)
        shared, locked = QCheckBox(label_text(tr("For the whole centre"))), QCheckBox(label_text(tr("Only I may change it")))
        over = QPushButton(label_text(tr("Save")))
        super().__init__("", (name, shared, locked, over), tr("Save as a new wall"), parent, narrow=(shared, locked, over))
        self.name, self.shared, self.locked, self.over, self.new = name, shared, locked, over, self.done
        self.name.setAccessibleName(tr("Name of the wall"))
        self.over.clicked.connect(lambda: self.kept.emit(True))
        self.new.clicked.connect(lambda: self.kept.emit(False))
        self.name.entered.connect(lambda _: self.kept.emit(not self.over.isHidden()))
        self.shared.toggled.connect(self.locked.setVisible)

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
