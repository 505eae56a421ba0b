"""A CSV of people: every encoding and order of columns it comes in, and nothing a spreadsheet could run on the way out."""

import csv
import io
from datetime import UTC, datetime

import pytest

from console.domain import people_file
from console.domain.errors import Invalid

CHINESE = "账号,姓名,单位编码,角色,工作电话\nwangge001,张三三,ZZ1,R06 R07,13800000001\n"
WANT = {"login": "wangge001", "name": "张三三", "unit": "ZZ1", "roles": "R06 R07", "work_phone": "13800000001"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_read_in_every_encoding_it_comes_in(encoding, end):
    (line,) = people_file.read(CHINESE.replace("\n", end).encode(encoding))

    assert (line.number, line.values) == (2, WANT)


@pytest.mark.parametrize(
    "text",
    [
        "login,name,unit code,roles,work phone\nwangge001,张三三,ZZ1,R06 R07,13800000001",
        "Name;LOGIN;Roles;unit code;work phone;remarks\n张三三;wangge001;R06 R07;ZZ1;13800000001;x",
        "账号\t姓名\t单位编码\t角色\t工作电话\nwangge001\t张三三\tZZ1\tR06 R07\t13800000001\n\n\n",
        "账号,姓名,单位编码,角色,工作电话\n,,,,\n wangge001 , 张三三 ,ZZ1,\"R06 R07\",13800000001",
    ],
)  # fmt: skip
def test_columns_are_found_by_their_chinese_or_english_names_in_any_order(text):
    (line,) = people_file.read(text.encode())

    assert line.values == WANT


@pytest.mark.parametrize(
    ("content", "code", "facts"),
    [
        (b"\xff\xff\x00", "import_encoding", {}),
        (b"", "import_header", {"known": "账号 (login)、姓名 (name)、单位编码 (unit code)、角色 (roles)"}),
        ("账号,姓名\na,b".encode(), "import_header", {"known": "单位编码 (unit code)、角色 (roles)"}),
        ("账号,姓名,单位编码,角色\n".encode(), "import_empty", {}),
        (("账号,姓名,单位编码,角色\n" + "a,b,c,d\n" * 20_001).encode(), "import_too_many", {"count": 20_001, "most": 20_000}),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_whole(content, code, facts):
    with pytest.raises(Invalid) as wrong:
        people_file.read(content)

    assert (wrong.value.code, wrong.value.facts) == (code, facts)


def test_an_account_lasts_to_the_end_of_its_day_in_china():
    assert people_file.day_end("2027-12-31") == datetime(2027, 12, 31, 16, 0, tzinfo=UTC)
    assert people_file.day_end("2027/12/31") == datetime(2027, 12, 31, 16, 0, tzinfo=UTC)
    assert people_file.day_end("") is None
    with pytest.raises(Invalid, match="bad_date"):
        people_file.day_end("31.12.2027")


@pytest.mark.parametrize("english", [False, True])
def test_the_template_can_be_read_again(english):
    (line,) = people_file.read(people_file.template(english=english))

    assert set(line.values) == {column[0] for column in people_file.COLUMNS}
    assert line.values["login"] == "wangge001"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_no_cell_of_ours_is_a_formula(cell):
    (row,) = csv.reader(io.StringIO(people_file.write([[cell, "张三"]]).decode("utf-8-sig")))

    assert row == [f"'{cell}", "张三"]


def test_a_problem_names_its_field():
    assert people_file.Problem(7, Invalid("login", "bad_login", value="?")).field == "login"
