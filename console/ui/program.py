"""The program on the screen: who sits down, the window of the seat, and building it anew in another language or size."""

import logging
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMessageLogContext, QObject, QSettings, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from console.domain.errors import ConsoleError, Unavailable
from console.domain.limits import CHINA
from console.domain.words import Words
from console.service.feed import Feed
from console.service.people import People, Session
from console.ui import hall
from console.ui.base import theme, words
from console.ui.base.heart import Heart, Watchdog
from console.ui.base.panel import Panel
from console.ui.base.sound import Sounds
from console.ui.base.work import Work
from console.ui.case.drafts import Drafts
from console.ui.map.panel import MapPanel
from console.ui.memory import Memory
from console.ui.seat import Seat, Services
from console.ui.settings.code_pages import code_pages
from console.ui.settings.panel import AdminPanel
from console.ui.shell import Shell
from console.ui.signin import SignIn
from console.ui.strip import SeatWords
from console.ui.wall.panel import WallPanel

log = logging.getLogger(__name__)
LINK_LOST_S = 6.0  # the feed looks at least every two seconds; three looks missed are no accident
FONTS = ("Noto Sans CJK SC", "WenQuanYi Micro Hei", "Microsoft YaHei", "Source Han Sans SC", "PingFang SC")


class Settings(Protocol):
    """What the screens take from the configuration."""

    language: str
    look: str
    seat: str

    @property
    def folder(self) -> Path:
        """The data folder."""
        ...


@dataclass(frozen=True)
class Door:
    """What signing in and staying informed need; `demo_sign_in` is there in the demonstration only."""

    people: People
    feed: Feed
    words: Mapping[str, Words]
    services: Services
    resources: Path
    demo_sign_in: Callable[[], Session] | None = None


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
        self._page: SignIn | None = None
        self.shell: Shell | None = None
        self.hall: hall.Hall | None = None
        self._wall: WallPanel | None = None
        self._seat: Seat | None = None
        self._memory: Memory | None = None
        self._drafts = Drafts()
        self._leave_feed = door.feed.listen(lambda entries: self.work.post(hall.kinds_of(entries)))
        self._pulse = QTimer(self, interval=500)
        self._pulse.timeout.connect(self._show_link)

    def start(self) -> None:
        """Ask who sits down."""
        self._page = SignIn(words.tr("Social governance centre"), has_demo=self._door.demo_sign_in is not None)
        self._page.setWindowTitle(words.tr("Command console"))
        self._page.asked.connect(self._sign_in)
        self._page.demo_asked.connect(self._sign_in_demo)
        self._page.setGeometry(QGuiApplication.primaryScreen().availableGeometry())
        self._page.show()
        self._page.activateWindow()
        self._page.focus_first()

    def stop(self) -> None:
        """End the threads of the screen."""
        self._pulse.stop()
        self._leave_feed()
        if self._memory is not None:
            self._memory.write()
        if self._wall is not None:
            self._wall.leave()
        self.work.stop()

    def _sign_in(self, login: str, password: str) -> None:
        self.work.tell(self, self._open_session, self._sit_down, self._refuse, login, password)

    def _open_session(self, login: str, password: str) -> Session:
        return self._door.people.sign_in(login, password, seat=self._taste.seat)

    def _sign_in_demo(self) -> None:
        assert self._page is not None and self._door.demo_sign_in is not None
        self._page.wait(True)
        self.work.tell(self, self._door.demo_sign_in, self._sit_down, self._refuse)

    def _refuse(self, error: Exception) -> None:
        if self._page is not None:
            self._page.refuse(_said(error))

    def _sit_down(self, session: Session) -> None:
        self._session = session
        self._memory = Memory(self._kept, session.actor.login, self)
        self._build()
        if self._page is not None:
            self._page.close()
            self._page.deleteLater()
            self._page = None

    def _build(self) -> None:
        """Build the seat's window; an older one goes when the new one stands."""
        session, old_shell, old_wall = self._session, self.shell, self._wall
        assert session is not None
        seat, in_hand = Seat(session.actor, self._door.services, self.work), self._seat.case_id if self._seat else 0
        self._seat = seat
        self._wall = WallPanel(seat, memory=self._memory)
        water = self._door.resources / "geo" / "puyang_natural_earth_water_urban.geojson"
        sketch = MapPanel(seat, water=water, memory=self._memory)
        others: dict[str, Panel] = {"map": sketch, "wall": self._wall}
        if pages := code_pages(seat):
            others["admin"] = AdminPanel(seat.work, pages)
        self.hall = hall.build_hall(seat, self._sounds, others=others, drafts=self._drafts)
        said = SeatWords(session.centre, session.actor.seat, session.actor.name, session.leader, _shift(_now()))
        self.shell = Shell(
            self.work, self._look, self._sounds, self.hall.furniture, self._kept, seat=said, now=_now, login=session.actor.login,
            flash=self.hall.flash, reset_layout=self._reset_layout,
        )  # fmt: skip
        self._reset_layout = False
        self.hall.join(self.shell)
        seat.take(in_hand)
        self.shell.rebuild_asked.connect(self._other_words)
        self.shell.unlock_asked.connect(self._unlock)
        self.shell.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, True)
        if old_shell is not None and old_wall is not None:
            self.shell.setGeometry(old_shell.geometry())
            self.shell.open(old_shell.perspective)
            self._wall.resume(old_wall)
            old_wall.leave()
        self.shell.show()
        # The officer has just pressed a button of ours, so this steals nobody's focus.
        self.shell.activateWindow()
        # Not in the queue: its rows would stand still for the reader, and new ones wait behind a bar.
        self.hall.case.setFocus()
        if old_shell is not None:
            old_shell.hide()
            old_shell.deleteLater()
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

    def _unlock(self, login: str, password: str) -> None:
        self.work.tell(self, self._open_session, self._unlocked, self._stay_locked, login, password)

    def _unlocked(self, session: Session) -> None:
        if self.shell is not None:
            self.shell.unlock()

    def _stay_locked(self, error: Exception) -> None:
        if self.shell is not None:
            self.shell.unlock(_said(error))

    def _show_link(self) -> None:
        if self.shell is not None:
            age_s = self._door.feed.age_s()
            self.shell.set_link(is_up=age_s < LINK_LOST_S, age_s=age_s)


