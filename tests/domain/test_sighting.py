"""Which cameras come next after a mark, and when, by hand."""

import pytest

from console.domain.camera import Camera
from console.domain.errors import Invalid
from console.domain.place import Point
from console.domain.sighting import ahead, check_heading

SPOT = Point(115.0, 36.0)


def camera(number, lon, lat):
    return Camera(number, f"C{number}", "", "", "fixed", lon, lat, 0.0, 60.0, "", "", 2)


HERE = camera(1, 115.0002, 36.0)  # 18 m beside the mark
EAST = camera(2, 115.004, 36.0)  # 360 m
EAST_FAR = camera(3, 115.02, 36.0)  # 1.8 km
NORTH_EAST = camera(4, 115.003, 36.003)  # 270 m east, 334 m north: 39°, 429 m away
WEST = camera(5, 114.99, 36.0)
OUT_OF_REACH = camera(6, 115.034, 36.0)  # 3.06 km
ALL = (WEST, EAST_FAR, OUT_OF_REACH, NORTH_EAST, HERE, EAST)


def codes(found):
    return [one.camera.code for one in found]


def test_ahead_means_within_60_degrees_of_the_way_nearest_first():
    assert codes(ahead(SPOT, 90.0, ALL, ())) == ["C2", "C4", "C3"]
    assert codes(ahead(SPOT, 270.0, ALL, ())) == ["C5"]
    assert codes(ahead(SPOT, 0.0, ALL, ())) == ["C4"]
    assert ahead(SPOT, 180.0, ALL, ()) == ()


def test_without_a_way_every_direction_is_ahead():
    assert codes(ahead(SPOT, None, ALL, (), 9)) == ["C2", "C4", "C5", "C3"]


def test_cameras_that_cannot_be_opened_come_last():
    assert codes(ahead(SPOT, 90.0, ALL, {2})) == ["C4", "C3", "C2"]


def test_the_windows_of_ac_1():
    # 0.004° of longitude at 36° are 359.8 m: 32.4 s at 40 km/h, 86.4 s at 15; on foot 185 s at 7, 432 s at 3.
    found = ahead(SPOT, 90.0, (EAST,), ())[0]
    assert found.distance_m == pytest.approx(359.8, abs=0.1)
    assert found.vehicle_s == (pytest.approx(32.4, abs=0.1), pytest.approx(86.4, abs=0.1))
    assert found.walking_s == (pytest.approx(185.0, abs=0.1), pytest.approx(431.8, abs=0.1))


@pytest.mark.parametrize("heading", [-1.0, 360.0, float("nan")])
def test_what_is_no_direction_is_invalid(heading):
    with pytest.raises(Invalid):
        check_heading(heading)
    check_heading(None)
