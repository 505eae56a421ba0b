"""The last minute into the case by one key: kept for open cases of P1 and P2 only, of the high stream, said in words."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from console.domain.camera import VideoAccess
from console.service.intake import Rejection
from console.service.recordings import Recordings
from console.store import tables
from tests.ui.wall.walls import is_live, shown
from tests.video.clips import seen
from tests.waiting import until

WHY = "核实肇事车辆去向"


def look(panel, hall, code, case_id, qtbot):
    hall.seat.take(case_id or 0)
    panel.reasons.take("V1" if case_id else "V3", WHY)
    panel.call(hall.cameras()[code])
    camera = hall.cameras()[code].id
    qtbot.waitUntil(lambda: panel.looks.get(camera) is not None and panel.looks.get(camera).view is not None)
    return camera


@pytest.fixture
def urgent(hall):
    return hall.town.report("0601").case_id


def test_only_for_an_open_case_of_the_first_two_priorities_is_anything_kept(panel, hall, urgent, qtbot):
    ordinary = hall.town.report("0501").case_id
    look(panel, hall, "C303", ordinary, qtbot)
    look(panel, hall, "C304", None, qtbot)
    kept = look(panel, hall, "C301", urgent, qtbot)
    qtbot.waitUntil(lambda: panel.past.cameras == {kept})
    assert "1-past" in hall.pool._cameras
    assert hall.pool._cameras["1-past"].address.path == "/C301/main"  # whatever stream the tile shows


def test_what_leaves_the_wall_is_kept_no_more_and_so_is_a_case_that_ended(panel, hall, urgent, qtbot):
    look(panel, hall, "C301", urgent, qtbot)
    look(panel, hall, "C302", urgent, qtbot)
    qtbot.waitUntil(lambda: panel.past.cameras == {1, 2})
    panel.hang(panel.wall.without(panel.wall.place_of(1)))
    assert panel.past.cameras == {2}
    hall.town.intake.reject(hall.seat.actor, urgent, hall.town.case(urgent).version, Rejection("4", "不属实", "不予受理"))
    hall.seat.work.post(frozenset({"case"}))
    qtbot.waitUntil(lambda: not panel.past.cameras)
    assert not [key for key in hall.pool._cameras if key.endswith("-past")]


def test_a_tile_without_a_past_says_why(panel, hall, qtbot):
    QTest.keyClick(panel.tiles, Qt.Key.Key_V)
    assert hall.said == ["请先选中一个有图像的画面"]
    look(panel, hall, "C304", None, qtbot)
    panel.choose(panel.wall.place_of(4))
    QTest.keyClick(panel.tiles, Qt.Key.Key_V)
    assert hall.said[-1] == "C304 没有留存画面：它不是为处置中的一、二级案件打开的"


def test_the_last_seconds_go_into_the_case_it_hangs_for(live_hall, street, qtbot):
    live_hall.serve(street)
    panel, case_id = shown(live_hall, qtbot), live_hall.town.report("0601").case_id
    look(panel, live_hall, "C302", case_id, qtbot)
    qtbot.waitUntil(lambda: is_live(panel, 0) and panel.past.cameras == {2}, timeout=15_000)

    def saved():
        panel.buttons.clip.click()
        qtbot.waitUntil(lambda: not live_hall.said[-1].startswith("正在保存"), timeout=15_000)
        return "已存入案件" in live_hall.said[-1]

    qtbot.waitUntil(saved, timeout=20_000)  # the first key frame may still be on its way
    number = live_hall.town.case(case_id).number
    assert live_hall.said[-1].endswith(f"秒片段已存入案件 {number}")
    row = panel.seat.services.clips.of_case(live_hall.seat.actor, case_id)[0]
    assert (row.camera.code, row.width, row.height) == ("C302", 1280, 720)
    found = seen(panel.seat.services.clips.files.path(row.clip.sha256))
    assert (found.size, found.begins_with_key) == ((1280, 720), True)


def test_another_window_of_the_seat_goes_on_with_what_was_kept(panel, hall, urgent, qtbot):
    look(panel, hall, "C301", urgent, qtbot)
    qtbot.waitUntil(lambda: panel.past.cameras == {1})
    kept = hall.pool._cameras["1-past"]
    other = shown(hall, qtbot)
    other.resume(panel)
    panel.leave()
    qtbot.waitUntil(lambda: other.looks.get(1).view is not None)
    assert other.past.cameras == {1}
    assert hall.pool._cameras["1-past"] is kept
    other.leave()
    assert "1-past" not in hall.pool._cameras


def test_what_is_kept_is_looked_at_once_more_under_a_row_of_its_own(live_hall, street, town, qtbot):
    live_hall.serve(street)
    services = live_hall.seat.services
    live_hall.seat.services = replace(services, recordings=Recordings(town.desk, None))
    panel, case_id = shown(live_hall, qtbot), town.report("0601").case_id
    look(panel, live_hall, "C302", case_id, qtbot)
    qtbot.waitUntil(lambda: is_live(panel, 0) and panel.past.cameras == {2}, timeout=15_000)
    view = panel.looks.get(2).view
    with ThreadPoolExecutor(1) as hand:
        film = until(lambda: hand.submit(panel.past.last, view.camera, view.access_id).result(30), 20.0)
    assert 0 < (film.ends_at - film.starts_at).total_seconds() <= 92
    assert seen(Path(film.address)).begins_with_key
    with town.store.read() as unit:
        row = unit.record(VideoAccess, unit.row(select(tables.video_access).where(tables.video_access.c.id == film.access_id)))
    assert (row.kind, row.camera_id, row.case_id, row.reason, row.closed_at) == ("playback", 2, case_id, WHY, None)
    panel.past.forget()
    assert not Path(film.address).exists()
