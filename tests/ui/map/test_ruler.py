"""Lengths and areas measured on the map, against figures worked out by hand; and how they are told."""

from math import cos, pi, radians

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from console.domain.datum import world
from console.domain.place import Point
from console.ui.base import theme
from console.ui.map import ruler as rulers
from console.ui.map.ruler import MOST, Ruler, area_words, length_words
from console.ui.map.view import View

DEGREE = 6_371_008.8 * pi / 180  # metres of one degree along a meridian: 111,195
CORNERS = (Point(115.0, 36.0), Point(115.01, 36.0), Point(115.01, 36.01), Point(115.0, 36.01))


def test_a_way_is_as_long_as_its_parts():
    ruler = Ruler(CORNERS[1:3])
    assert ruler.length_m == pytest.approx(0.01 * DEGREE, rel=1e-6)
    longer = ruler.longer(CORNERS[3])
    assert longer.length_m == pytest.approx(0.01 * DEGREE * (1 + cos(radians(36.01))), rel=1e-6)
    assert longer.shorter() == ruler
    assert Ruler().shorter() == Ruler()
    assert Ruler(CORNERS[:1]).length_m == 0


@pytest.mark.parametrize("corners", [CORNERS, CORNERS[::-1], CORNERS[2:] + CORNERS[:2]])
def test_an_area_is_the_same_from_every_corner_and_both_ways_round(corners):
    assert Ruler(corners).area_m2 == pytest.approx((0.01 * DEGREE) ** 2 * cos(radians(36.005)), rel=1e-3)


def test_two_points_enclose_nothing():
    assert Ruler(CORNERS[:2]).area_m2 == 0


@pytest.mark.parametrize(
    ("metres", "words"), [(0.4, "0 米"), (999.4, "999 米"), (1000, "1.00 公里"), (9_994, "9.99 公里"), (12_345, "12.3 公里")]
)
def test_lengths_are_told_as_exactly_as_a_map_allows(metres, words):
    assert length_words(metres) == words


@pytest.mark.parametrize(
    ("square_m", "words"), [(9_999, "9999 平方米"), (10_000, "1.00 公顷"), (999_000, "99.90 公顷"), (1_230_000, "1.23 平方公里")]
)
def test_areas_are_told_in_units_people_use(square_m, words):
    assert area_words(square_m) == words


def test_the_area_is_told_from_three_points_on():
    assert "面积" not in Ruler(CORNERS[:2]).words
    assert "面积" in Ruler(CORNERS[:3]).words


def test_more_points_than_are_of_use_are_not_taken():
    ruler = Ruler(CORNERS[:1] * MOST)
    assert ruler.longer(CORNERS[1]) == ruler


@pytest.mark.parametrize("count", [0, 1, 2, 4])
def test_what_was_measured_stands_beside_the_last_point_and_inside_the_picture(qapp, count):
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor("#808080"))
    view = View().sized(400, 300).at(*world(CORNERS[0]), 13.0)
    painter = QPainter(picture)
    rulers.paint(painter, view, Ruler(CORNERS[:count]))
    painter.end()
    panel = QColor(theme.tokens().panel).rgb()
    plain = sum(picture.pixel(x, y) == panel for x in range(400) for y in range(0, 300, 2))
    assert (plain > 500) is (count > 1)
