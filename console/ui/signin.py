"""The sign-in page, and the same page over a locked seat: login, password, one visible demo button.

What an account still has to do is asked on the same card: the code of a second
factor, a password of one's own, an authenticator to set up.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.service.credentials import Enrolment
from console.ui.base import theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr
from console.ui.enrol import EnrolCard

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
    officer_asked = Signal()  # over a locked seat: somebody else sits down
    language_asked = Signal(str)

    def __init__(self, centre: str, parent: QWidget | None = None, *, locked_login: str = "", has_demo: bool = False) -> None:
        """Make the page; with `locked_login` only that officer may come back to what lies open."""
        super().__init__(parent)
        self._card = QFrame(self)
        self._card.setObjectName("card")
        self._card.setFixedWidth(theme.px(WIDE))
        self.login = LineEdit(longest=64)
        self.login.setAccessibleName(tr("Login"))
        self.password = LineEdit(longest=200)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(tr("Password"))
        self.code, self.new, self.again = LineEdit(longest=40), LineEdit(longest=200), LineEdit(longest=200)
        self._names: dict[LineEdit, PlainLabel] = {}
        self.enrolment: EnrolCard | None = None
        self.caps = PlainLabel(tr("Caps Lock is on"), size=theme.SMALL)
        self.caps.set_badge("amber")
        self.refusal = PlainLabel(wrap=True)
        self.refusal.set_badge("amber")
        self.enter = QPushButton()
        self.enter.setProperty("primary", True)
        self.demo = QPushButton(label_text(tr("Enter as demo duty officer")))
        self.other = QPushButton(label_text(tr("Another officer sits down")))
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
        self.other.clicked.connect(self.officer_asked)

    def focus_first(self) -> None:
        """Put the cursor where typing should begin."""
        (self.password if self.login.text() else self.login).setFocus()

    def refuse(self, words: str) -> None:
        """Say why not; the login stays, the password is emptied."""
        self.wait(False)
        self.refusal.setText(words)
        self.refusal.setVisible(bool(words))
        self._place()
        self.password.clear()
        self.password.setFocus()

    def wait(self, is_waiting: bool) -> None:
        """Show that the answer is under way; nothing can be sent twice."""
        words = tr("Checking …") if is_waiting else tr("Unlock") if self._is_locked else tr("Sign in")
        self.enter.setText(label_text(words))
        for widget in (self.enter, self.demo, self.other):
            widget.setEnabled(not is_waiting)

    @property
    def changes(self) -> bool:
        """Whether a new password is being asked for."""
        return not self.new.isHidden()

    def ask_code(self, words: str) -> None:
        """The password was right; ask for the second factor's code."""
        self._ask_more(words, self.code)
        self.code.clear()
        self.code.setFocus()

    def ask_new(self, words: str) -> None:
        """The password was right but must be changed; ask for another, twice."""
        self._ask_more(words, self.new, self.again)
        self.new.clear()
        self.again.clear()
        self.new.setFocus()

    def ask_enrolment(self, offer: Enrolment) -> EnrolCard:
        """Put the card that sets up a second factor in the place of this one."""
        self.wait(False)
        self.enrolment = EnrolCard(offer, self)
        self._card.hide()
        self.enrolment.show()
        self._place()
        self.enrolment.code.setFocus()
        return self.enrolment

    def show_codes(self, codes: tuple[str, ...]) -> None:
        """Show the recovery codes of a second factor just set up."""
        if self.enrolment is not None:
            self.enrolment.show_codes(codes)
            self._place()

    def end_enrolment(self, words: str) -> None:
        """Come back from setting up a second factor."""
        if self.enrolment is not None:
            self.enrolment.hide()
            self.enrolment.deleteLater()
            self.enrolment = None
        self._card.show()
        self.ask_code(words)

    def forget(self) -> None:
        """The password was changed: sign in with the new one."""
        self.password.setText(self.new.text())
        for field in (self.new, self.again):
            field.clear()
            self._names[field].hide()
            field.hide()

    def _ask_more(self, words: str, *fields: LineEdit) -> None:
        self.wait(False)
        self.refusal.setText(words)
        self.refusal.setVisible(bool(words))
        for field in fields:
            self._names[field].show()
            field.show()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice Caps Lock while the password is typed."""
        if watched is self.password and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_CapsLock:
                self.caps.hide()
            elif event.text().isascii() and event.text().isalpha():
                self.caps.setVisible(is_caps_lock(event))
                self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the calm ground; over a locked seat nothing of it shines through."""
        QPainter(self).fillRect(self.rect(), theme.colour(theme.tokens().ground))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the card in the upper middle."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        for card in (self._card, self.enrolment):
            if card is not None:
                card.adjustSize()
                column = card.layout()
                if column is not None and column.hasHeightForWidth():  # words that wrap: as high as this width makes them
                    card.resize(card.width(), column.totalHeightForWidth(card.width()))
                card.move((self.width() - card.width()) // 2, max(0, (self.height() - card.height()) * 2 // 5))

    def _lay_out(self, centre: str, *, has_demo: bool) -> None:
        column = QVBoxLayout(self._card)
        side = theme.px(28)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(8))
        title = tr("This seat is locked") if self._is_locked else tr("Command console")
        column.addWidget(PlainLabel(title, size=theme.CLOCK, bold=True))
        column.addWidget(PlainLabel(centre, dim=True, wrap=True))
        column.addSpacing(theme.px(10))
        fields = (
            (tr("Login"), self.login), (tr("Password"), self.password), (tr("One-time code"), self.code), (tr("New password"), self.new),
            (tr("New password again"), self.again),
        )  # fmt: skip
        for words, field in fields:
            self._names[field] = PlainLabel(words, size=theme.SMALL, dim=True)
            field.setAccessibleName(words)
            column.addWidget(self._names[field])
            column.addWidget(field)
        for field in (self.code, self.new, self.again):
            self._names[field].hide()
            field.hide()
            field.entered.connect(lambda _: self._ask())
        for field in (self.new, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        column.addWidget(self.caps)
        column.addWidget(self.refusal)
        column.addSpacing(theme.px(6))
        column.addWidget(self.enter)
        if self._is_locked:
            column.addWidget(PlainLabel(tr("Reports keep arriving and sounding."), size=theme.SMALL, dim=True, wrap=True))
            column.addSpacing(theme.px(10))
            words = tr("For the next shift: this officer is signed out. Drafts are kept for them, their looks at cameras end.")
            column.addWidget(PlainLabel(words, size=theme.SMALL, dim=True, wrap=True))
            column.addWidget(self.other)
        if has_demo:
            column.addSpacing(theme.px(10))
            column.addWidget(PlainLabel(tr("Demonstration: fictional county, fictional people"), size=theme.SMALL, dim=True, wrap=True))
            column.addWidget(self.demo)
        self.demo.setVisible(has_demo)
        self.other.setVisible(self._is_locked)

    def _ask(self) -> None:
        if not self.enter.isEnabled():
            return
        login, password = self.login.text().strip(), self.password.text()
        if not login or not password:
            self.refuse(tr("Login and password are both needed"))
            if not login:
                self.login.setFocus()
            return
        if self.changes and self.new.text() != self.again.text():
            self.ask_new(tr("The two new passwords differ."))
            return
        self.refusal.hide()
        self.wait(True)
        self.asked.emit(login, password)
