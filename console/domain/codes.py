"""The code tables of the handbook (CT-01 to CT-27), built from plain rows and checked against each other.

The rows come from the shipped files (`code_files.py`), with a centre's own changes over them
where it has any (`code_change.py`); one door checks both. `Codes` is a snapshot and never
changes: who wants the tables in force asks a `Book` for them anew.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from console.domain.code_files import Raw, read_table
from console.domain.errors import Invalid
from console.domain.limits import STAGES, Limit, StageLimits, WorkCalendar, parse_limit
from console.domain.words import pick


@dataclass(frozen=True)
class Entry:
    """One code with its names; one that is not `active` is kept for what carries it and offered to nobody."""

    code: str
    zh: str
    en: str
    active: bool = field(default=True, kw_only=True)

    def named(self, language: str) -> str:
        """The name in a language ("zh_CN" or "en")."""
        return pick(language, self.zh, self.en)


@dataclass(frozen=True)
class Role(Entry):
    """A role and the levels of centres it sits at (CT-03)."""

    levels: tuple[int, ...]


@dataclass(frozen=True)
class Department(Entry):
    """A department (CT-04); `short` is its Chinese name for narrow columns."""

    short: str


@dataclass(frozen=True)
class Status(Entry):
    """A state of a case (CT-09) and the stage whose clock runs in it, empty when none does."""

    timer: str


@dataclass(frozen=True)
class Category(Entry):
    """An event category (CT-06): how urgent, how long handling may take, who leads, who helps.

    `co` never holds the lead; where the handbook says "all", it holds every other department.
    """

    priority: str
    limit: Limit
    lead: str
    co: tuple[str, ...]

    @property
    def group(self) -> str:
        """The two digits of the group this category belongs to."""
        return self.code[:2]


@dataclass(frozen=True)
class ShiftHours(Entry):
    """A shift of the day (CT-27) and its hours in China, such as "16:00" to "24:00"."""

    starts: str
    ends: str


E = TypeVar("E", bound=Entry)
Table = Mapping[str, E]


@dataclass(frozen=True)
class Codes:
    """Every code table, keyed by code in the order of the files."""

    levels: Table[Entry]
    grid_kinds: Table[Entry]
    roles: Table[Role]
    departments: Table[Department]
    sources: Table[Entry]
    category_groups: Table[Entry]
    categories: Table[Category]
    priorities: Table[Entry]
    scales: Table[Entry]
    statuses: Table[Status]
    actions: Table[Entry]
    lamps: Table[Entry]
    evaluations: Table[Entry]
    video_purposes: Table[Entry]
    resolution_ways: Table[Entry]
    mediation_sources: Table[Entry]
    agreement_forms: Table[Entry]
    key_sites: Table[Entry]
    peace_units: Table[Entry]
    volunteers: Table[Entry]
    village_posts: Table[Entry]
    care_kinds: Table[Entry]
    shift_entries: Table[Entry]
    shifts: Table[ShiftHours]
    alarms: Mapping[str, Table[Entry]]
    supervision: Mapping[str, Table[Entry]]
    time_applications: Mapping[str, Table[Entry]]
    reasons: Mapping[str, Table[Entry]]
    cameras: Mapping[str, Table[Entry]]
    device_ids: Mapping[str, Table[Entry]]
    stage_limits: StageLimits
    calendar: WorkCalendar

    @staticmethod
    def load(folder: Path) -> "Codes":
        """The shipped tables of a folder. Raises Invalid as `read_table` and `build` do."""
        return Codes.build({name: read_table(folder, name) for name in TABLES})

    @staticmethod
    def build(raw: Raw) -> "Codes":
        """The tables that plain rows make.

        Raises Invalid, whose field is the file and whose facts are the key and the
        problem, for an unknown, missing or wrongly written value, and for a reference
        to a code no table holds.
        """
        flat = {name: _table(raw, name, Entry) for name in _FLAT}
        nested = {name: _sections(raw, name) for name in _NESTED}
        departments = _table(raw, "departments", Department)
        limits = _stage_limits(raw["stage_limits"], flat["priorities"])
        categories = _table(raw, "categories", _category_of(departments))
        _check_references(categories, flat["category_groups"], flat["priorities"], departments)
        roles = _table(raw, "roles", _role)
        for role in roles.values():
            for level in role.levels:
                _require(str(level) in flat["levels"], "roles.toml", role.code, "unknown_level", level)
        statuses = _table(raw, "statuses", Status)
        for status in statuses.values():
            known = status.timer == "" or status.timer in STAGES
            _require(known, "statuses.toml", status.code, "unknown_stage", status.timer)
        return Codes(roles=roles, departments=departments, categories=categories, statuses=statuses, shifts=_table(raw, "shifts", _shift),
                     stage_limits=limits, calendar=_calendar(raw["work_calendar"]), **flat, **nested)

    def of(self, centre_id: int) -> "Codes":
        """These tables themselves: the shipped ones alone are a book in which every centre reads the same."""
        return self

    def stage_limit(self, stage: str, category: str, priority: str) -> Limit:
        """How long a stage of a case may take; handling has the category's own limit."""
        if stage == "handle":
            return known(self.categories, category, "category").limit
        return self.stage_limits.of(stage, priority)

    def category_names(self, code: str) -> tuple[str, str]:
        """A category's names in both languages; empty ones for a code no table holds any more."""
        entry = self.categories.get(code)
        return (entry.zh, entry.en) if entry is not None else ("", "")


