"""The roster of the own centre: a day's duties, put on and taken off."""

from datetime import datetime, timedelta

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.duty import PARTS, DutyRow
from console.domain.errors import ConsoleError, Invalid
from console.domain.limits import CHINA
from console.service.administration import Administration
from console.ui.base import theme
from console.ui.base.text import PlainLabel
from console.ui.base.words import refusal, tr
from console.ui.seat import Seat
from console.ui.settings.staff import StaffPage, button, choice, line, moment, named
from console.ui.settings.table import Column, Table

DAYS = 7


class DutyPage(StaffPage):
    """Who is on duty from a day on, for a week; those who may, change it."""

    kinds = frozenset({"duty", "user"})

    def __init__(self, seat: Seat, admin: Administration, kept: QSettings, parent: QWidget | None = None) -> None:
        """Make the page; it begins today."""
        super().__init__(seat, admin, kept, parent)
        self._day = admin.now().astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
        self.span = PlainLabel(bold=True)
        columns: tuple[Column[DutyRow], ...] = (
            Column(tr("From"), lambda row: moment(row.duty.starts_at), 150), Column(tr("To"), lambda row: moment(row.duty.ends_at), 150),
            Column(tr("Part"), lambda row: part_words(row.duty.part), 120), Column(tr("Name"), lambda row: row.name, 110),
            Column(tr("Work phone"), lambda row: row.work_phone, 130), Column(tr("Now"), self._now_words, 80),
        )  # fmt: skip
        self.table: Table[DutyRow] = Table(columns, lambda row: row.duty.id, kept, "duty")
        self.login = line(tr("Login"), longest=40)
        self.starts = line(tr("From"), longest=16, hint="2026-11-23 08:00")
        self.ends = line(tr("To"), longest=16, hint="2026-11-23 20:00")
        self.part = choice(tr("Part"), tuple((part, part_words(part)) for part in PARTS))
        self._lay_out()
        self.ends.entered.connect(lambda _: self.put())

    def refresh(self) -> None:
        """Ask for the week."""
        until = self._day + timedelta(days=DAYS)
        words = {"first": self._day.strftime("%m-%d"), "last": (until - timedelta(days=1)).strftime("%m-%d")}
        self.span.setText(tr("Roster {first} – {last}", **words))
        self.ask(self.admin.on_duty, self._show, self.seat.actor.centre_id, self._day, until)

    def put(self) -> None:
        """Put the person of the form on duty."""
        try:
            starts, ends = _instant(self.starts.text(), "starts_at"), _instant(self.ends.text(), "ends_at")
        except ConsoleError as wrong:
            self.say(refusal(wrong))
            return
        self.act(self.admin.roster.put, self._done, self.login.text().strip(), starts, ends, str(self.part.currentData()))

    def submit(self) -> bool:
        """Ctrl+Enter puts the person of the form on duty."""
        if self.may("roster"):
            self.put()
        return self.may("roster")

    def take_off(self) -> None:
        """Take the chosen duty off the roster."""
        row = self.table.current
        if row is not None:
            self.act(self.admin.roster.take_off, self._done, row.duty.id, row.duty.version)

    def _done(self, _answer: object) -> None:
        self.refresh()
        self.say(tr("Done."), is_good=True)

    def _turn(self, days: int) -> None:
        self._day += timedelta(days=days)
        self.refresh()

    def _show(self, rows: tuple[DutyRow, ...]) -> None:
        self.table.empty_text = tr("Nobody is on the roster in these days.")
        self.table.show_rows(rows)
        self.answered.emit()

    def _now_words(self, row: DutyRow) -> str:
        return tr("on duty") if row.duty.starts_at <= self.admin.now() < row.duty.ends_at else ""

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(button("←", lambda: self._turn(-DAYS)))
        top.addWidget(self.span)
        top.addWidget(button("→", lambda: self._turn(DAYS)))
        top.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(theme.GUTTER))
        fields = ((tr("Login"), self.login), (tr("Part"), self.part), (tr("From"), self.starts), (tr("To"), self.ends))
        for words, field in fields:
            row.addWidget(named(words))
            row.addWidget(field, 1)
        row.addWidget(button(tr("Put on duty"), self.put, is_primary=True))
        row.addWidget(button(tr("Take off"), self.take_off))
        foot = QWidget()
        foot.setLayout(row)
        foot.setVisible(self.may("roster"))
        self.column.addLayout(top)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.message)
        self.column.addWidget(foot)
        self.setFocusProxy(self.table)


def _instant(text: str, field: str) -> datetime:
    try:
        return datetime.strptime(text.strip().replace("/", "-"), "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)
    except ValueError as wrong:
        raise Invalid(field, "bad_instant", value=text[:40]) from wrong


def part_words(part: str) -> str:
    """What a part of a duty is called."""
    words = {"leader": tr("shift leader"), "officer": tr("duty officer"), "video": tr("video operator"), "on_call": tr("on call")}
    return words.get(part, part)
