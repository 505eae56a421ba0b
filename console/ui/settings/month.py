"""A month as a grid of days: each says by ground and by letter whether it is worked; arrows walk, PgUp and PgDn turn months."""

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.service.code_tables import DayRow, Month
from console.ui.base import draw, theme
from console.ui.base.words import language, tr
from console.ui.settings.wording import day_title, day_words, weekday_words

HEAD = 30


def letter(kind: str) -> str:
    """The letter of a day: worked, free, holiday, make-up day."""
    return {"work": tr("W"), "rest": tr("F"), "off": tr("H"), "worked": tr("M")}[kind]


class MonthGrid(QWidget):
    """Seven columns from Monday on. The day in hand has a frame."""

    picked = Signal(object)  # a date
    opened = Signal(object)  # Enter or double click on a date
    turned = Signal(int)  # so many months on

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it without a month."""
        super().__init__(parent)
        self._month: Month | None = None
        self._today = date.min
        self.day = date.min
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(420), theme.px(300))
        self.setAccessibleName(tr("Work calendar"))

    def show_month(self, month: Month, day: date, today: date) -> None:
        """Show a month with a day of it in hand."""
        self._month, self.day, self._today = month, day, today
        self.setAccessibleDescription(self.spoken())
        self.update()

    def spoken(self) -> str:
        """The day in hand as words."""
        row = self._row(self.day)
        if row is None:
            return ""
        return "\n".join(part for part in (day_title(row.day), day_words(row.kind), _name(row)) if part)

    def box_of(self, day: date) -> QRect:
        """Where a day of the month stands."""
        first = day.replace(day=1)
        place = first.weekday() + day.day - 1
        weeks = (first.weekday() + calendar.monthrange(day.year, day.month)[1] + 6) // 7
        top = theme.px(HEAD)
        wide, high = self.width() // 7, (self.height() - top) // max(weeks, 5)
        return QRect(place % 7 * wide, top + place // 7 * high, wide, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by day and week, turn by month, open by Enter."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}.get(Qt.Key(event.key()))
        if step is not None and self._month is not None:
            self._go(self.day + timedelta(days=step))
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.opened.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the day under the pointer in hand."""
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self._go(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the day under the pointer."""
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.opened.emit(day)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the names of the weekdays and every day."""
        painter = QPainter(self)
        shade = theme.tokens()
        painter.fillRect(self.rect(), theme.colour(shade.panel))
        wide = self.width() // 7
        for number in range(7):
            box = QRect(number * wide, 0, wide, theme.px(HEAD))
            draw.text(painter, box, weekday_words(number + 1), size=theme.SMALL, ink=shade.dim, centre=True)
        for row in self._month.days if self._month is not None else ():
            self._paint_day(painter, row)

    def _paint_day(self, painter: QPainter, row: DayRow) -> None:
        shade, px = theme.tokens(), theme.px
        box = self.box_of(row.day).adjusted(px(2), px(2), -px(2), -px(2))
        is_free = row.kind in ("rest", "off")
        painter.fillRect(box, theme.colour(shade.ground if is_free else shade.head))
        if row.kind in ("off", "worked"):  # what differs from the week has a bar, so that it is found at a glance
            painter.fillRect(QRect(box.left(), box.top(), px(5), box.height()), theme.colour(shade.edge if is_free else shade.accent))
        if row.day == self.day:
            painter.setPen(QPen(theme.colour(shade.accent if self.hasFocus() else shade.edge), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        inner = box.adjusted(px(12), px(4), -px(10), -px(4))
        line = QRect(inner.left(), inner.top(), inner.width(), px(24))
        is_today = row.day == self._today
        draw.text(painter, line, str(row.day.day), bold=True, ink=shade.dim if is_free else shade.text)
        draw.text(painter, line, letter(row.kind), bold=row.kind in ("off", "worked"), right=True, ink=shade.dim if is_free else shade.text)
        notes = [_name(row), tr("today") if is_today else "", _coming(row)]
        for place, words in enumerate([words for words in notes if words], start=1):
            below = line.translated(0, px(22) * place)
            if below.bottom() <= inner.bottom() + px(4):
                is_waiting = words == _coming(row)
                draw.text(painter, below, words, size=theme.SMALL, bold=is_waiting, ink=shade.text if is_waiting else shade.dim)

    def _row(self, day: date) -> DayRow | None:
        return next((row for row in self._month.days if row.day == day), None) if self._month is not None else None

    def _day_at(self, spot: QPoint) -> date | None:
        days = self._month.days if self._month is not None else ()
        return next((row.day for row in days if self.box_of(row.day).contains(spot)), None)

    def _go(self, day: date) -> None:
        self.day = day
        self.setAccessibleDescription(self.spoken())
        self.update()
        self.picked.emit(day)


def _name(row: DayRow) -> str:
    """The holiday's name, which the library has in Chinese only; English readers see what kind of day it is."""
    if language() == "zh_CN":
        return row.name
    return day_words(row.kind) if row.kind in ("off", "worked") else ""


def _coming(row: DayRow) -> str:
    if row.row.waiting is not None:
        return tr("waiting: {what}", what=day_words(str(row.row.waiting.after.get("day", "plain"))))
    if row.row.ahead is not None:
        return tr("coming: {what}", what=day_words(str(row.row.ahead.after.get("day", "plain"))))
    return tr("own rule") if row.row.is_own else ""
