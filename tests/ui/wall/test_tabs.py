"""Tabs of open walls: the seat's own always first, and only there when there is something to choose."""

from console.domain.saved_wall import SavedWall
from console.ui.wall.tabs import MOST, Open, Tabs
from console.video.wall import Wall
from tests.make import START


def kept(number, name="学校周边", audience="self"):
    return SavedWall(number, 2, 1, "值班员甲", name, audience, "A1", audience == "centre", "4", "1", START)


def test_tabs_stand_only_where_there_are_several(qtbot):
    tabs = Tabs()
    qtbot.addWidget(tabs)
    assert not tabs.isVisibleTo(None)
    tabs.add(Open(kept(1)))
    assert [tabs.tabText(at) for at in range(tabs.count())] == ["我的墙", "学校周边"]
    tabs.drop(0)
    assert tabs.count() == 2
    tabs.drop(1)
    assert tabs.count() == 1


def test_turning_by_the_officer_is_told_and_by_the_program_is_not(qtbot):
    tabs = Tabs()
    qtbot.addWidget(tabs)
    heard = []
    tabs.turned.connect(heard.append)
    tabs.add(Open(kept(1)))
    tabs.turn_to(1)
    assert heard == []
    tabs.setCurrentIndex(0)
    assert heard == [0]


def test_how_a_wall_was_left_is_known_when_it_comes_back(qtbot):
    tabs = Tabs()
    qtbot.addWidget(tabs)
    tabs.leave(Wall("9").by_hand(7), ())
    tabs.add(Open(kept(1)))
    assert tabs.open[0].wall.cameras == {7}
    assert tabs.place_of(1) == 1
    assert tabs.place_of(2) is None


def test_of_too_many_the_oldest_gives_way_and_never_the_own_one(qtbot):
    tabs = Tabs()
    qtbot.addWidget(tabs)
    for number in range(1, MOST + 3):
        tabs.add(Open(kept(number)))
    assert len(tabs.open) == MOST
    assert tabs.open[0].kept is None
    assert tabs.open[1].kept.id == 4


def test_a_tip_says_whose_a_wall_is(qtbot):
    tabs = Tabs()
    qtbot.addWidget(tabs)
    tabs.add(Open(kept(1, "<b>墙</b>" + "长" * 30, "centre")))
    assert "值班员甲，全中心共用，已锁定" in tabs.tabToolTip(1)
    assert "&lt;b&gt;" in tabs.tabToolTip(1)
    assert tabs.tabText(1).endswith("…")


def test_the_nearest_walls_are_those_fewest_keys_away_and_empty_ones_are_none(qtbot):
    tabs = Tabs()
    qtbot.addWidget(tabs)
    for camera in (11, 12, 13, 14):
        tabs.add(Open(kept(camera), Wall("9").by_hand(camera)))
    assert [wall.cameras for wall in tabs.near(4)] == [{13}, {11}, {12}]
    assert [wall.cameras for wall in tabs.near(2)] == [{13}, {11}, {14}]
    assert [wall.cameras for wall in tabs.near(0)] == [{11}, {14}, {12}, {13}]
    assert Tabs().near(0) == []
