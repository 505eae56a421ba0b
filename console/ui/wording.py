"""How the panels of the hall say the same things in the same words: titles, marks, units, parts of a task."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from console.domain.codes import Codes
from console.domain.people import OrgUnit
from console.service.pinyin import initials
from console.ui.base.words import language, tr

# What stands in the second line of a flagged row, and the sentence behind it.
FLAGS = {
    "outside_grid": ("not in own grid", "Reported from outside the reporter's own grid."),
    "outside_city": ("outside the city", "The position lies outside the city: wrong datum or swapped axes?"),
    "no_position": ("no position", "The report has no position: ask the reporter or find the address."),
    "no_grid": ("no grid", "The position lies in no grid."),
    "unknown_category": ("category unclear", "The category sent is unknown; choose one when dispatching."),
    "future_time": ("clock ahead", "The phone's clock is ahead of the hall's."),
    "late": ("sent late", "Written more than a day before it arrived."),
    "duplicate": ("duplicate?", "It may be the same matter as another case."),
    "joint": ("joint", "A joint meeting was held; the director closes it."),
    "mediation": ("mediation", "Mediation is open."),
    "confidential": ("confidential", "Confidential: speak of it only where you must."),
    "cross_county": ("across counties", "It lies across counties."),
    "cross_city": ("across cities", "It lies across cities."),
    "cross_province": ("across provinces", "It lies across provinces."),
    "emergency_mode": ("emergency", "Emergency mode: data got for it is for it alone."),
    "self_handled": ("self-handled", "Handled and settled by the one who reported it."),
    "sample": ("spot check", "Drawn for a check on the spot: look yourself."),
}

_initials = lru_cache(maxsize=4096)(initials)


@dataclass(frozen=True)
class Named:
    """A unit as the hall says it: whole, short for columns, and every way to type it."""

    id: int
    name: str
    short: str
    spellings: tuple[str, ...]


def title_of(title: str, category: str, codes: Codes) -> str:
    """The title in the seat's language: a case still named after its category is named in the language's words."""
    entry = codes.categories.get(category)
    return entry.named(language()) if entry is not None and title == entry.zh else title


def name_units(units: Iterable[OrgUnit], centre_id: int, codes: Codes) -> dict[int, Named]:
    """Every unit by its id. Departments of the own centre are said short (住建); the first call reads pinyin tables."""
    return {unit.id: _named(unit, centre_id, codes) for unit in units}


def unit_words(units: Mapping[int, Named], org_id: int) -> str:
    """The short name of a unit; its number when it is not known here."""
    known = units.get(org_id)
    return known.short if known is not None else tr("unit {n}", n=org_id)


def part_words(kind: str) -> str:
    """A unit's part in a case: lead or co."""
    return tr("lead") if kind == "lead" else tr("co")


def with_part(units: Mapping[int, Named], org_id: int, kind: str) -> str:
    """A unit with its part: 住建（主）."""
    return tr("{unit} ({part})", unit=unit_words(units, org_id), part=part_words(kind))


def _named(unit: OrgUnit, centre_id: int, codes: Codes) -> Named:
    department = codes.departments.get(unit.department)
    is_own = department is not None and unit.centre_id == centre_id
    spoken = (department.short if language() == "zh_CN" else department.en) if is_own else unit.name
    spellings = [unit.code, unit.name, _initials(unit.name)]
    if is_own:
        spellings = [department.short, _initials(department.short), department.code, department.zh, _initials(department.zh), department.en]
        spellings += [unit.code, unit.name, _initials(unit.name)]
    return Named(unit.id, unit.name, spoken, tuple(dict.fromkeys(word for word in spellings if word)))
