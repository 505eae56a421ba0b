"""What the wall's parts may ask of the panel they belong to."""

from collections.abc import Callable, Iterable
from typing import Protocol

from console.domain.camera import Camera
from console.ui.seat import Seat
from console.ui.wall.looks import Looks, Why
from console.ui.wall.reasons import Reasons
from console.video.wall import Wall


class Host(Protocol):
    """The panel, as its parts see it."""

    seat: Seat
    wall: Wall
    looks: Looks
    reasons: Reasons

    def with_reason(self, question: str, act: Callable[[Why], None]) -> None:
        """Do something that looks through cameras, for the reason that holds or the one given now."""
        ...

    def hang(self, wall: Wall, why: Why | None = None) -> None:
        """Make the wall so."""
        ...

    def know(self, cameras: Iterable[Camera]) -> None:
        """Take note of cameras that may be hung."""
        ...
