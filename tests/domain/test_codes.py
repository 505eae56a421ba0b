"""The shipped code tables against the handbook, and broken copies of them."""

import dataclasses
import shutil
from datetime import date
from pathlib import Path

import pytest

from console.domain.codes import Codes, known
from console.domain.errors import Invalid
from console.domain.limits import Limit
from console.domain.words import Words

RESOURCES = Path(__file__).parents[2] / "resources"
TABLES = RESOURCES / "codes"


@pytest.fixture(scope="module")
def codes() -> Codes:
    return Codes.load(TABLES)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TABLES, tmp_path / "codes"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal_of(folder: Path) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        Codes.load(folder)
    return refusal.value


@pytest.mark.parametrize(("table", "count"), [
    ("levels", 7), ("grid_kinds", 2), ("roles", 23), ("departments", 39), ("sources", 18), ("categories", 93),
    ("category_groups", 17), ("priorities", 4), ("scales", 5), ("statuses", 16), ("actions", 41), ("lamps", 6),
    ("evaluations", 6), ("video_purposes", 7),
])
def test_every_table_has_the_rows_of_the_handbook(codes, table, count):
    assert len(getattr(codes, table)) == count


@pytest.mark.parametrize(("code", "zh", "priority", "limit", "lead", "co"), [
    ("0601", "井盖缺失/破损", "P1", Limit(4, "H"), "D10", ("D30", "D31")),
    ("0110", "拖欠农民工工资纠纷", "P2", Limit(15, "ND"), "D09", ("D10", "D02", "D26")),
    ("0504", "道路不洁", "P4", Limit(5, "WH"), "D11", ()),
    ("0701", "病死动物及产品", "P2", Limit(24, "H"), "D02", ("D13", "D14")),
    ("1004", "突发疾病/生命救助", "P1", Limit(30, "M"), "D39", ("D35",)),
    ("9999", "其他", "P4", Limit(5, "WD"), "D34", ()),
])
def test_a_category_says_what_the_handbook_says(codes, code, zh, priority, limit, lead, co):
    found = codes.categories[code]
    assert (found.zh, found.priority, found.limit, found.lead, found.co) == (zh, priority, limit, lead, co)


def test_all_helpers_means_every_department_but_the_lead(codes):
    natural_disaster = codes.categories["1401"]
    assert natural_disaster.lead == "D18"
    assert set(natural_disaster.co) == set(codes.departments) - {"D18"}


def test_a_category_belongs_to_the_group_of_its_first_digits(codes):
    assert codes.category_groups[codes.categories["0601"].group].zh == "公用设施(部件)"


def test_roles_sit_at_their_levels(codes):
    assert codes.roles["R06"].levels == (3, 4)
    assert codes.roles["R11"].levels == (3, 4, 5, 6)
    assert codes.roles["R21"].levels == (3,)


def test_a_state_names_the_stage_whose_clock_runs(codes):
    assert [codes.statuses[code].timer for code in ("00", "10", "40", "50", "80", "90")] == [
        "", "accept", "sign", "handle", "evaluate", ""]


@pytest.mark.parametrize(("stage", "priority", "limit"), [
    ("accept", "P1", "2M"), ("accept", "P3", "30WM"), ("verify", "P2", "1H"), ("file", "P4", "2WH"),
    ("dispatch", "P3", "60WM"), ("sign", "P1", "5M"), ("first", "P4", "1WD"), ("check", "P2", "4WH"),
    ("close", "P1", "1H"), ("evaluate", "P2", "2ND"),
])
def test_stage_limits_are_those_of_the_handbook(codes, stage, priority, limit):
    assert str(codes.stage_limit(stage, "0601", priority)) == limit


def test_handling_takes_its_limit_from_the_category_whatever_the_priority(codes):
    assert codes.stage_limit("handle", "0601", "P4") == Limit(4, "H")


def test_reasons_for_return_delay_suspension_and_voiding_are_apart(codes):
    assert [len(codes.reasons[kind]) for kind in ("return", "delay", "suspend", "void")] == [7, 7, 5, 4]
    assert codes.reasons["return"]["5"].zh == "需多部门"


def test_a_name_is_given_in_the_language_asked_for(codes):
    assert codes.priorities["P1"].named("zh_CN") == "特急"
    assert codes.priorities["P1"].named("en") == "Critical"


