"""Heat of events: hottest where most happened, nothing where nothing did, quick with thousands of cells."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from console.domain.datum import world
from console.domain.place import Point
from console.domain.thematic import Cell
from console.ui.map.heat import heat_of, paint
from console.ui.map.view import View

SIZE = (400, 300)
HOT, MILD = Point(115.10, 35.80), Point(115.16, 35.80)


def painted(heat, view):
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 255, 255))
    painter = QPainter(image)
    paint(painter, view, heat)
    painter.end()
    return image


def shade(image, view, spot):
    """How far a place is from white."""
    x, y = view.to_pixel(*world(spot))
    found = image.pixelColor(round(x), round(y))
    return 765 - found.red() - found.green() - found.blue()


@pytest.fixture
def view(qapp):
    return View().sized(*SIZE).at(*world(Point(115.13, 35.80)), 11.5)


def test_most_events_are_hottest_and_nothing_is_painted_where_none_were(view):
    heat = heat_of([Cell(HOT.lon, HOT.lat, 40), Cell(MILD.lon, MILD.lat, 4)], 30)
    image = painted(heat, view)
    assert shade(image, view, HOT) > shade(image, view, MILD) > 30
    assert shade(image, view, Point(115.13, 35.76)) == 0
    assert heat.total == 44


def test_pushing_the_view_pushes_the_cloud(view):
    heat = heat_of([Cell(HOT.lon, HOT.lat, 1)], 7)
    pushed = view.panned(60, 0)
    assert shade(painted(heat, pushed), pushed, HOT) == pytest.approx(shade(painted(heat, view), view, HOT), abs=60)


def test_without_events_in_sight_nothing_is_painted(view):
    white = painted(heat_of([], 7), view)
    assert painted(heat_of([Cell(120.0, 30.0, 9)], 7), view) == white
