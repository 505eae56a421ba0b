"""The window of a seat: strip, ticker, docks, command line; keys become acts here and nowhere else.

The shell knows no panel's meaning. It is given panels, acts and verbs, and keeps its promises:
nothing modal, no stolen focus, everything back where it was. Language and scale change by
building a new shell (`rebuild_asked`); day and night change in place.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence, QMoveEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QVBoxLayout, QWidget

from console.ui.base import theme, veil
from console.ui.base.flash import Flash
from console.ui.base.idle import LOCK_AFTER_S, Idle
from console.ui.base.keys import KEYS
from console.ui.base.notice import Sheet, Toast
from console.ui.base.panel import Panel
from console.ui.base.sound import Sounds
from console.ui.base.text import PlainLabel, PlainView, label_text
from console.ui.base.words import language, told, tr
from console.ui.base.work import Work
from console.ui.command import CommandLine
from console.ui.docks import Docks
from console.ui.grammar import Command, VerbWord
from console.ui.layouts import SAVE_AFTER_MS, Layouts, clamp_window
from console.ui.overlay import KeyOverlay
from console.ui.perspectives import PERSPECTIVES, Perspective, Tree, leaves, prune
from console.ui.signin import SignIn
from console.ui.strip import SeatWords, Strip
from console.ui.ticker import Ticker

log = logging.getLogger(__name__)
NOTICE_S = 12.0


@dataclass(frozen=True)
class Furniture:
    """What a shell is furnished with.

    `panels` by name (inbox, board, map, wall, case, log, figures, admin);
    `acts` by the action names of `base/keys.py`: whatever is given gets its
    key; `run` carries out what was typed into the command line.
    """

    panels: Mapping[str, Panel]
    acts: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    verbs: tuple[VerbWord, ...] = ()
    run: Callable[[Command], None] | None = None
    describe: Callable[[Command], str] | None = None


class Shell(QMainWindow):
    """One seat's window."""

    rebuild_asked = Signal(str, int)  # language, scale in percent
    lock_asked = Signal()
    lock_changed = Signal(bool)  # whether the seat is locked now
    unlock_asked = Signal(str, str)  # login, password
    officer_asked = Signal()  # another officer sits down here
    jumped = Signal(str)  # the ticker's event was clicked
    perspective_changed = Signal(str)
    painted = Signal()

    def __init__(
        self, work: Work, look: theme.Theme, sounds: Sounds, furniture: Furniture, settings: QSettings, *,
        seat: SeatWords, now: Callable[[], datetime], login: str = "", flash: Flash | None = None,
        reset_layout: bool = False, lock_after_s: float = LOCK_AFTER_S,
    ) -> None:
        """Build the window; `show()` it afterwards.

        `now` gives the hall's local time; `lock_after_s` of 0 never locks by itself.
        """
        super().__init__()
        self.flash = flash or Flash(self)
        self._work, self._look, self._sounds, self._furniture = work, look, sounds, furniture
        self._seat, self._login = seat, login
        self._layouts = Layouts(settings)
        if reset_layout:
            self._layouts.forget()
        self._panels = dict(furniture.panels)
        self._open: Perspective | None = None
        self._locked: SignIn | None = None
        self._is_shown = False
        self._back: QWidget | None = None
        self._idle = Idle(lock_after_s, self)
        self._idle.left.connect(self.lock)
        self.setWindowTitle(tr("{centre} · Command console", centre=seat.centre))
        veil.know(seat.officer, seat.leader)
        self.strip = Strip(seat, now)
        self.strip.set_wall_mode(veil.is_on())
        self.ticker = Ticker(now, self.flash)
        self.docks = Docks(self._panels, self)
        self.command = CommandLine(furniture.verbs, describe=furniture.describe)
        self._lay_out()
        self.toast = Toast(self.centralWidget())
        self.notices = Toast(self.centralWidget(), lift=128)
        self.sheet = Sheet(self.centralWidget())
        self.overlay = KeyOverlay(self.centralWidget())
        self.perspectives = tuple(each for each in PERSPECTIVES if each.needs in self._panels)
        self.actions_by_name = self._make_actions()
        self._save_soon = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._save_soon.timeout.connect(self.save_layout)
        self._join()
        self._restore()

    def open(self, name: str) -> bool:
        """Open a perspective by its English name; false when it has no panels here."""
        wanted = next((each for each in self.perspectives if each.name == name), None)
        if wanted is None:
            return False
        if self._open is not None and wanted is not self._open:
            self.save_layout()
        focus = QApplication.focusWidget()
        self._open = wanted
        tree = self._tree(wanted)
        self.docks.arrange(tree, self._layouts.state(wanted.name, leaves(tree)))
        if focus is not None and focus.isVisible():
            focus.setFocus()
        self.perspective_changed.emit(wanted.name)
        return True

    @property
    def perspective(self) -> str:
        """The English name of the perspective that is open."""
        return self._open.name if self._open else ""

    def shows(self, name: str) -> bool:
        """Whether a panel stands on the screen that is open now."""
        return name in self._panels and self._panels[name].isVisible()

    def reset_layout(self) -> None:
        """Put everything where it was on the first day (Ctrl+0)."""
        self._layouts.forget()
        if self._open is not None:
            self.docks.place(self._tree(self._open))
        clamp_window(self)

    @Slot()
    def save_layout(self) -> None:
        """Write down how everything stands; happens by itself two seconds after each change."""
        self._save_soon.stop()
        if self._open is None or not self._is_shown:
            return
        self._layouts.keep(self._open.name, leaves(self._tree(self._open)), self.docks.save())
        self._layouts.keep_window(self.saveGeometry(), self._open.name)

    def turn_veil(self) -> None:
        """Hide personal details on every window of this program at once, or show them again (Ctrl+Shift+M)."""
        veil.turn(not veil.is_on())
        self.strip.set_wall_mode(veil.is_on())
        for widget in QApplication.allWidgets():
            if isinstance(widget, PlainLabel | PlainView):
                widget.say_again()
            widget.update()

    def set_link(self, *, is_up: bool, age_s: float) -> None:
        """Show whether the data are live, in the strip and in every panel."""
        self.strip.set_link(is_up=is_up, age_s=age_s)
        for panel in self._panels.values():
            panel.set_link(is_up)

    def lock(self) -> None:
        """Cover the seat; reports keep arriving and sounding below."""
        if self._locked is not None:
            return
        self._back = self.focusWidget()
        self._open_to_hands(False)
        self._locked = SignIn(self._seat.centre, self, locked_login=self._login or self._seat.officer)
        self._locked.asked.connect(self.unlock_asked)
        self._locked.officer_asked.connect(self.officer_asked)
        self._locked.setGeometry(self._cover())
        self._locked.show()
        self._locked.raise_()
        self._locked.focus_first()
        self.lock_asked.emit()
        self.lock_changed.emit(True)

    def unlock(self, refusal_words: str = "") -> None:
        """Uncover the seat, or say why not."""
        if self._locked is None:
            return
        if refusal_words:
            self._locked.refuse(refusal_words)
            return
        self._locked.hide()
        self._locked.deleteLater()
        self._locked = None
        self.lock_changed.emit(False)
        self._open_to_hands(True)
        if self._back is not None and shiboken6.isValid(self._back):
            self._back.setFocus()

    @Slot(object)
    def show_failure(self, error: Exception) -> None:
        """Say what went wrong without taking the focus; the default place of every failure."""
        self.notices.say(told(error), stay_s=NOTICE_S)

    def showEvent(self, event: QShowEvent) -> None:
        """After the first show some window systems have moved the window: bring it back."""
        super().showEvent(event)
        if not self._is_shown:
            self._is_shown = True
            QTimer.singleShot(0, self, self._settle)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say that the window is on the screen."""
        super().paintEvent(event)
        self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Remember the new size, and keep a locked seat covered."""
        super().resizeEvent(event)
        if self._locked is not None:
            self._locked.setGeometry(self._cover())
        self._note_change()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Remember the new place."""
        super().moveEvent(event)
        self._note_change()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write the layout before going."""
        self.save_layout()
        super().closeEvent(event)

    def _open_to_hands(self, is_open: bool) -> None:
        """Let everything be operated, or nothing but silence and wall mode: Tab must not reach below the cover."""
        for widget in (self.docks.widget, self.command, self.ticker, self.strip.menu):
            widget.setEnabled(is_open)
        for action in self.actions_by_name.values():
            action.setEnabled(is_open or action.data() in ("silence", "wall_mode"))
        self.toast.setEnabled(is_open)

    def _cover(self) -> QRect:
        top = self.strip.height() + self.ticker.height()
        return self.rect().adjusted(0, top, 0, 0)

    def _tree(self, perspective: Perspective) -> Tree | None:
        return prune(perspective.tree, frozenset(self._panels))

    def _lay_out(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        room = QVBoxLayout()
        gap = theme.px(theme.GUTTER)
        room.setContentsMargins(gap, gap, gap, gap)
        room.addWidget(self.docks.widget)
        for part in (self.strip, self.ticker):
            column.addWidget(part)
        column.addLayout(room, 1)
        column.addWidget(self.command)
        self.setCentralWidget(centre)

    def _join(self) -> None:
        self._work.changed.connect(self._spread)
        self._work.failed.connect(self.show_failure)
        self._sounds.changed.connect(self._show_sound)
        self._look.changed.connect(self._redress)
        self.docks.changed.connect(self._note_change)
        self.ticker.jumped.connect(self.jumped)
        self.strip.sound_asked.connect(self._sounds.test_tone)
        self.strip.menu_asked.connect(self._show_menu)
        if self._furniture.run is not None:
            self.command.entered.connect(self._furniture.run)
        application = QGuiApplication.instance()
        application.screenRemoved.connect(self._screens_changed)
        application.screenAdded.connect(self._screens_changed)
        self._show_sound()

    def _make_actions(self) -> dict[str, QAction]:
        acts: dict[str, Callable[[], None]] = {
            "overlay": self._show_keys, "command": self.command.take_focus, "maximise": self._enlarge,
            "reset_layout": self.reset_layout, "lock": self.lock, "look": lambda: self._look.toggle(),
            "silence": self._sounds.silence, "undo": lambda: self.toast.undo(), "language": self._other_language,
            "larger": lambda: self._other_scale(1), "smaller": lambda: self._other_scale(-1), "wall_mode": self.turn_veil,
        }
        for each in self.perspectives:
            acts[f"perspective_{each.number}"] = lambda name=each.name: self.open(name)
        made: dict[str, QAction] = {}
        for key in KEYS:
            act = {**acts, **self._furniture.acts}.get(key.action)
            if act is None:
                continue
            action = QAction(label_text(tr(key.says)), self)
            action.setData(key.action)
            action.setShortcut(QKeySequence(key.press))
            action.setAutoRepeat(False)
            action.triggered.connect(lambda _checked=False, run=act: run())
            self.addAction(action)
            made[key.action] = action
        return made

    @Slot(object)
    def _spread(self, kinds: frozenset[str]) -> None:
        for panel in self._panels.values():
            panel.changed(kinds)

    @Slot()
    def _show_sound(self) -> None:
        self.strip.set_sound(self._sounds.state, self._sounds.silent_s)
        self.strip.set_rate(self._sounds.count)

    @Slot()
    def _redress(self) -> None:
        for widget in self.findChildren(QWidget):
            widget.update()

    def _enlarge(self) -> None:
        under = QApplication.focusWidget()
        if self.docks.name_of(under) is None:
            under = QApplication.widgetAt(self.cursor().pos())
        self.docks.enlarge(under)

    def _show_keys(self) -> None:
        verbs = tuple((" ".join(verb.spellings[:1]), verb.label) for verb in self._furniture.verbs)
        of_panels = frozenset().union(*(panel.keys for panel in self._panels.values() if panel.isVisible()))
        self.overlay.toggle(frozenset(self.actions_by_name) | of_panels, verbs)

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in (*(f"perspective_{each.number}" for each in self.perspectives), "", "wall_mode", "look", "language", "larger",
                     "smaller", "", "reset_layout", "overlay", "lock"):  # fmt: skip
            if name:
                menu.addAction(self.actions_by_name[name])
            else:
                menu.addSeparator()
        menu.addAction(label_text(tr("Change officer"))).triggered.connect(lambda: self.officer_asked.emit())
        menu.addSeparator()
        loose = menu.addAction(label_text(tr("Panels may be moved")))
        loose.setCheckable(True)
        loose.setChecked(not self.docks.is_locked)
        loose.toggled.connect(lambda on: self.docks.lock(not on))
        corner = self.strip.menu.mapToGlobal(self.strip.menu.rect().bottomRight())
        menu.popup(corner - QPoint(menu.sizeHint().width(), 0))

    def _other_language(self) -> None:
        self.rebuild_asked.emit("en" if language() == "zh_CN" else "zh_CN", self._look.scale)

    def _other_scale(self, steps: int) -> None:
        before = self._look.scale
        if self._look.zoom(steps) != before:
            self.rebuild_asked.emit(language(), self._look.scale)

    def _restore(self) -> None:
        # A hall's first day: the whole screen is the seat's. Without a window manager a maximised window stays small.
        self.setGeometry(QGuiApplication.primaryScreen().availableGeometry())
        geometry = self._layouts.geometry()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        names = [self._layouts.perspective(), *(each.name for each in self.perspectives)]
        next((name for name in names if self.open(name)), None)

    def _settle(self) -> None:
        clamp_window(self)
        self._idle.watch(self.windowHandle())
        if self._open is not None and self._layouts.state(self._open.name, leaves(self._tree(self._open))).isEmpty():
            self.docks.weigh(self._tree(self._open))  # sizes are only known once the window has its own

    def _screens_changed(self) -> None:
        QTimer.singleShot(0, self, self._clamp_all)

    def _clamp_all(self) -> None:
        for window in (self, *self.docks.floating()):
            clamp_window(window)

    @Slot()
    def _note_change(self) -> None:
        if self._is_shown:
            self._save_soon.start()
