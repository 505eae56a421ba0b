"""Going round: cameras one after the other in a tile, or walls on the whole surface. Times are monotonic seconds; no timer, no Qt."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from console.domain.saved_wall import Step, Steps

REST_AFTER_S = 1800.0  # half an hour on one round is what a person watches well (ux.md W2)


@dataclass(frozen=True)
class Round:
    """A round and where it is. Paused, it keeps what was left of the present step."""

    steps: Steps
    since: float
    began: float
    at: int = 0
    paused_at: float | None = None

    @staticmethod
    def begin(steps: Steps, now: float) -> "Round":
        """A round that starts now with its first step."""
        return Round(steps, now, now)

    @property
    def now(self) -> Step:
        """The present step."""
        return self.steps[self.at]

    @property
    def coming(self) -> Step:
        """The step that follows."""
        return self.steps[(self.at + 1) % len(self.steps)]

    def left_s(self, now: float) -> float:
        """How long the present step still stays."""
        return max(0.0, self.since + self.now.dwell_s - (now if self.paused_at is None else self.paused_at))

    def is_due(self, now: float) -> bool:
        """Whether the next step's time has come."""
        return self.paused_at is None and self.left_s(now) <= 0

    def stepped(self, now: float, *, without: Collection[int] = ()) -> "Round":
        """The next step; those that stand somewhere else already are passed over."""
        order = [(self.at + n) % len(self.steps) for n in range(1, len(self.steps) + 1)]
        at = next((at for at in order if self.steps[at].ref not in without), self.at)
        return replace(self, at=at, since=now)

    def paused(self, now: float) -> "Round":
        """The round stands still; pausing twice changes nothing."""
        return self if self.paused_at is not None else replace(self, paused_at=now)

    def resumed(self, now: float) -> "Round":
        """The round goes on with what was left; whoever goes on has looked elsewhere meanwhile, so the half hour begins anew."""
        if self.paused_at is None:
            return self
        return replace(self, since=self.since + now - self.paused_at, began=now, paused_at=None)

    def wants_rest(self, now: float) -> bool:
        """Whether somebody has watched this round for half an hour."""
        return self.paused_at is None and now - self.began >= REST_AFTER_S

    def rested(self, now: float) -> "Round":
        """The suggestion was made; the next one comes in half an hour."""
        return replace(self, began=now)
