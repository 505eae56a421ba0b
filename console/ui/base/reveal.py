"""Plain personal details on the screen: a button, a reason, sixty seconds, and they are masked again.

The widget holds nothing plain before it is given some, and nothing after; who may
look and what is written down is the service's affair.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.errors import Invalid
from console.ui.base import theme, veil
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import refusal, tr

SHOWN_S = 60
LEAST, MOST = 6, 200  # letters of a reason; the service has the last word


class Reveal(QFrame):
    """Closed, asking for a reason, or showing plain text for a minute."""

    asked = Signal(str)  # a reason was given

    def __init__(self, what: str, parent: QWidget | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Make it closed; `what` is on its button."""
        super().__init__(parent)
        self._clock = clock
        self._ends = 0.0
        self.open_button = QPushButton(label_text(what))
        self.open_button.setFlat(True)
        self.reason = LineEdit(hint=tr("Reason, at least {n} letters", n=LEAST), longest=MOST)
        self.reason.setAccessibleName(tr("Reason to look"))
        self.accept = QPushButton(label_text(tr("Show for {n} s", n=SHOWN_S)))
        self.accept.setProperty("primary", True)
        self.back = QPushButton(label_text(tr("Not now")))
        self.problem = PlainLabel(size=theme.SMALL, wrap=True)
        self.plain = PlainLabel(wrap=True, selectable=True)
        self.plain.is_private = True
        self.left = PlainLabel(size=theme.SMALL, bold=True)
        self.left.set_badge("amber")
        self.hide_button = QPushButton(label_text(tr("Mask again")))
        self._lay_out()
        self.open_button.clicked.connect(self.ask)
        self.accept.clicked.connect(self._give)
        self.reason.entered.connect(self._give)
        self.back.clicked.connect(self.mask)
        self.hide_button.clicked.connect(self.mask)
        self._tick = QTimer(self, interval=250)
        self._tick.timeout.connect(self.tick)
        self.mask()

    def ask(self) -> None:
        """Ask for the reason."""
        self._show_parts(is_asking=True)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_plain(self, words: str) -> None:
        """Show these words for a minute; the reason is used up."""
        self.reason.clear()
        self.plain.setText(words)
        self._ends = self._clock() + SHOWN_S
        self._show_parts(is_shown=True)
        self.tick()
        self._tick.start()

    def say(self, words: str) -> None:
        """Say why not; the reason that was typed stays."""
        self.problem.setText(words)
        self.problem.show()
        self.accept.setEnabled(True)

    def mask(self) -> None:
        """Forget the plain words at once and close."""
        self._tick.stop()
        self.plain.setText("")
        self._show_parts()

    def tick(self) -> None:
        """Count down; masks when the time is over, and when visitors come."""
        rest = self._ends - self._clock()
        if rest <= 0 or veil.is_on():
            self.mask()
        else:
            self.left.setText(tr("Plain text for {n} s more", n=int(rest) + 1))

    @property
    def is_plain(self) -> bool:
        """Whether plain words stand on the screen."""
        return bool(self.plain.text())

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees is masked."""
        super().hideEvent(event)
        self.mask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; the reason stays until it is used."""
        if event.key() == Qt.Key.Key_Escape and (self.reason.isVisible() or self.is_plain):
            self.mask()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        words = self.reason.text().strip()
        if not LEAST <= len(words) <= MOST:
            self.say(refusal(Invalid("reason", "reason_length", least=LEAST, most=MOST)))
            self.reason.setFocus()
            return
        self.problem.hide()
        self.accept.setEnabled(False)
        self.asked.emit(words)

    def _show_parts(self, *, is_asking: bool = False, is_shown: bool = False) -> None:
        self.open_button.setVisible(not is_asking and not is_shown)
        for part in (self.reason, self.accept, self.back):
            part.setVisible(is_asking)
        for part in (self.plain, self.left, self.hide_button):
            part.setVisible(is_shown)
        self.accept.setEnabled(True)
        self.problem.hide()

    def _lay_out(self) -> None:
        asking = QHBoxLayout()
        asking.setSpacing(theme.px(6))
        for part, stretch in ((self.accept, 1), (self.back, 0)):
            asking.addWidget(part, stretch)
        shown = QHBoxLayout()
        shown.setSpacing(theme.px(6))
        for part, stretch in ((self.left, 1), (self.hide_button, 0)):
            shown.addWidget(part, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.reason)  # a line of its own: in a narrow column a reason must still be read while it is typed
        column.addLayout(asking)
        column.addWidget(self.problem)
        column.addWidget(self.plain)
        column.addLayout(shown)
