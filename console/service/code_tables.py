"""The code tables as an editor shows them: rows with what is the centre's own and what is waiting, and the months of the calendar."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from console.domain.code_change import APPROVED, PROPOSED, READERS, STANDING, CodeChange
from console.domain.code_rows import CALENDAR, WEEK, codes_of, parts_of, row_of
from console.domain.codes import Codes
from console.domain.errors import Denied, Missing
from console.domain.people import Actor
from console.domain.place import Centre
from console.service import holidays
from console.service.code_changes import CodeChanges
from console.store import atlas
from console.store.find import code_changes as find
from console.store.scope import Scope

LOWEST_LEVEL = 4  # villages follow their town: nothing is dispatched there by a table of their own
DayKind = Literal["work", "rest", "off", "worked"]


@dataclass(frozen=True)
class TableRow:
    """A row in force at a centre. `waiting` is proposed, `ahead` approved and not in force yet."""

    code: str
    values: Mapping[str, object]
    is_own: bool = False
    waiting: CodeChange | None = None
    ahead: CodeChange | None = None


@dataclass(frozen=True)
class DayRow:
    """A day: worked by the week or as a make-up day, free by the week or as a holiday; with the holiday's name where known."""

    day: date
    kind: DayKind
    row: TableRow
    name: str = ""


@dataclass(frozen=True)
class Month:
    """A month of a centre's calendar, its week, and the years whose holidays nobody has entered."""

    days: tuple[DayRow, ...]
    week: TableRow
    years_missing: tuple[int, ...]


class CodeTables:
    """Questions about the tables in force; may be asked from any thread but the screen's. Each raises Denied and Missing."""

    def __init__(self, changes: CodeChanges) -> None:
        self.changes = changes
        self._book = changes.book

    def centres(self, actor: Actor) -> tuple[Centre, ...]:
        """The centres whose tables the actor may read, the own one first, then by code."""
        self._check(actor, actor.centre_id)
        with self.changes.desk.store.read() as unit:
            known = {centre.id: centre for centre in atlas.centres(unit)}
        below = [one for one in known.values() if self._book.is_within(one.id, actor.centre_id) and one.level <= LOWEST_LEVEL]
        own = known[actor.centre_id]
        return (own, *sorted((one for one in below if one is not own), key=lambda one: (one.level, one.code)))

    def rows(self, actor: Actor, table: str, centre_id: int) -> tuple[TableRow, ...]:
        """Every row of a local table, in the table's order; of the calendar only the week and the days entered."""
        self._check(actor, centre_id)
        parts_of(table)
        raw = self._book.rows(centre_id)
        own = {code for name, code in self._book.own(centre_id) if name == table}
        open_ones = self._open(actor, table, centre_id)
        codes = dict.fromkeys([*codes_of(raw, table), *open_ones])
        return tuple(self._row(raw, table, code, (code in own, open_ones)) for code in codes)

    def month(self, actor: Actor, centre_id: int, year: int, month: int) -> Month:
        """The days of a month, the week's rule, and the years still to be entered."""
        self._check(actor, centre_id)
        raw, rule = self._book.rows(centre_id), self._book.of(centre_id).calendar
        own = {code for table, code in self._book.own(centre_id) if table == CALENDAR}
        open_ones = self._open(actor, CALENDAR, centre_id)
        found = []
        for number in range(1, calendar.monthrange(year, month)[1] + 1):
            day = date(year, month, number)
            kind: DayKind = "worked" if day in rule.worked else "off" if day in rule.off else "work" if rule.is_workday(day) else "rest"
            code = day.isoformat()
            found.append(DayRow(day, kind, self._row(raw, CALENDAR, code, (code in own, open_ones)), holidays.name_of(day)))
        week = self._row(raw, CALENDAR, WEEK, (WEEK in own, open_ones))
        return Month(tuple(found), week, self._book.years_missing(centre_id))

    def tables(self, actor: Actor, centre_id: int) -> Codes:
        """The tables in force, for names and choices in forms."""
        self._check(actor, centre_id)
        return self._book.of(centre_id)

    def _check(self, actor: Actor, centre_id: int) -> None:
        if not actor.holds_any(READERS):
            raise Denied("role", kind="code_table", action="look")
        if not self._book.is_within(centre_id, actor.centre_id):
            raise Missing("centre", centre_id)

    def _open(self, actor: Actor, table: str, centre_id: int) -> dict[str, dict[str, CodeChange]]:
        """Per code what is proposed and what is approved and ahead at a centre."""
        now = self.changes.desk.clock.now()
        with self.changes.desk.store.read() as unit:
            changes = [row.change for row in find.changes(unit, Scope(actor), table=table) if row.change.centre_id == centre_id]
        found: dict[str, dict[str, CodeChange]] = {}
        for change in changes:
            if change.state == PROPOSED:
                found.setdefault(change.code, {})[PROPOSED] = change
            elif change.state in STANDING and change.effective_from > now:
                found.setdefault(change.code, {})[APPROVED] = change
        return found

    def _row(self, raw: Mapping, table: str, code: str, marks: tuple[bool, Mapping[str, Mapping[str, CodeChange]]]) -> TableRow:
        is_own, open_ones = marks
        mine = open_ones.get(code, {})
        return TableRow(code, row_of(raw, table, code), is_own, mine.get(PROPOSED), mine.get(APPROVED))
