"""The wall in motion: 16, 36 and 64 live tiles of the real console on a 1920x1080 screen, beside what others need for sixteen.

Cameras are RTSP on loopback (`street.py`: 640x360, 25 a second, a key frame every 2 s); the processor seconds counted are the
console's and its workers', not the cameras'.
"""

import json
import tempfile
import time
from pathlib import Path

from tests.bench import peers
from tests.bench.frame import Figures, Wish
from tests.bench.hanging import Hanging, Street
from tests.servers import Display

COUNTS, SECONDS = (16, 36, 64), 20.0
COUNTS_SMOKE, SECONDS_SMOKE = (4,), 2.0
SETTLE_S = 3.0


def run(wish: Wish) -> Figures:
    """Measure walls of growing size, then the peers with as many cameras as the first, then the first once more: machines drift."""
    counts, seconds = (COUNTS_SMOKE, SECONDS_SMOKE) if wish.is_smoke else (COUNTS, SECONDS)
    found: dict[str, float | int | None] = {"n": max(counts), "seconds": seconds}
    with tempfile.TemporaryDirectory(prefix="console-bench-") as name, Display() as display, Street(Path(name), max(counts)) as street:
        with Hanging(display, Path(name) / "data", street, wish.seed) as hanging:
            for count in counts:
                hanging.hang(street.names[:count])
                hanging.wait_for_pictures(count, 60)
                time.sleep(SETTLE_S)
                wish.say(f"{count} tiles …")
                found |= _wall(hanging, count, seconds)
            size = hanging.tile_size(street.names[: counts[0]])
        if not wish.is_smoke:
            wish.say("the others …")
            found |= peers.measure([street.url(name) for name in street.names[: counts[0]]], size, seconds, display)
            with Hanging(display, Path(name) / "again", street, wish.seed) as hanging:
                hanging.tile_size(street.names[: counts[0]])
                time.sleep(SETTLE_S)
                found[f"cpu_again_{counts[0]}"] = round(peers.load_of(hanging.processes(), seconds), 3)
    floor = found.get(f"peer_ffmpeg_cpu_{counts[0]}")
    if floor:
        ours = [float(found[f"{cpu}_{counts[0]}"] or 0) for cpu in ("cpu", "cpu_again")]
        found[f"ratio_to_floor_{counts[0]}"] = round(sum(ours) / len(ours) / float(floor), 2)
    wish.say(json.dumps(found))
    return {"run": found}


def _wall(hanging: Hanging, count: int, seconds: float) -> dict[str, float | int | None]:
    hanging.pace()
    load = peers.load_of(hanging.processes(), seconds)
    pace = hanging.pace()
    rates = sorted(painted / pace.seconds for painted in pace.painted.values())
    return {
        f"cpu_{count}": round(load, 3), f"fps_{count}": round(sum(rates) / len(rates), 2), f"fps_least_{count}": round(rates[0], 2),
        f"late_p99_ms_{count}": round(pace.late_p99_ms, 1), f"late_max_ms_{count}": round(pace.late_max_ms, 1),
        f"rss_mb_{count}": round(hanging.rss_mb(), 1),
    }  # fmt: skip
