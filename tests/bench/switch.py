"""Changing the wall: key → all sixteen tiles show the right camera with a picture younger than a second.

Four kept walls of sixteen cameras are open in tabs, so the next one is connected and undecoded (warm); PgUp and PgDown come from
the X server. Cold is the same with cameras that nothing is connected to. After each warm change the names burnt into the
painted pixels are read.
"""

import json
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.frame import Figures, Wish, percentile
from tests.bench.hanging import Hanging, Street
from tests.eyes import read_names
from tests.servers import Display

TILES, WALLS, WARM, COLD = 16, 4, 40, 8
TILES_SMOKE, WALLS_SMOKE, WARM_SMOKE, COLD_SMOKE = 4, 2, 2, 1
WITHIN_S, SETTLE_S = 30.0, 8.0


def run(wish: Wish) -> Figures:
    """Turn warm walls by key, then hang cold ones."""
    tiles, walls, warm, cold = (TILES_SMOKE, WALLS_SMOKE, WARM_SMOKE, COLD_SMOKE) if wish.is_smoke else (TILES, WALLS, WARM, COLD)
    with ExitStack() as stack:
        name, display = stack.enter_context(tempfile.TemporaryDirectory(prefix="console-bench-")), stack.enter_context(Display())
        street = stack.enter_context(Street(Path(name) / "clips", tiles * walls))
        sets = [street.names[first : first + tiles] for first in range(0, tiles * walls, tiles)]
        with Hanging(display, Path(name) / "cold", street, wish.seed) as hanging:
            took_cold = [_cold(hanging, sets[number % walls]) for number in range(cold + 1)][1:]
        with Hanging(display, Path(name) / "warm", street, wish.seed, kept=sets) as hanging:
            hanging.open_kept(walls)
            time.sleep(SETTLE_S)
            wrong, took_warm = 0, []
            for turn in range(warm):
                took, missed = _warm(hanging, sets, turn, Path(name) / "screen.png")
                took_warm.append(took)
                wrong += missed
    found = {
        "switch_warm_p50_ms": _ms(took_warm, 0.5), "switch_warm_p95_ms": _ms(took_warm, 0.95), "switch_cold_p50_ms": _ms(took_cold, 0.5),
        "switch_cold_p95_ms": _ms(took_cold, 0.95), "wrong_tiles": wrong, "tiles": tiles, "n": len(took_warm), "n_cold": len(took_cold),
    }  # fmt: skip
    wish.say(json.dumps(found))
    return {"run": found}


def _ms(values: list[float], share: float) -> float:
    return round(percentile(values, share) * 1000, 1)


def _cold(hanging: Hanging, names: tuple[str, ...]) -> float:
    hanging.pace()
    began = time.monotonic()
    hanging.hang(names)
    return hanging.all_fresh_at(names, WITHIN_S) - began


def _warm(hanging: Hanging, sets: list[tuple[str, ...]], turn: int, screen: Path) -> tuple[float, int]:
    """Seconds one key took, and how many tiles then showed another camera than they should; from end to end and back."""
    place = hanging.hung_kept() - (-1 if turn // (len(sets) - 1) % 2 else 1)
    hanging.pace()
    began = time.monotonic()
    hanging.stage.press("Prior" if place < hanging.hung_kept() else "Next")
    took = hanging.all_fresh_at(sets[place], WITHIN_S) - began
    hanging.wait_for_pictures(len(sets[place]), WITHIN_S)
    boxes = hanging.stage.hall()["pictures"]
    read = read_names(hanging.stage.grab(screen), boxes)  # type: ignore[arg-type]
    return took, sum(one != name for one, name in zip(read, sets[place], strict=True))
