"""A table goes out as a sheet and comes back: what was changed is proposed, what is wrong is named by its line."""

import csv
import io
from pathlib import Path

import pytest
from sqlalchemy import select

from console.domain.errors import Invalid, Missing
from console.domain.words import Words
from console.service.code_changes import Plan
from console.service.code_sheets import MOST_BYTES, CodeSheets, report_of, sheet_of
from console.service.code_tables import CodeTables
from console.store import tables
from tests.make import CODES, ROOT, Town
from tests.service.halls import COUNTY, OTHER, SHIPPED, TOMORROW, CodeHall

WORDS = {language: Words.load(ROOT / "resources" / "i18n", language) for language in ("zh_CN", "en")}
HEAD = "code,zh,en,priority,limit,lead,co,active"
MANHOLE = "0601,井盖缺失/破损,Manhole cover missing or broken,P1,{limit},{lead},{co},1"


@pytest.fixture
def hall(sqlite_town: Town) -> CodeHall:
    made = CodeHall(sqlite_town)
    made.sheets = CodeSheets(CodeTables(made.changes))
    return made


def categories(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([HEAD, *lines]).encode(encoding)


def report(*lines: str, encoding: str = "utf-8"):
    return report_of("categories", categories(*lines, encoding=encoding), SHIPPED, CODES)


@pytest.mark.parametrize("table", ["categories", "departments", "reasons", "stage_limits", "work_calendar"])
def test_a_table_that_comes_back_untouched_changes_nothing(hall, tmp_path, table):
    count = hall.sheets.export(hall.leader, table, COUNTY, tmp_path / "table.csv")
    back = hall.sheets.check(hall.leader, table, COUNTY, tmp_path / "table.csv")
    assert (back.wishes, back.unchanged, back.problems) == ((), count, ())


def test_a_sheet_opens_in_a_spreadsheet_as_chinese(hall, tmp_path):
    hall.sheets.export(hall.leader, "categories", COUNTY, tmp_path / "table.csv")
    content = (tmp_path / "table.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}
    assert rows["0601"] == {"code": "0601", "zh": "井盖缺失/破损", "en": "Manhole cover missing or broken", "priority": "P1",
                            "limit": "4H", "lead": "D10", "co": "D30 D31", "active": "1"}  # fmt: skip


def test_an_export_leaves_its_line_in_the_journal(hall, tmp_path):
    hall.sheets.export(hall.leader, "reasons", COUNTY, tmp_path / "table.csv")
    j = tables.journal.c
    with hall.town.store.read() as unit:
        line = unit.row(select(j.op, j.actor, j.ref, j.facts).where(j.kind == "code_table"))
    # CT-25 has seven reasons to return, seven to delay, five to suspend and four to void; five to reject are this product's own.
    assert tuple(line) == ("export", hall.leader.user_id, COUNTY, {"table": "reasons", "rows": 7 + 7 + 5 + 4 + 5})


def test_a_line_that_was_changed_becomes_a_wish_that_can_be_proposed(hall, tmp_path):
    (tmp_path / "in.csv").write_bytes(categories(MANHOLE.format(limit="2H", lead="D10", co="D30 D31")))
    found = hall.sheets.check(hall.leader, "categories", COUNTY, tmp_path / "in.csv")
    assert [(wish.code, wish.after["limit"]) for wish in found.wishes] == [("0601", "2H")]
    hall.changes.propose(hall.leader, found.wishes, Plan(TOMORROW, "按表导入"))
    assert hall.changes.changes(hall.leader, only="waiting")[0].change.differing == ("limit",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_spreadsheets_are_read_in_either_encoding(encoding):
    found = report(MANHOLE.format(limit="2H", lead="D10", co="D30 D31"), encoding=encoding)
    assert found.wishes[0].after["zh"] == "井盖缺失/破损"


def test_a_code_whose_nought_the_spreadsheet_dropped_is_known(hall):
    found = report(MANHOLE.format(limit="2H", lead="D10", co="D30,D31").replace("0601", "601").replace("D30,D31", '"D30,D31"'))
    assert (found.wishes[0].code, found.problems) == ("0601", ())


@pytest.mark.parametrize(("line", "field", "problem"), [
    (MANHOLE.format(limit="0H", lead="D10", co=""), "limit", "limit_not_positive"),
    (MANHOLE.format(limit="-3WD", lead="D10", co=""), "limit", "limit_not_positive"),
    (MANHOLE.format(limit="2H", lead="D99", co=""), "lead", "no_such_department"),
    (MANHOLE.format(limit="2H", lead="D10", co="D10"), "co", "lead_helps_too"),
    (MANHOLE.format(limit="2H", lead="D10", co="").replace(",1", ",maybe"), "active", "wrong_type"),
    (MANHOLE.format(limit="2H", lead="D10", co="").replace("0601", "0655"), "code", "no_new_rows"),
    ("0601", "zh", "name_needed"),
])
def test_a_wrong_line_is_named_and_the_right_ones_are_kept(line, field, problem):
    good = "0602,路灯不亮,Street lamp out,P4,1WD,D10,D29,1"
    found = report(line, good)
    assert [(one.line, one.error.field, one.error.code) for one in found.problems] == [(2, field, problem)]
    assert [wish.code for wish in found.wishes] == ["0602"]
    for words in WORDS.values():
        assert problem not in words.of(found.problems[0].error)


def test_a_code_in_two_lines_names_the_first():
    line = MANHOLE.format(limit="2H", lead="D10", co="")
    found = report(line, line.replace("2H", "3H"))
    assert [(one.line, one.error.code, one.error.facts["first"]) for one in found.problems] == [(3, "code_in_two_lines", 2)]
    assert found.wishes[0].after["limit"] == "2H"


def test_a_calendar_without_years_is_told_line_by_line():
    sheet = "code,weekdays,hours,day\n10-01,,,off\n2027-02-05,,,off\n10月8日,,,worked\nweek,12345,08:30-12:00 14:00-17:30,\n"
    found = report_of("work_calendar", sheet.encode(), SHIPPED, CODES)
    assert [(one.line, one.error.code) for one in found.problems] == [(2, "day_without_year"), (4, "day_without_year")]
    assert [(wish.code, dict(wish.after)) for wish in found.wishes] == [
        ("2027-02-05", {"day": "off"}), ("week", {"weekdays": [1, 2, 3, 4, 5], "hours": ["08:30-12:00", "14:00-17:30"]})]


@pytest.mark.parametrize(("content", "problem"), [
    (b"", "sheet_columns"), (b"a,b\n1,2\n", "sheet_columns"), (b"\x00\x01\x02", "sheet_unreadable"), (b"\xff\xff\xff", "sheet_unreadable"),
    (b"x" * (MOST_BYTES + 1), "sheet_too_large"), (HEAD.encode() + b'\n"0601', "sheet_unreadable"),
])
def test_what_is_no_sheet_is_refused_whole(content, problem):
    with pytest.raises(Invalid) as refused:
        report_of("categories", content, SHIPPED, CODES)
    assert (refused.value.field, refused.value.code) == ("file", problem)
    for words in WORDS.values():
        assert problem not in words.of(refused.value)


def test_a_name_that_looks_like_a_formula_stays_a_name():
    row = {"zh": "=1+1", "en": "=SUM(A1)", "active": True}
    written = sheet_of("reasons", {"return.7": row})
    assert b"'=1+1" in written
    found = report_of("reasons", written, SHIPPED, CODES)
    assert dict(found.wishes[0].after) == row


def test_a_file_that_cannot_be_read_or_written_says_why(hall, tmp_path):
    with pytest.raises(Invalid) as refused:
        hall.sheets.check(hall.leader, "reasons", COUNTY, tmp_path / "absent.csv")
    assert refused.value.code == "file_unreadable"
    with pytest.raises(Invalid) as refused:
        hall.sheets.export(hall.leader, "reasons", COUNTY, Path(tmp_path / "no" / "such" / "folder.csv"))
    assert refused.value.code == "file_unwritable"


def test_another_countys_table_is_not_given_out(hall, tmp_path):
    with pytest.raises(Missing):
        hall.sheets.export(hall.leader, "reasons", OTHER, tmp_path / "table.csv")
    assert not (tmp_path / "table.csv").exists()
