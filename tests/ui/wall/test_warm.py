"""Cameras kept connected: one row for each batch, no look, closed when nobody waits for them any more."""

import pytest
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from console.store import tables
from console.ui.wall.looks import Why
from console.ui.wall.streams import Streams
from console.ui.wall.warm import Warm

PATROL = Why("V3", "夜间例行巡查")


@pytest.fixture
def warm(hall, qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    yield Warm(hall.seat, Streams(hall.pool), owner)


def batches(hall):
    b = tables.video_batch.c
    with hall.town.store.read() as unit:
        return [(tuple(row[0]), row[1] is not None) for row in unit.rows(select(b.cameras, b.closed_at).order_by(b.id))]


def test_cameras_are_connected_under_one_row_and_nobody_looks(warm, hall, qtbot):
    warm.keep((1, 2), PATROL)
    qtbot.waitUntil(lambda: warm.cameras == {1, 2})
    assert batches(hall) == [((1, 2), False)]
    assert hall.looks() == []
    assert hall.pool.health("1").state == "connecting"


def test_only_what_is_new_is_asked_for_and_a_row_ends_with_its_last_camera(warm, hall, qtbot):
    warm.keep((1,), PATROL)
    qtbot.waitUntil(lambda: warm.cameras == {1})
    warm.keep((1, 2), PATROL)
    qtbot.waitUntil(lambda: warm.cameras == {1, 2})
    warm.keep((2,), PATROL)
    qtbot.waitUntil(lambda: batches(hall) == [((1,), True), ((2,), False)])
    warm.keep((), None)
    qtbot.waitUntil(lambda: batches(hall) == [((1,), True), ((2,), True)])


def test_what_is_no_longer_wanted_when_the_row_is_written_is_closed_at_once(warm, hall, qtbot):
    warm.keep((1,), PATROL)
    warm.keep((), PATROL)
    qtbot.waitUntil(lambda: batches(hall) == [((1,), True)])
    assert warm.cameras == frozenset()


def test_without_a_reason_nothing_is_connected(warm, hall):
    warm.keep((1,), None)
    assert batches(hall) == []


def test_of_too_many_the_nearest_are_connected_beside_what_is_seen(warm, hall, qtbot, monkeypatch):
    monkeypatch.setattr("console.ui.wall.warm.MOST", 1)
    warm.keep((3, 2, 1), PATROL, seen={1})
    qtbot.waitUntil(lambda: warm.cameras == {1, 3})
    warm.keep((1,), PATROL, seen={1})
    qtbot.waitUntil(lambda: warm.cameras == {1})
    warm.keep((), PATROL, seen={1})
    assert warm.cameras == frozenset(), "where nothing comes there is no way back either"
