"""How much of the time a stream was at work on its packets: one that is late and idle waits for its line, not for the processor."""


class Busy:
    """Adds up work; one thread adds, another may ask."""

    def __init__(self, now: float) -> None:
        self._worked_s = 0.0
        self._asked = (now, 0.0)

    def add(self, seconds: float) -> None:
        """So long one packet took, waiting for the processor included."""
        self._worked_s += seconds

    def share(self, now: float) -> float:
        """The part of the time since it was asked last."""
        (before, worked_before), self._asked = self._asked, (now, self._worked_s)
        return min(1.0, (self._asked[1] - worked_before) / max(0.1, now - before))
