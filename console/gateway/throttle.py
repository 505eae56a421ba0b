"""Token buckets in bounded memory: how often somebody may try something."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from console.gateway.refusals import Bounced

REMEMBERED = 10_000


class Throttle:
    """One bucket per name; `burst` tries at once, then one more every `every_s` seconds. Safe between threads.

    At most 10,000 names are remembered; the one unseen longest is forgotten,
    which forgives it.
    """

    def __init__(self, *, burst: int, every_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = float(burst)
        self._every_s = every_s
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, name: Hashable) -> None:
        """Use one try. Raises Bounced(429) with the seconds to wait when there is none left."""
        now = self._clock()
        with self._lock:
            left = self._left(name, now)
            if left < 1:
                raise Bounced(429, "too_often", wait_s=max(1, round((1 - left) * self._every_s)))
            self._keep(name, left - 1, now)

    def give_back(self, name: Hashable) -> None:
        """The try was a good one and does not count."""
        now = self._clock()
        with self._lock:
            self._keep(name, min(self._burst, self._left(name, now) + 1), now)

    def _left(self, name: Hashable, now: float) -> float:
        left, since = self._buckets.get(name, (self._burst, now))
        return min(self._burst, left + (now - since) / self._every_s)

    def _keep(self, name: Hashable, left: float, now: float) -> None:
        if left >= self._burst:
            self._buckets.pop(name, None)
            return
        self._buckets[name] = (left, now)
        self._buckets.move_to_end(name)
        while len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
