"""From camera to camera by hand: a mark by two keys, the next cameras by a third, all with the case.

East of C301, within 60°, stand C303 (63 m east, 56 m north) and C302 (135 m east).
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from console.domain.sighting import Seen
from console.store import tables
from tests.eyes import read_name
from tests.ui.wall.walls import is_live, picture_of, shown

ROUND = "夜间例行巡查"


@pytest.fixture
def wall(live_hall, street, qtbot):
    """C301 opened by hand and live, a case in hand."""
    live_hall.serve(street)
    panel = shown(live_hall, qtbot)
    live_hall.seat.take(live_hall.town.report().case_id)
    panel.reasons.take("V3", ROUND)
    panel.call(live_hall.cameras()["C301"])
    qtbot.waitUntil(lambda: is_live(panel), timeout=15_000)
    return panel


def press(panel, key):
    QTest.keyClick(panel.tiles, key)


def trace(hall):
    return hall.town.sightings.of_case(hall.seat.actor, hall.seat.case_id)


def test_m_and_a_digit_mark_and_the_next_cameras_are_offered(wall, live_hall, qtbot):
    press(wall, Qt.Key.Key_M)
    assert wall.seen_line.isVisible()
    assert wall.seen_line.title.text() == "10:00:00 在 C301 仓颉路西 看到目标"
    QTest.keyClick(wall.seen_line, Qt.Key.Key_6)
    qtbot.waitUntil(wall.next_line.isVisible)
    (made,) = trace(live_hall)
    assert (made.code, made.heading_deg, made.at) == ("C301", 90.0, live_hall.town.clock.now())
    assert live_hall.said == ["已标记：10:00:00 在 C301 看到"]
    assert wall.next_line.title.text() == "C301 10:00:00 向东：下一路摄像机（直线距离）"
    assert [button.accessibleName() for button in wall.next_line.buttons] == ["打开 C303 文化路口", "打开 C302 小学西门"]
    with live_hall.town.store.read() as unit:
        v = tables.video_access.c
        rows = unit.rows(select(v.kind, v.purpose, v.case_id).order_by(v.id))
    assert [tuple(row) for row in rows] == [("live", "V3", None), ("mark", "V1", live_hall.seat.case_id)]


def test_a_number_opens_the_next_camera_for_the_case_beside_what_is_open(wall, live_hall, qtbot):
    press(wall, Qt.Key.Key_M)
    QTest.keyClick(wall.seen_line, Qt.Key.Key_6)
    qtbot.waitUntil(wall.next_line.isVisible)
    QTest.keyClick(wall.next_line, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: is_live(wall, 1), timeout=15_000)
    assert read_name(picture_of(wall, "C302")) == "C302"
    assert (wall.wall.place_of(1), wall.wall.chosen) == (0, 1)
    assert live_hall.looks()[-1][:4] == (2, "V1", f"案件 {live_hall.town.case(live_hall.seat.case_id).number}", live_hall.seat.case_id)
    # 135 m by car at 40 and 15 km/h: 12 and 32 seconds.
    assert wall.tiles._faces[1].why == (
        "C301 之后，东 130 米，车 10:00:12–10:00:32 到", "东 130 米，车 10:00:12–10:00:32 到", "C301 之后，东 130 米", "东 130 米", "130 米"
    )  # fmt: skip


def test_a_mark_made_in_a_review_is_followed_on_the_wall(wall, live_hall, qtbot):
    seat = live_hall.seat
    seen = Seen(live_hall.town.clock.now(), 90.0, "")
    made = live_hall.town.sightings.mark(seat.actor, wall.looks.get(1).view.access_id, seat.case_id, seen)
    seat.marked.emit(made)
    qtbot.waitUntil(wall.next_line.isVisible)
    assert wall.next_line.title.text() == "C301 10:00:00 向东：下一路摄像机（直线距离）"
    assert [button.accessibleName() for button in wall.next_line.buttons] == ["打开 C303 文化路口", "打开 C302 小学西门"]


def test_esc_marks_nothing(wall, live_hall, qtbot):
    press(wall, Qt.Key.Key_M)
    QTest.keyClick(wall.seen_line, Qt.Key.Key_Escape)
    press(wall, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: live_hall.said == ["案件还没有标记"])
    assert trace(live_hall) == ()


def test_the_next_cameras_are_offered_again_by_key(wall, live_hall, qtbot):
    press(wall, Qt.Key.Key_M)
    QTest.keyClick(wall.seen_line, Qt.Key.Key_Return)
    qtbot.waitUntil(wall.next_line.isVisible)
    assert "方向不明" in wall.next_line.title.text()
    assert len(wall.next_line.buttons) == 3
    QTest.keyClick(wall.next_line, Qt.Key.Key_Escape)
    press(wall, Qt.Key.Key_N)
    qtbot.waitUntil(wall.next_line.isVisible)


def test_where_nothing_stands_on_the_way_it_is_said(wall, live_hall, qtbot):
    press(wall, Qt.Key.Key_M)
    QTest.keyClick(wall.seen_line, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: live_hall.said[-1:] == ["C301 之后的方向上 3 公里内没有摄像机"])
    assert not wall.next_line.isVisible()


def test_without_a_case_or_a_live_picture_there_is_no_mark(wall, live_hall, panel_dark, qtbot):
    live_hall.seat.take(0)
    press(wall, Qt.Key.Key_M)
    press(panel_dark, Qt.Key.Key_M)
    assert live_hall.said == ["请先选中案件：标记要记入案件", "请先选中一个实时画面"]


@pytest.fixture
def panel_dark(live_hall, qtbot):
    """A wall without a picture."""
    return shown(live_hall, qtbot)
