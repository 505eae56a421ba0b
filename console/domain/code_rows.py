"""Which rows of the code tables a centre may change, what their values must be, and how changes lie over the shipped rows.

Local are categories, stage limits, departments, reasons and the work calendar (handbook 2.2, 3.3);
all other tables are the handbook's own. The calendar's rows are `week` (work days and hours) and
one per day that differs from it. Rows are never removed, only put out of use: cases carry them.
New rows there are only for reasons and days: a case travels from centre to centre, and all of
them must know its category and its departments.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from console.domain.code_change import CodeChange
from console.domain.code_files import Raw, Row
from console.domain.codes import Codes, parse_day, parse_span
from console.domain.errors import Invalid
from console.domain.limits import STAGES, WorkCalendar, parse_limit
from console.domain.texts import check_text

Kind = Literal["name", "limit", "priority", "department", "departments", "flag", "hours", "weekdays", "day"]
CALENDAR, WEEK = "work_calendar", "week"
DAYS = ("off", "worked", "plain")  # a holiday, a make-up day, or as the week has it
NAME_MAX = 40
_SIGNED = re.compile(r"([-+]?\d+)(?:M|H|ND|WM|WH|WD)?")
_REASON = re.compile(r"[a-z_]+\.\d{1,2}")


@dataclass(frozen=True)
class Part:
    """One value of a row and what kind of value it is."""

    name: str
    kind: Kind


_NAMES = (Part("zh", "name"), Part("en", "name"))
PARTS: Mapping[str, tuple[Part, ...]] = {
    "categories": (*_NAMES, Part("priority", "priority"), Part("limit", "limit"), Part("lead", "department"),
                   Part("co", "departments"), Part("active", "flag")),
    "stage_limits": tuple(Part(name, "limit") for name in ("P1", "P2", "P3", "P4")),
    "departments": (*_NAMES, Part("short", "name"), Part("active", "flag")),
    "reasons": (*_NAMES, Part("active", "flag")),
    CALENDAR: (Part("day", "day"),),
}  # fmt: skip
_WEEK = (Part("weekdays", "weekdays"), Part("hours", "hours"))
LOCAL = tuple(PARTS)


def parts_of(table: str, code: str = "") -> tuple[Part, ...]:
    """The values a row of a local table has. Raises Invalid("not_local")."""
    if table not in PARTS:
        raise Invalid("table", "not_local", value=table, known=", ".join(LOCAL))
    return _WEEK if (table, code) == (CALENDAR, WEEK) else PARTS[table]


def codes_of(raw: Raw, table: str) -> tuple[str, ...]:
    """The codes of a local table's rows, in order."""
    rows = raw[table]
    if table == "reasons":
        return tuple(f"{section}.{code}" for section, inner in rows.items() if isinstance(inner, Mapping) for code in inner)
    if table == CALENDAR:
        days = (*rows["off"], *rows["worked"])  # type: ignore[misc]
        return (WEEK, *sorted(str(day) for day in days))
    return tuple(rows)


def row_of(raw: Raw, table: str, code: str) -> dict[str, object]:
    """A row as plain values, every part of it; empty when there is no such row."""
    rows: Mapping[str, object] = raw[table]
    if table == CALENDAR:
        if code == WEEK:
            return {name: list(rows[name]) for name in ("weekdays", "hours")}  # type: ignore[call-overload]
        found = next((kind for kind in ("off", "worked") if code in {str(day) for day in rows[kind]}), "plain")  # type: ignore[attr-defined]
        return {"day": found}
    if table == "reasons":
        section, _, code = code.partition(".")
        rows = rows.get(section, {})  # type: ignore[assignment]
    row = rows.get(code)
    if not isinstance(row, Mapping):
        return {}
    return {part.name: row.get(part.name, True) if part.kind == "flag" else row[part.name] for part in PARTS[table]}


def applied(raw: Raw, changes: Iterable[CodeChange]) -> Raw:
    """The rows with these changes over them, in their order; `raw` itself stays as it is."""
    found: dict[str, Mapping[str, object]] = dict(raw)
    for change in changes:
        rows = dict(found[change.table_name])
        if change.table_name == CALENDAR:
            _mark(rows, change)
        elif change.table_name == "reasons":
            section, _, code = change.code.partition(".")
            rows[section] = {**rows.get(section, {}), code: dict(change.after)}  # type: ignore[dict-item]
        else:
            rows[change.code] = dict(change.after)
        found[change.table_name] = rows
    return found


def _mark(rows: dict[str, object], change: CodeChange) -> None:
    if change.code == WEEK:
        rows.update(change.after)
        return
    for kind in ("off", "worked"):
        kept = [day for day in rows[kind] if str(day) != change.code]  # type: ignore[attr-defined]
        rows[kind] = [*kept, change.code] if change.after["day"] == kind else kept


