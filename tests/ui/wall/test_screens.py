"""Walls on other screens: sent from the desk, looks of their own under the same reasons, closed with their window, remembered."""

import pytest
from PIL import Image
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu

from console.ui.memory import Memory
from console.ui.wall.panel import WallPanel
from console.ui.wall.tile import picture_box
from tests.eyes import read_name
from tests.ui.wall.walls import is_live, shown

WHY = "夜间例行巡查"


@pytest.fixture
def two(panel, hall, qtbot):
    panel.reasons.take("V3", WHY)
    panel.call(hall.cameras()["C301"])
    panel.call(hall.cameras()["C302"])
    qtbot.waitUntil(lambda: len(hall.looks()) == 2)
    yield panel
    panel.leave()


def test_a_wall_sent_to_a_screen_has_looks_of_its_own_for_the_same_reason(two, hall, qtbot):
    two.screens.send(1)
    qtbot.waitUntil(lambda: len(hall.looks()) == 4)
    assert [row[:3] for row in hall.looks()[2:]] == [(1, "V3", WHY), (2, "V3", WHY)]
    assert two.screens.windows[1].tiles.wall.cameras == {1, 2}
    assert "屏幕 1 · 2 路" in two.screens.windows[1].words.text()


def test_closing_the_window_closes_its_looks_and_the_desk_stays(two, hall, qtbot):
    two.screens.send(1)
    qtbot.waitUntil(lambda: len(hall.looks()) == 4)
    two.screens.windows[1].close()
    qtbot.waitUntil(lambda: [row[4] for row in hall.looks()] == [False, False, True, True])
    assert two.screens.windows == {}
    assert hall.pool.health("1") is not None, "the desk still looks through it"


def test_what_was_sent_stays_when_the_desk_turns_to_something_else(two, hall, qtbot):
    two.screens.send(1)
    two._close_tile(0)
    assert two.screens.windows[1].tiles.wall.cameras == {1, 2}
    two.screens.send(1)
    assert two.screens.windows[1].tiles.wall.cameras == {2}


def test_a_screen_that_is_not_there_shows_nothing(two):
    two.screens.send(7)
    assert two.screens.windows == {}


def test_leaving_the_seat_closes_every_window(two, hall, qtbot):
    two.screens.send(1)
    qtbot.waitUntil(lambda: len(hall.looks()) == 4)
    two.leave()
    qtbot.waitUntil(lambda: all(row[4] for row in hall.looks()))
    assert two.screens.windows == {}


def test_the_menu_sends_and_closes(two, qtbot):
    menu = QMenu()
    qtbot.addWidget(menu)
    two.screens.send(1)
    two.screens.fill(menu)
    assert [action.text() for action in menu.actions()] == ["把这面墙送到屏幕 1", "关闭屏幕 1 的墙"]


def test_another_window_of_the_seat_takes_the_screens_over(two, hall, qtbot):
    two.screens.send(1)
    qtbot.waitUntil(lambda: len(hall.looks()) == 4)
    other = shown(hall, qtbot)
    other.resume(two)
    two.leave()
    qtbot.waitUntil(lambda: sum(not row[4] for row in hall.looks()) == 4)
    assert other.screens.windows[1].tiles.wall.cameras == {1, 2}
    other.leave()


def test_what_hung_on_a_screen_is_offered_again_for_a_new_reason(hall, qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
    first = remembering(hall, qtbot, settings)
    first.reasons.take("V3", WHY)
    first.call(hall.cameras()["C301"])
    first.screens.send(1)
    first.call(hall.cameras()["C302"])
    memory = first.remembered._memory
    first.leave()
    memory.write()
    again = remembering(hall, qtbot, settings)
    qtbot.waitUntil(lambda: "2 路" in again.reason.what.text())
    assert again.screens.windows == {}
    again.reasons.take("V3", "接班后继续巡查")
    assert again.wall.cameras == {1, 2}
    assert again.screens.windows[1].tiles.wall.cameras == {1}
    again.leave()


def remembering(hall, qtbot, settings):
    made = WallPanel(hall.seat, memory=Memory(settings, "duty"))
    qtbot.addWidget(made)
    made.resize(1240, 760)
    made.show()
    qtbot.waitUntil(lambda: len(made.list.cameras) == 5)
    return made


def test_the_screen_shows_the_right_cameras(live_hall, street, qtbot):
    live_hall.serve(street)
    panel = shown(live_hall, qtbot)
    panel.reasons.take("V3", WHY)
    panel.call(live_hall.cameras()["C303"])
    panel.screens.send(1)
    window = panel.screens.windows[1]
    qtbot.waitUntil(lambda: is_live(window) and is_live(panel), timeout=15_000)
    box = picture_box(window.tiles.boxes[0])
    grabbed = window.tiles.grab(box).toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    size, pixels = (grabbed.width(), grabbed.height()), bytes(grabbed.constBits())
    assert read_name(Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", grabbed.bytesPerLine(), 1)) == "C303"
    panel.leave()
