"""The places for worker processes: each is filled, watched and filled again; what they are asked is the pool's."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from console.domain.errors import Unavailable
from console.video.link import Event, Link
from console.video.retry import pause_s

log = logging.getLogger(__name__)
STEADY_S = 10.0
AT_MOST = 8
NOWHERE = -1
Heard = Callable[[Link, Event], None]


@dataclass
class _Seat:
    """A place for a worker process; the process in it may change."""

    link: Link | None = None
    start_at: float = 0.0
    failures: int = 0
    started_at: float = 0.0


class Seats:
    """Known to the pool's supervising thread alone, but for `worker_ids`. Times are monotonic seconds."""

    def __init__(self, count: int, roll: Callable[[], float]) -> None:
        """So many places, empty at first."""
        self._all = [_Seat() for _ in range(count)]
        self._roll = roll

    def worker_ids(self) -> tuple[int, ...]:
        """The processes that run now."""
        return tuple(link.process_id for seat in self._all if (link := seat.link) is not None)

    def man(self, wanted: int, folder: Path, heard: Heard, now: float) -> None:
        """Fill empty places whose time has come, at most one place more than before; end workers that hang."""
        if len(self._all) < min(wanted, AT_MOST):
            self._all.append(_Seat())
        for seat in self._all:
            if seat.link is not None and seat.link.hangs(now):
                log.warning("video worker %s hangs and is killed", seat.link.process_id)
                seat.link.kill()
            if seat.link is None and seat.start_at <= now:
                self._fill(seat, folder, heard, now)

    def _fill(self, seat: _Seat, folder: Path, heard: Heard, now: float) -> None:
        seat.started_at = now
        try:
            seat.link = Link(folder, heard)
        except Unavailable as full:
            log.error("no video worker: %s", full.facts.get("problem"))
            seat.start_at = now + pause_s(seat.failures, "", visible=True, roll=self._roll())
            seat.failures += 1

    def manned(self) -> tuple[int, ...]:
        """The places with a worker."""
        return tuple(number for number, seat in enumerate(self._all) if seat.link is not None)

    def send(self, number: int, command: Event) -> bool:
        """Tell the worker in a place something; whether there is one."""
        link = self._all[number].link if 0 <= number < len(self._all) else None
        if link is not None:
            link.send(command)
        return link is not None

    def lost(self, link: Link, now: float) -> int:
        """A worker ended: which place is empty now; NOWHERE for one that is known to be gone."""
        number = next((number for number, seat in enumerate(self._all) if seat.link is link), NOWHERE)
        if number == NOWHERE:
            return NOWHERE
        log.warning("video worker %s ended; it is started again", link.process_id)
        seat = self._all[number]
        seat.link = None
        seat.failures = seat.failures + 1 if now - seat.started_at < STEADY_S else 0
        seat.start_at = now if not seat.failures else now + pause_s(seat.failures, "", visible=True, roll=self._roll())
        return number

    def stop(self) -> None:
        """End all workers."""
        for seat in self._all:
            if seat.link is not None:
                seat.link.stop(within_s=1.0)
