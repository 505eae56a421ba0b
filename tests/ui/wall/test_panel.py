"""The wall over real cameras: a case's pictures, a look by hand, a dead camera, nothing left open."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from console.demo.cameras import DemoCameras
from console.store import tables
from console.ui.memory import Memory
from console.ui.wall.looks import Why
from console.ui.wall.panel import WallPanel
from console.ui.wall.tile import picture_box
from console.video.budget import LAST_STEP
from console.video.wall import NONE, Slot, Wall
from tests.eyes import read_name
from tests.ui.wall.conftest import NAMES
from tests.ui.wall.walls import is_live, picture_of, shown


def veil_of(panel, place=0):
    face = panel.tiles._faces.get(place)
    return face.veil if face is not None else None


def test_f6_shows_the_nearest_four_cameras_of_the_case(live_hall, street, qtbot):
    live_hall.serve(street)
    rows_at_first_paint = []
    panel = shown(live_hall, qtbot)
    panel.tiles.painted.connect(lambda _: rows_at_first_paint or rows_at_first_paint.extend(live_hall.looks()))
    case_id = live_hall.town.report().case_id
    number = live_hall.town.case(case_id).number
    live_hall.seat.looked.emit(case_id)
    qtbot.waitUntil(lambda: len(panel.wall.seen) == 4 and all(is_live(panel, place) for place in range(4)), timeout=15_000)
    for name in NAMES:
        assert read_name(picture_of(panel, name)) == name
    assert sorted(rows_at_first_paint) == [(camera, "V1", f"案件 {number}", case_id, False) for camera in (1, 2, 3, 4)]
    assert number in panel.head.counters.text()
    panel.leave()
    qtbot.waitUntil(lambda: all(row[4] for row in live_hall.looks()))


def test_a_dead_camera_is_veiled_with_its_age_and_comes_back(live_hall, qtbot):
    with DemoCameras(("C301",)) as served:
        live_hall.serve(served)
        panel = shown(live_hall, qtbot)
        panel.reasons.take("V3", "夜间例行巡查")
        panel.call(live_hall.cameras()["C301"])
        qtbot.waitUntil(lambda: is_live(panel), timeout=15_000)
        served.kill()
        qtbot.waitUntil(lambda: veil_of(panel) is not None, timeout=15_000)
        assert veil_of(panel).headline.startswith("画面停止 5 秒")
        assert veil_of(panel).words == "摄像机无数据"
        assert veil_of(panel).next_step
        served.start()
        qtbot.waitUntil(lambda: is_live(panel), timeout=15_000)
        assert read_name(picture_of(panel, "C301")) == "C301"


def test_another_wall_opens_its_cameras_before_it_closes_the_old_ones(hall, panel, qtbot):
    panel.reasons.take("V3", "夜间例行巡查")
    panel.call(hall.cameras()["C301"])
    qtbot.waitUntil(lambda: len(hall.looks()) == 1)
    panel.hang(Wall("4", (Slot(2, "hand"), *NONE[1:])), Why("V3", "夜间例行巡查"))
    qtbot.waitUntil(lambda: [row[4] for row in hall.looks()] == [True, False])
    j = tables.journal.c
    with hall.town.store.read() as unit:
        noted = [row[0] for row in unit.rows(select(j.op).where(j.kind == "video").order_by(j.id))]
    assert noted == ["look", "look", "look_away"]


def test_a_full_machine_is_said_on_the_tile_and_over_the_wall(live_hall, street, qtbot):
    live_hall.serve(street)
    panel = shown(live_hall, qtbot)
    panel.reasons.take("V3", "夜间例行巡查")
    panel.call(live_hall.cameras()["C301"])
    qtbot.waitUntil(lambda: is_live(panel), timeout=15_000)
    live_hall.pool._heats.budget.step = LAST_STEP
    qtbot.waitUntil(lambda: panel.tiles._faces[0].note == "仅显示关键帧：处理器已满", timeout=5_000)
    qtbot.waitUntil(lambda: "1 路已降级：处理器已满" in panel.head.counters.text(), timeout=5_000)
    live_hall.pool._heats.budget.step = 0
    qtbot.waitUntil(lambda: panel.tiles._faces[0].note == "" and "降级" not in panel.head.counters.text(), timeout=5_000)


def test_a_maximised_picture_is_painted_from_the_high_stream(live_hall, street, qtbot):
    live_hall.serve(street)
    panel = shown(live_hall, qtbot)
    panel.reasons.take("V3", "夜间例行巡查")
    panel.call(live_hall.cameras()["C302"])
    qtbot.waitUntil(lambda: is_live(panel), timeout=15_000)
    QTest.keyClick(panel.tiles, Qt.Key.Key_Return)
    wide = picture_box(panel.tiles.boxes[0]).width()
    qtbot.waitUntil(lambda: panel.tiles.pictures.image(2).width() == wide and panel.looks.get(2).stream == "main", timeout=15_000)
    assert read_name(picture_of(panel, "C302")) == "C302"


def test_by_hand_the_first_look_asks_why_and_the_next_does_not(panel, hall, qtbot):
    cameras = hall.cameras()
    panel.call(cameras["C301"])
    assert panel.wall.cameras == frozenset()
    assert not panel.reason.isHidden()
    panel.reason.reason.setText("夜间例行巡查")
    QTest.keyClick(panel.reason.reason, Qt.Key.Key_Return)
    assert panel.reason.isHidden()
    panel.call(cameras["C302"])
    qtbot.waitUntil(lambda: len(hall.looks()) == 2)
    assert {row[1:3] for row in hall.looks()} == {("V3", "夜间例行巡查")}


def test_a_reason_not_given_opens_nothing(panel, hall):
    panel.call(hall.cameras()["C301"])
    panel.reason.refuse.click()
    panel.reasons.take("V3", "夜间例行巡查")
    assert panel.wall.cameras == frozenset()


def test_a_look_for_a_case_needs_a_case_in_hand(panel, hall, qtbot):
    panel.call(hall.cameras()["C301"])
    panel.reasons.take("V1", "查看井盖周边情况")
    assert "选中案件" in panel.reason.problem.text()
    hall.seat.take(hall.town.report().case_id)
    panel.reasons.take("V1", "查看井盖周边情况")
    qtbot.waitUntil(lambda: [row[3] for row in hall.looks()] == [hall.seat.case_id])


def test_another_case_in_hand_asks_again_why(panel, hall):
    hall.seat.take(hall.town.report().case_id)
    panel.reasons.take("V1", "查看井盖周边情况")
    hall.seat.take(hall.town.report().case_id)
    panel.call(hall.cameras()["C301"])
    assert not panel.reason.isHidden()


def test_digits_and_return_bring_the_camera_into_the_chosen_tile(panel, hall):
    panel.reasons.take("V3", "夜间例行巡查")
    panel.choose(2)
    QTest.keyClicks(panel.tiles, "320")
    QTest.keyClick(panel.tiles, Qt.Key.Key_Return)
    assert panel.wall.place_of(5) == 2


def test_a_number_nobody_has_or_several_have_is_said(panel, hall):
    panel.reasons.take("V3", "夜间例行巡查")
    panel.calling.call("777")
    panel.list.show_cameras((*panel.list.cameras, replace(panel.list.cameras[0], id=99, code="C1301")))
    panel.calling.call("01")
    assert hall.said == ["没有编号为 777 的摄像机", "有 2 路编号以 01 结尾，请输入更多位"]
    assert panel.wall.cameras == frozenset()


def test_of_a_register_that_came_in_part_the_rest_is_found_by_words_and_by_number(panel, hall, qtbot):
    panel.reasons.take("V3", "夜间例行巡查")
    panel.list.show_cameras(panel.list.cameras[:1], is_cut=True)
    panel.list.search.setText("滨河")
    qtbot.waitUntil(lambda: [row.code for row in panel.list._model.rows] == ["C320"])
    panel.list.search.setText("")
    panel.calling.call("320")
    qtbot.waitUntil(lambda: panel.wall.cameras == frozenset({5}))
    panel.calling.call("777")
    qtbot.waitUntil(lambda: hall.said == ["没有编号为 777 的摄像机"])


def test_delete_empties_the_tile_and_closes_its_row(panel, hall, qtbot):
    panel.reasons.take("V3", "夜间例行巡查")
    panel.call(hall.cameras()["C301"])
    qtbot.waitUntil(lambda: len(hall.looks()) == 1)
    QTest.keyClick(panel.tiles, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: hall.looks()[0][4])


def test_what_the_officer_opened_stays_when_a_case_brings_its_cameras(panel, hall, qtbot):
    panel.reasons.take("V3", "夜间例行巡查")
    panel.call(hall.cameras()["C320"])
    hall.seat.looked.emit(hall.town.report().case_id)
    qtbot.waitUntil(lambda: len(panel.wall.cameras) == 5)
    assert panel.wall.place_of(5) == 0
    assert panel.wall.count == 9


@pytest.mark.parametrize(("more", "words"), [({"lon": None, "lat": None}, "没有位置"), ({"lon": 114.9, "lat": 35.5}, "3 公里内没有摄像机")])
def test_a_case_without_position_or_cameras_says_so_and_leaves_the_wall(panel, hall, qtbot, more, words):
    hall.seat.looked.emit(hall.town.report(**more).case_id)
    qtbot.waitUntil(lambda: bool(hall.said))
    assert words in hall.said[0]
    assert panel.wall.cameras == frozenset()


def test_layouts_by_button_and_tiles_by_alt_and_number(panel):
    panel.buttons.layouts["9"].click()
    assert panel.wall.count == 9
    panel.actions()[4].trigger()
    assert panel.wall.chosen == 4
    assert [action.shortcut().toString() for action in panel.actions()][:2] == ["Alt+1", "Alt+2"]


def test_the_list_stands_open_where_there_is_room_and_the_officer_has_the_last_word(panel):
    assert panel.list.isVisible()
    panel.resize(700, 500)
    assert not panel.list.isVisible()
    panel.buttons.list.click()
    assert panel.list.isVisible()


def test_closing_the_panel_closes_every_look(panel, hall, qtbot):
    panel.reasons.take("V3", "夜间例行巡查")
    panel.call(hall.cameras()["C301"])
    panel.call(hall.cameras()["C302"])
    panel.close()
    qtbot.waitUntil(lambda: [row[4] for row in hall.looks()] == [True, True])


def remembering(hall, qtbot, settings):
    """A wall that knows what hung on it before."""
    made = WallPanel(hall.seat, memory=Memory(settings, "duty"))
    qtbot.addWidget(made)
    made.resize(1240, 760)
    made.show()
    qtbot.waitUntil(lambda: len(made.list.cameras) == 5)
    return made


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)


def hung(hall, qtbot, settings):
    """A wall on which two cameras hung before the console was closed."""
    panel = remembering(hall, qtbot, settings)
    panel.set_layout("9")
    panel.reasons.take("V3", "夜间例行巡查")
    panel.call(hall.cameras()["C301"])
    panel.choose(4)
    panel.call(hall.cameras()["C320"])
    qtbot.waitUntil(lambda: len(hall.looks()) == 2)
    memory = panel.remembered._memory
    panel.leave()
    memory.write()
    qtbot.waitUntil(lambda: all(row[4] for row in hall.looks()))


def test_the_cameras_of_last_time_come_back_to_their_tiles_for_a_new_reason(hall, qtbot, settings):
    hung(hall, qtbot, settings)
    panel = remembering(hall, qtbot, settings)
    assert panel.wall.count == 9
    assert "2 路" in panel.reason.what.text()
    assert len(hall.looks()) == 2, "nothing is looked through before a reason is given"
    panel.reason.reason.setText("接班后继续巡查")
    QTest.keyClick(panel.reason.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(hall.looks()) == 4)
    assert {row[2] for row in hall.looks()[2:]} == {"接班后继续巡查"}
    assert (panel.wall.place_of(1), panel.wall.place_of(5)) == (0, 4)


def test_cameras_not_wanted_again_are_not_asked_for_a_second_time(hall, qtbot, settings):
    hung(hall, qtbot, settings)
    panel = remembering(hall, qtbot, settings)
    panel.reason.refuse.click()
    panel.set_layout("4")
    memory = panel.remembered._memory
    panel.leave()
    memory.write()
    again = remembering(hall, qtbot, settings)
    assert again.reason.isHidden()
    assert (again.wall.count, len(hall.looks())) == (4, 2)


def test_another_window_of_the_seat_takes_the_cameras_over_with_their_reasons(hall, qtbot, panel):
    panel.reasons.take("V3", "夜间例行巡查")
    panel.call(hall.cameras()["C301"])
    hall.seat.take(hall.town.report().case_id)
    panel.reasons.take("V1", "查看井盖周边情况")
    panel.call(hall.cameras()["C302"])
    qtbot.waitUntil(lambda: len(hall.looks()) == 2)
    other = shown(hall, qtbot)
    other.resume(panel)
    panel.leave()
    qtbot.waitUntil(lambda: len(hall.looks()) == 4)
    assert hall.looks()[2:] == [(*row[:4], False) for row in hall.looks()[:2]]
    assert other.wall.cameras == {1, 2}


def test_the_wall_in_english(english, hall, qtbot):
    made = shown(hall, qtbot, (700, 500))
    assert made.head.counters.text() == "0 open"
    assert not made.grab().isNull()


def test_a_camera_from_the_search_asks_why_like_any_other(panel, hall):
    hall.seat.called.emit(panel.list.cameras[0])

    assert panel.reason.isVisible()
    assert not panel.looks.cameras
