"""The one moment that all cameras of a review show: where it is, how fast it goes, where it turns back. No player, no Qt."""

from dataclasses import dataclass

RATES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
LEAST_LOOP_S = 0.2


@dataclass
class Playhead:
    """Seconds of a line of `length_s`, by the monotonic clock; it never leaves the line."""

    length_s: float
    at_s: float = 0.0
    since: float = 0.0
    rate: float = 1.0
    runs: bool = False
    is_held: bool = False
    begin_s: float | None = None
    end_s: float | None = None
    is_looping: bool = False

    def now(self, now: float) -> float:
        """Where it is."""
        if not self.runs or self.is_held:
            return self.at_s
        return min(self.length_s, self.at_s + max(0.0, now - self.since) * self.rate)

    def go(self, at_s: float, now: float) -> None:
        """Be somewhere else from now on."""
        self.at_s, self.since = min(self.length_s, max(0.0, at_s)), now

    def run(self, now: float, *, runs: bool) -> None:
        """Go on, or stand still."""
        self.go(self.now(now), now)
        self.runs = runs

    def hold(self, now: float, *, is_held: bool) -> None:
        """Wait for pictures, and go on when they are there."""
        if is_held != self.is_held:
            self.go(self.now(now), now)
            self.is_held = is_held

    def pace(self, steps: int, now: float) -> None:
        """The next faster or slower of the rates."""
        self.go(self.now(now), now)
        self.rate = RATES[min(len(RATES) - 1, max(0, RATES.index(self.rate) + steps))]

    def mark(self, now: float, *, is_begin: bool) -> None:
        """Begin or end the part that is repeated here; the other mark goes when they would cross."""
        at_s = self.now(now)
        if is_begin:
            self.begin_s = at_s
            self.end_s = self.end_s if self.end_s is not None and self.end_s >= at_s + LEAST_LOOP_S else None
        else:
            self.end_s = at_s
            self.begin_s = self.begin_s if self.begin_s is not None and self.begin_s <= at_s - LEAST_LOOP_S else None
        self.is_looping = self.part is not None

    def repeat(self, begin_s: float, end_s: float) -> None:
        """Repeat this part; one too short to be seen is none."""
        if end_s - begin_s >= LEAST_LOOP_S:
            self.begin_s, self.end_s, self.is_looping = begin_s, end_s, True

    def unmark(self) -> None:
        """No part is marked any more."""
        self.begin_s = self.end_s = None
        self.is_looping = False

    @property
    def part(self) -> tuple[float, float] | None:
        """The part between the marks, or None."""
        return (self.begin_s, self.end_s) if self.begin_s is not None and self.end_s is not None else None

    def turn(self, now: float) -> bool:
        """Turn back at the end of the part, stop at the end of the line; whether it did either."""
        at_s = self.now(now)
        if self.runs and self.is_looping and self.part is not None and at_s >= self.part[1]:
            self.go(self.part[0], now)
            return True
        if self.runs and at_s >= self.length_s:
            self.run(now, runs=False)
            return True
        return False
