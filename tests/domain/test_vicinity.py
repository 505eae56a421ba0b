"""Circles and outlines on the ground: who is inside, how far, and that the box holds all of them."""

from datetime import timedelta
from math import cos, radians, sin

import pytest

from console.domain.errors import Invalid
from console.domain.place import Point
from console.domain.vicinity import Circle, Outline, Placed, counted, inside
from tests.make import SPOT, START

DEGREE_M = 111_195.0  # of latitude, on the sphere distances are measured on


def away(metres: float, bearing: float = 0.0) -> Point:
    north, east = metres * cos(radians(bearing)), metres * sin(radians(bearing))
    return Point(SPOT.lon + east / DEGREE_M / cos(radians(SPOT.lat)), SPOT.lat + north / DEGREE_M)


def placed(case_id: int, spot: Point, priority: str = "P3", days: int = 0) -> Placed:
    return Placed(case_id, spot, priority, START - timedelta(days=days))


def test_a_circle_tells_the_metres_of_what_is_inside_and_nothing_of_what_is_not():
    circle = Circle(SPOT, 100)
    assert circle.reach_m(away(99)) == pytest.approx(99, rel=1e-3)
    assert circle.reach_m(away(101)) is None


@pytest.mark.parametrize("bearing", range(0, 360, 15))
def test_the_box_of_a_circle_holds_its_whole_rim(bearing):
    circle = Circle(SPOT, 3000)
    west, south, east, north = circle.box
    rim = away(2999, bearing)
    assert circle.reach_m(rim) is not None
    assert west < rim.lon < east and south < rim.lat < north


def test_an_outline_holds_its_inside_and_its_border_but_not_its_dent():
    dented = Outline((Point(0, 0), Point(4, 0), Point(4, 4), Point(2, 1), Point(0, 4)))
    assert dented.box == (0, 0, 4, 4)
    assert [dented.reach_m(Point(*at)) for at in ((1, 1), (4, 2), (2, 3), (5, 1))] == [0.0, 0.0, None, None]


@pytest.mark.parametrize("area", [Circle(SPOT, 0), Circle(SPOT, 3001), Outline((SPOT, SPOT)), Outline((SPOT,) * 201)])
def test_an_area_nobody_can_mean_is_refused(area):
    with pytest.raises(Invalid):
        area.checked()


def test_what_is_inside_comes_newest_first_and_is_counted_by_priority():
    found = (placed(1, SPOT, days=3), placed(2, away(40), "P1"), placed(3, away(400)), placed(4, away(10), "P3", days=9))
    here = inside(Circle(SPOT, 50), found)
    assert [(one.case_id, round(metres)) for one, metres in here] == [(2, 40), (1, 0), (4, 10)]
    assert counted(one for one, _ in here) == (("P1", 1), ("P3", 2))
