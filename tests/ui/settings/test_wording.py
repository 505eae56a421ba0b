"""Code tables in words, in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from console.domain.code_change import CodeChange
from console.domain.code_rows import LOCAL, Part, parts_of
from console.ui.settings import wording
from tests.make import CODES

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CHANGE = CodeChange(1, "categories", "0601", 2, {"zh": "井盖", "limit": "4H"}, {"zh": "井盖", "limit": "2H"}, 3, AT, AT)


@pytest.mark.parametrize(("limit", "zh"), [
    ("30M", "30分"), ("4H", "4小时"), ("3ND", "3天"), ("30WM", "30个工作分"), ("4WH", "4个工作小时"), ("3WD", "3个工作日"),
    ("soon", "soon"), ("", ""),
])
def test_a_limit_is_written_out(limit, zh):
    assert wording.limit_words(limit) == zh


@pytest.mark.parametrize(("kind", "value", "words"), [
    ("priority", "P1", "特急"), ("department", "D10", "住建"), ("departments", ["D30", "D31"], "水气热、通信"), ("departments", [], "—"),
    ("departments", "all", "全部部门"), ("flag", True, "启用"), ("flag", False, "停用"), ("weekdays", [1, 7], "周一 周日"),
    ("day", "off", "放假"),
    ("hours", ["08:30-12:00", "14:30-18:00"], "08:30-12:00、14:30-18:00"), ("name", "井盖", "井盖"), ("department", "D88", "D88"),
])
def test_a_value_has_words(kind, value, words):
    assert wording.value_words(Part("x", kind), value, CODES) == words


@pytest.mark.parametrize(("table", "code", "words"), [
    ("categories", "0601", "0601 井盖缺失/破损"), ("departments", "D02", "D02 公安"), ("stage_limits", "sign", "签收"),
    ("reasons", "return.5", "退回：需多部门"), ("work_calendar", "week", "每周工作时间"),
    ("work_calendar", "2026-10-01", "2026-10-01（周四）"),
])
def test_a_row_has_a_name(table, code, words):
    assert wording.row_words(table, code, CODES) == words


def test_names_are_english_for_an_english_seat(english):
    assert wording.row_words("categories", "0601", CODES) == "0601 Manhole cover missing or broken"
    assert wording.value_words(Part("lead", "department"), "D02", CODES) == "Public Security"
    assert wording.limit_words("4WH") == "4 work h"


def test_an_instant_is_china_time_with_its_year():
    assert wording.instant_words(AT) == "2026-11-23 10:00"
    assert wording.tomorrow_words(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == "2027-01-02 00:00"
    assert wording.day_title(date(2026, 11, 23)) == "2026-11-23（周一）"


@pytest.mark.parametrize("state", ["proposed", "approved", "in_force", "refused", "withdrawn"])
def test_every_state_has_words(state):
    assert wording.state_words(replace(CHANGE, state=state)) != state


def test_a_change_names_what_it_changes():
    assert wording.differing_words(CHANGE) == "时限"
    assert wording.differing_words(replace(CHANGE, after={})) == "恢复随上级"
    assert wording.differing_words(replace(CHANGE, table_name="work_calendar", code="2026-10-01", after={"day": "worked"})) == "补班"


def test_every_table_and_every_part_has_words():
    for table in LOCAL:
        assert wording.table_words(table) != table
        for part in parts_of(table):
            assert wording.part_words(part.name) != part.name
