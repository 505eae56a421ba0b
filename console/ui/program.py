"""The program on the screen: who sits down, the window of the seat, and building it anew in another language or size."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from console.domain.errors import Denied
from console.domain.limits import CHINA
from console.service.people import Session
from console.ui import hall
from console.ui.application import dressed
from console.ui.asked import Asked
from console.ui.base import theme, words
from console.ui.base.heart import Heart, Watchdog
from console.ui.base.panel import Panel
from console.ui.base.sound import Sounds
from console.ui.base.work import Work
from console.ui.case.drafts import Drafts
from console.ui.door import Door, Settings
from console.ui.entrance import Entrance
from console.ui.map.panel import MapPanel
from console.ui.memory import Memory
from console.ui.review.desk import ReviewDesk
from console.ui.review.joined import join_clips, join_wall, review_desk
from console.ui.seat import Seat
from console.ui.settings.border_pages import border_pages
from console.ui.settings.code_pages import code_pages
from console.ui.settings.figure_pages import figure_pages
from console.ui.settings.leaves import LeavesPage
from console.ui.settings.oversight_pages import oversight_pages
from console.ui.settings.page import Page
from console.ui.settings.panel import AdminPanel
from console.ui.settings.plates import plate_pages
from console.ui.settings.staff_pages import staff_pages
from console.ui.settings.video_pages import video_pages
from console.ui.shell import Shell
from console.ui.strip import SeatWords
from console.ui.wall.panel import WallPanel

SESSION_LOOK_MS = 60_000
SESSION_KINDS = frozenset({"session", "user", "account"})
STEP_MS = 1  # not 0: that would be done before the screen answers anything else
HOLD_MS = 150  # what a window may take for its first paint before its questions are asked
BEHIND_MS = 1_500  # after the window stands still, or the sign-in page when nobody sits down
LINK_LOST_S = 6.0  # the feed looks at least every two seconds; three looks missed are no accident


class Program(QObject):
    """Sign-in, then the seat's shell; another language or scale is another shell."""

    def __init__(self, application: QApplication, door: Door, settings: Settings, *, reset_layout: bool = False) -> None:
        """Make what lives as long as the program; `start` opens the first page."""
        super().__init__()
        self._door, self._taste = door, settings
        self._reset_layout = reset_layout
        self._kept = QSettings(str(settings.folder / "seat.ini"), QSettings.Format.IniFormat)
        self._language = str(self._kept.value("language", settings.language))
        words.install(door.words[self._language if self._language in door.words else settings.language])
        self._look = theme.Theme(application, door.resources / "themes")
        look, scale = str(self._kept.value("look", settings.look)), int(str(self._kept.value("scale", 100)))
        self._look.wear("night" if look == "night" else "day", scale)
        self._look.changed.connect(self._keep_look)
        self.work = Work()
        self._sounds = Sounds(door.resources / "sounds")
        self._session: Session | None = None
        self._entrance = Entrance(door, self.work, settings.seat, self)
        self._entrance.entered.connect(self._sit_down)
        self.shell: Shell | None = None
        self.hall: hall.Hall | None = None
        self._wall: WallPanel | None = None
        self._reviews: ReviewDesk | None = None
        self._seat: Seat | None = None
        self._in_hand = 0
        self._is_leaving = False
        self._memory: Memory | None = None
        self._drafts = Drafts()
        self._leave_feed = door.feed.listen(lambda entries: self.work.post(hall.kinds_of(entries)))
        self._pulse = QTimer(self, interval=500)
        self._pulse.timeout.connect(self._show_link)
        # A session that was ended elsewhere, or whose person was blocked, leaves the seat: at once by the feed, at last by this.
        self._watch = QTimer(self, interval=SESSION_LOOK_MS)
        self._watch.timeout.connect(self._look_at_session)
        self.work.changed.connect(self._hear)
        self._behind: QTimer | None = QTimer(self, singleShot=True, interval=BEHIND_MS)
        self._behind.timeout.connect(self._start_the_rest)

    def start(self) -> None:
        """Ask who sits down."""
        self._entrance.open()
        self._put_off_the_rest()

    def _put_off_the_rest(self) -> None:
        """Start what may wait only when the screen has had its time; a screen that opens meanwhile has its own."""
        if self._behind is not None:
            self._behind.start()

    def _start_the_rest(self) -> None:
        self._behind = None
        self.work.ask(self, self._door.behind, lambda _nothing: None)

    def stop(self) -> None:
        """End the threads of the screen."""
        self._pulse.stop()
        self._watch.stop()
        self._leave_feed()
        if self._memory is not None:
            self._memory.write()
        if self._wall is not None:
            self._wall.leave()
        self.work.stop()

    def _hear(self, kinds: frozenset[str]) -> None:
        if not kinds.isdisjoint(SESSION_KINDS):
            self._look_at_session()

    def _look_at_session(self) -> None:
        if self._session is not None:
            self.work.ask(self, self._door.people.session, self._still_there, self._session.token, failed=self._gone)

    def _still_there(self, session: Session) -> None:
        """The session lives; with other roles the seat is built anew, so that no button outlives its right."""
        assert self._session is not None
        if session.actor != self._session.actor:
            self._session = replace(self._session, actor=session.actor)
            self._build()

    def _gone(self, error: Exception) -> None:
        """The session has ended: the seat is left and somebody signs in; another fault says nothing about it."""
        if isinstance(error, Denied) and self._session is not None:
            self._leave_seat(_nobody() if self._is_leaving else words.told(error))

    def _change_officer(self) -> None:
        """The officer's session ends, and the page asks who sits down next."""
        if self._session is not None and not self._is_leaving:  # a second press of a slow button means the first
            self._is_leaving = True
            self.work.tell(self, self._door.people.sign_out, self._signed_out, self._stay_seated, self._session)

    def _signed_out(self, _nothing: None) -> None:
        if self._session is not None:
            self._leave_seat(_nobody())

    def _stay_seated(self, error: Exception) -> None:
        self._is_leaving = False
        if self.shell is not None:
            self.shell.show_failure(error)
            self.shell.unlock(words.told(error))  # says it where the seat is covered

    def _leave_seat(self, why: str) -> None:
        """Take the officer's window away and ask who sits down; what was being written is kept for who wrote it."""
        self._is_leaving = False
        old_shell, old_hall, old_wall = self.shell, self.hall, self._wall
        self._session = self._seat = self.shell = self.hall = self._wall = None
        self._drafts = Drafts()
        self._watch.stop()
        self._pulse.stop()
        self.start()
        self._entrance.say(why)
        if self._memory is not None:
            self._memory.write()
        if old_wall is not None:
            old_wall.leave()
        if old_shell is not None:
            old_shell.hide()
            old_shell.deleteLater()
        if old_hall is not None:
            old_hall.leave()

    def _sit_down(self, session: Session) -> None:
        """Furnish the hall, build its window, show it: three steps of the screen, which answers in between."""
        self._session = session
        self._memory = Memory(self._kept, session.actor.login, self)
        self._drafts = Drafts.of(Path(self._kept.fileName()).parent / "drafts" / f"{session.actor.user_id}.json")
        self._watch.start()
        self._furnish(session)
        QTimer.singleShot(STEP_MS, self, self._build_first)

    def _build_first(self) -> None:
        if self._session is None or self.shell is not None:  # it has ended meanwhile, or was built with other roles
            return
        shell = self._build_shell(self._session)
        QTimer.singleShot(STEP_MS, shell, self._open_first)

    def _open_first(self) -> None:
        if self.shell is None:
            return
        self._open()
        self._entrance.close()

    def _build(self) -> None:
        """Build the seat's window anew; the older one goes when the new one stands."""
        session, old_shell, old_hall, old_wall = self._session, self.shell, self.hall, self._wall
        assert session is not None
        self._furnish(session)
        shell = self._build_shell(session)
        if old_shell is not None and old_wall is not None and self._wall is not None:
            shell.setGeometry(old_shell.geometry())
            shell.open(old_shell.perspective)
            self._wall.resume(old_wall)
            old_wall.leave()
        self._open()
        if old_shell is not None:
            old_shell.hide()
            old_shell.deleteLater()
        if old_hall is not None:
            old_hall.leave()

    def _furnish(self, session: Session) -> None:
        """Make the panels of a seat, and the hall that joins them."""
        self._in_hand = self._seat.case_id if self._seat else 0
        self._seat = seat = Seat(session.actor, self._door.services, self.work)
        self._reviews = reviews = review_desk(seat, self._kept, self)
        self._wall = WallPanel(seat, memory=self._memory, review=reviews.open)
        join_wall(self._wall, reviews)
        join_clips(seat, reviews)
        water = self._door.resources / "geo" / "puyang_natural_earth_water_urban.geojson"
        sketch = MapPanel(seat, water=water, memory=self._memory)
        others: dict[str, Panel] = {"map": sketch, "wall": self._wall}
        pages: tuple[tuple[str, Page], ...] = ()
        for made in (staff_pages, plate_pages, oversight_pages, video_pages, figure_pages, border_pages):
            pages += made(seat, self._kept)
        pages += code_pages(seat)
        if pages:
            others["admin"] = AdminPanel(seat.work, pages)
        self.hall = hall.build_hall(seat, self._sounds, others=others, drafts=self._drafts)

    def _build_shell(self, session: Session) -> Shell:
        """The window around the hall, not shown yet."""
        assert self.hall is not None and self._seat is not None
        said = SeatWords(session.centre, session.actor.seat, session.actor.name, session.leader, _shift(_now()))
        self.shell = Shell(
            self.work, self._look, self._sounds, self.hall.furniture, self._kept, seat=said, now=_now, login=session.actor.login,
            flash=self.hall.flash, reset_layout=self._reset_layout,
        )  # fmt: skip
        self._reset_layout = False
        self.hall.join(self.shell)
        if self._reviews is not None:
            self.shell.lock_asked.connect(self._reviews.leave)
            self._reviews.closed.connect(self.shell.activateWindow)
        Asked(self._seat, self.shell.strip, self._sounds, self._go_decide)
        self._seat.take(self._in_hand)
        self.shell.rebuild_asked.connect(self._other_words)
        self.shell.unlock_asked.connect(self._unlock)
        self.shell.officer_asked.connect(self._change_officer)
        self.shell.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, True)
        return self.shell

    def _go_decide(self) -> None:
        """Show what waits for this officer's decision."""
        admin = self.hall.furniture.panels.get("admin") if self.hall is not None else None
        if self.shell is not None and isinstance(admin, AdminPanel):
            self.shell.open("Administration")
            admin.show_kind(LeavesPage)

    def _open(self) -> None:
        assert self.shell is not None and self.hall is not None
        self.work.hold()
        self.shell.painted.connect(self.work.go_on, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(HOLD_MS, self, self.work.go_on)  # a window behind others is never painted
        self.shell.show()
        # The officer has just pressed a button of ours, so this steals nobody's focus.
        self.shell.activateWindow()
        # Not in the queue: its rows would stand still for the reader, and new ones wait behind a bar.
        self.hall.case.setFocus()
        self._put_off_the_rest()
        self._pulse.start()
        self._show_link()

    def _other_words(self, language: str, scale: int) -> None:
        self._language = language
        words.install(self._door.words[language])
        self._look.wear(self._look.look, scale)
        self._kept.setValue("language", language)
        self._kept.setValue("scale", scale)
        QTimer.singleShot(0, self, self._build)

    def _keep_look(self) -> None:
        self._kept.setValue("look", self._look.look)

    def _unlock(self, _login: str, password: str) -> None:
        assert self._session is not None
        self.work.tell(self, self._door.people.confirm, self._unlocked, self._stay_locked, self._session, password)

    def _unlocked(self, _nothing: None) -> None:
        if self.shell is not None:
            self.shell.unlock()

    def _stay_locked(self, error: Exception) -> None:
        if self.shell is not None:
            self.shell.unlock(words.told(error))

    def _show_link(self) -> None:
        if self.shell is not None:
            age_s = self._door.feed.age_s()
            self.shell.set_link(is_up=age_s < LINK_LOST_S, age_s=age_s)
            self.shell.strip.set_journal(self._door.journal())


def run(door: Door, settings: Settings, *, reset_layout: bool = False) -> int:
    """Open the window and stay until it is closed; the program's exit code.

    Raises Unavailable("no_cjk_font") where Chinese cannot be shown.
    """
    application = dressed(door.resources)
    heart = Heart()
    watchdog = Watchdog(heart)
    program = Program(application, door, settings, reset_layout=reset_layout)
    watchdog.start()
    program.start()
    try:
        return application.exec()
    finally:
        watchdog.stop()
        program.stop()




def _nobody() -> str:
    return words.tr("Nobody sits here: until somebody signs in, no report sounds at this seat.")


def _now() -> datetime:
    return datetime.now(CHINA)


def _shift(now: datetime) -> str:
    """The shift of an hour (CT-27)."""
    names = (words.tr("Night shift 00–08"), words.tr("Morning shift 08–16"), words.tr("Afternoon shift 16–24"))
    return names[now.hour // 8]
