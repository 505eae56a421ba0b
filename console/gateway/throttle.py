"""Token buckets in bounded memory: how often somebody may try something."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Protocol

from console.gateway.refusals import Bounced

REMEMBERED = 10_000


class Buckets(Protocol):
    """Where buckets are remembered: what is left in each and since when."""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else reads or writes meanwhile."""

    def get(self, name: Hashable) -> tuple[float, float] | None:
        """A bucket, or none for a name unknown."""

    def put(self, name: Hashable, left: float, since: float) -> None:
        """Remember a bucket."""

    def drop(self, name: Hashable) -> None:
        """Forget a bucket."""


class Memory:
    """Buckets of one process; at most 10,000 are remembered, and the one unseen longest is forgotten."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else reads or writes meanwhile."""
        with self._lock:
            yield

    def get(self, name: Hashable) -> tuple[float, float] | None:
        """A bucket, or none for a name unknown."""
        return self._buckets.get(name)

    def put(self, name: Hashable, left: float, since: float) -> None:
        """Remember a bucket."""
        self._buckets[name] = (left, since)
        self._buckets.move_to_end(name)
        while len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)

    def drop(self, name: Hashable) -> None:
        """Forget a bucket."""
        self._buckets.pop(name, None)


class Throttle:
    """One bucket per name; `burst` tries at once, then one more every `every_s` seconds. Safe between threads.

    `kept` may be shared between processes (`slots.py`) and between throttles,
    which `label` tells apart; a bucket that is forgotten is forgiven.
    """

    def __init__(
        self, *, burst: int, every_s: float, clock: Callable[[], float] = time.monotonic, kept: Buckets | None = None, label: str = "",
    ) -> None:  # fmt: skip
        self._label = label
        self._burst = float(burst)
        self._every_s = every_s
        self._clock = clock
        self._kept = kept or Memory()

    def take(self, name: Hashable) -> None:
        """Use one try. Raises Bounced(429) with the seconds to wait when there is none left."""
        with self._kept.held():
            now = self._clock()
            left = self._left(name, now)
            if left < 1:
                raise Bounced(429, "too_often", wait_s=max(1, round((1 - left) * self._every_s)))
            self._keep(name, left - 1, now)

    def give_back(self, name: Hashable) -> None:
        """The try was a good one and does not count."""
        with self._kept.held():
            now = self._clock()
            self._keep(name, min(self._burst, self._left(name, now) + 1), now)

    def _left(self, name: Hashable, now: float) -> float:
        left, since = self._kept.get((self._label, name)) or (self._burst, now)
        if since > now:  # of a clock that began anew with the machine
            since = now
        return min(self._burst, left + (now - since) / self._every_s)

    def _keep(self, name: Hashable, left: float, now: float) -> None:
        if left >= self._burst:
            self._kept.drop((self._label, name))
        else:
            self._kept.put((self._label, name), left, now)
