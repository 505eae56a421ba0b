"""Rounds on the wall: each step its time, a touch makes all wait, a replaced camera ends its carousel."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.saved_wall import Step

STEPS = (Step(1, 10), Step(2, 20), Step(3, 5))


class Watch:
    """A clock turned by hand."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def watch(panel, monkeypatch):
    made = Watch()
    panel.touring._clock = made
    panel.touring._timer.setInterval(3_600_000)
    return made


@pytest.fixture
def going(panel, hall, watch):
    """A carousel of three cameras in tile 0, and C320 in tile 1."""
    panel.reasons.take("V3", "夜间例行巡查")
    panel.call(hall.cameras()["C301"])
    panel.call(hall.cameras()["C320"])
    panel.choose(0)
    panel.touring.begin_carousel(STEPS)
    return panel


def placed(panel):
    return [slot.camera_id if slot else None for slot in panel.wall.slots[:2]]


def after(panel, watch, seconds):
    watch.now += seconds
    panel.touring.look()


def test_cameras_take_turns_each_for_its_time_and_each_look_has_its_row(going, hall, watch, qtbot):
    after(going, watch, 9.9)
    assert placed(going) == [1, 5]
    after(going, watch, 0.2)
    assert placed(going) == [2, 5]
    after(going, watch, 20)
    assert placed(going) == [3, 5]
    after(going, watch, 5)
    assert placed(going) == [1, 5]
    qtbot.waitUntil(lambda: [row[0] for row in hall.looks()] == [1, 5, 2, 3, 1])
    qtbot.waitUntil(lambda: [row[4] for row in hall.looks()] == [True, False, True, True, False])


def test_any_touch_makes_it_wait_and_says_so_and_one_key_goes_on(going, watch):
    assert going.touring.mark(1) == "轮 1/3"
    QTest.keyClick(going.tiles, Qt.Key.Key_Right)
    after(going, watch, 60)
    assert placed(going) == [1, 5]
    assert going.touring.mark(1) == "暂停 1/3"
    assert "已暂停，T 继续" in going.head.counters.text()
    QTest.keyClick(going.tiles, Qt.Key.Key_T)
    after(going, watch, 10)
    assert placed(going) == [2, 5]


def test_a_camera_that_hangs_in_another_tile_is_passed_over(going, hall, watch):
    going.call(hall.cameras()["C302"])
    going.touring._put(tuple(one.resumed(watch.now) for one in going.touring.carousels), None)
    after(going, watch, 10)
    assert placed(going) == [3, 5]


def test_a_camera_the_officer_closes_ends_its_carousel(going, watch):
    QTest.keyClick(going.tiles, Qt.Key.Key_Delete)
    after(going, watch, 60)
    assert going.touring.carousels == ()
    assert placed(going) == [None, 5]


def test_after_half_an_hour_another_view_is_suggested(going, hall, watch):
    after(going, watch, 1799)
    assert hall.said == []
    after(going, watch, 1)
    after(going, watch, 1)
    assert hall.said == ["同一轮已看半小时，换个画面更不易漏看。"]
