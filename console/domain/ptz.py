"""Turning a camera: who holds it, how it may turn, and how long nothing has to be said until it stands still."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.errors import Invalid

DEAD_MAN_S = 3.0  # a move that is not renewed in this time is stopped
LEASE_S = 30.0  # who does nothing for so long holds the camera no more
RENEW_S = 10.0  # how often a lease in use is written anew
PRESET_MAX = 60


@dataclass(frozen=True)
class Lease:
    """Who turns a camera now, from when, until when if nothing more is done; `access_id` is the row that says why."""

    camera_id: int
    access_id: int
    user_id: int
    user_name: str
    seat: str
    since: datetime
    until: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether it has run out."""
        return now >= self.until


@dataclass(frozen=True)
class Move:
    """How a camera is to turn: right, up and nearer are positive, each from -1 to 1."""

    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 0.0

    @property
    def is_still(self) -> bool:
        """Whether it does not turn at all."""
        return self.pan == self.tilt == self.zoom == 0.0

    def checked(self) -> "Move":
        """The move itself. Raises Invalid for a speed beyond its ends."""
        for name in ("pan", "tilt", "zoom"):
            speed = getattr(self, name)
            if not -1.0 <= speed <= 1.0:
                raise Invalid(name, "bad_speed", value=str(speed)[:20])
        return self


@dataclass(frozen=True)
class Preset:
    """A place a camera can be sent to."""

    id: str
    name: str
