"""The line that asks why somebody wants to look: a purpose of CT-26 and a reason in words, kept for the session."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.codes import Entry
from console.domain.errors import Invalid
from console.domain.video_leave import RESIDENT
from console.domain.words import pick
from console.ui.base import theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import language, refusal, tr

DEFAULT_PURPOSE = "V3"
LEAST, MOST = 6, 200  # letters of a reason; the service has the last word


class ReasonLine(QFrame):
    """Asks for purpose and reason inside the panel; text typed once is never lost."""

    given = Signal(str, str)  # purpose, reason
    cancelled = Signal()

    def __init__(self, purposes: Mapping[str, Entry], parent: QWidget | None = None) -> None:
        """Make the line over the purposes of CT-26, hidden."""
        super().__init__(parent)
        self.setObjectName("card")
        self.what = PlainLabel(elide=True, bold=True)
        self.purpose = QComboBox(self)
        for code, entry in purposes.items():
            if code == RESIDENT:
                continue  # looks at recordings, under leave and a cover
            self.purpose.addItem(label_text(f"{code} {pick(language(), entry.zh, entry.en)}"), code)
        self.purpose.setCurrentIndex(max(0, self.purpose.findData(DEFAULT_PURPOSE)))
        self.purpose.setAccessibleName(tr("Purpose"))
        self.reason = LineEdit(hint=tr("Reason, at least {n} letters", n=LEAST), longest=MOST)
        self.reason.setAccessibleName(tr("Reason to look"))
        self.accept = QPushButton(label_text(tr("Look")), self)
        self.accept.setProperty("primary", True)
        self.refuse = QPushButton(label_text(tr("Not now")), self)
        self.accept.ensurePolished()  # before it, the style sheet has not given the button its height
        for widget in (self.purpose, self.reason):
            widget.setMinimumHeight(self.accept.sizeHint().height())
        self.problem = PlainLabel(size=theme.SMALL, wrap=True)
        self.problem.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        for widget, stretch in ((self.purpose, 0), (self.reason, 1), (self.accept, 0), (self.refuse, 0)):
            row.addWidget(widget, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        column.addWidget(self.what)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.reason.entered.connect(self._give)
        self.accept.clicked.connect(self._give)
        self.refuse.clicked.connect(self._cancel)
        self.hide()

    def ask(self, what: str) -> None:
        """Ask for a reason to look at something and bring the officer there: the act was theirs."""
        self.offer(what)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, what: str) -> None:
        """Stand there with a question the officer did not cause; the keys stay where they are."""
        self.what.setText(what)
        self.problem.hide()
        self.show()

    def say(self, words: str) -> None:
        """Say what is wrong; the text stays."""
        self.problem.setText(words)
        self.problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away and keeps the text."""
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        words = self.reason.text().strip()
        if not LEAST <= len(words) <= MOST:
            self.say(refusal(Invalid("reason", "reason_length", least=LEAST, most=MOST)))
            self.reason.setFocus()
            return
        self.given.emit(self.purpose.currentData(), words)

    def _cancel(self) -> None:
        self.hide()
        self.cancelled.emit()
