"""The kept pictures of what stands still: how far they reach, and what lies between their parts."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from console.domain.basemap import Basemap
from console.ui.map.ground import survey
from console.ui.map.layers import Shown
from console.ui.map.still import Still, wanted
from console.ui.map.view import View
from tests.ui.map.grounds import county

SIZE = (300, 200)
RED = QColor(255, 0, 0)


class Reds:
    """A base map all of whose pictures are there, in red."""

    basemap = Basemap("红", ("https://tiles.example/{z}/{x}/{y}",))

    def __init__(self):
        self.smooth = []

    def paint(self, painter, view, *, is_smooth):
        self.smooth.append(is_smooth)
        painter.fillRect(0, 0, view.width, view.height, RED)


@pytest.fixture
def still(qapp, look):
    found = Still()
    found.ground = survey(county(120))
    return found


def painted(still, view, *, is_moving=False):
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 0, 255))
    painter = QPainter(image)
    still.paint(painter, view, 1.0, is_moving=is_moving)
    painter.end()
    return image


def colours(image):
    return {image.pixelColor(x, y).name() for x in range(0, SIZE[0], 2) for y in range(0, SIZE[1], 2)}


def near(still):
    return View().sized(*SIZE).fitted(still.ground.box)


def test_a_kept_picture_reaches_a_quarter_beyond_the_view(still):
    view = near(still)
    painted(still, view)
    kept = still.kept
    assert kept.view == wanted(view) and (kept.view.width, kept.view.height) == (450, 300)
    assert kept.covers(view.panned(75, 50)) and not kept.covers(view.panned(76, 0))
    assert not still.is_old(view) and still.is_old(view.panned(1, 0))


def test_on_a_slow_machine_the_picture_of_everything_stands_in(still):
    view = near(still).zoomed(1, 150, 100)
    painted(still, view.zoomed(2, 150, 100))
    still.made_ms = 1000.0
    kept = still.kept
    assert "#ff00ff" not in colours(painted(still, view))
    assert still.kept is kept


def test_a_base_map_lies_over_the_areas_and_under_the_lines(still):
    still.underlay = Reds()
    still.forget()
    seen = colours(painted(still, near(still), is_moving=True))
    assert RED.name() in seen and len(seen) > 1  # and lines over it
    assert still.underlay.smooth == [False]
    still.made_ms = 1000.0
    assert RED.name() in colours(painted(still, near(still).zoomed(-1, 0, 0)))


def test_without_names_and_borders_of_grids_another_picture_is_kept(still):
    view = near(still).zoomed(3, 150, 100)
    first = painted(still, view)
    still.shown = Shown(names=False, grids=False)
    still.forget()
    assert painted(still, view) != first


def test_before_there_is_ground_nothing_is_painted(qapp):
    assert colours(painted(Still(), View().sized(*SIZE))) == {"#ff00ff"}
