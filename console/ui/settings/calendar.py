"""The page of the work calendar: a month with its work, rest and make-up days, the hours of the week, and what nobody has entered yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from console.domain.code_rows import CALENDAR, WEEK
from console.domain.codes import Codes
from console.domain.limits import CHINA
from console.domain.people import Actor
from console.domain.place import Centre
from console.service.code_tables import Month, TableRow
from console.ui.base import theme
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr
from console.ui.seat import CodeDesk, Seat
from console.ui.settings.book import BookPage
from console.ui.settings.editor import Subject
from console.ui.settings.month import MonthGrid, letter
from console.ui.settings.wording import day_words, weekday_words


@dataclass(frozen=True)
class Shown:
    """A month of a centre, as it was read."""

    centre_id: int
    first: date
    month: Month
    codes: Codes
    centres: tuple[Centre, ...]


class _Question:
    """Reads a month, in a reading thread."""

    def __init__(self, desk: CodeDesk) -> None:
        self._tables = desk.tables

    def read(self, actor: Actor, centre_id: int, first: date) -> Shown:
        month = self._tables.month(actor, centre_id, first.year, first.month)
        return Shown(centre_id, first, month, self._tables.tables(actor, centre_id), self._tables.centres(actor))


class CalendarPage(BookPage):
    """The work calendar of a centre."""

    def __init__(self, seat: Seat, desk: CodeDesk, parent: QWidget | None = None) -> None:
        """Make the page of a seat, at the present month."""
        self.grid = MonthGrid()
        super().__init__(seat, desk, self.grid, parent)
        self._question = _Question(desk)
        self._day = seat.services.clock.now().astimezone(CHINA).date()
        self._code = ""
        self._values: Mapping[str, object] | None = None
        self._shown: Shown | None = None
        self.title = PlainLabel(bold=True, size=theme.TITLE)
        self.before, self.after = QToolButton(), QToolButton()
        self.week_button = QToolButton()
        self.week_button.setText(label_text(tr("Work days and hours …")))
        self.prompt = PlainLabel(wrap=True)
        self.prompt.set_badge("amber")
        self.prompt.hide()
        self.hours = PlainLabel(size=theme.SMALL, dim=True, elide=True)
        self.legend = PlainLabel(size=theme.SMALL, dim=True, elide=True)
        self._lay_out()
        self._join()

    def refresh(self) -> None:
        """Ask for the month of the day in hand."""
        first = self._day.replace(day=1)
        self._seat.work.ask(self, self._question.read, self.show_month, self._seat.actor, self._centre_id, first, failed=self._failed)

    def open_row(self, code: str, values: Mapping[str, object], centre_id: int) -> None:
        """Bring a day or the week into the form with these values to start from."""
        self._centre_id, self._code, self._values = centre_id, code, values
        self.centre.choose(str(centre_id))
        if code != WEEK:
            self._day = date.fromisoformat(code)
        self.wanted.emit()
        self.refresh()

    @Slot(object)
    def show_month(self, shown: Shown) -> None:
        """Show the month, what is missing, and the row in hand anew."""
        if shown.first != self._day.replace(day=1):
            return  # a later month was asked for meanwhile
        self._shown = shown
        self.title.setText(tr("{year}-{month}", year=shown.first.year, month=f"{shown.first.month:02d}"))
        self.grid.show_month(shown.month, self._day, self._seat.services.clock.now().astimezone(CHINA).date())
        self.centre.offer(shown.centres, shown.centre_id)
        values = shown.month.week.values
        days = " ".join(weekday_words(int(str(number))) for number in _list(values.get("weekdays")))
        hours = tr(", ").join(str(span) for span in _list(values.get("hours")))
        self.hours.setText(tr("Work days {days}; work hours {hours}", days=days, hours=hours))
        missing = shown.month.years_missing
        if missing:
            said = tr("The holidays of {years} are not known: enter them here or by a sheet. Until then the week's rule counts.",
                      years=tr(", ").join(str(year) for year in missing))  # fmt: skip
            self.prompt.setText(said)
        self.prompt.setVisible(bool(missing))
        self._show_row()
        self.sheet.aim(CALENDAR, shown.centre_id, shown.codes)
        self.answered.emit()

    def _lay_out(self) -> None:
        for button, words, said in ((self.before, "‹", tr("Month before")), (self.after, "›", tr("Month after"))):
            button.setText(label_text(words))
            button.setAccessibleName(said)
            button.setFont(theme.font(bold=True))
        self.week_button.setFont(theme.font())
        top = QHBoxLayout()
        top.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(6))
        top.setSpacing(theme.px(8))
        for part in (self.before, self.title, self.after):
            top.addWidget(part)
        top.addWidget(self.hours, 1)
        for part in (self.centre, self.week_button, self.sheet_button):
            top.addWidget(part)
        left = QVBoxLayout()
        left.setSpacing(theme.px(4))
        left.addWidget(self.prompt)
        left.addWidget(self.grid, 1)
        left.addWidget(self.legend)
        kinds = ("work", "rest", "off", "worked")
        legend = "  ·  ".join(tr("{letter} {kind}", letter=letter(kind), kind=day_words(kind)) for kind in kinds)
        self.legend.setText(legend)
        self.stand(top, left, edge=8)

    def _join(self) -> None:
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.grid.turned.connect(self._turn)
        self.grid.picked.connect(self._pick)
        self.grid.opened.connect(self._open)
        self.week_button.clicked.connect(self._open_week)

    def _turn(self, months: int) -> None:
        count = self._day.year * 12 + self._day.month - 1 + months
        if 2000 * 12 <= count < 2100 * 12:
            self._day = date(count // 12, count % 12 + 1, 1)
            self._code = ""
            self.refresh()

    def _pick(self, day: date) -> None:
        is_here = self._shown is not None and day.replace(day=1) == self._shown.first
        self._day, self._code = day, day.isoformat()
        if is_here:
            self._show_row()
        else:
            self.refresh()

    def _open(self, day: date) -> None:
        self._pick(day)
        self.editor.take_focus()

    def _open_week(self) -> None:
        self._code = WEEK
        self._show_row()
        self.editor.take_focus()

    def _show_row(self) -> None:
        shown = self._shown
        if shown is None or not self._code:
            self.editor.clear()
            return
        rows: dict[str, TableRow] = {day.row.code: day.row for day in shown.month.days} | {WEEK: shown.month.week}
        if self._code in rows:
            self.side.setCurrentWidget(self.editor)
            self.editor.show_row(Subject(shown.centre_id, CALENDAR, rows[self._code], shown.codes), self._values)
            if self._values is not None:
                self.editor.take_focus()
            self._values = None


def _list(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()
