"""Rows of local tables: what they hold, what they may hold, and changes lying over them."""

from datetime import UTC, date, datetime

import pytest

from console.domain.code_change import CodeChange
from console.domain.code_files import read_table
from console.domain.code_rows import LOCAL, applied, checked, codes_of, parts_of, row_of
from console.domain.codes import TABLES, Codes
from console.domain.errors import Invalid
from console.domain.limits import Limit
from tests.make import CODES, ROOT

RAW = {name: read_table(ROOT / "resources" / "codes", name) for name in TABLES}
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MANHOLE = {"zh": "井盖缺失/破损", "en": "Manhole cover missing or broken", "priority": "P1", "limit": "4H", "lead": "D10",
           "co": ["D30", "D31"], "active": True}  # fmt: skip
WEEK = {"weekdays": [1, 2, 3, 4, 5], "hours": ["08:30-12:00", "14:30-18:00"]}


def change(table: str, code: str, after: dict) -> CodeChange:
    return CodeChange(1, table, code, 2, {}, after, 7, AT, AT, state="approved")


def problem_of(table: str, code: str, after: dict) -> tuple[str | None, str]:
    with pytest.raises(Invalid) as refused:
        checked(table, code, after, CODES)
    return refused.value.field, refused.value.code


@pytest.mark.parametrize(("table", "code", "row"), [
    ("categories", "0601", MANHOLE),
    ("stage_limits", "accept", {"P1": "2M", "P2": "10M", "P3": "30WM", "P4": "60WM"}),
    ("departments", "D02", {"zh": "公安", "en": "Public Security", "short": "公安", "active": True}),
    ("reasons", "return.5", {"zh": "需多部门", "en": "Needs several departments", "active": True}),
    ("work_calendar", "week", WEEK),
    ("work_calendar", "2026-10-01", {"day": "plain"}),
    ("categories", "0000", {}), ("reasons", "return.77", {}), ("reasons", "laugh.1", {}),
])
def test_a_row_is_plain_values_with_every_part(table, code, row):
    assert row_of(RAW, table, code) == row


def test_every_shipped_row_of_a_local_table_may_stand_as_it_is():
    for table in LOCAL:
        for code in codes_of(RAW, table):
            assert checked(table, code, row_of(RAW, table, code), CODES) == row_of(RAW, table, code)


def test_a_reason_is_named_by_its_kind_and_number():
    assert codes_of(RAW, "reasons")[:2] == ("return.1", "return.2")
    assert codes_of(RAW, "work_calendar") == ("week",)


def test_a_change_lies_over_its_row_and_leaves_the_shipped_one():
    rows = applied(RAW, [change("categories", "0601", {**MANHOLE, "limit": "2H"})])
    assert Codes.build(rows).categories["0601"].limit == Limit(2, "H")
    assert Codes.build(RAW).categories["0601"].limit == Limit(4, "H")


def test_a_later_change_lies_over_an_earlier_one():
    rows = applied(RAW, [change("categories", "0601", {**MANHOLE, "limit": limit}) for limit in ("2H", "3H")])
    assert row_of(rows, "categories", "0601")["limit"] == "3H"


def test_a_day_is_off_worked_or_as_the_week_has_it():
    day = "2026-10-01"
    off = applied(RAW, [change("work_calendar", day, {"day": "off"})])
    worked = applied(off, [change("work_calendar", day, {"day": "worked"})])
    plain = applied(worked, [change("work_calendar", day, {"day": "plain"})])
    assert [row_of(rows, "work_calendar", day)["day"] for rows in (off, worked, plain)] == ["off", "worked", "plain"]
    assert [Codes.build(rows).calendar.is_workday(date(2026, 10, 1)) for rows in (off, worked, plain)] == [False, True, True]


def test_other_hours_make_another_calendar():
    rows = applied(RAW, [change("work_calendar", "week", {"weekdays": [1, 2, 3, 4, 5, 6], "hours": ["09:00-17:00"]})])
    calendar = Codes.build(rows).calendar
    assert calendar.is_workday(date(2023, 11, 4))
    assert calendar.day_length.total_seconds() == 8 * 3600


def test_a_new_reason_joins_its_kind():
    rows = applied(RAW, [change("reasons", "return.7", {"zh": "不在辖区", "en": "Outside our area", "active": True})])
    assert Codes.build(rows).reasons["return"]["7"].zh == "不在辖区"
    assert "7" not in RAW["reasons"]["return"]


