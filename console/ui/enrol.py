"""Setting up a second factor at the door: the QR picture, its first code, and the recovery codes told once."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from console.service.credentials import Enrolment
from console.ui.base import theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr

SIDE = 272


class Squares(QWidget):
    """A QR picture, always black on white: phones read no other."""

    def __init__(self, rows: tuple[str, ...], parent: QWidget | None = None) -> None:
        """Make the picture of these rows of "1" and "0"."""
        super().__init__(parent)
        self._rows = rows
        self.setFixedSize(QSize(theme.px(SIDE), theme.px(SIDE)))
        self.setAccessibleName(tr("QR picture of the secret"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint whole squares, so that no edge is grey."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        count = len(self._rows)
        step = min(self.width(), self.height()) // max(1, count)
        left = (self.width() - step * count) // 2
        for y, row in enumerate(self._rows):
            for x, square in enumerate(row):
                if square == "1":
                    painter.fillRect(QRect(left + x * step, left + y * step, step, step), QColor("black"))


class EnrolCard(QFrame):
    """Asks for the first code of an offered second factor, then shows the recovery codes."""

    confirmed = Signal(str)  # the first code
    finished = Signal()  # the recovery codes were written down

    def __init__(self, offer: Enrolment, parent: QWidget | None = None) -> None:
        """Make the card of an offer."""
        super().__init__(parent)
        self.setObjectName("card")
        self.setFixedWidth(theme.px(440))
        self.code = LineEdit(longest=10)
        self.code.setAccessibleName(tr("One-time code"))
        self.refusal = PlainLabel(wrap=True)
        self.refusal.set_badge("amber")
        self.refusal.hide()
        self.enter = QPushButton(label_text(tr("Confirm")))
        self.enter.setProperty("primary", True)
        self._column = QVBoxLayout(self)
        side = theme.px(28)
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(theme.px(8))
        self._show(
            PlainLabel(tr("Second factor"), size=theme.CLOCK, bold=True),
            PlainLabel(tr("Scan this with an authenticator app, then type the code it shows."), wrap=True),
            Squares(offer.picture), PlainLabel(tr("Or type this secret into the app:"), size=theme.SMALL, dim=True, wrap=True),
            self._secret(offer.secret), PlainLabel(tr("One-time code"), size=theme.SMALL, dim=True), self.code, self.refusal, self.enter,
        )  # fmt: skip
        self.code.entered.connect(lambda _: self._confirm())
        self.enter.clicked.connect(self._confirm)

    def refuse(self, words: str) -> None:
        """Say why the code was not taken."""
        self.enter.setEnabled(True)
        self.refusal.setText(words)
        self.refusal.show()
        self.code.selectAll()
        self.code.setFocus()

    def show_codes(self, codes: tuple[str, ...]) -> None:
        """Show the recovery codes, this once."""
        while self._column.count():
            item = self._column.takeAt(0)
            if item is not None and item.widget() is not None:
                item.widget().hide()
        words = tr("Write these recovery codes down. Each replaces a lost phone once; they are not shown again.")
        done = QPushButton(label_text(tr("I have written them down")))
        done.setProperty("primary", True)
        done.clicked.connect(self.finished)
        self._show(
            PlainLabel(tr("Recovery codes"), size=theme.CLOCK, bold=True), PlainLabel(words, wrap=True),
            *(self._secret(code) for code in codes), done,
        )  # fmt: skip
        done.setFocus()

    def _secret(self, text: str) -> LineEdit:
        field = LineEdit(longest=80)
        field.setText(" ".join(text[at : at + 4] for at in range(0, len(text), 4)) if "-" not in text else text)
        field.setReadOnly(True)
        field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return field

    def _show(self, *widgets: QWidget) -> None:
        for widget in widgets:
            middle = Qt.AlignmentFlag.AlignHCenter if isinstance(widget, Squares) else Qt.AlignmentFlag(0)
            self._column.addWidget(widget, 0, middle)
            if widget is not self.refusal:
                widget.show()
        self.adjustSize()

    def _confirm(self) -> None:
        if self.enter.isEnabled() and self.code.text().strip():
            self.enter.setEnabled(False)
            self.confirmed.emit(self.code.text().strip())
