"""Changed borders on a map: flown to, filled, and the chosen one stands out, in both themes."""

import pytest
from PySide6.QtGui import QColor

from console.domain.boundary import AreaChange
from console.ui.base import theme
from console.ui.map.ground import survey
from console.ui.settings.border_map import NOTHING, BorderMap, borders
from tests.make import CENTRES, DIVISIONS, GRIDS, VILLAGE
from tests.ui.settings.borders import square

FIRST = AreaChange(GRIDS[0].code, 6, VILLAGE, "/", "新", square(115.2, 115.212), "旧", square(115.2, 115.21))


@pytest.fixture
def shown(qtbot):
    from_ask = type("Atlas", (), {"divisions": DIVISIONS, "grids": GRIDS, "centres": CENTRES})()
    made = BorderMap()
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show()
    qtbot.waitExposed(made)
    made.show_ground(survey(from_ask))
    return made


def inside(box, view):
    west, north, east, south = box
    left, top, right, bottom = view.box
    return left <= west and right >= east and top <= north and bottom >= south


def test_nothing_changes_at_first():
    assert NOTHING.box is None
    assert borders([], [FIRST]).box == borders([FIRST]).after.box


def test_changes_are_flown_to_and_coloured(shown, qtbot):
    empty = shown.grab().toImage()
    found = borders([FIRST])
    shown.show_borders(found)
    qtbot.waitUntil(lambda: inside(found.box, shown.view))
    picture = shown.grab().toImage()
    middle = picture.pixelColor(200, 200)
    assert middle != empty.pixelColor(200, 200)
    assert middle != QColor(theme.tokens().panel)


def test_a_chosen_area_is_flown_to_whether_it_changes_or_not(shown, qtbot):
    shown.show_borders(borders([FIRST]))
    for code in (FIRST.code, GRIDS[1].code, VILLAGE):
        assert shown.choose(code)
    assert not shown.choose("419999999999001")


def test_changes_that_came_before_the_ground_are_flown_to_when_it_comes(qtbot):
    made = BorderMap()
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show()
    qtbot.waitExposed(made)
    found = borders([FIRST])
    made.show_borders(found)
    made.show_ground(survey(type("Atlas", (), {"divisions": DIVISIONS, "grids": GRIDS, "centres": CENTRES})()))
    assert inside(found.box, made.view)


def test_what_is_kept_back_is_known_by_its_code():
    assert set(borders([], [FIRST]).areas) == {FIRST.code}
