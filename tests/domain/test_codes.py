"""The shipped code tables against the handbook, and broken copies of them."""

import dataclasses
import shutil
from datetime import date
from pathlib import Path

import pytest

from console.domain.codes import TABLES as TABLES_READ
from console.domain.codes import Codes, known, offered, parse_day
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
    ("evaluations", 6), ("video_purposes", 7), ("resolution_ways", 15), ("mediation_sources", 7), ("agreement_forms", 2),
    ("key_sites", 20), ("peace_units", 15), ("volunteers", 8), ("village_posts", 5), ("care_kinds", 9), ("shift_entries", 10),
    ("shifts", 3),
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


@pytest.mark.parametrize(("table", "sections"), [
    ("supervision", {"category": 2, "plate": 3}),
    # The ten types of CT-13, and this product's own three: transfer, returning once more, sending back after the call-back.
    ("time_applications", {"type": 10 + 3, "unit": 3, "decision": 4}),
    ("cameras", {"ptz_type": 7, "position_type": 18, "room_type": 2, "use_type": 3, "light": 5, "direction": 8}),
    ("device_ids", {"industry": 16, "type": 14, "network": 9}),
    # Of the 13 video types, loitering and crowd density are left out: nobody's behaviour is profiled here.
    ("alarms", {"method": 7, "device_type": 5, "video_type": 11, "fault_type": 2, "intrusion_type": 2, "kind": 14}),
])
def test_every_table_in_sections_has_the_rows_of_the_handbook(codes, table, sections):
    assert {name: len(rows) for name, rows in getattr(codes, table).items()} == sections


def test_types_of_applications_of_its_own_stand_beside_those_of_the_handbook(codes):
    handbook = {
        "1": "督查督办", "2": "被督查延时", "3": "待办延时", "4": "上报增时", "5": "下派增时", "6": "作废申请", "61": "挂起申请",
        "8": "改类申请", "10": "核验不通过", "11": "恢复申请",
    }  # fmt: skip
    own = {"71": "转办申请", "72": "再次退回申请", "73": "回访退回"}  # asked for by T17, T15 and T35, which CT-13 has no code for
    assert {entry.code: entry.zh for entry in codes.time_applications["type"].values()} == handbook | own


def test_no_alarm_profiles_behaviour(codes):
    assert not {"8", "10"} & set(codes.alarms["video_type"])
    names = "".join(entry.zh for rows in codes.alarms.values() for entry in rows.values())
    assert not [word for word in ("徘徊", "密度", "人脸", "属性") if word in names]


@pytest.mark.parametrize(("table", "code", "zh"), [
    ("resolution_ways", "7", "仲裁"), ("resolution_ways", "13", "信访程序"), ("mediation_sources", "3", "法院委托移送"),
    ("agreement_forms", "1", "口头"), ("key_sites", "17", "水库堤防"), ("peace_units", "12", "平安工地"),
    ("volunteers", "03", "“两车两员”"), ("village_posts", "W3", "矛调(矛盾纠纷调解员)"), ("care_kinds", "H1", "独居/空巢老人"),
    ("shift_entries", "E0", "其他"),
])
def test_a_row_says_what_the_handbook_says(codes, table, code, zh):
    assert getattr(codes, table)[code].zh == zh


def test_the_three_shifts_fill_the_day(codes):
    assert [(row.zh, row.starts, row.ends) for row in codes.shifts.values()] == [
        ("早班", "08:00", "16:00"), ("中班", "16:00", "24:00"), ("夜班", "00:00", "08:00")]


def test_every_shipped_table_is_read():
    assert {f"{name}.toml" for name in TABLES_READ} == {path.name for path in TABLES.iterdir()}


def test_an_entry_out_of_use_is_kept_but_not_offered(copied):
    change(copied, "sources.toml", 'zh = "网格党支部"', 'active = false\nzh = "网格党支部"')
    sources = Codes.load(copied).sources
    assert known(sources, "05", "source").zh == "网格党支部"
    assert "05" not in {entry.code for entry in offered(sources)}


def test_the_shipped_tables_alone_are_the_same_for_every_centre(codes):
    assert codes.of(0) is codes.of(7) is codes


@pytest.mark.parametrize(("text", "problem"), [
    ("10-01", "day_without_year"), ("10/1", "day_without_year"), ("10月1日", "day_without_year"), ("2026-13-01", "bad_day"),
    ("20261001", "bad_day"), ("", "bad_day"), ("2026-02-29", "bad_day"),
])
def test_a_day_must_be_written_with_its_year(text, problem):
    with pytest.raises(Invalid) as refusal:
        parse_day(text)
    assert (refusal.value.field, refusal.value.code) == ("day", problem)
    assert parse_day("2026-10-01") == date(2026, 10, 1)


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
    ("work_calendar.toml", "off = []", 'off = ["2023-02-30"]', "off", "bad_day"),
    ("work_calendar.toml", "off = []", 'off = ["10-01"]', "off", "day_without_year"),
    ("work_calendar.toml", "worked = []", 'worked = ["10月8日"]', "worked", "day_without_year"),
    ("categories.toml", '["0102"]', '["0101"]', "0101", "code_twice"),
    ("reasons.toml", '[return."2"]', '[return."1"]', "return.1", "code_twice"),
    ("alarms.toml", '[kind."K02"]', '[kind."K01"]', "kind.K01", "code_twice"),
    ("departments.toml", 'short = "公安"', "short = 3", "D02.short", "wrong_type"),
    ("departments.toml", 'short = "公安"', 'short = "公安"\nactive = "yes"', "D02.active", "wrong_type"),
    ("categories.toml", 'co = ["D30", "D31"]', 'co = [["D30"]]', "0601", "wrong_fields"),
    ("village_posts.toml", 'en = "Mediator of disputes"\n', "", "W3.en", "name_missing"),
    ("care_kinds.toml", 'zh = "残疾人"', "zh = 2", "H2.zh", "name_missing"),
    ("shifts.toml", 'ends = "16:00"', 'ends = "16 h"', "1", "bad_calendar"),
    ("shifts.toml", 'ends = "16:00"\n', "", "1", "wrong_fields"),
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


def test_a_department_that_leads_cannot_go_out_of_use(copied):
    change(copied, "departments.toml", 'short = "公安"', 'short = "公安"\nactive = false')
    refusal = refusal_of(copied)
    assert (refusal.field, refusal.facts) == (
        "categories.toml", {"key": "0116", "problem": "lead_not_here", "value": "D02"})


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
