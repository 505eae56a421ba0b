"""The map in another time: it keeps what is live while pins of the past stand on the canvas, and puts it back at once.

Whatever the panel learns of now comes through here. So no refresh can paint over a
replayed moment, and nothing that arrived meanwhile is lost when it ends.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QToolButton

from console.domain.limits import CHINA
from console.domain.past import LONGEST
from console.domain.sighting import Sighting
from console.ui.base import theme
from console.ui.base.panel import Head
from console.ui.base.text import label_text
from console.ui.base.words import told, tr
from console.ui.map.canvas import Canvas
from console.ui.map.marks import Marks
from console.ui.map.reel import Reel, overdue
from console.ui.map.replay_bar import MINUTE, ReplayBar
from console.ui.map.replay_frame import ReplayFrame
from console.ui.map.trace import trace_of
from console.ui.seat import Seat

FRAME_MS, LONGEST_FRAME_S = 100, 1.0  # a screen that was busy goes on where it was
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NO_ROWS = np.empty(0, dtype=np.intp)


class Replaying(QObject):
    """Opened by its button or T; Esc is back to now."""

    def __init__(self, seat: Seat, canvas: Canvas, head: Head, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Show what is live; `clock` counts the seconds of playing."""
        super().__init__(canvas)
        self._seat, self._canvas, self._head, self._clock = seat, canvas, head, clock
        self.bar, self.frame = ReplayBar(), ReplayFrame(canvas)
        self.button = QToolButton(checkable=True)
        self.button.setProperty("quiet", True)
        self.button.setFont(theme.font(theme.SMALL))
        self.button.setText(label_text(tr("Replay (T)")))
        self.button.clicked.connect(self.toggle)
        self.moment: datetime | None = None
        self._reel: Reel | None = None
        self._rows = _NO_ROWS
        self._is_reading = False  # other hours; what is shown stands still until they are there
        self._live, self._counters = Marks(), ("",)
        self._trace: Sequence[Sighting] = ()
        self._known: frozenset[int] = frozenset()  # what was live when the replay began
        self._new = 0
        self._playing = QTimer(self, interval=FRAME_MS)
        self._playing.timeout.connect(self._play_on)
        self._played_at = 0.0
        self.bar.begun.connect(self._begin)
        self.bar.sought.connect(self._seek_minute)
        self.bar.stepped.connect(self._step)
        self.bar.pressed.connect(self._press)
        self.bar.left.connect(self.close)
        seat.located.connect(self._tell_absent)

    @property
    def is_open(self) -> bool:
        """Whether the bar stands there; the map may still show what is live while hours are read."""
        return not self.bar.isHidden()

    @property
    def told(self) -> tuple[str, ...]:
        """What must be said beside anything that is read off the map; nothing when it shows what is live."""
        return (self.frame.words,) if self._reel is not None else ()

    @Slot()
    def toggle(self) -> None:
        """Open the replay of the last 24 hours, or go back to now."""
        if self.is_open:
            self.close()
            return
        self.button.setChecked(True)
        self.bar.show()
        self.bar.setFocus()
        self._begin(self._now() - LONGEST)

    @Slot()
    def close(self) -> None:
        """Show what is live, with all that arrived meanwhile; hours that are still being read are dropped."""
        focus = QApplication.focusWidget()
        if focus is not None and self.bar.isAncestorOf(focus):
            self._canvas.setFocus()
        self._run(False)
        self._reel, self.moment, self._is_reading = None, None, False
        self.button.setChecked(False)
        self.bar.hide()
        self.frame.hide()
        self._canvas.set_marks(self._live)
        self._canvas.set_trace(trace_of(self._trace))
        self._head.set_counters(*self._counters)

    def show_live(self, marks: Marks, counters: Sequence[str]) -> None:
        """Show what stands on the map now, or keep it until the replay ends; cameras are those of now in any case."""
        self._live, self._counters = marks, tuple(counters)
        if self._reel is None:
            self._canvas.set_marks(marks)
            self._head.set_counters(*counters)
        else:
            self._new = len({pin.id for pin in marks.pins} - self._known)
            self._show_moment(self._reel)

    def show_trace(self, trace: Sequence[Sighting]) -> None:
        """Show the trace of the case in hand; in a replay only as far as it was known then."""
        self._trace = trace
        moment = self.moment
        self._canvas.set_trace(trace_of(trace if moment is None else [mark for mark in trace if mark.at <= moment]))

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key of the panel was the replay's: T, and Esc while it is open."""
        is_plain = not event.modifiers() and not event.isAutoRepeat()
        if is_plain and event.key() == Qt.Key.Key_T:
            self.toggle()
        elif is_plain and event.key() == Qt.Key.Key_Escape and self.is_open:
            self.close()
        else:
            return False
        return True

    # In a reading thread.

    def _read(self, starts_at: datetime, ends_at: datetime) -> Reel:
        services = self._seat.services
        return Reel(services.ask.past.hours(self._seat.actor, starts_at, ends_at, services.clock.now()))

    # On the screen.

    def _now(self) -> datetime:
        return self._seat.services.clock.now()

    @Slot(object)
    def _begin(self, wanted: datetime) -> None:
        """Ask for 24 hours from a minute on, or for what of them is over; instead of hours still to come for the last 24."""
        now = self._now()
        starts_at = _whole(wanted) if _whole(wanted) < now else _whole(now - LONGEST)
        self._run(False)
        self._is_reading = True
        self.bar.show_hours(starts_at, min(starts_at + LONGEST, now))
        self.bar.set_ready(False)
        self.bar.say(tr("Reading …"))
        self._seat.work.ask(self, self._read, self._show_reel, starts_at, min(starts_at + LONGEST, now), failed=self._fail)

    @Slot(object)
    def _show_reel(self, reel: Reel) -> None:
        if not self.is_open:
            return  # closed while they were read
        if self._reel is None:
            self._known, self._new = frozenset(pin.id for pin in self._live.pins), 0
        self._reel, self._rows, self._is_reading = reel, _NO_ROWS, False
        self._canvas.set_marks(reel.marks(_NO_ROWS, self._live))
        self.bar.set_ready(not reel.is_empty)
        self._seek(reel.hours.starts_at)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._is_reading = False
        if self._reel is not None and self.moment is not None:  # what was shown before is shown still
            self.bar.show_hours(self._reel.hours.starts_at, self._reel.hours.ends_at)
            self._seek(self.moment)
        self.bar.say(told(error), is_problem=True)
        self.bar.set_ready(self._reel is not None and not self._reel.is_empty)

    @Slot(int)
    def _seek_minute(self, minute: int) -> None:
        if self._reel is not None and not self._is_reading:
            self._seek(self._reel.hours.starts_at + minute * MINUTE)

    @Slot(int)
    def _step(self, minutes: int) -> None:
        self._seek_minute(self.bar.slider.value() + minutes)

    def _seek(self, wanted: datetime) -> None:
        if self._reel is not None:
            hours = self._reel.hours
            self.moment = min(max(wanted, hours.starts_at), hours.ends_at)
            self.bar.show_minute((self.moment - hours.starts_at) // MINUTE)
            self._show_moment(self._reel)

    def _show_moment(self, reel: Reel) -> None:
        assert self.moment is not None
        rows = reel.rows_at(self.moment)
        marks = self._canvas.marks
        if not np.array_equal(rows, self._rows) or marks.cameras is not self._live.cameras:
            self._rows, marks = rows, reel.marks(rows, self._live)
            self._canvas.set_marks(marks)
        self.show_trace(self._trace)
        counted = [tr("{n} cases open", n=len(marks.pins)), tr("{n} of them overdue", n=overdue(marks))]
        counted = [tr("No case in these hours")] if reel.is_empty else counted
        news = [tr("{n} new meanwhile", n=self._new)] if self._new else []
        first, *others = self._counters
        self._head.set_counters(tr("Now: {words}", words=first), *others)
        self.frame.show_words(tr("Replay {moment} — not live", moment=_written(self.moment)), tr(" · ").join([*counted, *news]))
        if not self._is_reading:
            self.bar.say(tr(" · ").join([f"{self.moment.astimezone(CHINA):%H:%M}", *counted]))

    @Slot(int)
    def _tell_absent(self, case_id: int) -> None:
        """F7 goes to a case that was not open then as well; that nothing stands there must not be taken for an answer."""
        if self._reel is not None and case_id and self._canvas.marks.pin(case_id) is None:
            self._seat.said.emit(tr("This case was not open at the replayed moment; Esc: back to now"))

    @Slot()
    def _press(self) -> None:
        if self._reel is None or self._reel.is_empty or self.moment is None or self._is_reading:
            return
        if not self._playing.isActive() and self.moment >= self._reel.hours.ends_at:
            self._seek(self._reel.hours.starts_at)
        self._run(not self._playing.isActive())

    def _run(self, runs: bool) -> None:
        self._played_at = self._clock()
        if runs:
            self._playing.start()
        else:
            self._playing.stop()
        self.bar.show_running(runs)

    @Slot()
    def _play_on(self) -> None:
        before, self._played_at = self._played_at, self._clock()
        if self._reel is None or self.moment is None or not self._canvas.isVisible():
            return  # nobody looks: it waits
        passed_s = min(self._played_at - before, LONGEST_FRAME_S)
        self._seek(self.moment + timedelta(seconds=passed_s * self.bar.pace_now))
        if self.moment >= self._reel.hours.ends_at:
            self._run(False)


def _whole(moment: datetime) -> datetime:
    """The first whole minute that is not before a moment."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + MINUTE


def _written(moment: datetime) -> str:
    """A moment in words, by the hall's clock."""
    at = moment.astimezone(CHINA)
    return tr("{date} {day} {time}", date=f"{at:%Y-%m-%d}", day=tr(_DAYS[at.weekday()]), time=f"{at:%H:%M}")