def test_tables_cannot_be_changed(codes):
    with pytest.raises(TypeError):
        codes.categories["0601"] = codes.categories["0602"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        codes.categories["0601"].lead = "D01"


def test_a_code_from_outside_that_no_table_holds_is_refused_by_field(codes):
    assert known(codes.sources, "01", "source").zh == "网格员上报"
    with pytest.raises(Invalid) as refusal:
        known(codes.categories, "0600", "category")
    assert (refusal.value.field, refusal.value.code, refusal.value.facts) == (
        "category", "unknown_code", {"value": "0600"})


@pytest.mark.parametrize(("file", "old", "new", "key", "problem"), [
    ("categories.toml", 'lead = "D10"', 'lead = "D99"', "0117", "unknown_department"),
    ("categories.toml", 'co = ["D30", "D31"]', 'co = ["D30", "X1"]', "0601", "unknown_department"),
    ("categories.toml", 'co = ["D30", "D31"]', 'co = ["D10"]', "0601", "lead_among_helpers"),
    ("categories.toml", 'co = ["D30", "D31"]', 'co = ["D30", "D30"]', "0601", "named_twice"),
    ("categories.toml", 'co = ["D30", "D31"]', "co = 3", "0601", "wrong_fields"),
    ("categories.toml", 'limit = "24H"', 'limit = "one day"', "0201", "bad_limit"),
    ("categories.toml", 'limit = "24H"', "limit = 24", "0201", "wrong_fields"),
    ("categories.toml", 'priority = "P1"', 'priority = "P0"', "0202", "unknown_priority"),
    ("categories.toml", 'priority = "P1"\n', "", "0202", "wrong_fields"),
    ("categories.toml", 'en = "Fight"', 'en = ""', "0202.en", "name_missing"),
    ("categories.toml", '["9999"]', '["7999"]', "7999", "unknown_group"),
    ("roles.toml", "levels = [6]", "levels = [8]", "R01", "unknown_level"),
    ("statuses.toml", 'timer = "accept"', 'timer = "acept"', "10", "unknown_stage"),
    ("departments.toml", 'zh = "公安"\n', "", "D02.zh", "name_missing"),
    ("reasons.toml", 'zh = "地址不清"\n', "", "return.2.zh", "name_missing"),
    ("stage_limits.toml", 'P1 = "2M"', 'P1 = "2 min"', "accept.P1", "bad_limit"),
    ("stage_limits.toml", 'P1 = "2M", ', "", "accept", "priorities_differ"),
    ("stage_limits.toml", "sign ", "sing ", None, "stages_differ"),
    ("work_calendar.toml", "off = []", 'off = ["2023-02-30"]', "hours", "bad_calendar"),
    ("work_calendar.toml", '"14:30-18:00"', '"11:30-18:00"', "hours", "bad_work_hours"),
    ("work_calendar.toml", '"14:30-18:00"', '"14:30"', "hours", "bad_calendar"),
    ("work_calendar.toml", "worked = []", "", "worked", "value_missing"),
    ("work_calendar.toml", "[1, 2, 3, 4, 5]", "[0, 1]", "weekdays", "bad_weekdays"),
])
def test_a_broken_table_names_file_key_and_problem(copied, file, old, new, key, problem):
    change(copied, file, old, new)
    refusal = refusal_of(copied)
    assert (refusal.field, refusal.code, refusal.facts["problem"]) == (file, "broken_code_table", problem)
    if key is not None:
        assert refusal.facts["key"] == key


def test_holidays_in_the_calendar_file_are_read(copied):
    change(copied, "work_calendar.toml", "off = []", "off = [2023-10-02]")
    assert not Codes.load(copied).calendar.is_workday(date(2023, 10, 2))


def test_a_missing_table_is_named(copied):
    (copied / "lamps.toml").unlink()
    refusal = refusal_of(copied)
    assert (refusal.field, refusal.code) == ("lamps.toml", "missing_file")


@pytest.mark.parametrize("body", [b'["P1"\n', b'["P1"]\nzh = "\xff"\n'])
def test_a_table_that_is_no_toml_is_named(copied, body):
    (copied / "priorities.toml").write_bytes(body)
    refusal = refusal_of(copied)
    assert (refusal.field, refusal.code) == ("priorities.toml", "broken_file")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_broken_table_is_told_in_words(copied, language):
    change(copied, "categories.toml", 'lead = "D10"', 'lead = "D99"')
    told = Words.load(RESOURCES / "i18n", language).of(refusal_of(copied))
    assert "categories.toml" in told
    assert "0117" in told
    assert "D99" in told
    assert "unknown_department" not in told
