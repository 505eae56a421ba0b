"""What is round a place: distances worked out by hand, cones as the register knows them."""

from dataclasses import replace

import pytest

from console.domain.camera import Camera
from console.domain.place import Point
from console.domain.rows import Pin
from console.ui.map.here import cameras_on, cases_near
from console.ui.map.marks import marks_of
from tests.make import CAMERAS

HERE = Point(115.2, 36.1)
STEP = 0.001  # degrees of latitude: 111.2 m on the sphere of 6,371 km, 111.3 m on that of web Mercator


def pin(number: int, north: float, east: float = 0.0) -> Pin:
    return Pin(number, HERE.lon + east * STEP, HERE.lat + north * STEP, "P3", "50", True, f"案件{number}")


def camera(code: str, north: float, **more) -> Camera:
    """A camera so many steps to the north, looking south unless said otherwise."""
    given = {"kind": "bullet", "direction_deg": 180.0, "fov_deg": 60.0} | more
    return replace(CAMERAS[0], id=int(code), code=code, lon=HERE.lon, lat=HERE.lat + north * STEP, **given)


def test_open_cases_nearest_first_and_none_beyond_the_ring():
    marks = marks_of((pin(1, 4.4), pin(2, -1), pin(3, 0), pin(4, 4.6), pin(5, 0, 4)), ())
    found = cases_near(marks, HERE)
    assert [one.id for one, _ in found] == [3, 2, 5, 1]
    assert [metres for _, metres in found] == pytest.approx([0, 111.2, 4 * 89.9, 4.4 * 111.2], rel=0.004)


def test_cameras_that_see_it_before_those_that_can_be_turned():
    cameras = (
        camera("1", 1), camera("2", 0.5), camera("3", 1, direction_deg=0.0), camera("4", 2, kind="dome", direction_deg=0.0),
        camera("5", 2), camera("6", 3, kind="dome"), camera("7", 1, fov_deg=0.0),
    )  # fmt: skip
    found = cameras_on(marks_of((), cameras), HERE)
    assert [(one.code, sight) for one, sight in found] == [("2", "covers"), ("1", "covers"), ("4", "turns")]


def test_open_country():
    assert cases_near(marks_of((), ()), HERE) == ()
    assert cameras_on(marks_of((), ()), HERE) == ()
