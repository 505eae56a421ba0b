"""The month as a grid: where days stand, what they say, how they are reached."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.service.code_tables import DayRow, Month, TableRow
from console.ui.settings.month import MonthGrid, letter


@pytest.fixture
def grid(qtbot) -> MonthGrid:
    """October 2026 begins on a Thursday; the first is a holiday, Saturday the tenth a make-up day."""
    made = MonthGrid()
    kinds = {1: "off", 10: "worked"}
    days = []
    for number in range(1, 32):
        day = date(2026, 10, number)
        kind = kinds.get(number, "rest" if day.isoweekday() > 5 else "work")
        days.append(DayRow(day, kind, TableRow(day.isoformat(), {"day": "plain"}), "国庆节" if number in kinds else ""))
    made.show_month(Month(tuple(days), TableRow("week", {}), ()), date(2026, 10, 1), date(2026, 10, 9))
    qtbot.addWidget(made)
    made.resize(700, 630)
    made.show()
    return made


def test_days_stand_under_their_weekday(grid):
    assert grid.box_of(date(2026, 10, 1)).left() == 300
    assert grid.box_of(date(2026, 10, 5)).left() == 0
    assert grid.box_of(date(2026, 10, 5)).top() == grid.box_of(date(2026, 10, 1)).bottom() + 1


def test_every_kind_has_its_letter():
    assert [letter(kind) for kind in ("work", "rest", "off", "worked")] == ["班", "休", "假", "补"]


def test_the_day_in_hand_is_spoken(grid):
    assert grid.spoken() == "2026-10-01（周四）\n放假\n国庆节"


def test_a_press_takes_a_day_and_enter_opens_it(grid, qtbot):
    with qtbot.waitSignal(grid.picked) as picked:
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.box_of(date(2026, 10, 10)).center())
    assert picked.args == [date(2026, 10, 10)]
    assert grid.spoken() == "2026-10-10（周六）\n补班\n国庆节"
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [date(2026, 10, 10)]


@pytest.mark.parametrize(("key", "day"), [
    (Qt.Key.Key_Right, date(2026, 10, 2)), (Qt.Key.Key_Left, date(2026, 9, 30)), (Qt.Key.Key_Down, date(2026, 10, 8)),
])
def test_arrows_walk(grid, qtbot, key, day):
    with qtbot.waitSignal(grid.picked) as picked:
        QTest.keyClick(grid, key)
    assert picked.args == [day]


@pytest.mark.parametrize(("key", "months"), [(Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageUp, -1)])
def test_page_keys_turn_months(grid, qtbot, key, months):
    with qtbot.waitSignal(grid.turned) as turned:
        QTest.keyClick(grid, key)
    assert turned.args == [months]


def test_a_press_beside_the_days_takes_none(grid, qtbot):
    with qtbot.assertNotEmitted(grid.picked):
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.rect().topRight())


def test_it_paints_without_a_month(qtbot):
    made = MonthGrid()
    qtbot.addWidget(made)
    assert not made.grab().isNull()
    assert made.spoken() == ""
