"""The verbs of a place in its menu: which are offered, and that one list gives way to the next."""

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from console.domain.place import Point
from console.ui.map.case_list import CaseList
from console.ui.map.place_verbs import PlaceVerbs
from console.ui.map.ruler import Ruler
from tests.make import SPOT
from tests.ui.map.test_panel import seat, town  # noqa: F401

CORNERS = (SPOT, Point(SPOT.lon + 0.001, SPOT.lat), Point(SPOT.lon, SPOT.lat + 0.001))


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def offered(seat, parent, ruler):  # noqa: F811
    menu = QMenu(parent)
    PlaceVerbs(seat, parent).add_to(menu, SPOT, ruler)
    return {action.text(): action for action in menu.actions()}


def shown(parent):
    return [one for one in parent.findChildren(CaseList) if one.isVisible()]


@pytest.mark.parametrize("ruler", [None, Ruler(), Ruler(CORNERS[:2])])
def test_without_a_closed_area_a_place_alone_can_be_asked_about(seat, parent, ruler):  # noqa: F811
    assert list(offered(seat, parent, ruler)) == ["此处周边在办案件…", "此处历史案件…"]


def test_a_measured_area_can_be_asked_about(seat, parent, qtbot):  # noqa: F811
    offered(seat, parent, Ruler(CORNERS))["测量区域内在办案件…"].trigger()
    (made,) = shown(parent)
    assert (made.windowTitle(), made.chips.isVisible()) == ("范围内在办案件", False)
    qtbot.waitUntil(lambda: made.head.counters.text() != "")


def test_another_list_takes_the_place_of_the_first(seat, parent, qtbot):  # noqa: F811
    verbs = offered(seat, parent, None)
    verbs["此处周边在办案件…"].trigger()
    verbs["此处历史案件…"].trigger()
    (made,) = shown(parent)
    assert (made.windowTitle(), made.chips.current) == ("此处历史案件", "100")
    qtbot.waitUntil(lambda: made.head.counters.text() != "")
