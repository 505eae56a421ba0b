"""The library's holidays in the work calendar, by the handbook's vector and the State Council's notices."""

from datetime import date, datetime

import pytest

from console.domain.code_files import read_table
from console.domain.code_rows import row_of
from console.domain.codes import TABLES, Codes
from console.domain.limits import CHINA, due, parse_limit
from console.service.holidays import days_of, knows, name_of, with_holidays, years_wanted
from tests.make import ROOT

RAW = {name: read_table(ROOT / "resources" / "codes", name) for name in TABLES}
CALENDAR = Codes.build(with_holidays(RAW)).calendar


def china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(("start", "limit", "end"), [
    ("2023-11-06 09:00", "4WH", "2023-11-06 15:30"),
    ("2023-11-03 17:00", "2WH", "2023-11-06 09:30"),
    ("2023-11-04 10:00", "1WH", "2023-11-06 09:30"),
    ("2023-11-03 17:00", "5WD", "2023-11-10 23:59:59"),
    ("2023-09-28 09:00", "3WD", "2023-10-09 23:59:59"),
    # Spring Festival 2026: 15 to 23 February off, Saturday 14 and Saturday 28 worked.
    ("2026-02-13 17:00", "2WD", "2026-02-24 23:59:59"),
])
def test_the_vectors_of_the_handbook_hold_with_the_real_holidays(start, limit, end):
    assert due(china(start), parse_limit(limit), CALENDAR) == china(end)


def test_a_year_has_its_days_off_and_its_make_up_days():
    days = days_of(2023)
    assert days[date(2023, 10, 2)] == "off"
    assert days[date(2023, 10, 7)] == days[date(2023, 10, 8)] == "worked"
    assert date(2023, 11, 6) not in days


def test_a_day_has_the_name_of_its_holiday():
    assert name_of(date(2023, 10, 2)) == name_of(date(2023, 10, 7)) == "国庆节"
    assert name_of(date(2026, 2, 17)) == "春节"
    assert name_of(date(2023, 11, 6)) == name_of(date(2099, 1, 1)) == ""


def test_a_year_the_library_does_not_know_is_no_error_and_has_the_plain_week():
    assert not knows(2099)
    assert days_of(2099) == {}
    assert due(china("2099-09-30 09:00"), parse_limit("1WD"), CALENDAR) == china("2099-10-01 23:59:59")


def test_what_the_file_says_of_a_day_wins_over_the_library():
    raw = {**RAW, "work_calendar": {**RAW["work_calendar"], "worked": ["2023-10-02"]}}
    rows = with_holidays(raw)
    assert row_of(rows, "work_calendar", "2023-10-02") == {"day": "worked"}
    assert row_of(rows, "work_calendar", "2023-10-03") == {"day": "off"}


@pytest.mark.parametrize(("today", "years"), [
    (date(2026, 10, 31), (2026,)), (date(2026, 11, 1), (2026, 2027)), (date(2026, 12, 31), (2026, 2027)), (date(2027, 1, 1), (2027,)),
])
def test_from_november_on_the_next_year_is_wanted_too(today, years):
    assert years_wanted(today) == years