def checked(table: str, code: str, after: Row, codes: Codes) -> dict[str, object]:
    """A row's new values, complete and in order, as they may be proposed at a centre whose tables are `codes`.

    Raises Invalid, whose field is the value's name.
    """
    parts = parts_of(table, code)
    _check_code(table, code, codes)
    strange = [name for name in after if name not in {part.name for part in parts}]
    if strange:
        raise Invalid(strange[0], "unknown_field", value=strange[0])
    found: dict[str, object] = {}
    for part in parts:
        if part.name not in after:
            raise Invalid(part.name, "missing_field")
        found[part.name] = _CHECKS[part.kind](part.name, after[part.name], codes)
    if table == "categories":
        _check_units(found, codes)
    if table == "departments" and not found["active"]:
        _check_unused(code, codes)
    if (table, code) == (CALENDAR, WEEK):
        WorkCalendar(frozenset(found["weekdays"]), tuple(map(parse_span, found["hours"])))  # type: ignore[call-overload,arg-type]
    return found


def _check_code(table: str, code: str, codes: Codes) -> None:
    if table == CALENDAR:
        if code != WEEK:
            parse_day(code)
        return
    if table == "stage_limits":
        if code not in STAGES or code == "handle":
            raise Invalid("code", "unknown_code", value=code)
        return
    if table == "reasons":
        if _REASON.fullmatch(code) is None or code.partition(".")[0] not in codes.reasons:
            raise Invalid("code", "bad_reason_code", value=code, known=", ".join(codes.reasons))
    elif code not in (codes.categories if table == "categories" else codes.departments):
        raise Invalid("code", "no_new_rows", value=code)


def _name(field: str, value: object, _codes: Codes) -> str:
    words = str(value).strip() if isinstance(value, str) else ""
    if not words:
        raise Invalid(field, "name_needed")
    return check_text(field, words, NAME_MAX)


def _limit(field: str, value: object, _codes: Codes) -> str:
    words = str(value).strip().upper()
    signed = _SIGNED.fullmatch(words)
    if signed is not None and int(signed.group(1)) <= 0:
        raise Invalid(field, "limit_not_positive", value=words)
    return str(parse_limit(words, field))


def _priority(field: str, value: object, codes: Codes) -> str:
    if value not in codes.priorities:
        raise Invalid(field, "unknown_code", value=value)
    return str(value)


def _department(field: str, value: object, codes: Codes) -> str:
    entry = codes.departments.get(str(value))
    if entry is None:
        raise Invalid(field, "no_such_department", value=value)
    if not entry.active:
        raise Invalid(field, "department_not_here", value=value)
    return entry.code


def _departments(field: str, value: object, codes: Codes) -> object:
    if value == "all":
        return value
    if not isinstance(value, list | tuple):
        raise Invalid(field, "wrong_type", known="list")
    found = [str(code) for code in value]
    for code in found:
        if code not in codes.departments:
            raise Invalid(field, "no_such_department", value=code)
        if found.count(code) > 1:
            raise Invalid(field, "department_twice", value=code)
    return found


def _flag(field: str, value: object, _codes: Codes) -> bool:
    if not isinstance(value, bool):
        raise Invalid(field, "wrong_type", known="true, false")
    return value


def _hours(field: str, value: object, _codes: Codes) -> list[str]:
    spans = [str(span).strip() for span in value] if isinstance(value, list | tuple) else []
    for span in spans:
        try:
            parse_span(span)
        except ValueError as wrong:
            raise Invalid(field, "bad_work_hours", value=span) from wrong
    return spans


def _weekdays(field: str, value: object, _codes: Codes) -> list[int]:
    if not isinstance(value, list | tuple) or not all(type(day) is int for day in value):
        raise Invalid(field, "bad_weekdays", value=value)
    return sorted(set(value))


def _day(field: str, value: object, _codes: Codes) -> str:
    if value not in DAYS:
        raise Invalid(field, "unknown_code", value=value)
    return str(value)


_CHECKS: Mapping[Kind, Callable[[str, object, Codes], object]] = {
    "name": _name, "limit": _limit, "priority": _priority, "department": _department, "departments": _departments,
    "flag": _flag, "hours": _hours, "weekdays": _weekdays, "day": _day,
}  # fmt: skip


def _check_units(row: Mapping[str, object], codes: Codes) -> None:
    helpers = row["co"]
    if isinstance(helpers, Sequence) and helpers != "all" and row["lead"] in helpers:
        raise Invalid("co", "lead_helps_too", value=row["lead"])


def _check_unused(code: str, codes: Codes) -> None:
    led = [entry.code for entry in codes.categories.values() if entry.active and entry.lead == code]
    if led:
        raise Invalid("active", "still_leads", value=code, count=len(led), categories=", ".join(led[:6]))
