"""Which cameras tell most about a place: how near, whether their view covers it, whether they work, whether they can be turned.

A score is the product of four factors, each 1 at best, and every factor is a reason
that can be said in words. A camera that covers a place is worth one that looks away at
less than a fourth of the distance; one that is known to be down comes after all that may work.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from console.domain.camera import Camera
from console.domain.datum import bearing_deg, distance_m
from console.domain.errors import Invalid
from console.domain.place import Point

Sight = Literal["covers", "turns", "untold", "beside"]
Health = Literal["live", "untried", "down", "absent"]  # absent: the register knows no address

REACH_M = 3_000.0  # the widest circle of AC-1: what stands farther away belongs to another place
NEAR_M = 100.0  # where nearness has fallen to one half
# A 1080p camera of 60° shows 12.5 pixels a metre at 133 m, what EN 62676-4 wants for watching people; zoom gives a turnable one more.
VIEW_M, TURN_M = 130.0, 300.0
AT_M = 5.0  # a place this near lies below the camera: its bearing means nothing
TURNABLE = frozenset({"dome", "ptz"})

SIGHT: Mapping[Sight, float] = {"covers": 1.0, "turns": 0.6, "untold": 0.5, "beside": 0.25}
HEALTH: Mapping[Health, float] = {"live": 1.0, "untried": 0.9, "down": 0.05, "absent": 0.01}
FIXED = 0.8  # what a camera is worth that only ever looks one way


@dataclass(frozen=True)
class Vantage:
    """A camera as seen from a place, and why it is worth what it is.

    `bearing_deg` leads from the place to the camera; of one that stands at the place it is None.
    """

    camera: Camera
    distance_m: float
    bearing_deg: float | None
    sight: Sight
    health: Health
    can_turn: bool

    @property
    def score(self) -> float:
        """Nearness × view × health × whether it can be turned, from 0 to 1."""
        nearness = 1 / (1 + self.distance_m / NEAR_M)
        return nearness * SIGHT[self.sight] * HEALTH[self.health] * (1.0 if self.can_turn else FIXED)


def best(spot: Point, cameras: Iterable[Camera], count: int, health: Mapping[int, Health]) -> tuple[Vantage, ...]:
    """The `count` cameras that tell most about a spot, best first; none farther than `REACH_M`.

    `health` says by id what is known of a camera; the others are untried. Ties go to the
    nearer camera, then to the lower code. Raises Invalid for a count below 1.
    """
    if count < 1:
        raise Invalid("count", "not_positive", value=count)
    seen = (vantage(spot, camera, health.get(camera.id, "untried")) for camera in cameras)
    near = [one for one in seen if one.distance_m <= REACH_M]
    near.sort(key=lambda one: (-one.score, one.distance_m, one.camera.code))
    return tuple(near[:count])


def vantage(spot: Point, camera: Camera, health: Health) -> Vantage:
    """One camera as seen from a spot."""
    stands = Point(camera.lon, camera.lat)
    distance, can_turn = distance_m(spot, stands), camera.kind in TURNABLE
    bearing = bearing_deg(spot, stands) if distance > AT_M else None
    return Vantage(camera, distance, bearing, _sight(camera, spot, distance, can_turn=can_turn), health, can_turn)


def turn_deg(one: float, other: float) -> float:
    """The smaller angle between two compass directions, 0 to 180."""
    return abs((one - other + 180) % 360 - 180)


def _sight(camera: Camera, spot: Point, distance: float, *, can_turn: bool) -> Sight:
    if distance > (TURN_M if can_turn else VIEW_M):
        return "beside"
    if distance <= AT_M or camera.fov_deg >= 360:
        return "covers"
    if camera.fov_deg <= 0:
        return "turns" if can_turn else "untold"
    off = turn_deg(bearing_deg(Point(camera.lon, camera.lat), spot), camera.direction_deg)
    if off <= camera.fov_deg / 2:
        return "covers"
    return "turns" if can_turn else "beside"
