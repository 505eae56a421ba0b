"""When the seat sounds: the rules A1, A2 and A7 as plain logic with the clock handed in.

Silencing is not acknowledging: after 30 s whatever is still unacknowledged sounds again.
"""

from collections import deque
from dataclasses import dataclass
from typing import Literal

Tone = Literal["p1", "p2", "fault", "message"]

SILENCE_S = 30.0
P1_EVERY_S = 2.0
P2_AGAIN_S = 60.0
SUPERVISOR_S = 60.0
HALL_S = 120.0
WINDOW_S = 600.0
AMBER_OVER = 5
FLOOD_OVER = 10
FLOOD_EVERY_S = 5.0


@dataclass(frozen=True)
class Ring:
    """An unacknowledged event that may sound: which, how urgent, since when (the seat's clock)."""

    ref: str
    priority: str
    since: float


def escalation(age_s: float) -> int:
    """How far an unacknowledged P1 has climbed: 0 seat, 1 also the supervisor's seat, 2 the whole hall."""
    return 2 if age_s >= HALL_S else 1 if age_s >= SUPERVISOR_S else 0


class Ringing:
    """Decides which tone is due now; the caller plays it and asks again a few times a second."""

    def __init__(self) -> None:
        """Begin in silence with nothing unacknowledged."""
        self._open: dict[str, Ring] = {}
        self._sounded: dict[str, float] = {}
        self._counted: deque[float] = deque()
        self._once: list[Tone] = []
        self._silent_until = float("-inf")
        self._last_p1 = float("-inf")
        self._last_summary = float("-inf")

    def unacked(self, rings: tuple[Ring, ...]) -> None:
        """Say what is unacknowledged now; P3 and P4 are work items and never sound."""
        self._open = {ring.ref: ring for ring in rings if ring.priority in ("P1", "P2")}
        self._sounded = {ref: at for ref, at in self._sounded.items() if ref in self._open}

    def once(self, tone: Tone) -> None:
        """Sound a system fault or a message one time."""
        self._once.append(tone)

    def silence(self, now: float) -> None:
        """Be quiet for 30 s; nothing is acknowledged by it."""
        self._silent_until = now + SILENCE_S
        self._last_p1 = float("-inf")
        # What is still open when the silence ends must sound again, whatever its own rhythm.
        self._sounded = dict.fromkeys(self._sounded, float("-inf"))

    def silent_s(self, now: float) -> float:
        """How many seconds of silence are left."""
        return max(0.0, self._silent_until - now)

    def count(self, now: float) -> int:
        """How many events sounded at this seat in the last ten minutes; repeats do not count."""
        while self._counted and self._counted[0] <= now - WINDOW_S:
            self._counted.popleft()
        return len(self._counted)

    def is_flood(self, now: float) -> bool:
        """Whether only P1 and one summary tone may still sound (more than 10 in 10 minutes)."""
        return self.count(now) > FLOOD_OVER

    def due(self, now: float) -> Tone | None:
        """The one tone to play now, the most urgent first, or None."""
        if self.silent_s(now) > 0:
            return None
        fresh = [ring for ring in self._open.values() if ring.ref not in self._sounded]
        self._counted.extend([now] * len(fresh))
        is_flood = self.is_flood(now)
        again = [
            ring for ring in self._open.values()
            if ring.priority == "P2" and now - self._sounded.get(ring.ref, now) >= P2_AGAIN_S
        ]
        for ring in (*fresh, *again):
            self._sounded[ring.ref] = now
        if any(ring.priority == "P1" for ring in self._open.values()):
            every = FLOOD_EVERY_S if is_flood else P1_EVERY_S
            if now - self._last_p1 >= every:
                self._last_p1 = now
                return "p1"
            return None
        if fresh or again:
            return self._summary(now) if is_flood else "p2"
        return self._once.pop(0) if self._once else None

    def _summary(self, now: float) -> Tone | None:
        if now - self._last_summary < FLOOD_EVERY_S:
            return None
        self._last_summary = now
        return "p2"
