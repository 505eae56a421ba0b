"""The trace over the map: a line through the marks, numbers, times, and an arrow the way each was left."""

from datetime import timedelta

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from console.domain.datum import world
from console.domain.place import Point
from console.domain.sighting import Sighting
from console.ui.base import theme
from console.ui.map.trace import paint, trace_of
from console.ui.map.view import View
from tests.make import START

MIDDLE = Point(115.2, 36.1)
GREY = "#808080"


def mark(number, lon, lat, heading=None):
    return Sighting(number, 1, number, number, f"C30{number}", lon, lat, heading, START + timedelta(minutes=number), 1, "甲")


def painted(*marks):
    image = QImage(600, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(GREY))
    painter = QPainter(image)
    paint(painter, View().sized(600, 300).at(*world(MIDDLE), 16.0), trace_of(marks))
    painter.end()
    return image


def accent(image, x, y):
    return image.pixelColor(x, y) == QColor(theme.tokens().accent)


@pytest.mark.parametrize("look_name", ["day", "night"])
def test_a_line_joins_two_marks(look, look_name):
    """At zoom 16 a pixel is 1.93 m here: 0.002° of longitude to each side are 93 pixels."""
    look.wear(look_name, 100)
    image = painted(mark(1, 115.198, 36.1), mark(2, 115.202, 36.1))
    assert all(accent(image, x, 150) for x in range(225, 376, 25))
    assert accent(image, 207 - 7, 150 - 4) or accent(image, 207 - 7, 150 + 4)  # the first mark's dot
    assert image.pixelColor(300, 100).name() == GREY


def test_one_mark_is_a_dot_and_none_is_nothing():
    assert painted() == painted()
    assert painted().pixelColor(300, 150).name() == GREY
    assert accent(painted(mark(1, 115.2, 36.1)), 293, 150)


@pytest.mark.parametrize(("heading", "spot"), [(0.0, (300, 132)), (90.0, (318, 150)), (180.0, (300, 168)), (270.0, (282, 150))])
def test_an_arrow_points_the_way_it_was_left(heading, spot):
    assert accent(painted(mark(1, 115.2, 36.1, heading)), *spot)
    assert not accent(painted(mark(1, 115.2, 36.1)), *spot)
