"""The road in time: report sent → row painted, key → answer painted, released → row painted on the department's desk.

The real console runs under Xvfb with its gateway inside; the field reports
from another process at 20 a second; keys come from the X server; the desk is
real Chromium. All clocks compared are the machine's one monotonic clock, or
its wall clock where a browser is involved.
"""

import json
import queue
import re
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import Engine, create_engine, text

from tests.bench.frame import Figures, Wish, databases, percentile
from tests.conftest import CHROMIUM, CHROMIUM_ARGS
from tests.servers import Display, stop
from tests.stage import ROOT, Stage
from tests.waiting import until

WORD = "demo"
BEHIND_PER_S = 20.0
CASES = 25


def run(wish: Wish) -> Figures:
    """Measure on each engine; 300 measured reports, fewer in a smoke run."""
    found: Figures = {}
    with databases(wish.engines) as each:
        for engine, address, data in each:
            wish.say(f"road on {engine} …")
            with Display() as display, _stage(display, address, data) as (stage, base):
                found[engine] = _measure(stage, base, create_engine(address), wish)
            wish.say(json.dumps(found[engine]))
    return found


@contextmanager
def _stage(display: Display, address: str, data: Path) -> Iterator[tuple[Stage, str]]:
    arguments = ["demo", "--scale", "county", "--data", str(data), "--database", address, "--port", "0"]
    arguments += ["--pace", "0", "--morning", "0"]
    with Stage(display, arguments) as stage:
        stage.until(lambda: any("http://" in line for line in stage.lines) and stage.widgets("QPushButton", "演示"), 90, "sign-in")
        stage.click(stage.widgets("QPushButton", "演示")[0])
        stage.until(lambda: stage.widgets("QueuePanel"), 60, "the hall")
        base = next(found.group() for line in stage.lines if (found := re.search(r"http://[\d.]+:\d+", line)))
        yield stage, base


def _measure(stage: Stage, base: str, engine: Engine, wish: Wish) -> dict[str, float | int | None]:
    measured = 20 if wish.is_smoke else 300
    with engine.connect() as connection:
        logins = [row[0] for row in connection.execute(text("select login from person where grid <> '' order by login limit 60"))]
    stage.ask("rows")
    with _Field(base, logins, wish.seed) as field:
        shown = _post_to_row(stage, field, measured)
        wish.say(f"post to row: {len(shown)} reports")
        by_key = _keys(stage, 4 if wish.is_smoke else CASES)
        keys = [seconds for found in by_key.values() for seconds in found]
        wish.say(f"keys: {len(keys)}")
        desk = _released_to_desk(stage, base, engine, 3 if wish.is_smoke else 20)
        wish.say(f"released to desk: {len(desk)}")
        behind = field.rate()
    return {
        "post_to_row_p50_ms": _ms(shown, 0.5), "post_to_row_p95_ms": _ms(shown, 0.95), "post_to_row_max_ms": _ms(shown, 1.0),
        "key_p50_ms": _ms(keys, 0.5), "key_p95_ms": _ms(keys, 0.95), "key_max_ms": _ms(keys, 1.0),
        "released_to_desk_p50_ms": _ms(desk, 0.5), "released_to_desk_p95_ms": _ms(desk, 0.95),
        **{f"key_{name.lower()}_p95_ms": _ms(found, 0.95) for name, found in by_key.items()},
        "n": len(shown), "n_keys": len(keys), "n_desk": len(desk), "behind_per_s": round(behind, 1),
    }  # fmt: skip


def _ms(values: list[float], share: float) -> float:
    return round(percentile(values, share) * 1000, 1)


