"""What is round a place of the map: open cases, nearest first, and the cameras that see it or can be turned to it."""

from math import cos, radians

import numpy as np

from console.domain.camera import Camera
from console.domain.datum import EQUATOR_M, world
from console.domain.outlook import TURN_M, Sight, vantage
from console.domain.place import Point
from console.domain.rows import Pin
from console.ui.map.marks import NEAR_M, Marks
from console.ui.map.view import Numbers


def cases_near(marks: Marks, spot: Point, radius_m: float = NEAR_M) -> tuple[tuple[Pin, float], ...]:
    """The open cases within so many metres of a spot, each with its distance, nearest first."""
    metres = _metres(marks.pin_places, spot)
    near = np.flatnonzero(metres <= radius_m)
    return tuple((marks.pins[at], float(metres[at])) for at in near[np.argsort(metres[near], kind="stable")])


def cameras_on(marks: Marks, spot: Point) -> tuple[tuple[Camera, Sight], ...]:
    """The cameras whose view covers a spot, then those that can be turned to it, each nearest first."""
    metres = _metres(marks.camera_places, spot)
    seen = [vantage(spot, marks.cameras[at], "untried") for at in np.flatnonzero(metres <= TURN_M * 1.01)]
    told = [one for one in seen if one.sight in ("covers", "turns")]
    told.sort(key=lambda one: (one.sight != "covers", one.distance_m, one.camera.code))
    return tuple((one.camera, one.sight) for one in told)


def _metres(places: Numbers, spot: Point) -> Numbers:
    """From a spot to places of the world; within a few kilometres right to a thousandth."""
    return np.hypot(*(places - world(spot)).T) * EQUATOR_M * cos(radians(spot.lat))
