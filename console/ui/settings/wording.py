"""Code tables in words: names of tables, rows, values, states and instants, in the seat's language."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from console.domain.code_change import CodeChange
from console.domain.code_rows import CALENDAR, WEEK, Part, parts_of
from console.domain.codes import Codes
from console.domain.limits import CHINA
from console.ui.base.words import language, tr

_UNITS = {"ND": "{n} d", "WD": "{n} workdays", "WH": "{n} work h", "WM": "{n} work min", "H": "{n} h", "M": "{n} min"}


def table_words(table: str) -> str:
    """The name of a local table."""
    return {
        "categories": tr("Event categories"), "stage_limits": tr("Stage limits"), "departments": tr("Departments"),
        "reasons": tr("Reasons"), CALENDAR: tr("Work calendar"),
    }[table]  # fmt: skip


def stage_words(stage: str) -> str:
    """The name of a stage of a case."""
    return {
        "accept": tr("Intake"), "verify": tr("Verification"), "file": tr("Filing"), "dispatch": tr("Dispatching"), "sign": tr("Signing"),
        "first": tr("First answer"), "check": tr("Checking"), "close": tr("Closing"), "evaluate": tr("Call-back"),
    }.get(stage, stage)  # fmt: skip


def kind_words(kind: str) -> str:
    """What a reason is for."""
    return {"return": tr("Giving back"), "delay": tr("Delay"), "suspend": tr("Suspension"), "void": tr("Voiding")}.get(kind, kind)


def part_words(name: str) -> str:
    """The name of a value."""
    return {
        "zh": tr("Chinese name"), "en": tr("English name"), "short": tr("Short name"), "priority": tr("Priority"), "limit": tr("Limit"),
        "lead": tr("Lead"), "co": tr("Co-departments"), "active": tr("In use"), "weekdays": tr("Work days"), "hours": tr("Work hours"),
        "day": tr("This day"), "P1": tr("Critical"), "P2": tr("Urgent"), "P3": tr("Important"), "P4": tr("Normal"),
    }.get(name, name)  # fmt: skip


def day_words(kind: str) -> str:
    """What a day is."""
    return {
        "off": tr("Day off"), "worked": tr("Make-up day"), "plain": tr("As the week has it"), "work": tr("Work day"),
        "rest": tr("Rest day"),
    }.get(kind, kind)  # fmt: skip


def weekday_words(number: int) -> str:
    """A day of the week (Monday is 1) in one or two letters."""
    return (tr("Mo"), tr("Tu"), tr("We"), tr("Th"), tr("Fr"), tr("Sa"), tr("Su"))[number - 1]


def limit_words(limit: str) -> str:
    """A limit written out: 4WH is 4 work h; what is no limit stays as typed."""
    digits = limit.rstrip("MHNDW")
    known = _UNITS.get(limit[len(digits) :])
    return tr(known, n=digits) if known and digits.isdecimal() else limit


def department_words(code: str, codes: Codes) -> str:
    """A department as columns say it: its short name, or its English one."""
    entry = codes.departments.get(code)
    if entry is None:
        return code
    return entry.short if language() == "zh_CN" else entry.en


def value_words(part: Part, value: object, codes: Codes) -> str:
    """A value in words; a dash where there is none."""
    if value in ("", None) or value == []:
        return "—"
    if part.kind == "limit":
        return limit_words(str(value))
    if part.kind == "priority":
        entry = codes.priorities.get(str(value))
        return entry.named(language()) if entry is not None else str(value)
    if part.kind == "department":
        return department_words(str(value), codes)
    if part.kind == "departments":
        return tr("all departments") if value == "all" else tr(", ").join(department_words(code, codes) for code in _texts(value))
    if part.kind == "flag":
        return tr("in use") if value else tr("out of use")
    if part.kind == "weekdays":
        return " ".join(weekday_words(int(number)) for number in _texts(value))
    if part.kind == "hours":
        return tr(", ").join(_texts(value))
    return day_words(str(value)) if part.kind == "day" else str(value)


def row_words(table: str, code: str, codes: Codes, values: Mapping[str, object] | None = None) -> str:
    """What a row is called: its code and name, its stage, its day."""
    if table == CALENDAR:
        return tr("Work days and hours of the week") if code == WEEK else day_title(date.fromisoformat(code))
    if table == "stage_limits":
        return stage_words(code)
    said = values or {}
    name = str(said.get("zh" if language() == "zh_CN" else "en") or said.get("zh") or "")
    if not name:
        rows = codes.reasons.get(code.partition(".")[0], {}) if table == "reasons" else getattr(codes, table)
        entry = rows.get(code.rpartition(".")[2])
        name = entry.named(language()) if entry is not None else ""
    if table == "reasons":
        return tr("{kind}: {name}", kind=kind_words(code.partition(".")[0]), name=name or code)
    return f"{code} {name}".strip()


def day_title(day: date) -> str:
    """A day with its weekday."""
    return tr("{day} ({weekday})", day=day.isoformat(), weekday=weekday_words(day.isoweekday()))


def tomorrow_words(now: datetime) -> str:
    """The coming midnight of China, where a new change begins unless somebody says otherwise."""
    return instant_words(now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1))


def instant_words(at: datetime) -> str:
    """An instant as day and minute of China, with its year."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def state_words(change: CodeChange) -> str:
    """How far a change has come."""
    return {
        "proposed": tr("Waiting for approval"), "approved": tr("Approved"), "in_force": tr("In force"), "refused": tr("Refused"),
        "withdrawn": tr("Withdrawn"),
    }.get(change.state, change.state)  # fmt: skip


def differing_words(change: CodeChange) -> str:
    """The names of the values that change."""
    if not change.after:
        return tr("follows the centre above again")
    if change.table_name == CALENDAR and change.code != WEEK:
        return day_words(str(change.after.get("day", "plain")))
    known = {part.name for part in parts_of(change.table_name, change.code)}
    return tr(", ").join(part_words(name) for name in change.differing if name in known)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else (str(value),)
