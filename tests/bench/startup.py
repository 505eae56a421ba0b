"""Start-up in time: the process begins → the hall's queue is painted with its rows, on the demo's city and its year, prepared before.

The real console under Xvfb. A program presses the demo's sign-in as soon as it is painted, so what is measured is
what an officer waits for: process, sign-in page, session, window, first rows. The median of several starts.
"""

import json
import os
import statistics
import time
from pathlib import Path

from tests.bench.frame import Figures, Wish, databases, family
from tests.servers import Display
from tests.stage import Stage

STARTS, STARTS_SMOKE = 7, 1
PREPARE_S, START_S = 600, 60  # to give up, not to pass: a loaded machine prepares a city slowly


def run(wish: Wish) -> Figures:
    """Prepare, then start again and again, on each engine."""
    found: Figures = {}
    with databases(wish.engines) as each, Display() as display:
        for engine, address, data in each:
            wish.say(f"startup on {engine} …")
            arguments = ["demo", "--data", str(data), "--database", address, "--port", "0", "--pace", "0"]
            arguments += ["--scale", "county"] if wish.is_smoke else []
            _start(display, arguments, PREPARE_S)
            told = [_start(display, arguments, START_S) for _ in range(STARTS_SMOKE if wish.is_smoke else STARTS)]
            hall, page, memory, tree = (statistics.median(one[place] for one in told) for place in range(4))
            found[engine] = {
                "startup_s": round(hall, 2), "startup_max_s": round(max(one[0] for one in told), 2), "sign_in_page_s": round(page, 2),
                "rss_mb": round(memory, 1), "rss_with_children_mb": round(tree, 1), "n": len(told),
            }  # fmt: skip
            wish.say(json.dumps(found[engine]))
    return found


def _start(display: Display, arguments: list[str], most_s: float) -> tuple[float, float, float, float]:
    """One start: seconds to the rows, seconds to the sign-in page, megabytes of the console, and with its children."""
    began = time.monotonic()
    with Stage(display, arguments) as stage:
        stage.until(lambda: any("http://" in line for line in stage.lines), most_s, "the address")  # until then the city is prepared
        stage.until(lambda: stage.widgets("QPushButton", "演示"), most_s, "sign-in")
        page = time.monotonic() - began
        stage.click(stage.widgets("QPushButton", "演示")[0])
        stage.until(lambda: stage.hall()["rows"], most_s, "rows")
        stage.hall()  # answered behind the paint that the rows asked for
        painted, pid = time.monotonic() - began, stage.process.pid
        return painted, page, _rss_mb(pid), sum(_rss_mb(each) for each in family(pid))


def _rss_mb(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0.0  # it ended meanwhile
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