def run(door: Door, settings: Settings, *, reset_layout: bool = False) -> int:
    """Open the window and stay until it is closed; the program's exit code.

    Raises Unavailable("no_cjk_font") where Chinese cannot be shown.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    qInstallMessageHandler(_qt_said)
    application.setApplicationName("command-console")
    application.setWindowIcon(QIcon(str(door.resources / "icons" / "console.svg")))
    if not set(FONTS) & set(QFontDatabase.families()):
        raise Unavailable("no_cjk_font", package="fonts-noto-cjk")
    heart = Heart()
    watchdog = Watchdog(heart)
    program = Program(application, door, settings, reset_layout=reset_layout)
    # Python sees a Ctrl+C of the terminal only between two of its own steps; the heart gives it some.
    signal.signal(signal.SIGINT, lambda *_: application.quit())
    signal.signal(signal.SIGTERM, lambda *_: application.quit())
    watchdog.start()
    program.start()
    try:
        return application.exec()
    finally:
        watchdog.stop()
        program.stop()


def _said(error: Exception) -> str:
    if isinstance(error, ConsoleError):
        return words.refusal(error)
    return words.tr("Something unforeseen happened; it is written in the log.")


def _now() -> datetime:
    return datetime.now(CHINA)


def _shift(now: datetime) -> str:
    """The shift of an hour (CT-27)."""
    names = (words.tr("Night shift 00–08"), words.tr("Morning shift 08–16"), words.tr("Afternoon shift 16–24"))
    return names[now.hour // 8]


def _qt_said(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    levels = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO, QtMsgType.QtCriticalMsg: logging.ERROR}
    log.log(levels.get(kind, logging.WARNING), "Qt: %s", text)
