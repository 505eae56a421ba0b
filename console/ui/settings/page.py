"""What a page of the administration is: a part of the panel that names its kinds and refreshes itself when shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """One page. Subclasses set `kinds`, implement `refresh` and emit `answered` where the answer is shown."""

    kinds: frozenset[str] = frozenset()
    answered = Signal()  # what is shown is now the answer to the last question
    wanted = Signal()  # the page asks to be brought to the front

    def refresh(self) -> None:
        """Ask for what the page shows."""
        self.answered.emit()

    def submit(self) -> bool:
        """Ctrl+Enter on this page; false when nothing can be sent."""
        return False
