"""Rows of tables and changes as lines: cells stand in columns, what waits is marked."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QListView

from console.domain.code_change import ChangeRow, CodeChange
from console.domain.code_rows import LOCAL, row_of
from console.service.code_tables import TableRow
from console.ui.base.rows import RowLook
from console.ui.settings.lines import ChangePainter, TableHead, TablePainter, boxes_of, columns_of
from tests.make import CODES
from tests.service.halls import SHIPPED

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CHANGE = CodeChange(1, "categories", "0601", 2, {"limit": "4H"}, {"limit": "2H"}, 3, AT, AT)


def painter(table: str) -> TablePainter:
    made = TablePainter()
    made.table, made.codes = table, CODES
    return made


@pytest.mark.parametrize("table", [table for table in LOCAL if table != "work_calendar"])
@pytest.mark.parametrize("width", [240, 700, 1400])
def test_columns_never_overlap_nor_leave_the_line(qapp, table, width):
    boxes = boxes_of(table, QRect(0, 0, width, 40))
    assert len(boxes) == len(columns_of(table))
    seen = [box for box in boxes if box.width() > 0]
    assert all(one.right() < other.left() for one, other in pairwise(seen))
    assert all(box.right() <= width for box in seen)


@pytest.mark.parametrize(("row", "mark"), [
    (TableRow("0601", {}, waiting=CHANGE), "待审批"), (TableRow("0601", {}, ahead=CHANGE), "待生效"),
    (TableRow("0601", {}, is_own=True), "本地"),
    (TableRow("0601", {"active": False}), "停用"), (TableRow("0601", {}), ""),
])
def test_a_row_says_what_is_special_about_it(qapp, row, mark):
    assert painter("categories").face(row)[1].mark == mark


def test_lines_are_painted_with_and_without_room(qapp):
    for table, code in (("categories", "0601"), ("stage_limits", "accept"), ("departments", "D02"), ("reasons", "return.5")):
        row = TableRow(code, row_of(SHIPPED, table, code), waiting=CHANGE)
        for width in (60, 900):
            image = QImage(width, 40, QImage.Format.Format_RGB32)
            image.fill(0)
            brush = QPainter(image)
            painter(table).paint(brush, image.rect(), row, RowLook())
            brush.end()
            assert width == 60 or any(image.pixelColor(x, 20).value() for x in range(width))


def test_a_change_is_two_lines_and_a_state(qapp):
    made = ChangePainter()
    made.codes = CODES
    row = ChangeRow(CHANGE, "南乐县综治中心", "值班长丙", "")
    assert made.spoken(row).splitlines() == ["0601 井盖缺失/破损：时限", "值班长丙提出，自 2026-11-23 10:00，南乐县综治中心", "待审批"]
    assert not made.is_unacked(row)


def test_the_head_paints_nothing_for_no_table(qtbot):
    head = TableHead(QListView())
    qtbot.addWidget(head)
    assert not head.grab().isNull()
