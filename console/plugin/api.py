"""What a plugin may import of the console, and all of it: the host it talks to, the failure it may raise, a camera that turns.

A plugin's folder holds `plugin.toml`, a README.md and a module with one function,
`run(host)`. It returns when its work is done, or soon after `host.wait` is true.
"""

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

PART = 500  # rows in one line: the console decodes no more at once
LINE_MAX = 1 << 20
AGAIN_S, DEAD_MAN_S = 0.5, 3.0
Row = Mapping[str, object]
Send = Callable[[float, float, float], None]
Answer = Callable[..., object]


class Failure(Exception):
    """Something a person has to know: a code of the manifest's words, or of the console's, and its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Host:
    """The console as a plugin sees it."""

    def __init__(self, settings: Mapping[str, object], send: Callable[[Mapping[str, object]], None]) -> None:
        """Made by the process the plugin runs in; tests make their own."""
        self.settings = settings
        self.answers: dict[str, Answer] = {}
        self._send = send
        self._stopping = threading.Event()

    def wait(self, seconds: float = 0.0) -> bool:
        """Wait, and say whether the plugin is to end."""
        return self._stopping.wait(seconds)

    def stop(self) -> None:
        """Ask the plugin to end."""
        self._stopping.set()

    def note(self, code: str, **facts: object) -> None:
        """Tell how the work goes."""
        self._send({"say": "note", "code": code, "facts": facts})

    def warn(self, code: str, **facts: object) -> None:
        """Tell of something a person should look at."""
        self._send({"say": "note", "code": code, "facts": facts, "is_warning": True})

    def cameras(self, rows: Iterable[Row]) -> int:
        """Report every camera there is; a later report replaces this one. The number of rows."""
        part: list[Row] = []
        count, is_first = 0, True
        for row in rows:
            part.append(row)
            count += 1
            if len(part) == PART:
                self._part(part, is_first=is_first, is_last=False)
                part, is_first = [], False
        self._part(part, is_first=is_first, is_last=True)
        return count

    def online(self, states: Mapping[str, bool]) -> None:
        """Tell which cameras, by their `ref`, can be reached now."""
        known = list(states.items())
        for start in range(0, len(known), PART):
            self._send({"say": "online", "states": dict(known[start : start + PART])})

    def alarm(self, key: str, ref: str, kind: str, **facts: object) -> None:
        """Report an alarm of a camera; the same key again is the same alarm."""
        self._send({"say": "alarm", "key": key, "ref": ref, "kind": kind, "facts": facts})

    def answer(self, method: str, function: Answer) -> None:
        """Answer the console's questions of this name by this function."""
        self.answers[method] = function

    def _part(self, rows: Sequence[Row], *, is_first: bool, is_last: bool) -> None:
        message = {"say": "cameras", "rows": rows, "is_first": is_first, "is_last": is_last}
        if len(json.dumps(message, ensure_ascii=False).encode()) < LINE_MAX or len(rows) < 2:
            self._send(message)
            return
        half = len(rows) // 2
        self._part(rows[:half], is_first=is_first, is_last=False)
        self._part(rows[half:], is_first=False, is_last=is_last)


class Motion:
    """What one camera does now: it turns only while it is asked for, and stands still when nobody has asked for three seconds."""

    def __init__(self, send: Send, halt: Callable[[], None], *, is_resent: bool = False) -> None:
        """`send` turns, `halt` stands still; `is_resent` where a device turns for a second only and has to be told again."""
        self._send, self._halt, self._is_resent = send, halt, is_resent
        self._speed: tuple[float, float, float] | None = None
        self._until = 0.0
        self._lock = threading.Lock()
        self._news = threading.Event()
        self._thread: threading.Thread | None = None

    def move(self, pan: float, tilt: float, zoom: float) -> None:
        """Turn at these speeds, each from -1 to 1."""
        speed = (_held(pan), _held(tilt), _held(zoom))
        self._send(*speed)
        with self._lock:
            self._speed, self._until = speed, time.monotonic() + DEAD_MAN_S
            if self._thread is None:
                self._news.clear()
                self._thread = threading.Thread(target=self._go_on, name="motion", daemon=True)
                self._thread.start()

    @property
    def is_moving(self) -> bool:
        """Whether it turns now."""
        return self._speed is not None

    def stop(self) -> None:
        """Stand still."""
        self.forget()
        self._halt()

    def forget(self) -> None:
        """Send nothing more: the camera is on its way elsewhere."""
        with self._lock:
            self._speed = None
        self._news.set()

    def _go_on(self) -> None:
        try:
            while not self._news.wait(AGAIN_S):
                with self._lock:
                    speed, is_over = self._speed, time.monotonic() > self._until
                if speed is None:
                    return
                if is_over:
                    self._halt()
                    return
                if self._is_resent:
                    self._send(*speed)
        except Failure:
            return  # what no longer answers cannot be told to stop either
        finally:
            with self._lock:
                self._speed = self._thread = None


def _held(speed: float) -> float:
    return max(-1.0, min(1.0, float(speed)))
