"""Words that do not cover one another, against the plain way: every one compared with all before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from console.ui.map.room import Room

BOXES = st.lists(st.tuples(st.floats(-300, 300), st.floats(-300, 300), st.floats(1, 200), st.floats(1, 60)), max_size=40)


@given(BOXES, st.sampled_from([16.0, 64.0, 500.0]))
def test_the_same_are_taken_as_when_all_are_compared(sides, block):
    room, taken = Room(block), []
    for side in sides:
        box = QRectF(*side)
        is_free = not any(box.intersects(other) for other in taken)
        assert room.take(box) is is_free
        if is_free:
            taken.append(box)


@pytest.mark.parametrize("left", [63.9, 64.0, 64.1])
def test_places_that_touch_at_the_edge_of_a_block_do_not_cover_one_another(left):
    room = Room(64.0)
    assert room.take(QRectF(0, 0, left, 10))
    assert room.take(QRectF(left, 0, 10, 10))
    assert not room.take(QRectF(left - 1, 0, 3, 3))
