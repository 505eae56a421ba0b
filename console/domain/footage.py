"""Recorded pictures: what a recorder has of a camera, and a stretch of it that may be played now.

Times are true times everywhere: a recorder's clock is corrected by its camera's offset before
anything becomes one of these records.
"""

from dataclasses import dataclass
from datetime import datetime

from console.domain.camera import Camera


@dataclass(frozen=True)
class Stretch:
    """A stretch of time of which a camera's recorder has pictures; looking at it needs leave."""

    camera_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Footage:
    """Recorded pictures that may be played now, under their own access row.

    `address` is http(s):// or a local file's path, checked by the address parser. What `is_covered` is shown with a cover over it,
    opened only where no other people are seen (handbook G6); nothing of it is kept.
    """

    access_id: int
    camera: Camera
    address: str
    starts_at: datetime
    ends_at: datetime
    is_covered: bool = False

    def __repr__(self) -> str:
        """Without the address: it may carry a password."""
        return f"Footage({self.access_id}, {self.camera.code}, {self.starts_at:%H:%M:%S}–{self.ends_at:%H:%M:%S})"
