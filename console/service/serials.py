"""Case numbers: reserved in blocks, so that intake never waits for another process's commit."""

import threading
from datetime import datetime

from console.domain.limits import CHINA
from console.domain.people import system_actor
from console.service.desk import Desk
from console.store import serials

BLOCK = 50


class Serials:
    """Gives out case numbers `SJ410923-20261122-000031` (handbook 2.1). Safe between threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._left: dict[str, tuple[int, int]] = {}

    def case_number(self, county: str, at: datetime) -> str:
        """The next number of a county (six digits) on the day of an instant."""
        series = f"SJ{county}-{at.astimezone(CHINA):%Y%m%d}"
        with self._lock:
            following, end = self._left.get(series, (0, 0))
            if following == end:
                following = self._desk.run(system_actor("serials"), lambda act: serials.reserve(act.unit, series, BLOCK))
                end = following + BLOCK
                self._left = {name: span for name, span in self._left.items() if name[:-8] != series[:-8]}
            self._left[series] = (following + 1, end)
        return f"{series}-{following:06d}"
