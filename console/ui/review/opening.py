"""What a review is made of: footage that may be played now, why, and what ends its looks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.footage import Footage
from console.domain.people import Actor
from console.domain.redaction import Clear

Close = Callable[[Actor, Sequence[int]], object]  # these looks have ended
Clip = Callable[[Sequence[Footage], datetime, datetime, int], object]  # ask to keep a stretch of recordings in a case

Part = tuple[datetime, datetime]
Take = Callable[[tuple[Clear, ...]], object]


@dataclass(frozen=True)
class Review:
    """Recordings that may be played now; `ending` are the looks that end with it."""

    footage: tuple[Footage, ...]
    why: str = ""
    case_id: int | None = None
    at: datetime | None = None
    ending: frozenset[int] = field(default_factory=frozenset)
    close: Close | None = None
    clip: Clip | None = None
    is_kept: bool = False  # a clip of the case already: nothing is cut out of it again
    part: Part | None = None  # what is repeated at first
    take: Take | None = None  # write what is seen under its cover, but for the parts that were opened

    @property
    def is_covered(self) -> bool:
        """Whether its pictures are seen under a cover, and nothing is kept of them."""
        return any(one.is_covered for one in self.footage)
