"""How old a packet was when it was taken: what waits in a slow network or before a busy decoder is not live.

TCP keeps every packet, so a stream that falls behind looks live and is not.
The camera's clock tells how far apart packets were made; the smallest
distance between its clock and ours within a minute stands for "not late".
"""

WINDOW_S = 30.0
# A step this large is a camera setting its clock, not a queue: nothing holds packets that long.
CLOCK_STEP_S = 20.0


class Lateness:
    """One stream's yardstick; it forgets within a minute, so that a clock that drifts is followed."""

    def __init__(self) -> None:
        self._best = self._best_before = float("inf")
        self._turned_at = self._last = float("-inf")

    def late_s(self, stamp_s: float, now: float) -> float:
        """Seconds that a packet stamped `stamp_s` by its camera is late when it is taken at `now`."""
        distance = now - stamp_s
        if abs(distance - self._last) > CLOCK_STEP_S:
            self._best = self._best_before = distance
            self._turned_at = now
        elif now - self._turned_at > WINDOW_S:
            self._best_before, self._best = self._best, distance
            self._turned_at = now
        self._last = distance
        self._best = min(self._best, distance)
        return distance - min(self._best, self._best_before)
