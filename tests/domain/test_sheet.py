"""CSV that Excel reads as Chinese and never computes."""

import csv
import io

import pytest

from console.domain.sheet import cell, sheet


@pytest.mark.parametrize("text", ["=1+1", "+8613800000000", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "=cmd|' /C calc'!A0", "＝1+1"])
def test_what_begins_like_a_formula_is_text(text):
    assert cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "井盖缺失", "138****0000", "a=b", "2026-11-23"])
def test_everything_else_is_as_it_is(text):
    assert cell(text) == text


def test_a_file_has_its_mark_and_survives_commas_quotes_and_lines():
    rows = [("a,b", 'say "x"', "two\nlines"), ("王*", "=1", "")]

    content = sheet(("x", "y", "z"), rows)

    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read == [["x", "y", "z"], ["a,b", 'say "x"', "two\nlines"], ["王*", "'=1", ""]]
