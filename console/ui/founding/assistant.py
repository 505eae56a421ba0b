"""The assistant of a first start: one page after another, then all of it at once or nothing."""

from dataclasses import replace

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from console.domain.errors import ConsoleError, Refused
from console.service.founding import ADMINISTRATORS, Administrator, Founded, Founding, Place
from console.ui.base import theme
from console.ui.base.notice import Busy
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import language, told, tr
from console.ui.base.work import Work
from console.ui.founding.administrator import AdministratorPage, role_words
from console.ui.founding.ending import CodesPage, SummaryPage
from console.ui.founding.place import PlacePage

WIDE, HIGH = 860, 700
STEPS = 100


class Assistant(QWidget):
    """Asks what a hall needs to begin. `ended` says whether it has begun."""

    ended = Signal(bool)
    language_asked = Signal()
    _moved = Signal(int)

    def __init__(self, founding: Founding, work: Work, kept: QSettings) -> None:
        """Make the window at its first page."""
        super().__init__()
        self._founding, self._work = founding, work
        self._people: dict[str, Administrator] = {}
        self._founded: Founded | None = None
        self._is_stopped = self._is_running = False
        self._is_late = False  # another machine has made a hall meanwhile: there is nothing left but to sign in
        self.place = PlacePage(kept)
        self.administrators = [AdministratorPage(role) for role in ADMINISTRATORS]
        self.summary, self.codes = SummaryPage(), CodesPage()
        self.pages = QStackedWidget()
        for page in (self.place, *self.administrators, self.summary, self.codes):
            self.pages.addWidget(page)
        self.steps = PlainLabel(size=theme.SMALL, dim=True)
        self.title = PlainLabel(size=theme.CLOCK, bold=True)
        self.message = PlainLabel(wrap=True)
        self.message.set_badge("amber")
        self.message.hide()
        self.busy = Busy()
        self.tongue = QPushButton(label_text("English" if language() == "zh_CN" else "中文"))
        self.cancel, self.back, self.next = QPushButton(label_text(tr("Cancel"))), QPushButton(label_text(tr("Step back"))), QPushButton()
        self.next.setProperty("primary", True)
        self._card = QFrame(self)
        self._card.setObjectName("card")
        self.setWindowTitle(tr("First start"))
        self._lay_out()
        self._join()
        self._turn(0)
        work.ask(self, founding.places, self.place.show_places, failed=self._refuse)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.tongue)
        foot = QHBoxLayout()
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        column = QVBoxLayout(self._card)
        side = theme.px(28)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(10))
        column.addWidget(self.steps)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        column.addWidget(self.message)
        column.addWidget(self.busy)
        column.addLayout(foot)

    def _join(self) -> None:
        self.tongue.clicked.connect(self.language_asked)
        self.cancel.clicked.connect(self._cancel)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self.go_on)
        self.place.chosen.connect(self.go_on)
        self.place.picked.connect(self._show_state)
        self.busy.cancelled.connect(self.give_up)
        self._moved.connect(lambda done: self.busy.progress(done, STEPS))
        for page in self.administrators:
            page.entered.connect(self.go_on)
            page.typed_on.connect(lambda: self._say(""))
            page.login_changed.connect(lambda login, to=page: self._offer(to, login))

    @property
    def at(self) -> int:
        """The number of the page that is shown."""
        return self.pages.currentIndex()

    def go_on(self) -> None:
        """The next page, if this one is complete."""
        if not self.next.isEnabled():
            return
        self._say("")
        page = self.pages.currentWidget()
        if isinstance(page, AdministratorPage):
            self._check(page)
        elif page is self.summary and self._is_late:
            self.ended.emit(True)
        elif page is self.summary:
            self._begin()
        elif page is self.codes:
            if not self.codes.turn():
                self.ended.emit(True)
        elif self.place.place is not None:
            self._turn(1)

    def give_up(self) -> None:
        """Stop what is being made; nothing of it is kept."""
        self._is_stopped = True

    def _turn(self, at: int) -> None:
        self.pages.setCurrentIndex(at)
        page = self.pages.currentWidget()
        names = (tr("First start of this hall"), *map(role_words, ADMINISTRATORS), tr("Make the hall"), tr("The hall has begun"))
        self.title.setText(names[at])
        self.steps.setText(tr("Step {n} of {all}", n=min(at, 4) + 1, all=5))
        self.steps.setVisible(page is not self.codes)
        self.tongue.setVisible(at == 0)
        if isinstance(page, AdministratorPage) and not page.secret:
            self._offer(page, page.login.text().strip())
        if page is self.summary and self.place.place is not None:
            self.summary.show_plan(self.place.place, [self._people[role] for role in ADMINISTRATORS])
        self._show_state()
        (self.next if page in (self.summary, self.codes) else page).setFocus()

    def _show_state(self) -> None:
        page, is_waiting = self.pages.currentWidget(), self._is_running
        words = tr("Make the hall") if page is self.summary else tr("Go on")
        if page is self.summary and self._is_late:
            words = tr("To the sign-in")
        if page is self.codes:
            words = tr("I have written them down") if self._founded is not None and self._founded.recovery else tr("To the sign-in")
        self.next.setText(label_text(words))
        self.next.setEnabled(not is_waiting and (page is not self.place or self.place.place is not None))
        self.back.setVisible(page not in (self.place, self.codes))
        self.back.setEnabled(not is_waiting)
        self.cancel.setVisible(page is not self.codes)

    def _check(self, page: AdministratorPage) -> None:
        if not page.is_repeated:
            self._say(tr("The two passwords differ."), page.again)
            return
        others = [one for role, one in self._people.items() if role != page.role]
        self._wait(True)
        self._work.tell(self, self._checked, self._keep, self._refuse, page.typed, page.secret, page.code.text().strip(), others)

    def _checked(self, one: Administrator, secret: str, code: str, others: list[Administrator]) -> Administrator:
        """On the writing thread: the administrator as typed, with the factor when its code was right."""
        self._founding.check([*others, one])
        return replace(one, factor=(secret, self._founding.first_code(secret, code))) if code else one

    def _keep(self, one: Administrator) -> None:
        self._wait(False)
        self._people[one.role] = one
        self._turn(self.at + 1)

    def _offer(self, page: AdministratorPage, login: str) -> None:
        self._work.ask(page, self._founding.offer, page.show_factor, login, page.secret, failed=lambda _error: None)

    def _begin(self) -> None:
        place = self.place.place
        assert isinstance(place, Place)
        self._is_stopped = False
        self._wait(True)
        self.busy.begin(tr("Making the hall …"), can_cancel=True)
        people = [self._people[role] for role in ADMINISTRATORS]
        self._work.tell(self, self._founding.found, self._show_founded, self._refuse, place.code, people, self._tick)

    def _tick(self, share: float) -> None:
        """On the writing thread, between two steps: nothing is kept when it was stopped."""
        if self._is_stopped:
            raise Refused("stopped")
        self._moved.emit(round(share * STEPS))

    def _show_founded(self, founded: Founded) -> None:
        self.busy.end()
        self._founded = founded
        self._wait(False)
        for page in self.administrators:
            page.forget()
        self._people.clear()
        self.codes.begin(founded)
        self._turn(self.pages.indexOf(self.codes))

    def _refuse(self, error: Exception) -> None:
        self.busy.end()
        self._is_late = isinstance(error, Refused) and error.code == "hall_exists"
        self._wait(False)
        page = self.pages.currentWidget()
        field = error.field if isinstance(error, ConsoleError) else None
        self._say(told(error), page.fields.get(field or "") if isinstance(page, AdministratorPage) else self.next)

    def _say(self, words: str, field: QWidget | None = None) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))
        if field is not None:
            field.setFocus()

    def _wait(self, is_waiting: bool) -> None:
        self._is_running = is_waiting
        self._show_state()

    def _go_back(self) -> None:
        self._say("")
        self._turn(self.at - 1)

    def _cancel(self) -> None:
        if self._is_running:
            self.give_up()
        else:
            self.ended.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes a page back, and stops what is being made; Enter presses the button that has the focus."""
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            if self._is_running:
                self.give_up()
            elif self.back.isVisible():
                self._go_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QPushButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window stops what is being made, and leaves otherwise."""
        if self._is_running:
            self.give_up()
            event.ignore()
            return
        super().closeEvent(event)
        self.ended.emit(self._founded is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the calm ground behind the card."""
        QPainter(self).fillRect(self.rect(), theme.colour(theme.tokens().ground))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the card in the upper middle, inside the window."""
        super().resizeEvent(event)
        self._card.resize(min(theme.px(WIDE), self.width()), min(theme.px(HIGH), self.height()))
        self._card.move((self.width() - self._card.width()) // 2, max(0, (self.height() - self._card.height()) * 2 // 5))