class Book(Protocol):
    """The tables in force: one snapshot a centre, never to be kept longer than an act or a repaint."""

    def of(self, centre_id: int) -> Codes:
        """The tables of a centre at this instant; 0 stands for none and has the shipped ones."""
        ...


def offered(table: Table[E]) -> tuple[E, ...]:
    """What may be chosen anew: the entries still in use."""
    return tuple(entry for entry in table.values() if entry.active)


def known(table: Table[E], code: str, field: str) -> E:
    """The entry of a code that came in from outside. Raises Invalid, naming the field, when no such code exists."""
    entry = table.get(code)
    if entry is None:
        raise Invalid(field, "unknown_code", value=code)
    return entry


_FLAT = ("levels", "grid_kinds", "sources", "category_groups", "priorities", "scales", "actions", "lamps",
         "evaluations", "video_purposes", "resolution_ways", "mediation_sources", "agreement_forms", "key_sites", "peace_units",
         "volunteers", "village_posts", "care_kinds", "shift_entries")
_NESTED = ("supervision", "time_applications", "reasons", "cameras", "device_ids", "alarms")
TABLES = (*_FLAT, *_NESTED, "roles", "departments", "categories", "statuses", "shifts", "stage_limits", "work_calendar")


def _require(holds: bool, file: str, key: str, problem: str, value: object) -> None:
    if not holds:
        raise Invalid(file, "broken_code_table", key=key, problem=problem, value=value)


def _table(raw: Raw, name: str, make: Callable[..., E]) -> Table[E]:
    return MappingProxyType({code: _entry(f"{name}.toml", code, code, row, make) for code, row in raw[name].items()})


def _sections(raw: Raw, name: str) -> Mapping[str, Table[Entry]]:
    file, found = f"{name}.toml", {}
    for section, rows in raw[name].items():
        _require(isinstance(rows, dict), file, section, "not_a_table", rows)
        entries = {code: _entry(file, f"{section}.{code}", code, row, Entry) for code, row in rows.items()}
        found[section] = MappingProxyType(entries)
    return MappingProxyType(found)


def _entry(file: str, key: str, code: str, row: object, make: Callable[..., E]) -> E:
    _require(isinstance(row, dict), file, key, "not_a_table", row)
    for name in ("zh", "en"):
        _require(bool(row.get(name)) and isinstance(row[name], str), file, f"{key}.{name}", "name_missing",
                 row.get(name, ""))
    try:
        entry = make(code=code, **row)
    except (TypeError, AttributeError) as wrong:  # a field too many or too few, or no text where text belongs
        raise Invalid(file, "broken_code_table", key=key, problem="wrong_fields", value=", ".join(row)) from wrong
    except ValueError as wrong:
        raise Invalid(file, "broken_code_table", key=key, problem="bad_calendar", value=str(wrong)) from wrong
    except Invalid as wrong:
        value = wrong.facts.get("value", "")
        raise Invalid(file, "broken_code_table", key=key, problem=wrong.code, value=value) from wrong
    for part in fields(entry):
        value = getattr(entry, part.name)
        _require(part.type not in (str, bool) or isinstance(value, part.type), file, f"{key}.{part.name}", "wrong_type", value)
    return entry


