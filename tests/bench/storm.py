"""A power cut at the switch: 64 live cameras are gone for 10 s and come back; how soon the wall lives, whether the screen ever waits."""

import json
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.frame import Figures, Wish
from tests.bench.hanging import Hanging, Street
from tests.servers import Display

CAMERAS, CAMERAS_SMOKE = 64, 4
DOWN_S, DOWN_SMOKE_S = 10.0, 2.0
GIVE_UP_S = 90


def run(wish: Wish) -> Figures:
    """Hang, cut, wait, bring back."""
    count, down_s = (CAMERAS_SMOKE, DOWN_SMOKE_S) if wish.is_smoke else (CAMERAS, DOWN_S)
    with ExitStack() as stack:
        name, display = stack.enter_context(tempfile.TemporaryDirectory(prefix="console-bench-")), stack.enter_context(Display())
        street = stack.enter_context(Street(Path(name), count))
        hanging = stack.enter_context(Hanging(display, Path(name) / "data", street, wish.seed))
        hanging.hang(street.names)
        hanging.wait_for_pictures(count, GIVE_UP_S)
        hanging.pace()
        street.kill()
        time.sleep(down_s)
        down = hanging.pace()
        street.start()
        began = time.monotonic()
        hanging.wait_until_moving(count, GIVE_UP_S)
        back_s = time.monotonic() - began
        back = hanging.pace()
    found = {
        "storm_back_s": round(back_s, 2), "storm_late_max_ms": round(max(down.late_max_ms, back.late_max_ms), 1),
        "storm_late_p99_ms": round(max(down.late_p99_ms, back.late_p99_ms), 1), "down_s": down_s, "n": count,
    }  # fmt: skip
    wish.say(json.dumps(found))
    return {"run": found}
