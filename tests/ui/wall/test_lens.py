"""The lens: one tile at a time, never out of the picture, gone with its camera."""

import pytest
from PySide6.QtCore import QObject, QPoint, QRect

from console.ui.wall.lens import Lens

CAMERAS, BOX = {0: 7, 1: 8}, QRect(10, 20, 320, 180)


@pytest.fixture
def lens(qapp):
    owner = QObject()
    yield Lens(owner, CAMERAS.get, lambda place: BOX if place in CAMERAS else None)


def test_one_tile_is_looked_into_at_a_time(lens):
    lens.turn(0, 2)
    lens.turn(1, 1)
    assert lens.of(0) is None
    assert lens.of(1).factor == pytest.approx(1.25)


def test_the_point_under_the_pointer_stays_and_a_drag_moves_the_part_with_it(lens):
    lens.turn(0, 3, QPoint(10 + 240, 20 + 45))
    zoom = lens.of(0)
    assert zoom.x + 0.75 * zoom.side == pytest.approx(0.75)
    lens.pull(0, QPoint(32, 0))
    assert lens.of(0).x == pytest.approx(zoom.x - 0.1 * zoom.side)


def test_all_the_way_back_it_ends_and_says_so_once(lens):
    told = []
    lens.changed.connect(lambda: told.append(lens.zoom))
    lens.turn(0, 1)
    lens.turn(0, -1)
    lens.turn(0, -1)
    lens.pan(1, 0)
    lens.end()
    assert len(told) == 2 and told[1] is None


def test_an_empty_tile_has_nothing_to_look_into(lens):
    lens.turn(5, 3)
    assert lens.zoom is None
