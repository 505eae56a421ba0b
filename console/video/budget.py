"""What a machine can decode: when it falls behind, tiles are lowered step by step and evenly, and raised again with patience.

Pure rules over what workers tell once a second; times are monotonic seconds. Falling behind is
seen in the pictures themselves, not in the load: a busy machine that keeps up lowers nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Heat = Literal["live", "half", "keys"]  # every picture, every other one, key frames only (eco)
Full = Literal["processor", "memory"]

LATE_S, BUSY_SHARE = 0.4, 0.5  # this late, and at work most of the time: what waits for a slow line is late and idle
BEHIND_SHARE = 0.25  # so many streams behind are the machine's doing, not one camera's
BEHIND_FOR_S = 2.0
CALM_S, CALM_MOST_S = 10.0, 120.0
# Each step lowers more: all small pictures to half their rate first, then a growing share of them to key frames.
KEY_SHARES = (0.0, 0.0, 0.25, 0.5, 0.75, 1.0)
LAST_STEP = len(KEY_SHARES) - 1
MEMORY_LEAST_MB = 256.0  # with less the system begins to swap, and then nothing follows
LARGE_TIMES = 2  # a picture so many times the median's area is what the officer looks at: lowered by nobody


@dataclass(frozen=True)
class Load:
    """One shown stream during the last second: how late it is, the share of time it was at work, the pixels it is shown with."""

    late_s: float = 0.0
    busy_share: float = 0.0
    pixels: int = 0

    @property
    def is_behind(self) -> bool:
        """Whether it does not follow although all its packets are there."""
        return self.late_s >= LATE_S and self.busy_share >= BUSY_SHARE


class Budget:
    """Remembers how far tiles are lowered now; fed once a second."""

    def __init__(self, *, calm_s: float = CALM_S) -> None:
        """All is shown; `calm_s` without anybody behind raises by a step, and more each time that was too early."""
        self.step = 0
        self._calm_s = calm_s
        self.full: Full = "processor"
        self._behind_since: float | None = None
        self._calm_since: float | None = None
        self._patience_s = calm_s
        self._raised_at = float("-inf")

    def look(self, loads: Mapping[str, Load], now: float, *, free_mb: float = float("inf")) -> dict[str, Heat]:
        """The heat of each shown stream from now on."""
        behind = sum(load.is_behind for load in loads.values())
        is_short = free_mb < MEMORY_LEAST_MB
        if loads and (is_short or behind >= max(1.0, BEHIND_SHARE * len(loads))):
            self.full = "memory" if is_short else "processor"
            self._fall_behind(now)
        else:
            self._keep_up(now, is_calm=not behind)
        return self._heats(loads)

    def _fall_behind(self, now: float) -> None:
        self._calm_since = None
        self._behind_since = now if self._behind_since is None else self._behind_since
        if now - self._behind_since < BEHIND_FOR_S or self.step == LAST_STEP:
            return
        if now - self._raised_at < self._patience_s:
            self._patience_s = min(CALM_MOST_S, 2 * self._patience_s)  # the last rise was too early
        self.step += 1
        self._behind_since = now  # what was lowered gets its two seconds to show

    def _keep_up(self, now: float, *, is_calm: bool) -> None:
        self._behind_since = None
        if not is_calm:
            self._calm_since = None
            return
        self._calm_since = now if self._calm_since is None else self._calm_since
        if self.step and now - self._calm_since >= self._patience_s:
            self.step -= 1
            self._raised_at = self._calm_since = now
        elif not self.step and now - self._calm_since >= CALM_MOST_S:
            self._patience_s = self._calm_s

    def _heats(self, loads: Mapping[str, Load]) -> dict[str, Heat]:
        if not self.step:
            return dict.fromkeys(loads, "live")
        median = sorted(load.pixels for load in loads.values())[len(loads) // 2] if loads else 0
        small = sorted(camera for camera, load in loads.items() if not median or load.pixels < LARGE_TIMES * median)
        lowered = round(KEY_SHARES[self.step] * len(small))
        heats: dict[str, Heat] = dict.fromkeys(small, "half")
        # Spread over the row, so that each worker and each part of the wall gives its share.
        heats |= {small[at * len(small) // lowered]: "keys" for at in range(lowered)}
        return {**dict.fromkeys(loads, "live"), **heats}


def free_mb() -> float:
    """Memory this machine can still give, in megabytes; boundless where the system does not say."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            kilobytes = next((int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")), None)
    except OSError:
        return float("inf")
    return kilobytes / 1024 if kilobytes is not None else float("inf")
