"""Hours of a wall whose cameras, network and workers fail at random: do memory, handles or threads grow, do all tiles come back.

Each minute brings some faults, then everything is mended, all tiles must move again, and what the processes hold is read. The first
ten minutes do not count. The two oldest workers are never killed, so that a leak in a worker has time to show. Ctrl+C ends the soak
with what was measured so far.
"""

import json
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from console.video.wall import GRIDS
from tests.bench import gauge
from tests.bench.faulty import Quarter
from tests.bench.frame import Figures, Wish, percentile
from tests.bench.hanging import Hanging
from tests.servers import Display

BACK_WITHIN_S = 120.0
ROUND_S, FAULTS, DOWN_S = 60.0, 4, (2.0, 9.0)
SMOKE_S, ROUND_SMOKE_S, TILES_SMOKE, DOWN_SMOKE_S = 25.0, 8.0, 4, (0.5, 1.5)


@dataclass
class Soak:
    """One soak under way."""

    wish: Wish
    hanging: Hanging
    quarter: Quarter
    walls: list[tuple[str, ...]]
    hand: random.Random
    samples: list[gauge.Sample] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    back_s: list[float] = field(default_factory=list)
    late_ms: list[float] = field(default_factory=list)
    own_late_ms: list[float] = field(default_factory=list)
    lost: int = 0
    silent: int = 0  # of those, where the cameras answered nobody else either
    is_over: bool = False

    def run(self, seconds: float, round_s: float, down_s: tuple[float, float]) -> None:
        """Rounds of faults until the time is over."""
        began = time.monotonic()
        self._to(0)
        self._mended()
        while not self.is_over and time.monotonic() - began < seconds:
            starts = time.monotonic()
            had = []
            for _ in range(FAULTS):
                had.append(self._fault(self.hand.uniform(*down_s)))
                time.sleep(self.hand.uniform(0, round_s / FAULTS / 4))
            self._to(0)
            self._mended()
            self._read(began, ", ".join(had))
            time.sleep(max(0.0, starts + round_s - time.monotonic()))

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """End after this round."""
        self.is_over = True

    def _fault(self, seconds: float) -> str:
        acts: dict[str, Callable[[float], None]] = {
            "power": lambda span: self._while(self.quarter.without_power(self.hand.choice(self.quarter.streets)), span),
            "stall": lambda span: self._while(self.quarter.stalled(self.hand.choice(self.quarter.streets)), span),
            "unplugged": lambda span: self._while(self.quarter.unplugged(), span),
            "cut": lambda _: self.quarter.cable.cut(),
            "worker killed": lambda _: self._hit(signal.SIGKILL),
            "worker stopped": lambda _: self._hit(signal.SIGSTOP),
            "wall": lambda _: self._to(self.hand.randrange(len(self.walls))),
        }
        name = self.hand.choice(list(acts))
        acts[name](seconds)
        self.faults[name] += 1
        return name

    def _while(self, broken: AbstractContextManager[None], seconds: float) -> None:
        with broken:
            time.sleep(seconds)

    def _hit(self, with_signal: signal.Signals) -> None:
        workers = gauge.by_age(pid for pid in self.hanging.processes() if gauge.is_worker(pid))
        os.kill(self.hand.choice(workers[min(gauge.OLDEST, len(workers) - 1) :]), with_signal)

    def _to(self, place: int) -> None:
        """Turn the kept walls by key until one hangs; a key is also what keeps the seat from being locked."""
        while (hung := self.hanging.hung_kept()) != place:
            step = -1 if place < hung else 1
            self.hanging.stage.press("Prior" if step < 0 else "Next")
            self.hanging.stage.until(lambda hung=hung: self.hanging.hung_kept() != hung, 20, "another wall")

    def _mended(self) -> None:
        """Wait until all tiles move again; those that never do are said and do not end the soak."""
        pace, since = self.hanging.pace(), time.monotonic()
        try:
            self.hanging.wait_until_moving(len(self.walls[0]), BACK_WITHIN_S)
        except AssertionError as still:
            silent = self.quarter.silent()
            moving, names = self.hanging.painted(), self.quarter.names
            lost = [name for name in names if name not in moving]
            nobody = ", ".join(silent) or "none"
            self.wish.say(f"not all tiles came back ({still}): {', '.join(lost)}; cameras that answer nobody: {nobody}")
            self.lost += 1
            self.silent += bool(silent)
            for street in self.quarter.streets:
                if set(street.names) & set(silent):
                    street.kill()
                    street.start()
        self.back_s.append(time.monotonic() - since)
        if self.samples:
            self.late_ms.append(pace.late_max_ms)
            self.own_late_ms.append(pace.own_late_max_ms)

    def _read(self, began: float, after: str) -> None:
        console = self.hanging.stage.process.pid
        now = gauge.sample(time.monotonic() - began, console, self.hanging.processes())
        self.samples.append(now)
        found = gauge.figures(self.samples)
        self.wish.say(
            f"{now.at_s / 60:6.1f} min  rss {now.rss_mb:.0f} (console {now.console.rss_mb:.1f}, workers {now.workers.rss_mb:.1f}) MB  "
            f"private {now.private_mb:.1f} ({now.console.private_mb:.1f}, {now.workers.private_mb:.1f})  "
            f"handles {now.handles} ({now.console.handles}, {now.workers.handles})  threads {now.threads} ({now.console.threads}, "
            f"{now.workers.threads})  shm {now.shm_mb:.1f} MB  back {self.back_s[-1]:.1f} s after {after}  "
            f"late {(self.late_ms or [0.0])[-1]:.0f} ms  "
            f"slope {found['rss_slope_mb_h']:+.2f}, private {found['private_slope_mb_h']:+.2f} (console "
            f"{found['console_private_slope_mb_h']:+.2f}, oldest workers {found['oldest_workers_private_slope_mb_h']:+.2f}) MB/h"
        )


