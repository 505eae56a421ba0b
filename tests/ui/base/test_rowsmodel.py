"""The rows of a view: keyed, changed as little as possible, still while held."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex

from console.ui.base.rowsmodel import MOST_ROWS, RowsModel


@dataclass(frozen=True)
class Item:
    key: int
    words: str = ""


def items(*keys):
    return tuple(Item(key) for key in keys)


def model(*keys):
    made = RowsModel(lambda row: row.key)
    made.show(items(*keys))
    return made


def keys(made):
    return [row.key for row in made.rows]


def test_rows_come_in_the_order_given():
    made = model(1, 2, 3)
    made.show(items(4, 1, 3))
    assert keys(made) == [4, 1, 3]


def test_a_selected_row_is_followed_to_its_new_place():
    made = model(1, 2, 3)
    mark = QPersistentModelIndex(made.index(1))
    made.show(items(9, 3, 1, 2))
    assert made.rows[mark.row()].key == 2
    made.show(items(9, 3))
    assert not mark.isValid()


def test_only_rows_that_changed_are_repainted():
    made, seen = model(1, 2, 3), []
    made.dataChanged.connect(lambda first, last: seen.append((first.row(), last.row())))
    made.show((Item(1), Item(2, "new"), Item(3)))
    assert seen == [(1, 1)]


def test_while_held_nothing_changes_its_place():
    made, waits = model(1, 2, 3), []
    made.waiting.connect(lambda count, some: waits.append((count, some)))
    made.hold(True)
    made.show((Item(9), Item(8), Item(3, "new"), Item(1)))
    assert keys(made) == [1, 2, 3]
    assert made.rows[2].words == "new"
    assert made.is_gone(1)
    assert not made.is_gone(0)
    assert waits[-1] == (2, True)
    made.hold(False)
    assert keys(made) == [9, 8, 3, 1]
    assert waits[-1] == (0, False)
    assert not made.is_gone(1)


def test_while_held_rows_may_still_be_added_below():
    made = model(1, 2)
    made.hold(True)
    made.show(items(1, 2, 3))
    assert keys(made) == [1, 2, 3]


def test_an_empty_list_has_nothing_to_hold():
    made = model()
    made.hold(True)
    made.show(items(5, 6))
    assert keys(made) == [5, 6]


def test_more_than_500_rows_are_cut_and_counted():
    made = model(*range(600))
    assert made.rowCount() == MOST_ROWS
    assert made.left_out == 100


def test_two_rows_with_one_key_are_refused():
    with pytest.raises(ValueError, match="same key"):
        model(1, 1)


@given(st.lists(st.lists(st.integers(0, 12), unique=True), min_size=1, max_size=6))
def test_any_series_of_lists_ends_as_the_last_one(series):
    made = model()
    marks = {}
    for wanted in series:
        made.show(items(*wanted))
        assert keys(made) == wanted
        assert made.rowCount() == len(wanted)
        for key, mark in marks.items():
            assert not mark.isValid() or made.rows[mark.row()].key == key
        marks = {key: QPersistentModelIndex(made.index(place)) for place, key in enumerate(wanted)}