def _role(*, code: str, zh: str, en: str, levels: list[int]) -> Role:
    return Role(code, zh, en, tuple(levels))


def _shift(*, code: str, zh: str, en: str, starts: str, ends: str) -> ShiftHours:
    for edge in (starts, ends):
        if edge != "24:00":
            _hour(edge)
    return ShiftHours(code, zh, en, starts, ends)


def _category_of(departments: Table[Department]) -> Callable[..., Category]:
    def make(*, code: str, zh: str, en: str, priority: str, limit: str, lead: str, co: list[str] | str, active: bool = True) -> Category:
        helpers = [other for other, entry in departments.items() if other != lead and entry.active] if co == "all" else co
        if not all(isinstance(helper, str) for helper in helpers):
            raise TypeError(co)
        return Category(code, zh, en, priority, parse_limit(limit), lead, tuple(helpers), active=active)
    return make


def _check_references(categories: Table[Category], groups: Table[Entry], priorities: Table[Entry],
                      departments: Table[Department]) -> None:
    file = "categories.toml"
    for entry in categories.values():
        _require(entry.group in groups, file, entry.code, "unknown_group", entry.group)
        _require(entry.priority in priorities, file, entry.code, "unknown_priority", entry.priority)
        for code in (entry.lead, *entry.co):
            _require(code in departments, file, entry.code, "unknown_department", code)
        _require(not entry.active or departments[entry.lead].active, file, entry.code, "lead_not_here", entry.lead)
        _require(entry.lead not in entry.co, file, entry.code, "lead_among_helpers", entry.lead)
        _require(len(set(entry.co)) == len(entry.co), file, entry.code, "named_twice", ", ".join(entry.co))


def _stage_limits(rows: Mapping[str, object], priorities: Table[Entry]) -> StageLimits:
    file = "stage_limits.toml"
    _require(set(rows) == set(STAGES) - {"handle"}, file, ", ".join(rows), "stages_differ", ", ".join(STAGES))
    found: dict[tuple[str, str], Limit] = {}
    for stage, row in rows.items():
        complete = isinstance(row, dict) and set(row) == set(priorities)
        _require(complete, file, stage, "priorities_differ", ", ".join(priorities))
        for priority, text in row.items():
            try:
                found[stage, priority] = parse_limit(str(text))
            except Invalid as wrong:
                raise Invalid(file, "broken_code_table", key=f"{stage}.{priority}", problem=wrong.code,
                              value=text) from wrong
    return StageLimits(MappingProxyType(found))


def _calendar(row: Mapping[str, object]) -> WorkCalendar:
    file = "work_calendar.toml"
    try:
        hours = tuple(parse_span(span) for span in row["hours"])
        return WorkCalendar(frozenset(row["weekdays"]), hours, _days(row["off"], "off"), _days(row["worked"], "worked"))
    except KeyError as absent:
        raise Invalid(file, "broken_code_table", key=str(absent.args[0]), problem="value_missing", value="") from absent
    except (ValueError, TypeError, AttributeError) as wrong:
        raise Invalid(file, "broken_code_table", key="hours", problem="bad_calendar", value=str(wrong)) from wrong
    except Invalid as wrong:
        raise Invalid(file, "broken_code_table", key=wrong.field or "", problem=wrong.code,
                      value=wrong.facts.get("value", "")) from wrong


def parse_span(text: str) -> tuple[time, time]:
    """Hours written as "08:30-12:00". Raises ValueError for anything else."""
    opens, mark, closes = text.partition("-")
    if not mark:
        raise ValueError(text)
    return _hour(opens), _hour(closes)


def _hour(text: str) -> time:
    if len(text) != 5:
        raise ValueError(text)
    return time.fromisoformat(text)


def parse_day(text: str, field_name: str = "day") -> date:
    """A day with its year, such as "2026-10-01". Raises Invalid: "day_without_year", or "bad_day" for no day at all."""
    if re.fullmatch(r"\d{1,2}\D\d{1,2}\D?", text):
        raise Invalid(field_name, "day_without_year", value=text)
    try:
        if len(text) != 10:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Invalid(field_name, "bad_day", value=text) from wrong


def _days(values: list[object], name: str) -> frozenset[date]:
    return frozenset(value if isinstance(value, date) else parse_day(str(value), name) for value in values)
