"""How long a picture really stood before somebody: the time between two live paints, no assumption beyond. No timer, no Qt."""

LONGEST_S = 2.0  # from here on a picture is late (ux.md W5): what lies between two paints so far apart was not seen


class Seen:
    """Adds up the seconds of one camera; `now` is monotonic seconds."""

    def __init__(self) -> None:
        self._last: float | None = None

    def paint(self, now: float, *, is_live: bool) -> float:
        """A picture was painted; the seconds that are proven by it. A picture that is not live proves nothing and ends the stretch."""
        before, self._last = self._last, now if is_live else None
        if before is None or not is_live:
            return 0.0
        passed = now - before
        return passed if 0 < passed <= LONGEST_S else 0.0

    def stop(self) -> None:
        """Nobody looks now: the next paint begins a new stretch."""
        self._last = None
