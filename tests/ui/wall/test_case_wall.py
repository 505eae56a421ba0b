"""F6 over real cameras: which of them hang where, read from the painted pixels, and why each hangs there.

Round the case C301 stands 45 m west and C302 90 m east, both looking at it; C303 58 m
north by east and C304 58 m south by west look away. On two by two the sum of what each
camera wants is greatest with C301 and C303 above (west by north), C304 and C302 below.
"""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from console.domain.place import Point
from console.ui.review.desk import ReviewDesk
from console.ui.review.minute import Minute
from console.ui.wall.looks import Why
from console.video.wall import COLUMN
from tests.eyes import read_name
from tests.make import SPOT
from tests.ui.wall.walls import is_live, picture_of, shown

NORTH_UP = ["C301", "C303", "C304", "C302"]


def hang_case(hall, panel, qtbot, count=4):
    case_id = hall.town.report().case_id
    hall.seat.looked.emit(case_id)
    qtbot.waitUntil(lambda: sum(slot is not None and slot.origin == "event" for slot in panel.wall.slots) == count)
    return case_id


def codes(panel):
    names = {camera.id: camera.code for camera in panel.list.cameras}
    return [names[slot.camera_id] if slot is not None else None for slot in panel.wall.slots[: panel.wall.count]]


def test_the_painted_cameras_hang_north_up(live_hall, street, qtbot):
    live_hall.serve(street)
    panel = shown(live_hall, qtbot)
    case_id = hang_case(live_hall, panel, qtbot)
    qtbot.waitUntil(lambda: all(is_live(panel, place) for place in range(4)), timeout=15_000)
    assert len({box.x for box in panel.tiles.boxes.values()}) == 2
    assert codes(panel) == NORTH_UP
    for code in NORTH_UP:
        assert read_name(picture_of(panel, code)) == code
    assert {(row[1], row[3]) for row in live_hall.looks()} == {("V1", case_id)}


def test_every_tile_says_why_it_hangs_there(panel, hall, qtbot):
    hang_case(hall, panel, qtbot)
    qtbot.waitUntil(lambda: all(panel.tiles._faces[place].why for place in range(4)))
    said = {panel.tiles._faces[place].code: panel.tiles._faces[place].why[0] for place in range(4)}
    assert said == {
        "C301": "西 45 米，照到现场", "C302": "东 90 米，照到现场", "C303": "北 58 米，未照到现场", "C304": "南 58 米，未照到现场",
    }  # fmt: skip


def test_where_the_pointer_rests_all_of_it_is_said(panel, hall, qtbot):
    hang_case(hall, panel, qtbot)
    spot = QPoint(panel.tiles.boxes[0].x + 40, panel.tiles.boxes[0].y + 60)
    QApplication.sendEvent(panel.tiles, QHelpEvent(QEvent.Type.ToolTip, spot, panel.tiles.mapToGlobal(spot)))
    assert "在现场西方 45 米" in QToolTip.text()
    assert panel.tiles.tip_of(1).split("\n")[1:] == ["视野照到现场", "选取时本席未在调阅", "固定，不能转动"]


def test_what_the_officer_opened_is_never_replaced_and_says_nothing_of_the_case(panel, hall, qtbot):
    panel.reasons.take("V3", "夜间例行巡查")
    panel.call(hall.cameras()["C320"])
    hang_case(hall, panel, qtbot)
    assert panel.wall.place_of(5) == 0
    assert panel.wall.slots[0].origin == "hand"
    assert panel.tiles._faces[0].why == ()


def test_in_the_layout_with_a_column_they_come_into_it_from_north_to_south(panel, hall, qtbot):
    panel.set_layout(COLUMN)
    hang_case(hall, panel, qtbot)
    found = codes(panel)
    assert (found[0], found[1], found[4]) == (None, "C303", "C304")


def test_when_the_panel_becomes_flat_the_cameras_read_from_west_to_east(panel, hall, qtbot):
    hang_case(hall, panel, qtbot)
    panel.resize(1240, 240)
    qtbot.waitUntil(lambda: codes(panel) == ["C301", "C304", "C303", "C302"])
    panel.resize(1240, 760)
    qtbot.waitUntil(lambda: codes(panel) == NORTH_UP)


def test_a_place_on_the_map_asks_why_and_then_hangs_its_cameras(panel, hall, qtbot):
    hall.seat.surveyed.emit(SPOT)
    qtbot.waitUntil(panel.reason.isVisible)
    assert panel.wall.cameras == frozenset()
    panel.reasons.take("V3", "夜间例行巡查")
    assert codes(panel) == NORTH_UP
    assert panel.looks.get(1).why == Why("V3", "夜间例行巡查")
    assert "地图选点" in panel.head.counters.text()


def test_a_place_without_cameras_says_so(panel, hall, qtbot):
    hall.seat.surveyed.emit(Point(114.9, 35.5))
    qtbot.waitUntil(lambda: hall.said == ["此处周边 3 公里内没有摄像机。请在列表中选择。"])


@pytest.mark.parametrize("look_name", ["day", "night"])
def test_small_tiles_keep_their_reason_rather_than_the_clock(panel, hall, qtbot, look, look_name):
    look.wear(look_name, 100)
    hang_case(hall, panel, qtbot)
    panel.resize(820, 240)
    assert not panel.grab().isNull()


def test_the_same_key_again_asks_for_the_same_cameras_only_while_they_all_hang(panel, hall, qtbot):
    asked = []
    panel.case_wall.again = lambda *which: asked.append(which)
    case_id = hang_case(hall, panel, qtbot)
    assert asked == []
    hall.seat.looked.emit(case_id)
    ((case, words, cameras),) = asked
    assert (case, words) == (case_id, panel.case_wall.words)
    assert frozenset(cameras) == panel.wall.cameras
    panel.tiles.closed.emit(0)
    hall.seat.looked.emit(case_id)
    qtbot.waitUntil(lambda: len(panel.wall.cameras) == 4)
    assert len(asked) == 1


def test_the_minute_gets_the_cameras_with_the_rows_of_their_live_looks(panel, hall, qtbot):
    asked = []

    class Recorder(Minute):
        def bring(self, what):
            asked.append(what)

    Recorder(hall.seat, ReviewDesk(hall.seat), lambda *_: (), lambda *_: None, lambda *_: None).follow(panel.case_wall, panel.looks)
    case_id = hang_case(hall, panel, qtbot)
    qtbot.waitUntil(lambda: all(panel.looks.get(camera).view is not None for camera in panel.wall.cameras))
    hall.seat.looked.emit(case_id)
    (what,) = asked
    assert {camera.id for camera, _ in what.looks} == panel.wall.cameras
    assert all(panel.looks.get(camera.id).view.access_id == access_id for camera, access_id in what.looks)
