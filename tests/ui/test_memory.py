"""What the next start knows of map and wall, and what it makes of a settings file somebody has touched."""

import pytest
from PySide6.QtCore import QSettings

from console.ui.memory import Memory
from console.video.wall import MOST, Wall


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)


def test_what_was_never_written_is_an_empty_wall_and_no_place(settings):
    memory = Memory(settings, "duty")
    assert memory.map_place() is None
    assert memory.wall() == Wall()


def test_what_was_kept_is_there_at_once_and_after_a_restart(settings, tmp_path, qapp):
    memory = Memory(settings, "duty")
    wall = Wall("9").by_hand(7).choose(4).by_hand(12)
    memory.keep_map((0.82, 0.39, 15.25))
    memory.keep_wall(wall)
    assert memory.map_place() == (0.82, 0.39, 15.25)
    memory.write()
    again = Memory(QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat), "duty")
    assert again.map_place() == (0.82, 0.39, 15.25)
    assert (again.wall().count, again.wall().slots) == (9, wall.slots)


def test_each_officer_has_places_of_his_own(settings, qapp):
    Memory(settings, "duty").keep_map((0.1, 0.2, 9.0))
    assert Memory(settings, "leader").map_place() is None


@pytest.mark.parametrize("text", ["", "x y z", "0.5 0.5", "nan 0.5 9", "0.5 0.5 99", "2 0.5 9", "0.5 0.5 9 9"])
def test_a_place_that_is_none_is_not_taken(settings, text):
    settings.setValue("places/duty/map", text)
    assert Memory(settings, "duty").map_place() is None


@pytest.mark.parametrize(
    ("text", "count", "cameras"),
    [
        ("7:1 2", 4, set()), ("9:1 1 -3 x ² 5", 9, {1, 5}), ("x", 4, set()), ("4:" + " 3" * 99, 4, {3}), ("1+5:7", 6, {7}),
        ("1+9:7", 4, set()),
        (":::", 4, set()),
    ],
)
def test_a_wall_somebody_wrote_by_hand_hurts_nobody(settings, text, count, cameras):
    settings.setValue("places/duty/wall", text)
    wall = Memory(settings, "duty").wall()
    assert (wall.count, wall.cameras, len(wall.slots)) == (count, cameras, MOST)


def test_walls_of_other_screens_are_kept_and_forgotten(settings, qapp):
    memory = Memory(settings, "duty")
    memory.keep_screens({2: Wall("9").by_hand(10), 3: Wall("4").by_hand(200)})
    memory.write()
    again = Memory(settings, "duty")
    assert {number: (wall.layout, wall.cameras) for number, wall in again.screens().items()} == {2: ("9", {10}), 3: ("4", {200})}
    again.keep_screens({})
    assert again.screens() == {}


def test_a_window_opens_as_large_as_it_was_closed(tmp_path):
    settings = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
    first = Memory(settings, "duty")
    first.keep_size("case_list", (900, 610))
    first.write()
    assert Memory(settings, "duty").size("case_list") == (900, 610)


@pytest.mark.parametrize("words", ["", "900", "0 610", "-1 5", "wide high"])
def test_a_size_nobody_can_mean_is_forgotten(tmp_path, words):
    settings = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
    settings.setValue("places/duty/size_case_list", words)
    assert Memory(settings, "duty").size("case_list") is None
