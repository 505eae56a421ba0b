"""Statutory holidays and make-up days of China, as far as the library knows them: the home of `chinesecalendar`.

The State Council names a year's days in November of the year before; a library is therefore
always behind some day. A year it does not know has no exceptions here and is never an error:
the week's own rule holds until somebody enters the days (see `CodeBook.years_missing`).
"""

from collections.abc import Mapping
from datetime import date

from chinese_calendar import constants

from console.domain.code_files import Raw
from console.domain.code_rows import CALENDAR

NEXT_YEAR_FROM_MONTH = 11


def knows(year: int) -> bool:
    """Whether the library has the days of a year."""
    return date(year, 1, 1) in constants.holidays


def days_of(year: int) -> Mapping[date, str]:
    """The days of a year that differ from the week: "off" or "worked"; empty for a year the library does not know."""
    found = {day: "off" for day in constants.holidays if day.year == year}
    return dict(sorted({**found, **{day: "worked" for day in constants.workdays if day.year == year}}.items()))


def name_of(day: date) -> str:
    """The Chinese name of the holiday a day belongs to, also for its make-up days; empty when none is known."""
    said = constants.holidays.get(day) or constants.workdays.get(day)
    return str(constants.Holiday(said).chinese) if said else ""


def with_holidays(raw: Raw) -> Raw:
    """The code tables with the library's days in the work calendar; what the file itself says of a day wins."""
    rows = raw[CALENDAR]
    own: dict[str, list[object]] = {kind: list(rows[kind]) for kind in ("off", "worked")}  # type: ignore[call-overload]
    said = {str(day) for days in own.values() for day in days}
    for kind, library in (("off", constants.holidays), ("worked", constants.workdays)):
        own[kind] += [day for day in library if str(day) not in said]
    return {**raw, CALENDAR: {**rows, **own}}


def years_wanted(today: date) -> tuple[int, ...]:
    """The years whose days must be known by now: this one, and from November on the next."""
    return (today.year, today.year + 1) if today.month >= NEXT_YEAR_FROM_MONTH else (today.year,)
