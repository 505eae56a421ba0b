"""Of which cameras the last minute is kept, and in which worker; the commands that make it so."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from console.video.link import Event
from console.video.seats import NOWHERE

Send = Callable[[int, Event], None]  # a worker's place, a command


@dataclass(frozen=True)
class Opened:
    """A connection that runs: its number and the place of its worker."""

    number: int
    seat: int


class Keeping:
    """Known to the pool's supervising thread alone."""

    def __init__(self, send: Send) -> None:
        """`send` may drop what is for a worker that is gone."""
        self._send = send
        self._seats: dict[str, int] = {}

    def wish(self, cameras: Collection[str], opened: Callable[[str], Opened | None]) -> None:
        """Keep what these send from now on, and forget what others sent."""
        for camera in [camera for camera in self._seats if camera not in cameras]:
            running = opened(camera)
            if running is not None:
                self._send(running.seat, {"do": "remember", "number": running.number, "ring": ""})
            self._send(self._seats.pop(camera), {"do": "forget", "ring": camera})
        for camera in [camera for camera in cameras if camera not in self._seats]:
            running = opened(camera)
            self._seats[camera] = running.seat if running is not None else NOWHERE
            if running is not None:
                self._send(running.seat, {"do": "remember", "number": running.number, "ring": camera})

    def seat(self, camera: str) -> int:
        """Where the camera's past lies; NOWHERE when there is none."""
        return self._seats.get(camera, NOWHERE)

    def opening(self, camera: str, seat: int) -> Event:
        """What an opening command of the camera adds; its past is kept in that worker from now on."""
        if camera not in self._seats:
            return {}
        before = self._seats[camera]
        if before not in (NOWHERE, seat):
            self._send(before, {"do": "forget", "ring": camera})
        self._seats[camera] = seat
        return {"ring": camera}

    def lost(self, seat: int) -> None:
        """A worker ended, and with it what it kept."""
        self._seats = {camera: NOWHERE if where == seat else where for camera, where in self._seats.items()}