@pytest.mark.parametrize(("table", "code", "more", "field", "problem"), [
    ("categories", "0601", {"limit": "0H"}, "limit", "limit_not_positive"),
    ("categories", "0601", {"limit": "0"}, "limit", "limit_not_positive"),
    ("categories", "0601", {"limit": "-1WD"}, "limit", "limit_not_positive"),
    ("categories", "0601", {"limit": "4 hours"}, "limit", "bad_limit"),
    ("categories", "0601", {"limit": 4}, "limit", "bad_limit"),
    ("categories", "0601", {"limit": None}, "limit", "bad_limit"),
    ("categories", "0601", {"lead": "D99"}, "lead", "no_such_department"),
    ("categories", "0601", {"lead": ""}, "lead", "no_such_department"),
    ("categories", "0601", {"co": ["D99"]}, "co", "no_such_department"),
    ("categories", "0601", {"co": "D30"}, "co", "wrong_type"),
    ("categories", "0601", {"co": ["D10"]}, "co", "lead_helps_too"),
    ("categories", "0601", {"co": ["D30", "D30"]}, "co", "department_twice"),
    ("categories", "0601", {"priority": "P5"}, "priority", "unknown_code"),
    ("categories", "0601", {"active": 1}, "active", "wrong_type"),
    ("categories", "0601", {"zh": ""}, "zh", "name_needed"),
    ("categories", "0601", {"zh": 7}, "zh", "name_needed"),
    ("categories", "0601", {"zh": "长" * 41}, "zh", "too_long"),
    ("categories", "0601", {"zh": "a\x00"}, "zh", "bad_characters"),
    ("categories", "0601", {"colour": "red"}, "colour", "unknown_field"),
    ("categories", "0655", {}, "code", "no_new_rows"),
    ("departments", "D40", {}, "code", "no_new_rows"),
    ("reasons", "laugh.1", {}, "code", "bad_reason_code"),
    ("reasons", "return.777", {}, "code", "bad_reason_code"),
    ("stage_limits", "handle", {}, "code", "unknown_code"),
    ("work_calendar", "10-01", {}, "day", "day_without_year"),
    ("work_calendar", "2026-02-30", {}, "day", "bad_day"),
    ("work_calendar", "2026-10-01", {"day": "party"}, "day", "unknown_code"),
    ("work_calendar", "week", {"weekdays": [0]}, "weekdays", "bad_weekdays"),
    ("work_calendar", "week", {"weekdays": ["1"]}, "weekdays", "bad_weekdays"),
    ("work_calendar", "week", {"hours": ["8-12"]}, "hours", "bad_work_hours"),
    ("work_calendar", "week", {"hours": []}, "hours", "bad_work_hours"),
    ("work_calendar", "week", {"hours": ["08:00-12:00", "11:00-18:00"]}, "hours", "bad_work_hours"),
])
def test_a_value_that_cannot_be_is_named(table, code, more, field, problem):
    likeness = {"categories": "0601", "departments": "D02", "reasons": "return.5", "stage_limits": "accept"}.get(table, code)
    row = {**row_of(RAW, table, likeness), **more}
    assert problem_of(table, code, row) == (field, problem)


def test_a_value_that_is_missing_is_named():
    assert problem_of("categories", "0601", {"zh": "井盖"}) == ("en", "missing_field")


def test_a_department_that_leads_stays_in_use():
    row = {**row_of(RAW, "departments", "D10"), "active": False}
    with pytest.raises(Invalid) as refused:
        checked("departments", "D10", row, CODES)
    assert (refused.value.field, refused.value.code, refused.value.facts["value"]) == ("active", "still_leads", "D10")
    assert "0601" in str(refused.value.facts["categories"])
    assert checked("departments", "D03", {**row_of(RAW, "departments", "D03"), "active": False}, CODES)["active"] is False


def test_a_department_out_of_use_is_chosen_for_nothing():
    without = Codes.build(applied(RAW, [change("departments", "D03", {**row_of(RAW, "departments", "D03"), "active": False})]))
    with pytest.raises(Invalid) as refused:
        checked("categories", "0601", {**MANHOLE, "lead": "D03"}, without)
    assert refused.value.code == "department_not_here"
    assert "D03" not in without.categories["1401"].co  # "all" means all that are there


def test_values_are_tidied():
    row = checked("categories", "0601", {**MANHOLE, "zh": " 井盖 ", "limit": "2h"}, CODES)
    assert (row["zh"], row["limit"]) == ("井盖", "2H")
    assert checked("work_calendar", "week", {**WEEK, "weekdays": [5, 1, 1]}, CODES)["weekdays"] == [1, 5]


def test_only_local_tables_have_parts():
    assert [part.name for part in parts_of("work_calendar", "week")] == ["weekdays", "hours"]
    with pytest.raises(Invalid) as refused:
        parts_of("actions")
    assert refused.value.code == "not_local"