class _Field:
    """The field in a process of its own: ordinary reports behind, urgent ones when asked for."""

    def __init__(self, base: str, logins: list[str], seed: int) -> None:
        command = [sys.executable, "-m", "tests.bench.field", base, WORD, str(seed), str(BEHIND_PER_S), *logins]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._answers: queue.Queue[dict[str, float]] = queue.Queue()
        self._behind: list[float] = []
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> "_Field":
        until(lambda: len(self._behind) > 20, 60, what="the field reports")
        return self

    def __exit__(self, *_: object) -> None:
        stop(self._process)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            found = json.loads(line)
            if found["kind"] == "behind":
                self._behind.append(found["sent"])
            else:
                self._answers.put(found)

    def report(self, category: str) -> tuple[int, float]:
        """Send one measured report; its case and when it was sent (monotonic seconds)."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"key": str(uuid.uuid4()), "category": category}) + "\n")
        self._process.stdin.flush()
        found = self._answers.get(timeout=30)
        return int(found["case"]), found["sent"]

    def rate(self) -> float:
        """Reports a second that ran behind, over the whole measurement."""
        return (len(self._behind) - 1) / (self._behind[-1] - self._behind[0])


def _post_to_row(stage: Stage, field: _Field, count: int) -> list[float]:
    """POST sent → the end of the paint in which its row first stood on the screen."""
    found = []
    for _ in range(count):
        # P1, so that its row belongs at the top and is painted, not below the edge of the list.
        case_id, sent = field.report("0604")

        def painted(case_id: int = case_id) -> object:
            rows = stage.ask("rows")
            assert isinstance(rows, dict)
            return rows.get(str(case_id))

        found.append(float(str(until(painted, 20, what=f"the row of case {case_id}"))) - sent)
    return found


def _keys(stage: Stage, count: int) -> dict[str, list[float]]:
    """Key → the end of the paint that shows its answer: F3 another case, F5 the strip, Esc without it, F4 acknowledged."""
    found: dict[str, list[float]] = {"F3": [], "F5": [], "Escape": [], "F4": []}
    stage.ask("watch", kinds=["CasePanel", "DispatchStrip", "Card"])
    for _ in range(count):
        before = stage.hall()["head"]
        found["F3"].append(_answer(stage, "F3", lambda hall, before=before: hall["head"] != before))
        found["F5"].append(_answer(stage, "F5", lambda hall: hall["can_send"]))
        found["Escape"].append(_answer(stage, "Escape", lambda hall: not hall["can_send"]))
        found["F4"].append(_answer(stage, "F4", lambda hall: hall["acked"]))
    return found


def _answer(stage: Stage, key: str, holds: Callable[[dict[str, object]], object]) -> float:
    """Press a key; how long until the end of the first paint that showed its answer."""
    pressed = time.monotonic()
    stage.press(key)

    def first() -> float | None:
        seen = stage.ask("seen", since=pressed)
        assert isinstance(seen, list)
        return next((at for at, hall in seen if holds(hall)), None)

    at = stage.until(first, 20, f"the answer to {key}")
    assert isinstance(at, float)
    return at - pressed


def _released_to_desk(stage: Stage, base: str, engine: Engine, count: int) -> list[float]:
    """The `released` entry's instant → the task's row painted in Chromium (wall clock of the same machine)."""
    found = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        page = browser.new_page()
        _sign_in(page, base)
        for _ in range(count):
            stage.press("F3")
            stage.until(lambda: stage.hall()["case"] and not stage.hall()["acked"], what="the next case")
            stage.press("F5")
            stage.until(lambda: stage.hall()["can_send"], what="the strip")
            case_id = stage.hall()["case"]
            stage.press("ctrl+Return")
            released = until(lambda case_id=case_id: _released(engine, int(str(case_id))), 30, what="released")
            for task_id, org, at in released:  # type: ignore[attr-defined]
                if org == "D29":
                    painted = until(lambda task_id=task_id: page.evaluate(f"window.painted[{task_id}]"), 20, what="painted on the desk")
                    found.append(float(str(painted)) / 1000 - at)
        browser.close()
    return found


def _sign_in(page: Page, base: str) -> None:
    page.goto(base + "/")
    page.check("input[name=kind][value=desk]")
    page.fill("input[name=login]", "d29")
    page.fill("input[name=password]", WORD)
    page.click("#enter")
    page.wait_for_selector("#inbox")


def _released(engine: Engine, case_id: int) -> list[tuple[int, str, float]]:
    joined = "from task t join org o on o.id = t.org_id join journal j on j.kind = 'task' and j.ref = t.id and j.op = 'released'"
    with engine.connect() as connection:
        rows = connection.execute(text(f"select t.id, o.department, j.at {joined} where t.case_id = :id"), {"id": case_id}).all()
    return [(row[0], row[1], row[2] / 1e6 if isinstance(row[2], int) else row[2].timestamp()) for row in rows]
