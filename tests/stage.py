"""A stage for whole-road tests and benchmarks: the real console on an X screen, keys from the X server, questions to what is shown."""

import itertools
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from tests.servers import Display, stop
from tests.waiting import until

ROOT = Path(__file__).parent.parent
GRAB = "from PySide6.QtGui import QGuiApplication as G; import sys; a = G([]); a.primaryScreen().grabWindow(0).save(sys.argv[1])"


class Stage:
    """One console under Xvfb. `press` and `type` go through xdotool, as real keys; `ask` reads the screen's state."""

    def __init__(self, display: Display, arguments: list[str]) -> None:
        self.display = display
        self.environment = {**os.environ, **display.environment(), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "tests.watched", *arguments]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.lines: list[str] = []
        self._answers: queue.Queue[dict[str, object]] = queue.Queue()
        self._numbers = itertools.count(1)
        threading.Thread(target=self._read, daemon=True).start()
        self._keys = subprocess.Popen(["xdotool", "-"], env=self.environment, stdin=subprocess.PIPE, text=True)

    def __enter__(self) -> "Stage":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the console as a terminal's Ctrl+C does."""
        stop(self._keys)
        stop(self.process)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith('{"id"'):
                self._answers.put(json.loads(line))
            else:
                self.lines.append(line.strip())

    def ask(self, do: str, **more: object) -> object:
        """A question to the screen; waits up to 20 s for its answer."""
        number = next(self._numbers)
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"id": number, "do": do, "with": more}) + "\n")
        self.process.stdin.flush()
        while True:
            found = self._answers.get(timeout=20)
            if found["id"] == number:
                return found["answer"]

    def widgets(self, kind: str = "", text: str = "") -> list[dict[str, object]]:
        """Visible widgets of a class, or whose text holds some words."""
        found = self.ask("widgets", kind=kind, text=text)
        assert isinstance(found, list)
        return found

    def hall(self) -> dict[str, object]:
        """What stands in the hall now (see `watched.py`)."""
        found = self.ask("hall")
        assert isinstance(found, dict)
        return found

    def press(self, *keys: str) -> None:
        """Real key presses, in xdotool's spelling (F3, ctrl+Return)."""
        self._tell("key --clearmodifiers " + " ".join(keys))

    def type(self, text: str) -> None:
        """Type letters."""
        self._tell(f"type --delay 12 '{text}'")

    def click(self, widget: dict[str, object]) -> None:
        """Click the middle of a widget."""
        x, y, width, height = widget["box"]  # type: ignore[misc]
        self._tell(f"mousemove {x + width // 2} {y + height // 2} click 1")

    def _tell(self, line: str) -> None:
        assert self._keys.stdin is not None
        self._keys.stdin.write(line + "\n")
        self._keys.stdin.flush()

    def grab(self, path: Path) -> Path:
        """A picture of the whole X screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-c", GRAB, str(path)], env=self.environment, check=True, timeout=60)
        return path

    def until(self, holds: Callable[[], object], timeout_s: float = 20, what: str = "") -> object:
        """Wait for something; the console must stay alive meanwhile."""

        def alive() -> object:
            assert self.process.poll() is None, f"the console ended with {self.process.returncode}"
            return holds()

        return until(alive, timeout_s, what=what)
