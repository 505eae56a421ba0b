"""The bar of a replay: which hours, which moment of them, play and pace. It decides nothing; it tells what is pressed."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimer, QTimeZone, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateTimeEdit, QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from console.domain.limits import CHINA
from console.ui.base import theme
from console.ui.base.text import PlainLabel, label_text, tip
from console.ui.base.words import tr
from console.ui.case.pick import Pick
from console.ui.map.time_slider import MINUTE, TimeSlider

PACES = (60, 300, 900, 3600)  # seconds of then in a second of now
FIRST_PACE, DAY, HOUR_MIN = 900, timedelta(days=1), 60
TYPING_MS = 700  # hours that are still being typed are not read
ENDS = 10**6  # minutes, more than any hours have: to their very beginning or end


class ReplayBar(QFrame):
    """Stands below the map while its past is looked at."""

    begun = Signal(object)  # hours from this instant on are wanted
    sought = Signal(int)  # this minute
    stepped = Signal(int)  # so many minutes on, or back
    pressed = Signal()  # play or pause
    left = Signal()  # back to now

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setObjectName("card")
        self.slider = TimeSlider()
        self.slider.sought.connect(self.sought)
        self.setFocusProxy(self.slider)
        self.begin = self._begin()
        self.state = PlainLabel(size=theme.SMALL, elide=True)
        self.run = self._button(tr("Play (Space)"), self.pressed.emit)
        self.back = self._button(tr("Back to now (Esc)"), self.left.emit)
        self.pace = Pick(tr("Pace of the replay"), tuple((str(pace), tr("{n} min/s", n=pace // 60)) for pace in PACES))
        self.pace.setFont(theme.font(theme.SMALL))
        self.pace.setMinimumContentsLength(8)
        self.pace.choose(str(FIRST_PACE))
        self._soon = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._soon.timeout.connect(self._tell_begin)
        self.begin.dateTimeChanged.connect(self._soon.start)
        earlier, later = self._turn("‹", tr("24 hours earlier"), -DAY), self._turn("›", tr("24 hours later"), DAY)
        self._lay_out((earlier, self.begin, later), (self.run, self.slider, self.pace))
        self.show_running(False)
        self.hide()

    @property
    def pace_now(self) -> int:
        """How many seconds of then pass in one second."""
        return int(self.pace.code)

    def show_hours(self, starts_at: datetime, ends_at: datetime) -> None:
        """Show which hours are looked at."""
        self.slider.show_hours(starts_at, ends_at)
        self._set_begin(starts_at)

    def show_minute(self, minute: int) -> None:
        """Stand at a minute of the hours."""
        self.slider.setValue(minute)

    def show_running(self, runs: bool) -> None:
        """Offer the other of play and pause."""
        self.run.setText(label_text(tr("Pause (Space)") if runs else tr("Play (Space)")))

    def set_ready(self, is_ready: bool) -> None:
        """Whether there are hours to move in."""
        for widget in (self.slider, self.run, self.pace):
            widget.setEnabled(is_ready)

    def say(self, words: str, *, is_problem: bool = False) -> None:
        """Say how it stands."""
        self.state.setText(words)
        self.state.set_badge("amber" if is_problem else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and pauses; arrows, Page keys, Home and End move; brackets change the pace."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_PageUp: -HOUR_MIN,
                 Qt.Key.Key_PageDown: HOUR_MIN, Qt.Key.Key_Home: -ENDS, Qt.Key.Key_End: ENDS}  # fmt: skip
        paces, key = {Qt.Key.Key_BracketLeft: -1, Qt.Key.Key_BracketRight: 1}, Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.pressed.emit()
        elif key in steps:
            self.stepped.emit(steps[key])
        elif key in paces:
            self.pace.setCurrentIndex(min(len(PACES) - 1, max(0, self.pace.currentIndex() + paces[key])))
        else:
            super().keyPressEvent(event)

    @Slot()
    def _tell_begin(self) -> None:
        day, time = self.begin.date(), self.begin.time()
        self.begun.emit(datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=CHINA))

    def _set_begin(self, starts_at: datetime) -> None:
        at = starts_at.astimezone(CHINA)
        self.begin.blockSignals(True)
        self.begin.setDateTime(_qt(QDate(at.year, at.month, at.day), QTime(at.hour, at.minute)))
        self.begin.blockSignals(False)

    def _begin(self) -> QDateTimeEdit:
        made = QDateTimeEdit()
        made.setTimeZone(QTimeZone(QTimeZone.Initialization.UTC))  # a zone without summer time: every hour of China can be typed
        made.setDisplayFormat(tr("'from' yyyy-MM-dd HH:mm"))
        made.setButtonSymbols(QDateTimeEdit.ButtonSymbols.NoButtons)  # the style's own are lost in dark colours; Up and Down turn
        made.setAccessibleName(tr("Beginning of the hours to replay"))
        tip(made, tr("Beginning of the hours to replay"))
        made.setFont(theme.font())
        return made

    def _turn(self, words: str, says: str, way: timedelta) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setAccessibleName(says)
        tip(button, says)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.begin.setDateTime(self.begin.dateTime().addSecs(round(way.total_seconds()))))
        button.clicked.connect(self._hurry)
        return button

    @Slot()
    def _hurry(self) -> None:
        if self._soon.isActive():
            self._soon.stop()
            self._tell_begin()

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(label_text(words))
        button.setFont(theme.font(theme.SMALL))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: act())
        return button

    def _lay_out(self, hours: tuple[QWidget, ...], moment: tuple[QWidget, ...]) -> None:
        upper, lower, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for row in (upper, lower):
            row.setSpacing(theme.px(6))
            column.addLayout(row)
        column.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
        column.setSpacing(theme.px(4))
        for widget in hours:
            upper.addWidget(widget)
        upper.addWidget(self.state, 1)
        upper.addWidget(self.back)
        for widget in moment:
            lower.addWidget(widget, 1 if widget is self.slider else 0)


def _qt(day: QDate, time: QTime) -> QDateTime:
    return QDateTime(day, time, QTimeZone(QTimeZone.Initialization.UTC))


__all__ = ["MINUTE", "PACES", "ReplayBar"]
