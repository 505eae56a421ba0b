"""What a review is made of, and the services it needs: footage that may be played now, and who answers for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from console.domain.footage import Footage
from console.domain.people import Actor


class Recorded(Protocol):
    """Opens recordings under leave and ends the looks (`service/recordings.py`)."""

    def open(
        self, actor: Actor, camera_ids: Sequence[int], start: datetime, end: datetime, *, purpose: str, reason: str,
        case_id: int | None = None,
    ) -> tuple[Footage, ...]:  # fmt: skip
        """Open recordings; raises Refused where no leave covers it."""
        ...

    def close(self, actor: Actor, access_ids: Sequence[int]) -> None:
        """The looks have ended."""
        ...


Clip = Callable[[Actor, Footage, tuple[datetime, datetime], int], object]  # keeps a stretch of a recording in a case


@dataclass(frozen=True)
class Reviews:
    """What a seat needs to review: the recordings, and the way to keep a clip where there is one."""

    recordings: Recorded
    clip: Clip | None = None


@dataclass(frozen=True)
class Review:
    """Recordings that may be played now, why, and where to begin."""

    footage: tuple[Footage, ...]
    title: str
    why: str
    case_id: int | None = None
    at: datetime | None = None
    close: Callable[[Sequence[int]], None] = lambda access_ids: None
    clip: Clip | None = None
