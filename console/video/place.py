"""What the pool knows of one camera."""

from dataclasses import dataclass, field

from console.video.facts import Meter
from console.video.frames import FrameReader
from console.video.health import Status
from console.video.retry import Waiting
from console.video.source import Address


@dataclass
class Place:
    """One camera's place in the pool; the supervising thread alone changes it after it was made."""

    camera_id: str
    address: Address
    status: Status
    asked_at: float = 0.0
    sent_to: Address | None = None
    hops: int = 0
    number: int = 0
    failures: int = 0
    seat: int = -1
    shown: tuple[int, int] | None = None
    reader: FrameReader | None = None
    coming: FrameReader | None = None
    told: str = ""
    meter: Meter = field(default_factory=Meter)

    def waiting(self) -> Waiting:
        """What is told of it when it is asked who is to be opened next."""
        return Waiting(self.camera_id, self.status.next_try_at, self.shown is not None, self.failures > 0)
