"""The verbs of a place in its menu: which are offered, and that one list gives way to the next."""

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from console.domain.place import Point
from console.ui.map.case_list import CaseList
from console.ui.map.place_verbs import PlaceVerbs
from console.ui.map.ruler import Ruler
from console.ui.seat import Seat
from tests.make import SPOT, VILLAGE

CORNERS = (SPOT, Point(SPOT.lon + 0.001, SPOT.lat), Point(SPOT.lon, SPOT.lat + 0.001))


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def offered(seat, parent, ruler):
    menu = QMenu(parent)
    PlaceVerbs(seat, parent).add_to(menu, SPOT, ruler)
    return {action.text(): action for action in menu.actions()}


def shown(parent):
    return [one for one in parent.findChildren(CaseList) if one.isVisible()]


@pytest.mark.parametrize("ruler", [None, Ruler(), Ruler(CORNERS[:2])])
def test_without_a_closed_area_a_place_alone_can_be_asked_about(seat, parent, ruler):
    assert list(offered(seat, parent, ruler)) == ["此处周边在办案件…", "此处历史案件…", "在此新建案件…"]


def test_a_measured_area_can_be_asked_about(seat, parent, qtbot):
    offered(seat, parent, Ruler(CORNERS))["测量区域内在办案件…"].trigger()
    (made,) = shown(parent)
    assert (made.windowTitle(), made.chips.isVisible()) == ("范围内在办案件", False)
    qtbot.waitUntil(lambda: made.head.counters.text() != "")


def test_another_list_takes_the_place_of_the_first(seat, parent, qtbot):
    verbs = offered(seat, parent, None)
    verbs["此处周边在办案件…"].trigger()
    verbs["此处历史案件…"].trigger()
    (made,) = shown(parent)
    assert (made.windowTitle(), made.chips.current) == ("此处历史案件", "100")
    qtbot.waitUntil(lambda: made.head.counters.text() != "")


def test_a_new_case_keeps_its_words_from_place_to_place(seat, parent):
    menu, verbs = QMenu(parent), PlaceVerbs(seat, parent)
    for words in ("元村镇", "城关镇"):
        menu.clear()
        verbs.add_to(menu, SPOT, None, words)
        menu.actions()[-1].trigger()
        assert verbs.new_case.place.text() == words
        verbs.new_case.text.write(verbs.new_case.text.words + "路灯")
    assert verbs.new_case.text.words == "路灯路灯"


def test_who_may_not_report_is_offered_no_new_case(town, seat, work, parent):
    director = Seat(town.actor("director"), seat.services, work)
    assert "在此新建案件…" not in offered(director, parent, None)


def test_ctrl_n_opens_a_form_without_a_place_and_leaves_an_open_one_its_place(seat, parent):
    verbs = PlaceVerbs(seat, parent)
    seat.reporting.emit()
    assert (verbs.new_case.draft.lon, verbs.new_case.isVisible()) == (None, True)
    verbs.write(SPOT, "元村镇")
    seat.reporting.emit()
    assert verbs.new_case.draft.lon == SPOT.lon


def workers(seat, parent, grid, qtbot):
    menu = QMenu(parent)
    PlaceVerbs(seat, parent).add_workers(menu, grid)
    qtbot.waitUntil(lambda: "正在查找" not in menu.actions()[0].text())
    return menu.actions()


def test_the_worker_of_a_grid_is_named_and_choosing_one_says_how_to_reach_him(seat, parent, qtbot):
    said = []
    seat.said.connect(said.append)
    (one,) = workers(seat, parent, f"{VILLAGE}001", qtbot)
    assert one.text() == "网格员 网格员壬 138****0009"
    one.trigger()
    assert len(said) == 1 and "138****0009" in said[0]


def test_a_grid_without_a_worker_says_so(seat, parent, qtbot):
    (one,) = workers(seat, parent, "410923999999999", qtbot)
    assert one.text() == "此网格没有登记网格员" and not one.isEnabled()
