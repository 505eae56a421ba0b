"""A list that follows the case in hand: it never takes another one by itself, whatever happens to its rows."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from console.ui.base.follow import FollowView
from console.ui.base.rows import Line, LinePainter
from console.ui.base.rowsmodel import RowsModel


@dataclass(frozen=True)
class Row:
    """A row of some case."""

    id: int
    case: int


@pytest.fixture
def view(qtbot):
    model = RowsModel(lambda row: row.id)
    made = FollowView(model, LinePainter(lambda row: Line("P1", "", str(row.id), "", "", "")), lambda row: row.case)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    qtbot.waitExposed(made)
    made.taken_cases = []
    made.taken.connect(made.taken_cases.append)
    return made


ROWS = (Row(1, 10), Row(2, 20), Row(3, 30))


def test_choosing_a_row_takes_its_case(view):
    view.show_rows(ROWS)
    view.setCurrentIndex(view.model().index(1))
    assert view.taken_cases == [20]


def test_when_the_row_in_hand_leaves_the_list_no_neighbour_takes_its_place(view):
    view.show_rows(ROWS)
    view.follow(20)
    view.show_rows((ROWS[0], ROWS[2]))
    view.model().settle()  # as when the officer leaves the list
    assert view.current is None
    assert view.taken_cases == []


def test_the_row_in_hand_is_current_again_when_it_comes_back(view):
    view.show_rows(ROWS)
    view.follow(20)
    view.show_rows((ROWS[0], ROWS[2]))
    view.model().settle()  # as when the officer leaves the list
    view.show_rows((ROWS[2], ROWS[1], ROWS[0]))
    view.model().settle()
    assert view.current == ROWS[1]
    assert view.taken_cases == []


def test_following_a_case_that_is_not_here_leaves_no_row_selected(view):
    view.show_rows(ROWS)
    view.follow(10)
    assert not view.follow(99)
    assert view.current is None


@pytest.mark.parametrize("reason", [Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.OtherFocusReason])
def test_focus_that_wanders_in_takes_nothing_in_hand(view, qtbot, reason):
    view.show_rows(ROWS)
    view.follow(99)  # the case in hand has no row here
    qtbot.waitActive(view)
    view.clearFocus()
    view.setFocus(reason)
    assert view.hasFocus()
    assert view.taken_cases == []
    assert view.current is None
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.taken_cases == [10]


def test_rows_that_are_inserted_above_do_not_change_what_is_in_hand(view):
    view.show_rows(ROWS[1:])
    view.follow(20)
    view.show_rows(ROWS)
    assert view.current == ROWS[1]


def test_a_row_is_told_as_painted_once_and_after_its_paint(view, qtbot):
    told = []
    view.first_painted.connect(told.extend)
    view.show_rows(ROWS[:1])
    qtbot.waitUntil(lambda: told == [1])
    view.show_rows(ROWS)
    qtbot.waitUntil(lambda: sorted(told) == [1, 2, 3])
    view.viewport().repaint()
    assert sorted(told) == [1, 2, 3]


def test_rows_out_of_sight_are_not_told_as_painted(view, qtbot):
    told = []
    view.first_painted.connect(told.extend)
    view.show_rows(tuple(Row(n, n) for n in range(100)))
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) < 12
