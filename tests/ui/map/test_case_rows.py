"""A case of an area as a line: what is said of it, and that it can be painted near, in an outline, open and ended."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from console.domain.vicinity import CaseHere
from console.ui.base.rows import RowLook
from console.ui.map.case_rows import CaseRows
from tests.make import CODES, START

ROW = CaseHere(7, "SJ410923-20261123-000031", "井盖缺失/破损", "0601", "P1", "50", START, "元村镇仓颉路", 81.4)
ROWS = CaseRows(lambda: CODES)


def test_a_case_says_when_what_where_how_far_it_has_come_and_lies():
    assert ROWS.spoken(ROW) == "2026-11-23 10:00\n井盖缺失/破损\n元村镇仓颉路\n处置中\n81 米\nSJ410923-20261123-000031"


def test_a_case_in_an_outline_has_no_distance():
    assert ROWS.reach(replace(ROW, distance_m=None)) == ""


def test_a_case_named_by_its_category_is_said_in_english_too(english):
    assert CODES.categories["0601"].en in ROWS.spoken(ROW)
    assert ROWS.state(ROW) == CODES.statuses["50"].en


def test_a_state_without_words_is_said_as_it_is():
    assert ROWS.state(replace(ROW, state="zz")) == "zz"


def painted(row: CaseHere) -> QImage:
    image = QImage(700, 44, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    ROWS.paint(painter, QRect(0, 0, 700, 44), row, RowLook())
    painter.end()
    return image


@pytest.mark.parametrize("changed", [{"state": "90"}, {"distance_m": None}, {"title": "<b>路灯</b>"}, {"priority": "P3"}])
def test_what_tells_cases_apart_is_seen(changed):
    assert painted(ROW) != painted(replace(ROW, **changed))
    assert ROWS.face(ROW) != ROWS.face(replace(ROW, **changed))
    assert not ROWS.is_unacked(ROW)
