"""The view model: projection by hand vectors, zoom about a point, fitting, scale."""

import numpy as np
import pytest

from console.domain.datum import distance_m, spot_at, world
from console.domain.place import Point
from console.ui.map.view import LEAST_ZOOM, MOST_ZOOM, View, scale_bar, scale_number, world_of

NANLE = Point(115.2, 36.1)


def view(width=1000, height=600, zoom=12.0):
    return View().sized(width, height).at(*world(NANLE), zoom)


@pytest.mark.parametrize(
    ("spot", "x", "y"),
    [
        (Point(0, 0), 0.5, 0.5),
        (Point(-180, 0), 0.0, 0.5),
        (Point(180, 85.0511287798066), 1.0, 0.0),
        (Point(90, -85.0511287798066), 0.75, 1.0),
        # 0.5 - ln(tan(45° + 18.05°)) / 2π = 0.5 - ln 1.9668518 / 6.2831853
        (NANLE, 0.82, 0.3923422),
    ],
)
def test_the_world_is_a_square_from_zero_to_one(spot, x, y):
    assert world(spot) == pytest.approx((x, y), abs=1e-6)
    assert world_of(np.array([spot.lon]), np.array([spot.lat]))[0] == pytest.approx((x, y), abs=1e-6)


def test_a_spot_survives_the_way_to_the_screen_and_back():
    place = view().to_pixel(*world(Point(115.234567, 36.123456)))
    back = view().spot(*place)
    assert distance_m(back, Point(115.234567, 36.123456)) < 0.001


def test_many_spots_stand_where_single_ones_stand():
    spots = [Point(115.2, 36.1), Point(115.3, 36.0)]
    many = view().to_pixels(world_of(np.array([s.lon for s in spots]), np.array([s.lat for s in spots])))
    for row, spot in zip(many, spots, strict=True):
        assert row == pytest.approx(view().to_pixel(*world(spot)), abs=1e-6)


def test_a_zoom_step_doubles_and_keeps_the_place_under_the_pointer():
    before = view()
    after = before.zoomed(1.0, 800, 100)
    assert after.scale == before.scale * 2
    assert after.to_world(800, 100) == pytest.approx(before.to_world(800, 100), abs=1e-12)


def test_pushing_the_ground_moves_it_with_the_hand():
    before = view()
    x, y = before.to_pixel(*world(NANLE))
    assert before.panned(30, -20).to_pixel(*world(NANLE)) == pytest.approx((x + 30, y - 20))


def test_a_fitted_box_touches_its_margin_and_stays_inside():
    west, north = world(Point(115.0, 36.1))
    east, south = world(Point(115.4, 36.0))
    fitted = view().fitted((west, north, east, south), margin=20)
    left, top = fitted.to_pixel(west, north)
    right, bottom = fitted.to_pixel(east, south)
    assert left == pytest.approx(20, abs=0.01)
    assert right == pytest.approx(980, abs=0.01)
    assert top >= 20
    assert bottom <= 580


def test_zoom_ends_at_its_limits():
    assert view().zoomed(99, 0, 0).zoom == MOST_ZOOM
    assert view().zoomed(-99, 0, 0).zoom == LEAST_ZOOM


def test_the_centre_stays_inside_the_world():
    assert view(zoom=5).panned(1e9, 1e9).to_pixel(0, 0) == pytest.approx((500, 300))


def test_a_pixel_at_zoom_zero_on_the_equator_is_a_256th_of_it():
    flat = View(0.5, 0.5, 8.0, 100, 100)
    assert flat.metres_per_pixel == pytest.approx(40075016.6856 / 256 / 256, rel=1e-9)
    # cos 36.1° = 0.80799
    assert view(zoom=8).metres_per_pixel == pytest.approx(611.49622 * 0.80799, rel=1e-4)


def test_the_scale_bar_is_round_and_as_long_as_it_says():
    for zoom in (8, 11.3, 14, 16.7, 19):
        seen = view(zoom=zoom)
        metres, pixels = scale_bar(seen, 140)
        assert str(metres).rstrip("0") in ("1", "2", "5")
        assert 140 / 2.5 - 1 <= pixels <= 140
        ground = distance_m(seen.spot(100, 300), seen.spot(100 + pixels, 300))
        assert ground == pytest.approx(metres, rel=0.01)


def test_the_scale_number_has_two_digits():
    # Zoom 14 at 36.1°: 7.7197 m a pixel, 3779.53 pixels a metre: 1:29 177.
    assert scale_number(view(zoom=14)) == 29_000


def test_half_the_way_is_half_the_way():
    start, end = view(zoom=10), view(zoom=14).at(0.83, 0.40)
    middle = start.between(end, 0.5)
    assert middle.zoom == 12
    assert middle.x == pytest.approx((start.x + 0.83) / 2)
    assert start.between(end, 1.0) == end


def test_the_middle_of_the_screen_is_the_centre():
    spot = view().spot(500, 300)
    assert (spot.lon, spot.lat) == pytest.approx((115.2, 36.1), abs=1e-9)
    assert spot_at(0.5, 0.5) == Point(0.0, pytest.approx(0.0, abs=1e-9))
