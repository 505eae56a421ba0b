"""The pad: presets under their numbers, inside a large picture, beside a small one, never outside the wall."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from console.domain.ptz import Preset
from console.ui.wall.pad import Pad, by_number

GATE, YARD = Preset("12", "门口"), Preset("3", "院内")
ROOM = QSize(1200, 700)


@pytest.fixture
def pad(qtbot):
    wall = QWidget()
    qtbot.addWidget(wall)
    wall.resize(ROOM)
    yield Pad(wall)


def rows(pad):
    return [pad.list.item(at).text() for at in range(pad.list.count())]


def test_presets_keep_the_camera_s_numbers_and_names_are_counted():
    assert by_number((GATE, YARD)) == {"12": GATE, "3": YARD}
    named = (Preset("PT_a", "门口"), YARD)
    assert by_number(named) == {"1": named[0], "2": YARD}
    assert by_number(()) == {}


def test_home_and_the_presets_are_listed_and_a_number_chooses(pad):
    pad.show_presets({"3": YARD, "12": Preset("12", "<b>门口</b>\n")})
    assert rows(pad) == ["0 归位", "3 院内", "12 <b>门口</b>"]
    pad.choose("3")
    assert pad.list.currentItem().text() == "3 院内" and pad.go.isEnabled()
    pad.choose("4")
    assert pad.list.selectedItems() == [] and not pad.go.isEnabled()


@pytest.mark.parametrize("picture", [QRect(0, 30, 1200, 670), QRect(0, 26, 300, 170), QRect(900, 500, 300, 170), QRect(450, 300, 300, 170)])
def test_it_stands_in_a_large_picture_and_beside_a_small_one(pad, picture):
    pad.show_presets({})
    pad.place(picture, ROOM, ())
    assert QRect(0, 0, 1200, 700).contains(pad.geometry())
    assert picture.contains(pad.geometry()) == (picture.width() == 1200)
    assert picture.intersects(pad.geometry()) == (picture.width() == 1200)


def test_beside_a_small_picture_it_hides_as_little_of_others_as_it_can(pad):
    pad.show_presets({})
    picture, right = QRect(0, 26, 300, 170), QRect(305, 26, 300, 170)
    pad.place(picture, ROOM, (right,))
    assert not pad.geometry().intersects(right) and not pad.geometry().intersects(picture)
