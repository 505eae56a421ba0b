"""The strip on top that is always there: time, seat, shift, link, sound, how often the seat sounded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from console.ui.base import theme
from console.ui.base.icons import icon
from console.ui.base.ringing import AMBER_OVER, FLOOD_OVER
from console.ui.base.text import PlainLabel, label_text, tip
from console.ui.base.words import tr

SoundState = Literal["usable", "muted", "unavailable"]
STRIP = 40
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class SeatWords:
    """Who sits where: the words the strip shows about seat and shift."""

    centre: str
    seat: str
    officer: str
    leader: str = ""
    shift: str = ""


class _Lamp(QWidget):
    """A dot that is full while the link is up and hollow when it is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.is_full = True
        self.setFixedSize(theme.px(14), theme.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.colour(theme.tokens().on_strip)
        painter.setPen(ink)
        painter.setBrush(ink if self.is_full else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.rect().adjusted(1, 1, -2, -2))


class Strip(QFrame):
    """The strip; everything on it is told to it, only the clock it reads itself."""

    menu_asked = Signal()
    sound_asked = Signal()
    asked_pressed = Signal()

    def __init__(self, seat: SeatWords, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """Make the strip of a seat; `now` gives the hall's local time."""
        super().__init__(parent)
        self._now = now
        self._sound: SoundState = "usable"
        self._has_cameras = False
        self.setFixedHeight(theme.px(STRIP))
        self.clock = self._label(size=theme.CLOCK)
        self.date = self._label()
        self.seat = self._label(elide=True)
        self.seat.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.drill = self._label(tr("DRILL"), bold=True)
        self.drill.set_badge("amber")
        self.drill.hide()
        self.wall_mode = self._label(tr("Wall mode: personal details hidden"), bold=True)
        self.wall_mode.set_badge("amber")
        self.wall_mode.hide()
        self.journal = self._label(bold=True)
        self.journal.hide()
        self.asked = self._button(self.asked_pressed)
        self.asked.hide()
        self._lamp = _Lamp()
        self.link = self._label()
        self.sound = self._button(self.sound_asked)
        self.rate = self._label()
        self.cameras = self._label()
        self.menu = self._button(self.menu_asked)
        self.menu.setAccessibleName(tr("Menu"))
        tip(self.menu, tr("Menu"))
        self._lay_out()
        self.show_seat(seat)
        self.set_link(is_up=True, age_s=0.0)
        self.set_sound("usable", 0)
        self.set_rate(0)
        self.set_cameras(0, 0)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self.tick()

    def show_seat(self, seat: SeatWords) -> None:
        """Show who sits here and who leads the shift."""
        parts = [f"{seat.centre}  ·  {seat.seat}", seat.officer]
        if seat.leader:
            parts.append(tr("Shift leader {name}", name=seat.leader))
        if seat.shift:
            parts.append(seat.shift)
        self.seat.setText("  ·  ".join(parts))

    def set_link(self, *, is_up: bool, age_s: float) -> None:
        """Show whether the data are live and how old the last news are; a lost link counts up in amber."""
        self._lamp.is_full = is_up
        self._lamp.update()
        if is_up:
            self.link.setText(tr("Live {n} s", n=f"{age_s:.1f}"))
        else:
            minutes, seconds = divmod(int(age_s), 60)
            self.link.setText(tr("Link lost {time}, reconnecting", time=f"{minutes:02}:{seconds:02}"))
        self.link.set_badge("" if is_up else "amber")

    def set_sound(self, state: SoundState, silent_s: int) -> None:
        """Show whether the seat can be heard; that it cannot is an alarm of its own."""
        self._sound = state
        words = {
            "usable": tr("Sound on"), "muted": tr("Silent {n} s", n=silent_s), "unavailable": tr("No sound"),
        }[state]
        self.sound.setText(words)
        self.sound.setProperty("badge", {"usable": "", "muted": "amber", "unavailable": "alarm"}[state])
        tip(self.sound, tr("Press to hear the test tone"))
        self._dress()

    def set_rate(self, count: int) -> None:
        """Show how many events sounded in ten minutes: amber over 5, red over 10."""
        self.rate.setText(tr("10 min {n}/10", n=count))
        self.rate.set_badge("alarm" if count > FLOOD_OVER else "amber" if count > AMBER_OVER else "")

    def set_cameras(self, online: int, total: int) -> None:
        """Show how many cameras answer; nothing while there are none."""
        self.cameras.setText(tr("Cameras {online}/{total}", online=f"{online:,}", total=f"{total:,}"))
        self._has_cameras = total > 0
        self._fit()

    def set_drill(self, is_drill: bool) -> None:
        """Show that everything on this seat is an exercise."""
        self.drill.setVisible(is_drill)

    def set_wall_mode(self, is_on: bool) -> None:
        """Show that visitors may look: personal details are hidden."""
        self.wall_mode.setVisible(is_on)

    def set_journal(self, state: str) -> None:
        """Show that the journal was tampered with ("damaged") or is not being sealed ("unsealed"); nothing while it is fine."""
        if state == "damaged":
            self.journal.setText(tr("Journal tampered with"))
            why = tr(
                "The check of the journal found entries that were changed, added or taken away. "
                "Tell the administrator; console verify names them."
            )
        else:
            self.journal.setText(tr("Journal not sealed"))
            why = tr("The newest journal entries are not being sealed; the log says why.")
        self.journal.set_badge("alarm" if state == "damaged" else "amber")
        tip(self.journal, why)
        self.journal.setVisible(state != "fine")

    def set_asked(self, words: str, *, is_alarm: bool) -> None:
        """Show what waits for this officer's decision; nothing while nothing does."""
        self.asked.setText(label_text(words))
        self.asked.setProperty("badge", "alarm" if is_alarm else "amber")
        self.asked.setVisible(bool(words))
        tip(self.asked, tr("Press to decide"))
        self._dress()

    def tick(self) -> None:
        """Show the time and wait for the next full second."""
        now = self._now()
        self.clock.setText(f"{now:%H:%M:%S}")
        self.date.setText(tr("{date} {day}", date=f"{now:%Y-%m-%d}", day=tr(_DAYS[now.weekday()])))
        self._timer.start(1000 - now.microsecond // 1000 + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what matters least when there is little room."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The strip never keeps the window from getting small."""
        return QSize(theme.px(480), theme.px(STRIP))

    def changeEvent(self, event: QEvent) -> None:
        """Dress anew when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "menu"):
            self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dark ground."""
        QPainter(self).fillRect(self.rect(), theme.colour(theme.tokens().strip))

    def _label(self, words: str = "", *, size: int = theme.BODY, bold: bool = False, elide: bool = False) -> PlainLabel:
        return PlainLabel(words, size=size, bold=bold, elide=elide, ink="on_strip")

    def _button(self, signal: Signal) -> QToolButton:
        made = QToolButton()
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setFont(theme.font())
        made.setFixedHeight(theme.px(28))
        made.setIconSize(QSize(theme.px(18), theme.px(18)))
        made.clicked.connect(signal)
        return made

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(8), 0)
        row.setSpacing(theme.px(22))
        self.setMinimumWidth(theme.px(480))
        for widget in (self.clock, self.date):
            row.addWidget(widget)
        row.addWidget(self.seat, 1)
        link = QHBoxLayout()
        link.setSpacing(theme.px(6))
        link.addWidget(self._lamp)
        link.addWidget(self.link)
        row.addWidget(self.drill)
        row.addWidget(self.wall_mode)
        row.addWidget(self.journal)
        row.addWidget(self.asked)
        row.addLayout(link)
        for widget in (self.sound, self.rate, self.cameras, self.menu):
            row.addWidget(widget)

    def _fit(self) -> None:
        """Show cameras, date and count while the words about the seat keep room enough to be read."""
        room = self.width() - theme.px(700)
        for widget in (self.rate, self.date, self.cameras):
            room -= widget.sizeHint().width() + theme.px(22)
            widget.setVisible(room > 0 and (widget is not self.cameras or self._has_cameras))

    def _dress(self) -> None:
        shade = theme.tokens()
        style = "QToolButton {{ background: {}; color: {}; border: 1px solid transparent; padding: {}px {}px; }}"
        for button in (self.asked, self.sound):
            badge = str(button.property("badge") or "")
            ground, ink = (getattr(shade, badge), f"on_{badge}") if badge else ("transparent", "on_strip")
            button.setStyleSheet(style.format(ground, getattr(shade, ink), theme.px(3), theme.px(6)))
        meaning = {"usable": "sound", "muted": "muted", "unavailable": "no_sound"}[self._sound]
        self.sound.setIcon(icon(meaning, ink))
        self.menu.setStyleSheet(style.format("transparent", shade.on_strip, theme.px(3), theme.px(6)))
        self.menu.setIcon(icon("menu", "on_strip"))
