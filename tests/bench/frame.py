"""What every benchmark shares: what was wished for, percentiles, and databases for both engines."""

import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import Postgres

Figures = dict[str, dict[str, float | int | None]]


@dataclass(frozen=True)
class Wish:
    """How a benchmark is to run."""

    seed: int
    is_smoke: bool
    engines: tuple[str, ...]
    say: Callable[[str], None]
    hours: float = 2.0
    tiles: int = 36


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all values do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


def family(pid: int) -> list[int]:
    """A process and all that came from it."""
    found = [pid]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        if parent == pid:
            found += family(int(folder.name))
    return found


@contextmanager
def databases(engines: Sequence[str]) -> Iterator[Iterator[tuple[str, str, Path]]]:
    """For each engine its name, a fresh database's address and an empty data folder."""
    with tempfile.TemporaryDirectory(prefix="console-bench-") as folder:
        server = Postgres() if "postgresql" in engines else None
        if server is not None:
            server.__enter__()
        try:
            yield _each(engines, server, Path(folder))
        finally:
            if server is not None:
                server.__exit__(None, None, None)


def _each(engines: Sequence[str], server: Postgres | None, folder: Path) -> Iterator[tuple[str, str, Path]]:
    for engine in engines:
        data = folder / engine
        data.mkdir()
        if engine == "postgresql":
            assert server is not None
            yield engine, server.fresh(), data
        else:
            yield engine, f"sqlite:///{data / 'console.db'}", data
