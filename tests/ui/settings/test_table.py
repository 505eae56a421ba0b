"""Tables that sort: by a click on a head or by Ctrl and arrows, groups stay together, the chosen row stays chosen."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from console.ui.base import theme
from console.ui.settings.table import Column, Table, shared


@dataclass(frozen=True)
class Row:
    name: str
    count: int
    is_sum: bool = False


ROWS = (Row("合计", 12, True), Row("甲", 9), Row("乙", 3), Row("丙", 10))


def ink(row):
    return "alarm" if row.count < 6 else ""


@pytest.fixture
def table(qtbot, tmp_path):
    kept = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
    columns = (
        Column("名称", lambda row: row.name, is_strong=lambda row: row.is_sum),
        Column("数", lambda row: str(row.count), by=lambda row: row.count, ink=ink, is_number=True),
    )  # fmt: skip
    made = Table(columns, lambda row: row.name, kept, "test", first=lambda row: not row.is_sum)
    qtbot.addWidget(made)
    made.show()
    made.show_rows(ROWS)
    return made


def names(table):
    return [row.name for row in table.cells.rows]


def press(table, key):
    QTest.keyClick(table, key, Qt.KeyboardModifier.ControlModifier)


def test_rows_stand_as_they_came_until_somebody_sorts(table):
    assert names(table) == ["合计", "甲", "乙", "丙"]


def test_a_number_sorts_as_a_number_and_sums_stay_on_top_both_ways(table):
    press(table, Qt.Key.Key_Right)
    assert names(table) == ["合计", "乙", "甲", "丙"]
    press(table, Qt.Key.Key_Down)
    assert names(table) == ["合计", "丙", "甲", "乙"]
    press(table, Qt.Key.Key_Up)
    assert names(table) == ["合计", "乙", "甲", "丙"]


def test_the_chosen_row_stays_chosen_and_new_rows_are_sorted(table):
    table.choose("丙")
    press(table, Qt.Key.Key_Right)
    assert table.current.name == "丙"
    table.show_rows((*ROWS, Row("丁", 1)))
    assert names(table) == ["合计", "丁", "乙", "甲", "丙"]
    assert table.current.name == "丙"


def test_a_cell_may_stand_in_red_and_numbers_stand_right(table):
    model = table.cells
    assert model.data(model.index(2, 1), Qt.ItemDataRole.ForegroundRole) == theme.colour(theme.tokens().alarm)
    assert model.data(model.index(1, 1), Qt.ItemDataRole.ForegroundRole) is None
    assert model.data(model.index(1, 1), Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_a_sum_stands_in_bold(table):
    model = table.cells
    assert model.data(model.index(0, 0), Qt.ItemDataRole.FontRole).bold()
    assert model.data(model.index(1, 0), Qt.ItemDataRole.FontRole) is None


def test_no_more_rows_are_shown_than_a_table_takes(qtbot, tmp_path):
    kept = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
    made = Table((Column("名称", lambda row: row.name),), lambda row: row.name, kept, "test", most=2)
    qtbot.addWidget(made)
    made.show_rows(ROWS)
    assert names(made) == ["合计", "甲"]


def widths(table):
    return [table.horizontalHeader().sectionSize(at) for at in range(len(table.cells.columns))]


def test_columns_share_a_narrow_window_and_are_as_wide_as_they_wish_in_a_wide_one(qtbot, tmp_path):
    kept = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
    columns = (Column("名称", lambda row: row.name, 300), Column("数", lambda row: str(row.count), 80), Column("注", lambda row: "", 200))
    table = Table(columns, lambda row: row.name, kept, "narrow")
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    assert sum(widths(table)) <= table.viewport().width()
    assert (widths(table)[0], widths(table)[1]) == (160, 80), "the narrow one stays whole"

    table.resize(900, 200)

    assert widths(table)[:2] == [theme.px(300), theme.px(80)]
    assert kept.value("widths/narrow") is None, "nobody has drawn them"


@pytest.mark.parametrize(
    ("wanted", "room", "given"),
    [([150, 230, 100], 480, [150, 230, 100]), ([150, 230, 100], 400, [150, 150, 100]), ([150, 230, 100], 300, [100, 100, 100]),
     ([60, 300, 300], 400, [60, 170, 170]), ([], 10, []), ([50], 0, [0])],
)  # fmt: skip
def test_the_widest_give_way_first(wanted, room, given):
    assert shared(wanted, room) == given
