"""Kept walls at the seat: opened under a reason, turned by keys, kept, handed over; the next ones wait connected."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from console.domain.saved_wall import Step
from console.service.walls import Walls, Wish
from console.video.wall import Wall
from tests.ui.wall.walls import shown

WHY = "夜间例行巡查"


@pytest.fixture
def walls(hall):
    return Walls(hall.town.desk)


@pytest.fixture
def two(hall, walls, qtbot):
    """A panel and two kept walls, 一 with C301 and C302, 二 with C303."""
    walls.save(hall.seat.actor, Wish("一", "4", ((Step(1),), (Step(2),))))
    walls.save(hall.seat.actor, Wish("二", "9", ((), (Step(3),))))
    panel = shown(hall, qtbot)
    qtbot.waitUntil(lambda: len(panel.shelf.shelf.walls) == 2)
    return panel


def test_opening_a_kept_wall_asks_why_and_leaves_a_row_for_each_camera(two, hall, qtbot):
    two.shelf.open(two.shelf.shelf.walls[0])
    assert two.wall.cameras == frozenset()
    assert "一" in two.reason.what.text()
    two.reasons.take("V3", WHY)
    qtbot.waitUntil(lambda: two.wall.cameras == {1, 2})
    qtbot.waitUntil(lambda: [row[:3] for row in hall.looks()] == [(1, "V3", WHY), (2, "V3", WHY)])
    assert [two.tabs.tabText(at) for at in range(two.tabs.count())] == ["我的墙", "一"]


def test_keys_turn_over_the_open_walls_and_what_hung_comes_back(two, hall, qtbot):
    two.reasons.take("V3", WHY)
    two.call(hall.cameras()["C320"])
    for wall in two.shelf.shelf.walls:
        two.shelf.open(wall)
        qtbot.waitUntil(lambda wall=wall: two.wall.cameras == wall.cameras)
    for key, cameras, layout in (
        (Qt.Key.Key_PageDown, {5}, "4"), (Qt.Key.Key_PageDown, {1, 2}, "4"), (Qt.Key.Key_PageUp, {5}, "4"), (Qt.Key.Key_PageUp, {3}, "9"),
    ):  # fmt: skip
        QTest.keyClick(two.tiles, key)
        qtbot.waitUntil(lambda cameras=cameras: two.wall.cameras == cameras)
        assert two.wall.layout == layout


def test_a_tab_turns_too_and_waits_for_a_reason(two, hall, qtbot):
    hall.seat.take(hall.town.report().case_id)
    two.reasons.take("V1", WHY)
    two.shelf.open(two.shelf.shelf.walls[0])
    qtbot.waitUntil(lambda: two.wall.cameras == {1, 2})
    two.tabs.setCurrentIndex(0)
    assert two.wall.cameras == frozenset()
    hall.seat.take(0)
    two.tabs.setCurrentIndex(1)
    assert two.tabs.currentIndex() == 0
    two.reasons.take("V3", WHY)
    qtbot.waitUntil(lambda: two.wall.cameras == {1, 2})


def test_the_walls_beside_the_one_that_hangs_stay_connected(two, hall, qtbot):
    two.reasons.take("V3", WHY)
    for wall in two.shelf.shelf.walls:
        two.shelf.open(wall)
        qtbot.waitUntil(lambda wall=wall: two.wall.cameras == wall.cameras)
    qtbot.waitUntil(lambda: two.shelf._warm.cameras == {1, 2, 3})
    # What is out of sight is no longer looked at, though it is connected.
    qtbot.waitUntil(lambda: [row[0] for row in hall.looks() if row[4]] == [1, 2])
    assert hall.pool.health("1") is not None


def test_past_an_empty_wall_the_next_ones_stay_connected_while_the_reason_holds(two, hall, qtbot):
    two.reasons.take("V3", WHY)
    for wall in two.shelf.shelf.walls:
        two.shelf.open(wall)
        qtbot.waitUntil(lambda wall=wall: two.wall.cameras == wall.cameras)
    qtbot.waitUntil(lambda: two.shelf._warm.cameras == {1, 2, 3})

    QTest.keyClick(two.tiles, Qt.Key.Key_PageDown)

    assert two.wall.cameras == frozenset()
    assert two.shelf._warm.cameras == {1, 2, 3}


def test_a_wall_is_kept_under_a_name_and_changed_later(two, hall, qtbot):
    two.reasons.take("V3", WHY)
    two.call(hall.cameras()["C320"])
    QTest.keyClick(two.tiles, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    two.keep_line.name.setText("桥")
    two.keep_line.new.click()
    qtbot.waitUntil(lambda: [wall.name for wall in two.shelf.shelf.walls] == ["一", "二", "桥"])
    assert two.tabs.now.kept.tiles == ((Step(5),),)
    assert two.tiles.hasFocus(), "the keys go back to the wall"
    two.set_layout("9")
    two.shelf.ask_keep()
    two.keep_line.over.click()
    qtbot.waitUntil(lambda: two.tabs.now.kept.layout == "9")
    assert hall.said[-1] == "已保存“桥”"


def test_a_refusal_stands_on_the_line(two, hall, qtbot):
    two.reasons.take("V3", WHY)
    two.call(hall.cameras()["C320"])
    two.shelf.ask_keep()
    two.keep_line.name.setText("一")
    two.keep_line.new.click()
    qtbot.waitUntil(lambda: "已有名为“一”的墙" in two.keep_line.problem.text())


def test_the_next_shift_is_offered_what_was_left_and_gives_a_reason_of_its_own(hall, walls, qtbot):
    left = replace(hall.town.actor("leader"), seat="A1")
    walls.hand_over(left, "9", ((Step(1),), (), (Step(3),)))
    panel = shown(hall, qtbot)
    qtbot.waitUntil(lambda: not panel.reason.isHidden())
    assert "值班长丙" in panel.reason.what.text() and "2 路" in panel.reason.what.text()
    assert hall.looks() == []
    panel.reasons.take("V3", "接班后继续巡查")
    qtbot.waitUntil(lambda: panel.wall.cameras == {1, 3})
    assert panel.wall.layout == "9"
    qtbot.waitUntil(lambda: walls.shelf(hall.seat.actor).handed is None)


def test_handing_over_is_said(two, hall, qtbot):
    two.reasons.take("V3", WHY)
    two.call(hall.cameras()["C320"])
    two.shelf.hand_over()
    qtbot.waitUntil(lambda: "已为 A1 席下一班留下 1 路画面" in hall.said)


def test_the_menu_offers_what_there_is(two, hall, qtbot):
    menu = QMenu()
    qtbot.addWidget(menu)
    two.shelf.fill(menu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[1:3] == ["一（2 路，我的）", "二（1 路，我的）"]
    assert not menu.actions()[-1].isEnabled()


def test_a_closed_tab_gives_way_to_the_own_wall_and_lets_its_cameras_go(two, hall, qtbot):
    two.reasons.take("V3", WHY)
    two.shelf.open(two.shelf.shelf.walls[0])
    qtbot.waitUntil(lambda: two.wall.cameras == {1, 2})
    QTest.keyClick(two.tiles, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert two.wall == Wall()
    qtbot.waitUntil(lambda: all(row[4] for row in hall.looks()))
    qtbot.waitUntil(lambda: two.shelf._warm.cameras == frozenset())


def test_another_window_of_the_seat_takes_the_open_walls_over(two, hall, qtbot):
    two.reasons.take("V3", WHY)
    two.shelf.open(two.shelf.shelf.walls[0])
    qtbot.waitUntil(lambda: two.wall.cameras == {1, 2})
    other = shown(hall, qtbot)
    other.resume(two)
    two.leave()
    assert [other.tabs.tabText(at) for at in range(other.tabs.count())] == ["我的墙", "一"]
    assert other.tabs.currentIndex() == 1
    assert other.wall.cameras == {1, 2}
