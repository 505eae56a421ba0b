"""What processes hold: memory, handles, threads, picture memory; and how it grows, by least squares."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, median

PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1e6
WARM_UP_S = 600.0
WORKER = b"console.video.worker"
OLDEST = 2  # workers that a soak never kills: in these a leak has time to show
ENDS = 10  # so many samples at each end tell what grew


@dataclass(frozen=True)
class Load:
    """What some processes held at one moment.

    `private_mb` is what each has alone (RssAnon): a leak is in it, the pictures that processes share and the pages of files are not,
    and those come and go with what hangs and what the machine has to spare.
    """

    rss_mb: float = 0.0
    private_mb: float = 0.0
    handles: int = 0
    threads: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(
            self.rss_mb + other.rss_mb, self.private_mb + other.private_mb, self.handles + other.handles, self.threads + other.threads
        )


@dataclass(frozen=True)
class Sample:
    """The console, its workers, whatever else it started, and its oldest workers alone, some seconds after the beginning."""

    at_s: float
    console: Load
    workers: Load
    others: Load
    shm_mb: float
    oldest: Load = Load()

    @property
    def rss_mb(self) -> float:
        """Memory of all of them."""
        return self.console.rss_mb + self.workers.rss_mb + self.others.rss_mb

    @property
    def private_mb(self) -> float:
        """What each of them has alone."""
        return self.console.private_mb + self.workers.private_mb + self.others.private_mb

    @property
    def handles(self) -> int:
        """Open files, sockets and pipes of all of them."""
        return self.console.handles + self.workers.handles + self.others.handles

    @property
    def threads(self) -> int:
        """Threads of all of them."""
        return self.console.threads + self.workers.threads + self.others.threads


def load_of(pid: int) -> Load:
    """What one process holds; nothing when it is gone."""
    folder = Path(f"/proc/{pid}")
    try:
        rss = int((folder / "statm").read_text().split()[1]) * PAGE_MB
        status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
        return Load(rss, int(status["RssAnon"].split()[0]) * 1024 / 1e6, len(os.listdir(folder / "fd")), len(os.listdir(folder / "task")))
    except (OSError, KeyError):  # gone, or going: a process that ends has no memory any more
        return Load()


def is_worker(pid: int) -> bool:
    """Whether a process decodes cameras."""
    try:
        return WORKER in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def sample(at_s: float, console: int, family: Iterable[int]) -> Sample:
    """All of a console's processes now."""
    family = list(family)
    workers = by_age(pid for pid in family if is_worker(pid))
    others = [pid for pid in family if pid not in workers and pid != console]
    return Sample(at_s, load_of(console), _sum(workers), _sum(others), _shm_mb(console), _sum(workers[:OLDEST]))


def by_age(pids: Iterable[int]) -> list[int]:
    """Processes, the oldest first; those that are gone come last."""
    return sorted(pids, key=_started)


def _started(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except OSError:
        return 1 << 62


def _sum(pids: Iterable[int]) -> Load:
    return sum(map(load_of, pids), Load())


def _shm_mb(console: int) -> float:
    total = 0
    for file in Path("/dev/shm").glob(f"command-console-pictures-{console}-*/*"):
        try:
            total += file.stat().st_size
        except FileNotFoundError:
            continue  # a worker took it away meanwhile
    return total / 1e6


def slope_an_hour(samples: Sequence[Sample], values: Sequence[float]) -> float:
    """How much something grows an hour; 0.0 while there is too little to tell."""
    if len(samples) < 3:
        return 0.0
    return linear_regression([one.at_s / 3600 for one in samples], values).slope


def growth(values: Sequence[float]) -> float:
    """How much more there is at the end than at the beginning, by medians, so that one busy moment does not count."""
    ends = min(ENDS, len(values) // 2)
    return median(values[-ends:]) - median(values[:ends]) if ends else 0.0


def figures(samples: Sequence[Sample]) -> dict[str, float]:
    """Slopes and growth after the warm-up; of a shorter run, of all of it."""
    settled = [one for one in samples if one.at_s >= WARM_UP_S]
    settled = settled if len(settled) >= 3 else list(samples)
    slopes = {
        "rss": [one.rss_mb for one in settled], "console_rss": [one.console.rss_mb for one in settled],
        "workers_rss": [one.workers.rss_mb for one in settled], "oldest_workers_rss": [one.oldest.rss_mb for one in settled],
        "private": [one.private_mb for one in settled], "console_private": [one.console.private_mb for one in settled],
        "workers_private": [one.workers.private_mb for one in settled], "shm": [one.shm_mb for one in settled],
        "oldest_workers_private": [one.oldest.private_mb for one in settled],
    }  # fmt: skip
    counts = {
        "console_handles": [one.console.handles for one in settled], "handles": [one.handles for one in settled],
        "console_threads": [one.console.threads for one in settled], "threads": [one.threads for one in settled],
    }  # fmt: skip
    return {
        **{f"{name}_slope_mb_h": round(slope_an_hour(settled, values), 2) for name, values in slopes.items()},
        **{f"{name}_growth": float(growth(values)) for name, values in counts.items()},
        "rss_mb": round(settled[-1].rss_mb, 1), "private_mb": round(settled[-1].private_mb, 1), "samples": len(settled),
    }  # fmt: skip
