"""Fields of a row's form: what is written comes back as the value it was."""

import pytest

from console.domain.code_rows import Part, parts_of
from console.ui.settings.fields import field_of, meaning
from tests.make import CODES


@pytest.mark.parametrize(("kind", "value"), [
    ("name", "井盖"), ("limit", "4WH"), ("priority", "P1"), ("department", "D10"), ("departments", ["D30", "D31"]),
    ("departments", "all"), ("departments", []), ("flag", True), ("flag", False), ("hours", ["08:30-12:00", "14:30-18:00"]),
    ("weekdays", [1, 2, 6]), ("day", "off"),
])
def test_a_value_that_is_written_is_read_back(qtbot, kind, value):
    field = field_of(Part("x", kind), CODES)
    qtbot.addWidget(field)
    field.write(value)
    assert field.value == value


def test_a_value_that_is_no_choice_any_more_is_not_lost(qtbot):
    field = field_of(Part("lead", "department"), CODES)
    qtbot.addWidget(field)
    field.write("D88")
    assert field.value == "D88"


@pytest.mark.parametrize(("typed", "value"), [("2h", "2H"), (" 3wd ", "3WD")])
def test_a_limit_may_be_typed_small(qtbot, typed, value):
    field = field_of(Part("limit", "limit"), CODES)
    qtbot.addWidget(field)
    field.line.setText(typed)
    assert field.value == value


def test_departments_may_be_parted_by_any_comma(qtbot):
    field = field_of(Part("co", "departments"), CODES)
    qtbot.addWidget(field)
    field.line.setText("D02，D34、D10,D11 D12")
    assert field.value == ["D02", "D34", "D10", "D11", "D12"]


def test_what_differs_says_what_stands_now():
    part = next(part for part in parts_of("categories") if part.name == "limit")
    assert meaning(part, "2H", {"limit": "4H"}, CODES) == ("现为：4小时", True)
    assert meaning(part, "4H", {"limit": "4H"}, CODES) == ("4小时", False)
    assert meaning(Part("zh", "name"), "井盖", {}, CODES) == ("", False)


def test_every_kind_of_row_has_fields(qtbot):
    for table, code in (("categories", ""), ("stage_limits", ""), ("departments", ""), ("reasons", ""), ("work_calendar", "week"),
                        ("work_calendar", "2026-10-01")):  # fmt: skip
        for part in parts_of(table, code):
            field = field_of(part, CODES)
            qtbot.addWidget(field)
            assert field.stops
