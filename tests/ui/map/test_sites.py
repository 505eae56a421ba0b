"""Key sites on the map: found by the pointer, overdue ones told apart, names from near."""

from datetime import timedelta

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from console.domain.datum import world
from console.domain.place import Point
from console.domain.site import KeySite
from console.ui.base import theme
from console.ui.map.sites import paint, sites_of
from console.ui.map.view import View
from tests.make import START

SIZE = (300, 200)
SPOT = Point(115.10, 35.80)


def site(number, lon, days_ago):
    inspected = START - timedelta(days=days_ago) if days_ago is not None else None
    return KeySite(number, f"S{number}", f"站点{number}", "01", lon, SPOT.lat, "", "", 1, "", "", "", "", 30, inspected)


@pytest.fixture
def view(qapp, look):
    return View().sized(*SIZE).at(*world(SPOT), 13.0)


def painted(sites, view):
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 255, 255))
    painter = QPainter(image)
    paint(painter, view, sites)
    painter.end()
    return image


def test_an_overdue_site_is_filled_and_one_in_time_is_not(view):
    sites = sites_of([site(1, 115.10, 31), site(2, 115.11, 29), site(3, 115.09, None)], START)
    assert sites.overdue == (True, False, True)
    image = painted(sites, view)
    middles = [image.pixelColor(*(round(one) for one in view.to_pixel(*place))).name() for place in sites.places]
    amber, panel = QColor(theme.tokens().amber).name(), QColor(theme.tokens().panel).name()
    assert middles == [amber, panel, amber]


def test_the_pointer_finds_a_site(view):
    sites = sites_of([site(1, 115.10, 1), site(2, 115.11, 1)], START)
    assert [one.id for one in sites.at(view, 150, 100)] == [1]
    assert sites.at(view, 150, 130) == () and sites_of([], START).at(view, 150, 100) == ()


def test_names_stand_from_near_on(view):
    sites = sites_of([site(1, 115.10, 1)], START)
    near = view.at(view.x, view.y, 15.0)
    assert painted(sites, near) != painted(sites, view)
    assert painted(sites_of([], START), view) == painted(sites_of([], START), near)
