"""The surface: keys and pointer say what the officer wants, one timer, nothing decoded that is not seen."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.ui.wall.looks import Looks
from console.ui.wall.tiles import Tiles
from console.video.pool import Pool
from console.video.wall import LAYOUTS, NONE, Slot, Wall


class Wishes:
    """What the tiles asked for."""

    def __init__(self, tiles):
        self.heard = []
        tiles.chosen.connect(lambda place: self.heard.append(("choose", place)))
        tiles.maximised.connect(lambda: self.heard.append(("maximise",)))
        tiles.called.connect(lambda digits: self.heard.append(("call", digits)))
        tiles.closed.connect(lambda place: self.heard.append(("close", place)))


@pytest.fixture
def tiles(qtbot):
    seat = SimpleNamespace(services=SimpleNamespace(pool=Pool(workers=0)))  # nothing is ever opened here
    made = Tiles(Looks(seat), lambda digits: "")
    qtbot.addWidget(made)
    made.resize(640, 430)
    made.show()
    made.setFocus()
    made.set_wall(Wall())
    return made


@pytest.fixture
def wishes(tiles):
    return Wishes(tiles)


def test_digits_and_return_call_a_camera(tiles, wishes):
    QTest.keyClicks(tiles, "301")
    assert tiles.digits == "301"
    QTest.keyClick(tiles, Qt.Key.Key_Return)
    assert wishes.heard == [("call", "301")]
    assert tiles.digits == ""


def test_digits_can_be_mended_and_given_up(tiles, wishes):
    QTest.keyClicks(tiles, "309")
    QTest.keyClick(tiles, Qt.Key.Key_Backspace)
    QTest.keyClicks(tiles, "1")
    assert tiles.digits == "301"
    QTest.keyClick(tiles, Qt.Key.Key_Escape)
    assert tiles.digits == ""
    assert wishes.heard == []


def test_return_alone_maximises_and_esc_comes_back(tiles, wishes):
    QTest.keyClick(tiles, Qt.Key.Key_Return)
    assert wishes.heard == [("maximise",)]
    tiles.set_wall(Wall(is_maximised=True))
    QTest.keyClick(tiles, Qt.Key.Key_Escape)
    assert wishes.heard == [("maximise",)] * 2


def test_delete_closes_the_chosen_tile(tiles, wishes):
    tiles.set_wall(Wall(chosen=2))
    QTest.keyClick(tiles, Qt.Key.Key_Delete)
    assert wishes.heard == [("close", 2)]


@pytest.mark.parametrize(("key", "place"), [(Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 2)])
def test_arrows_choose_the_neighbour(tiles, wishes, key, place):
    QTest.keyClick(tiles, key)
    assert wishes.heard == [("choose", place)]


def test_an_arrow_into_the_edge_does_nothing(tiles, wishes):
    QTest.keyClick(tiles, Qt.Key.Key_Up)
    QTest.keyClick(tiles, Qt.Key.Key_Left)
    assert wishes.heard == []


def test_a_click_chooses_and_a_double_click_maximises(tiles, wishes):
    box = tiles.boxes[3]
    spot = QPoint(box.x + box.width // 2, box.y + box.height // 2)
    QTest.mouseClick(tiles, Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(tiles, Qt.MouseButton.LeftButton, pos=spot)
    assert wishes.heard[0] == ("choose", 3)
    assert wishes.heard[-1] == ("maximise",)


def test_a_maximised_tile_takes_the_whole_wall(tiles):
    tiles.set_wall(Wall(chosen=2, is_maximised=True))
    assert set(tiles.boxes) == {2}
    assert tiles.boxes[2].width == 624


def test_a_hidden_wall_shows_nothing_to_the_pool_and_stops_its_timer(tiles, monkeypatch):
    told = []
    monkeypatch.setattr(tiles._looks, "show", lambda sizes, large=(): told.append(sizes))
    wall = Wall(slots=(Slot(1, "hand"), *NONE[1:]))
    tiles.set_wall(wall)
    tiles.hide()
    assert not tiles._timer.isActive()
    assert told[-1] == {}
    tiles.show()
    assert tiles._timer.isActive()
    # 640 wide: two tiles of (634 - 5) / 2 = 314; 430 high: (424 - 5) / 2 - 26 = 183, 325 wide. The width decides: 19 × 16.
    assert told[-1] == {1: (304, 171)}


def test_a_wall_of_every_size_is_painted(tiles):
    for name, layout in LAYOUTS.items():
        tiles.set_wall(Wall(name))
        assert len(tiles.boxes) == layout.count
        assert not tiles.grab().isNull()
