"""Codes and columns as files of surveying offices have them, and what a check's answer counts."""

import pytest

from console.domain.boundary import AreaChange, Checked, Columns, Finding, code_of, guess_columns, level_of


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("410922100101001", "410922100101001"), (410922100101001, "410922100101001"), (410922100101001.0, "410922100101001"),
        (" 410922 ", "410922000000"), ("410922100", "410922100000"), ("410922100101001.0", "410922100101001"),
        ("４１０９２２", "410922000000"), (None, ""), (True, ""), ("A-1", "A-1"),
    ],
)  # fmt: skip
def test_a_code_is_read_whatever_a_table_made_of_it(value, code):
    assert code_of(value) == code


@pytest.mark.parametrize(
    ("code", "level"),
    [("410900000000", 2), ("410922000000", 3), ("410922100000", 4), ("410922100101", 5), ("410922100101001", 6)],
)
def test_a_code_tells_its_level(code, level):
    assert level_of(code) == level


def test_usual_columns_are_found():
    assert guess_columns(["FID", "WGBM", "WGMC", "area"]) == Columns("WGBM", "WGMC", "")
    assert guess_columns(["网格编码", "网格名称", "所属村"]) == Columns("网格编码", "网格名称", "所属村")
    assert guess_columns(["甲"]) == Columns()


def test_a_finding_is_a_sentence_and_is_counted():
    one = Finding("a.shp", 3, "410922100101001", "refused", "ring_short", {"count": 2})
    assert (one.refusal.code, one.refusal.facts) == ("ring_short", {"count": 2})
    assert [Checked((one,)).count(severity) for severity in ("refused", "noted")] == [1, 0]


def test_an_area_nobody_knew_is_new():
    assert AreaChange("1", 6, "2", "/", "新", ()).is_new
    assert not AreaChange("1", 6, "2", "/", "新", (), "旧").is_new
