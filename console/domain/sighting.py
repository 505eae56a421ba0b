"""What a person saw on a camera and marked by hand, and which cameras come next on the way. No picture is read here or anywhere.

Without a net of roads distances are straight lines, so a way is never shorter than
what is said; times are windows between a slow and a fast traveller.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from console.domain.camera import Camera
from console.domain.datum import bearing_deg, distance_m
from console.domain.errors import Invalid
from console.domain.outlook import REACH_M, turn_deg
from console.domain.place import Point

VEHICLE_KMH = (15.0, 40.0)  # AC-1, line 4
WALKING_KMH = (3.0, 7.0)
AHEAD_DEG = 60.0  # to either side of the way somebody left
TOGETHER_M = 30.0  # cameras this near see the same crossing; nobody has left it yet
PROPOSED = 4


@dataclass(frozen=True)
class Seen:
    """What an officer says: seen at this instant, left in this direction (degrees from north, None: not known), and words."""

    at: datetime
    heading_deg: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Sighting:
    """A mark on the way, of one case: camera and place as they were then."""

    id: int
    case_id: int
    access_id: int
    camera_id: int
    code: str
    lon: float
    lat: float
    heading_deg: float | None
    at: datetime
    user_id: int
    user_name: str


@dataclass(frozen=True)
class Ahead:
    """A camera somebody may come to next, and in how many seconds: soonest and latest."""

    camera: Camera
    distance_m: float
    bearing_deg: float
    vehicle_s: tuple[float, float]
    walking_s: tuple[float, float]


def check_heading(heading_deg: float | None) -> None:
    """Raises Invalid for what is no compass direction."""
    if heading_deg is not None and not 0 <= heading_deg < 360:
        raise Invalid("heading_deg", "bad_heading", value=heading_deg)


def ahead(
    spot: Point, heading_deg: float | None, cameras: Iterable[Camera], absent: Collection[int], count: int = PROPOSED
) -> tuple[Ahead, ...]:
    """Cameras on the way somebody left a spot, nearest first, those that can be opened before the `absent` ones.

    Without a heading every direction is ahead. Source: AC-1, line 4.
    """
    found = []
    for camera in cameras:
        stands = Point(camera.lon, camera.lat)
        distance, bearing = distance_m(spot, stands), bearing_deg(spot, stands)
        is_on_way = heading_deg is None or turn_deg(bearing, heading_deg) <= AHEAD_DEG
        if TOGETHER_M < distance <= REACH_M and is_on_way:
            found.append(Ahead(camera, distance, bearing, _window(distance, VEHICLE_KMH), _window(distance, WALKING_KMH)))
    found.sort(key=lambda one: (one.camera.id in absent, one.distance_m, one.camera.code))
    return tuple(found[:count])


def _window(distance: float, kmh: tuple[float, float]) -> tuple[float, float]:
    slow, fast = kmh
    return distance * 3.6 / fast, distance * 3.6 / slow
