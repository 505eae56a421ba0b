"""The sign-in page, and the same page over a locked seat: login, password, one visible demo button."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.ui.base import theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr

WIDE = 440


def is_caps_lock(event: QKeyEvent) -> bool:
    """Whether a letter arrived in the case that only Caps Lock explains."""
    letter = event.text()
    if len(letter) != 1 or not letter.isascii() or not letter.isalpha():
        return False
    return letter.isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)


class SignIn(QWidget):
    """Asks who sits here; the answer comes back through `refuse` or by taking the page away."""

    asked = Signal(str, str)  # login, password
    demo_asked = Signal()
    language_asked = Signal(str)

    def __init__(self, centre: str, parent: QWidget | None = None, *, locked_login: str = "", has_demo: bool = False) -> None:
        """Make the page; with `locked_login` only that officer may come back."""
        super().__init__(parent)
        self._card = QFrame(self)
        self._card.setObjectName("card")
        self._card.setFixedWidth(theme.px(WIDE))
        self.login = LineEdit(longest=64)
        self.login.setAccessibleName(tr("Login"))
        self.password = LineEdit(longest=200)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(tr("Password"))
        self.caps = PlainLabel(tr("Caps Lock is on"), size=theme.SMALL)
        self.caps.set_badge("amber")
        self.refusal = PlainLabel(wrap=True)
        self.refusal.set_badge("amber")
        self.enter = QPushButton()
        self.enter.setProperty("primary", True)
        self.demo = QPushButton(label_text(tr("Enter as demo duty officer")))
        self._is_locked = bool(locked_login)
        self._lay_out(centre, has_demo=has_demo)
        if locked_login:
            self.login.setText(locked_login)
            self.login.setReadOnly(True)
        self.caps.hide()
        self.refusal.hide()
        self.wait(False)
        self.password.installEventFilter(self)
        self.login.entered.connect(lambda _: self.password.setFocus())
        self.password.entered.connect(lambda _: self._ask())
        self.enter.clicked.connect(self._ask)
        self.demo.clicked.connect(self.demo_asked)

    def focus_first(self) -> None:
        """Put the cursor where typing should begin."""
        (self.password if self.login.text() else self.login).setFocus()

    def refuse(self, words: str) -> None:
        """Say why not; the login stays, the password is emptied."""
        self.wait(False)
        self.refusal.setText(words)
        self.refusal.setVisible(bool(words))
        self.password.clear()
        self.password.setFocus()

    def wait(self, is_waiting: bool) -> None:
        """Show that the answer is under way; nothing can be sent twice."""
        words = tr("Checking …") if is_waiting else tr("Unlock") if self._is_locked else tr("Sign in")
        self.enter.setText(label_text(words))
        for widget in (self.enter, self.demo):
            widget.setEnabled(not is_waiting)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice Caps Lock while the password is typed."""
        if watched is self.password and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_CapsLock:
                self.caps.hide()
            elif event.text().isascii() and event.text().isalpha():
                self.caps.setVisible(is_caps_lock(event))
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the calm ground; over a locked seat nothing of it shines through."""
        QPainter(self).fillRect(self.rect(), theme.colour(theme.tokens().ground))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the card in the upper middle."""
        super().resizeEvent(event)
        self._card.adjustSize()
        self._card.move((self.width() - self._card.width()) // 2, max(0, (self.height() - self._card.height()) * 2 // 5))

    def _lay_out(self, centre: str, *, has_demo: bool) -> None:
        column = QVBoxLayout(self._card)
        side = theme.px(28)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(8))
        title = tr("This seat is locked") if self._is_locked else tr("Command console")
        column.addWidget(PlainLabel(title, size=theme.CLOCK, bold=True))
        column.addWidget(PlainLabel(centre, dim=True, wrap=True))
        column.addSpacing(theme.px(10))
        for words, field in ((tr("Login"), self.login), (tr("Password"), self.password)):
            column.addWidget(PlainLabel(words, size=theme.SMALL, dim=True))
            column.addWidget(field)
        column.addWidget(self.caps)
        column.addWidget(self.refusal)
        column.addSpacing(theme.px(6))
        column.addWidget(self.enter)
        if self._is_locked:
            column.addWidget(PlainLabel(tr("Reports keep arriving and sounding."), size=theme.SMALL, dim=True, wrap=True))
        if has_demo:
            column.addSpacing(theme.px(10))
            column.addWidget(PlainLabel(tr("Demonstration: fictional county, fictional people"), size=theme.SMALL, dim=True, wrap=True))
            column.addWidget(self.demo)
        self.demo.setVisible(has_demo)

    def _ask(self) -> None:
        if not self.enter.isEnabled():
            return
        login, password = self.login.text().strip(), self.password.text()
        if not login or not password:
            self.refuse(tr("Login and password are both needed"))
            if not login:
                self.login.setFocus()
            return
        self.refusal.hide()
        self.wait(True)
        self.asked.emit(login, password)
