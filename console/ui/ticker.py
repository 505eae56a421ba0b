"""The bar of unacknowledged P1 and P2: always there, never covered, a click jumps to the event.

It keeps its height when nothing is open, because a bar that appears would move every row under
the officer's pointer at the very moment a critical report arrives.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QWidget

from console.ui.base import draw, theme
from console.ui.base.flash import Flash
from console.ui.base.text import tip
from console.ui.base.words import tr

TICKER = 34


@dataclass(frozen=True)
class Unacked:
    """One unacknowledged event: how urgent, since when, what and where."""

    ref: str
    priority: str
    since: datetime
    words: str


class Ticker(QAbstractButton):
    """Shows the most urgent, oldest unacknowledged event and how many wait behind it."""

    jumped = Signal(str)

    def __init__(self, now: Callable[[], datetime], flash: Flash, parent: QWidget | None = None) -> None:
        """Make a calm bar; `now` gives the hall's local time."""
        super().__init__(parent)
        self._now = now
        self._flash = flash
        self._events: tuple[Unacked, ...] = ()
        self.setFixedHeight(theme.px(TICKER))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFont(theme.font())
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)
        self.clicked.connect(self._jump)
        self.show_events(())

    @property
    def first(self) -> Unacked | None:
        """The event shown: highest priority, then oldest."""
        return self._events[0] if self._events else None

    def show_events(self, events: tuple[Unacked, ...]) -> None:
        """Show these unacknowledged events; only P1 and P2 belong here."""
        urgent = [event for event in events if event.priority in ("P1", "P2")]
        self._events = tuple(sorted(urgent, key=lambda event: (event.priority, event.since, event.ref)))
        self._flash.watch(self, len(self._events))
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._events else Qt.CursorShape.ArrowCursor)
        if self._events and not self._timer.isActive():
            self._timer.start()
        elif not self._events:
            self._timer.stop()
        self._tick()

    def words(self) -> tuple[str, str, str]:
        """What the bar says: state and waiting time, the event, how many more."""
        if self.first is None:
            return tr("Nothing critical or urgent is unacknowledged"), "", ""
        waited = max(0, int((self._now() - self.first.since).total_seconds()))
        minutes, seconds = divmod(waited, 60)
        time = f"{minutes}:{seconds:02}"
        urgent = self.first.priority == "P1"
        state = tr("Critical, unacknowledged {time}", time=time) if urgent else tr("Urgent, unacknowledged {time}", time=time)
        keys = tr("F3 look · F4 acknowledge · F12 silence 30 s")
        said = f"{self.first.since:%H:%M} {self.first.words}  —  {keys}"
        more = tr("{n} more", n=len(self._events) - 1) if len(self._events) > 1 else ""
        return state, said, more

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme.px(600), theme.px(TICKER))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar: alarm colour for P1, amber for P2, grey for nothing; only the marker flashes."""
        shade, px = theme.tokens(), theme.px
        first = self.first
        ground, ink = (
            (shade.panel, shade.dim) if first is None
            else (shade.alarm, shade.on_alarm) if first.priority == "P1" else (shade.amber, shade.on_amber)
        )
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(ground))
        state, said, more = self.words()
        box = self.rect().adjusted(px(16), 0, -px(16), 0)
        if first is None:
            draw.text(painter, box, state, size=theme.SMALL, ink=ink)
            return
        self._paint_marker(painter, QPointF(box.left() + px(7), box.center().y() + 0.5), ink)
        box.setLeft(box.left() + px(34))
        if more:
            wide = px(120)
            draw.text(painter, QRect(box.right() - wide, box.top(), wide, box.height()), more, bold=True, ink=ink, right=True)
            box.setRight(box.right() - wide - px(12))
        taken = draw.text(painter, box, state, bold=True, ink=ink)
        box.setLeft(box.left() + taken + px(20))
        draw.text(painter, box, said, ink=ink)

    def _paint_marker(self, painter: QPainter, at: QPointF, ink: str) -> None:
        side = theme.px(7)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour(ink))
        painter.setBrush(theme.colour(ink) if self._flash.is_bright else Qt.BrushStyle.NoBrush)
        corners = ((0, -side), (side, 0), (0, side), (-side, 0))
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))
        painter.restore()

    def _tick(self) -> None:
        state, said, more = self.words()
        self.setAccessibleName(f"{state} {said} {more}".strip())
        tip(self, said)
        self.update()

    def _jump(self) -> None:
        if self.first is not None:
            self.jumped.emit(self.first.ref)
