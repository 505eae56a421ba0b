"""The way in: the page that asks who sits down, and what an account still has to do before it may."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from console.domain.errors import Denied, Invalid
from console.service.credentials import Enrolment, Proof
from console.service.people import Session
from console.ui.base import words
from console.ui.base.work import Work
from console.ui.door import Door
from console.ui.signin import SignIn


class Entrance(QObject):
    """Opens the page and hears what is typed there; `entered` says who sits down."""

    entered = Signal(object)  # a Session

    def __init__(self, door: Door, work: Work, seat: str, parent: QObject | None = None) -> None:
        """Nothing is open yet; `seat` is the name of the place."""
        super().__init__(parent)
        self._door, self._work, self._seat = door, work, seat
        self._proof = Proof("", "")
        self.page: SignIn | None = None

    def open(self) -> None:
        """Ask who sits down."""
        self.page = SignIn(words.tr("Social governance centre"), has_demo=self._door.demo_sign_in is not None)
        self.page.setWindowTitle(words.tr("Command console"))
        self.page.asked.connect(self._sign_in)
        self.page.demo_asked.connect(self._sign_in_demo)
        self.page.setGeometry(QGuiApplication.primaryScreen().availableGeometry())
        self.page.show()
        self.page.activateWindow()
        self.page.focus_first()

    def say(self, said: str) -> None:
        """Say why the page is there."""
        if self.page is not None:
            self.page.refuse(said)
            self.page.focus_first()

    def close(self) -> None:
        """Somebody sits; the page goes."""
        if self.page is not None:
            self.page.close()
            self.page.deleteLater()
            self.page = None

    def _enter(self, session: Session) -> None:
        self.entered.emit(session)

    def _sign_in(self, login: str, password: str) -> None:
        assert self.page is not None
        self._proof = Proof(login, password, self.page.code.text().strip())
        if self.page.changes:
            change = self._door.people.credentials.change_password
            self._work.tell(self, change, self._changed, self._refuse, self._proof, self.page.new.text())
        else:
            self._work.tell(self, self._open_session, self._enter, self._refuse, self._proof)

    def _open_session(self, proof: Proof) -> Session:
        return self._door.people.sign_in(proof.login, proof.password, seat=self._seat, code=proof.code)

    def _changed(self, _nothing: None) -> None:
        """The new password is there; a code that was used to change it is used up, so it is asked for anew."""
        if self.page is None:
            return
        self.page.forget()
        had_code = bool(self._proof.code)
        self._proof = Proof(self._proof.login, self.page.password.text())
        if had_code:
            self.page.ask_code(words.tr("The password is changed. Type the next code of the app."))
        else:
            self._work.tell(self, self._open_session, self._enter, self._refuse, self._proof)

    def _enrol(self, offer: Enrolment) -> None:
        if self.page is not None:
            card = self.page.ask_enrolment(offer)
            card.confirmed.connect(self._confirm_factor)
            card.finished.connect(self._end_enrolment)

    def _end_enrolment(self) -> None:
        if self.page is not None:
            self.page.end_enrolment(words.tr("Now type the next code of the app."))

    def _confirm_factor(self, code: str) -> None:
        confirm = self._door.people.credentials.confirm_factor
        self._work.tell(self, confirm, self._show_codes, self._refuse_factor, self._proof, code)

    def _show_codes(self, codes: tuple[str, ...]) -> None:
        if self.page is not None:
            self.page.show_codes(codes)

    def _refuse_factor(self, error: Exception) -> None:
        if self.page is not None and self.page.enrolment is not None:
            self.page.enrolment.refuse(words.told(error))

    def _sign_in_demo(self) -> None:
        assert self.page is not None and self._door.demo_sign_in is not None
        self.page.wait(True)
        self._work.tell(self, self._door.demo_sign_in, self._enter, self._refuse)

    def _refuse(self, error: Exception) -> None:
        """Say why not, or ask for what the account still has to do."""
        if self.page is None:
            return
        code = error.code if isinstance(error, Denied) else ""
        if code in ("needs_code", "bad_code"):
            self.page.ask_code(words.told(error))
        elif code == "must_change_password" or (self.page.changes and isinstance(error, Invalid)):
            self.page.ask_new(words.told(error))
        elif code == "needs_enrolment":
            self._work.tell(self, self._door.people.credentials.enrol, self._enrol, self._refuse, self._proof)
        else:
            self.page.refuse(words.told(error))