def run(wish: Wish) -> Figures:
    """Soak the real console for hours, or for some seconds."""
    count, seconds, round_s, down_s = wish.tiles, wish.hours * 3600, ROUND_S, DOWN_S
    if wish.is_smoke:
        count, seconds, round_s, down_s = TILES_SMOKE, SMOKE_S, ROUND_SMOKE_S, DOWN_SMOKE_S
    with ExitStack() as stack:
        name, display = stack.enter_context(tempfile.TemporaryDirectory(prefix="console-bench-")), stack.enter_context(Display())
        quarter = stack.enter_context(Quarter(Path(name) / "clips", count))
        some = max(grid for grid in GRIDS if grid <= max(1, count // 4))
        walls = [quarter.names, quarter.names[:some], quarter.names[some : 2 * some]]
        hanging = stack.enter_context(Hanging(display, Path(name) / "data", quarter, wish.seed, kept=walls))
        hanging.open_kept(len(walls))
        soak = Soak(wish, hanging, quarter, walls, random.Random(wish.seed))
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, soak.stop)
        soak.run(seconds, round_s, down_s)
        found = {**gauge.figures(soak.samples), **_counted(soak), "n": count}
    wish.say(json.dumps(found))
    return {"run": found}


def _counted(soak: Soak) -> dict[str, float]:
    late = soak.late_ms or [0.0]
    return {
        "minutes": round(soak.samples[-1].at_s / 60, 1), "faults": sum(soak.faults.values()),
        "rounds_not_back": soak.lost, "of_them_cameras_silent": soak.silent,
        **{f"fault_{name.replace(' ', '_')}": times for name, times in sorted(soak.faults.items())},
        "back_p95_s": round(percentile(soak.back_s, 0.95), 1), "back_max_s": round(max(soak.back_s), 1),
        "late_p95_of_rounds_ms": round(percentile(late, 0.95), 1), "late_max_ms": round(max(late), 1),
        "own_late_max_ms": round(max(soak.own_late_ms, default=0.0), 1),
    }  # fmt: skip

