"""The code tables of the handbook (CT-01 to CT-26), read from TOML once and checked against each other."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from console.domain.errors import Invalid
from console.domain.limits import STAGES, Limit, StageLimits, WorkCalendar, parse_limit
from console.domain.words import pick


@dataclass(frozen=True)
class Entry:
    """One code with its names."""

    code: str
    zh: str
    en: str

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
    site_kinds: Table[Entry]
    supervision: Mapping[str, Table[Entry]]
    time_applications: Mapping[str, Table[Entry]]
    reasons: Mapping[str, Table[Entry]]
    cameras: Mapping[str, Table[Entry]]
    device_ids: Mapping[str, Table[Entry]]
    stage_limits: StageLimits
    calendar: WorkCalendar

    @staticmethod
    def load(folder: Path) -> "Codes":
        """Read all tables of a folder.

        Raises Invalid, whose field is the file and whose facts are the key and the
        problem, for a missing or broken file, an unknown or missing value, and a
        reference to a code no table holds.
        """
        flat = {name: _table(folder, name, Entry) for name in _FLAT}
        nested = {name: _sections(folder, name) for name in _NESTED}
        departments = _table(folder, "departments", Department)
        limits = _stage_limits(folder, flat["priorities"])
        categories = _table(folder, "categories", _category_of(departments))
        _check_references(categories, flat["category_groups"], flat["priorities"], departments)
        roles = _table(folder, "roles", _role)
        for role in roles.values():
            for level in role.levels:
                _require(str(level) in flat["levels"], "roles.toml", role.code, "unknown_level", level)
        statuses = _table(folder, "statuses", Status)
        for status in statuses.values():
            known = status.timer == "" or status.timer in STAGES
            _require(known, "statuses.toml", status.code, "unknown_stage", status.timer)
        return Codes(roles=roles, departments=departments, categories=categories, statuses=statuses,
                     stage_limits=limits, calendar=_calendar(folder), **flat, **nested)

    def stage_limit(self, stage: str, category: str, priority: str) -> Limit:
        """How long a stage of a case may take; handling has the category's own limit."""
        if stage == "handle":
            return known(self.categories, category, "category").limit
        return self.stage_limits.of(stage, priority)


def known(table: Table[E], code: str, field: str) -> E:
    """The entry of a code that came in from outside. Raises Invalid, naming the field, when no such code exists."""
    entry = table.get(code)
    if entry is None:
        raise Invalid(field, "unknown_code", value=code)
    return entry


_FLAT = ("levels", "grid_kinds", "sources", "category_groups", "priorities", "scales", "actions", "lamps",
         "evaluations", "video_purposes", "site_kinds")
_NESTED = ("supervision", "time_applications", "reasons", "cameras", "device_ids")


def _require(holds: bool, file: str, key: str, problem: str, value: object) -> None:
    if not holds:
        raise Invalid(file, "broken_code_table", key=key, problem=problem, value=value)


def _read(folder: Path, name: str) -> dict[str, object]:
    file = f"{name}.toml"
    try:
        return tomllib.loads((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError as absent:
        raise Invalid(file, "missing_file", problem=str(folder)) from absent
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise Invalid(file, "broken_file", problem=str(broken)) from broken


def _table(folder: Path, name: str, make: Callable[..., E]) -> Table[E]:
    rows = _read(folder, name)
    return MappingProxyType({code: _entry(f"{name}.toml", code, code, row, make) for code, row in rows.items()})


def _sections(folder: Path, name: str) -> Mapping[str, Table[Entry]]:
    file, found = f"{name}.toml", {}
    for section, rows in _read(folder, name).items():
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
        return make(code=code, **row)
    except TypeError as wrong:  # a field too many or too few
        raise Invalid(file, "broken_code_table", key=key, problem="wrong_fields", value=", ".join(row)) from wrong
    except Invalid as wrong:
        value = wrong.facts.get("value", "")
        raise Invalid(file, "broken_code_table", key=key, problem=wrong.code, value=value) from wrong


def _role(*, code: str, zh: str, en: str, levels: list[int]) -> Role:
    return Role(code, zh, en, tuple(levels))


def _category_of(departments: Table[Department]) -> Callable[..., Category]:
    def make(*, code: str, zh: str, en: str, priority: str, limit: str, lead: str, co: list[str] | str) -> Category:
        helpers = [other for other in departments if other != lead] if co == "all" else co
        return Category(code, zh, en, priority, parse_limit(limit), lead, tuple(helpers))
    return make


def _check_references(categories: Table[Category], groups: Table[Entry], priorities: Table[Entry],
                      departments: Table[Department]) -> None:
    file = "categories.toml"
    for entry in categories.values():
        _require(entry.group in groups, file, entry.code, "unknown_group", entry.group)
        _require(entry.priority in priorities, file, entry.code, "unknown_priority", entry.priority)
        for code in (entry.lead, *entry.co):
            _require(code in departments, file, entry.code, "unknown_department", code)
        _require(entry.lead not in entry.co, file, entry.code, "lead_among_helpers", entry.lead)
        _require(len(set(entry.co)) == len(entry.co), file, entry.code, "named_twice", ", ".join(entry.co))


def _stage_limits(folder: Path, priorities: Table[Entry]) -> StageLimits:
    file, rows = "stage_limits.toml", _read(folder, "stage_limits")
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


def _calendar(folder: Path) -> WorkCalendar:
    file, row = "work_calendar.toml", _read(folder, "work_calendar")
    try:
        hours = tuple(tuple(time.fromisoformat(edge) for edge in span.split("-")) for span in row["hours"])
        if any(len(span) != 2 for span in hours):
            raise ValueError(row["hours"])
        return WorkCalendar(frozenset(row["weekdays"]), hours, _days(row["off"]), _days(row["worked"]))
    except KeyError as absent:
        raise Invalid(file, "broken_code_table", key=str(absent.args[0]), problem="value_missing", value="") from absent
    except (ValueError, TypeError, AttributeError) as wrong:
        raise Invalid(file, "broken_code_table", key="hours", problem="bad_calendar", value=str(wrong)) from wrong
    except Invalid as wrong:
        raise Invalid(file, "broken_code_table", key=wrong.field or "", problem=wrong.code,
                      value=wrong.facts.get("value", "")) from wrong


def _days(values: list[object]) -> frozenset[date]:
    return frozenset(value if isinstance(value, date) else date.fromisoformat(str(value)) for value in values)
