"""Where a recording stands between two things its player says: libvlc tells its time four times a second, and wrongly after each seek.

Measured: a picture shown t seconds after a seek while playing is the one t seconds after
the target, within 60 ms; what libvlc itself says is right within 60 ms only when nothing
was changed for some seconds, and up to 2 s wrong before.
"""

from dataclasses import dataclass

SETTLED_S, SLOW_SETTLED_S = 2.5, 6.0
FIRST_PICTURE_S = 2.0  # after a seek into a stream without index
HELD_S = 0.6  # no picture for so long: the recording waits for its server


@dataclass
class Reckoning:
    """Seconds of one recording, by the monotonic clock."""

    at_s: float = 0.0
    since: float = 0.0
    rate: float = 1.0
    runs: bool = False
    changed_at: float = 0.0
    picture_at: float = 0.0

    def now(self, now: float) -> float:
        """The second that is shown now."""
        if not self.runs:
            return self.at_s
        alive_until = max(self.picture_at + max(HELD_S, HELD_S / self.rate), self.changed_at + FIRST_PICTURE_S)
        return self.at_s + max(0.0, min(now, alive_until) - self.since) * self.rate

    def sought(self, at_s: float, now: float) -> None:
        """The player was sent somewhere."""
        self.at_s, self.since, self.changed_at = at_s, now, now

    def run(self, now: float, *, runs: bool) -> None:
        """It plays, or stands still."""
        if runs != self.runs:
            self.at_s, self.since, self.changed_at, self.runs = self.now(now), now, now, runs

    def pace(self, rate: float, now: float) -> None:
        """It plays faster or slower."""
        if rate != self.rate:
            self.at_s, self.since, self.changed_at, self.rate = self.now(now), now, now, rate

    def told(self, at_s: float, now: float) -> None:
        """The player says where it is; believed when nothing was changed for a while."""
        if self.is_settled(now):
            self.at_s, self.since = at_s, now

    def is_settled(self, now: float) -> bool:
        """Whether it has played on undisturbed for so long that libvlc knows its own time."""
        return self.runs and now - self.changed_at > (SETTLED_S if self.rate >= 1 else SLOW_SETTLED_S)

    def stepped(self, by_s: float, now: float) -> None:
        """One picture further, standing still."""
        self.at_s, self.since, self.changed_at = self.at_s + by_s, now, now
