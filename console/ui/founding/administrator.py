"""The page of one administrator: who he is, what he signs in with, and the second factor he may set up at once."""

from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.domain.roles import AUDITOR, DIRECTOR, SYSTEM_ADMINISTRATOR
from console.service.founding import Administrator, Enrolment
from console.ui.base import theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel
from console.ui.base.words import tr
from console.ui.enrol import SIDE, Squares
from console.ui.settings.staff import form, line, named

LOGINS = {SYSTEM_ADMINISTRATOR: "sysadmin", DIRECTOR: "secadmin", AUDITOR: "auditor"}
QUIET_MS = 300  # after the last letter of a login, before its picture is drawn


class AdministratorPage(QWidget):
    """A form beside a QR picture; `login_changed` asks for the picture of another login."""

    entered = Signal()  # Enter in the last field
    typed_on = Signal()  # something is typed: what was said about it before is out of date
    login_changed = Signal(str)

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        """Make the page of a role, with the login usual for it."""
        super().__init__(parent)
        self.role = role
        self.name, self.login = line(tr("Name"), longest=40), line(tr("Login"), longest=40)
        self.phone = line(tr("Work phone"), longest=30)
        self.password, self.again = line(tr("Password"), longest=200), line(tr("Password again"), longest=200)
        self.code = line(tr("One-time code"), longest=10, hint=tr("empty: at the first sign-in"))
        for field in (self.password, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.login.setText(LOGINS[role])
        self.secret = ""
        self._picture: Squares | None = None
        self._spelled = PlainLabel(size=theme.SMALL, dim=True, wrap=True, selectable=True)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(lambda: self.login_changed.emit(self.login.text().strip()))
        self._lay_out()
        self.login.textChanged.connect(lambda _: self._quiet.start())
        order = (self.name, self.login, self.phone, self.password, self.again, self.code)
        for field, after in pairwise(order):
            field.entered.connect(lambda _, to=after: to.setFocus())
            field.textEdited.connect(lambda _: self.typed_on.emit())
        self.code.entered.connect(lambda _: self.entered.emit())
        self.setFocusProxy(self.name)

    @property
    def fields(self) -> dict[str, LineEdit]:
        """The fields by the names refusals give them."""
        return {"name": self.name, "login": self.login, "work_phone": self.phone, "password": self.password, "code": self.code}

    @property
    def is_repeated(self) -> bool:
        """Whether the password was typed twice alike."""
        return self.password.text() == self.again.text()

    @property
    def typed(self) -> Administrator:
        """What is typed, without the second factor."""
        return Administrator(
            self.role, self.login.text().strip(), self.name.text().strip(), self.password.text(), self.phone.text().strip()
        )

    def show_factor(self, offer: Enrolment) -> None:
        """Show the picture of an offered second factor."""
        self.secret = offer.secret
        new = Squares(offer.picture)
        if self._picture is not None:
            self._right.replaceWidget(self._picture, new)
            self._picture.deleteLater()
        else:
            self._right.insertWidget(1, new, 0, Qt.AlignmentFlag.AlignHCenter)
        self._picture = new
        self._spelled.setText(" ".join(offer.secret[at : at + 4] for at in range(0, len(offer.secret), 4)))

    def forget(self) -> None:
        """Take the words typed off the screen."""
        for field in (self.password, self.again, self.code):
            field.clear()

    def _lay_out(self) -> None:
        left: QFormLayout = form()
        rows = (
            (tr("Name"), self.name), (tr("Login"), self.login), (tr("Work phone"), self.phone), (tr("Password"), self.password),
            (tr("Password again"), self.again), (tr("One-time code"), self.code),
        )  # fmt: skip
        for words, field in rows:
            left.addRow(named(words), field)
        self._right = QVBoxLayout()
        self._right.setSpacing(theme.px(6))
        self._right.addWidget(PlainLabel(tr("Second factor"), bold=True))
        told = tr("Scan it with an authenticator app and type the code it shows; or leave the code empty.")
        for label in (self._spelled, PlainLabel(told, size=theme.SMALL, dim=True, wrap=True)):
            label.setFixedWidth(theme.px(SIDE))
            self._right.addWidget(label)
        self._right.addStretch(1)
        part = QHBoxLayout()
        part.setSpacing(theme.px(28))
        part.addLayout(left, 1)
        part.addLayout(self._right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(PlainLabel(duty_words(self.role), wrap=True))
        column.addLayout(part)
        column.addStretch(1)


def role_words(role: str) -> str:
    """What an administrator is called."""
    return {
        SYSTEM_ADMINISTRATOR: tr("System administrator"), DIRECTOR: tr("Security administrator (director)"), AUDITOR: tr("Auditor"),
    }[role]  # fmt: skip


def duty_words(role: str) -> str:
    """What an administrator does and what not, for who chooses the person."""
    return {
        SYSTEM_ADMINISTRATOR: tr("The system administrator makes users, units and rosters; works on no case and grants no guarded role."),
        DIRECTOR: tr("The director grants guarded roles, decides exports and holds, and takes lost second factors away."),
        AUDITOR: tr("The auditor reads the journal, exports and deletions, and changes nothing. Three persons, three logins."),
    }[role]  # fmt: skip
