"""Taking a picture by key: the high stream's full size, the right camera, into the case or a file, and said in words."""

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.eyes import read_name
from tests.ui.wall.walls import is_live, shown

WHY = "夜间例行巡查"


@pytest.fixture
def wall(live_hall, street, qtbot):
    live_hall.serve(street)
    panel = shown(live_hall, qtbot)
    panel.reasons.take("V3", WHY)
    for code in ("C302", "C303"):
        panel.call(live_hall.cameras()[code])
    qtbot.waitUntil(lambda: is_live(panel, 0) and is_live(panel, 1), timeout=15_000)
    panel.choose(1)
    return panel


def test_a_picture_without_a_case_is_a_file_of_the_full_size(wall, live_hall, qtbot):
    QTest.keyClick(wall.tiles, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: bool(live_hall.said), timeout=15_000)
    (path,) = (live_hall.folder / "exports").iterdir()
    image = Image.open(path)
    # The high stream is 1280×720, the tile's own is 640×360.
    assert image.width == 1280
    assert read_name(image.crop((0, 0, 1280, 720))) == "C303"
    assert live_hall.said == [f"C303 截图（1280×{image.height}）已存为 {path}"]
    assert "C303-still" not in live_hall.pool._cameras and len(live_hall.pool._cameras) == 2


def test_a_picture_with_a_case_in_hand_goes_into_it(wall, live_hall, qtbot):
    case_id = live_hall.town.report().case_id
    live_hall.seat.take(case_id)
    wall.buttons.shot.click()
    qtbot.waitUntil(lambda: bool(live_hall.said), timeout=15_000)
    attached = live_hall.town.ask.case_desk(live_hall.seat.actor, case_id).attachments
    assert [one.kind for one in attached] == ["snapshot"]
    file = live_hall.folder / "files" / attached[0].sha256[:2] / attached[0].sha256
    assert read_name(Image.open(file).crop((0, 0, 1280, 720))) == "C303"
    assert live_hall.said[0].endswith(f"已存入案件 {live_hall.town.case(case_id).number}")


def test_an_empty_tile_takes_none_and_says_so(panel, hall):
    QTest.keyClick(panel.tiles, Qt.Key.Key_S)
    assert hall.said == ["请先选中一个有图像的画面"]


def test_facts_of_every_picture_by_key(wall, qtbot):
    QTest.keyClick(wall.tiles, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: wall.tiles._faces[1].facts[:1] == ("640×360  H.264",), timeout=15_000)
    qtbot.waitUntil(lambda: "帧/秒" in wall.tiles._faces[1].facts[1], timeout=15_000)
    assert wall.tiles._faces[1].facts[2] == "子码流"
    QTest.keyClick(wall.tiles, Qt.Key.Key_I)
    assert wall.tiles._faces[1].facts == ()
