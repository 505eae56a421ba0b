"""One plugin process: started, spoken to by lines, and gone for certain when it is stopped."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from console.domain.errors import ConsoleError, Unavailable
from console.plugin.api import LINE_MAX

ROOT = Path(__file__).resolve().parents[2]
BEAT_S, SILENCE_S = 2.0, 8.0
STOP_S = 1.7  # then it is killed; a stop has two seconds in all
MOST_GARBAGE = 100
LINES_A_S = 200  # more are left in the pipe: who floods waits, and the screen does not
# What a process needs to find itself; no address of a database, no secret of the console.
_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "PYTHONPATH")
Told = Callable[[Mapping[str, object]], None]


class Process:
    """A running plugin. `told` hears its messages on a thread of the process's own; `ended` says why it is over."""

    def __init__(self, folder: Path, settings: Mapping[str, object], told: Told) -> None:
        """Start it. Raises Unavailable("plugin_did_not_start")."""
        self._told = told
        self._answers: dict[int, queue.SimpleQueue[Mapping[str, object]]] = {}
        self._numbers = 0
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._beaten = threading.Event()
        self._over, self._ending = threading.Event(), threading.Event()
        self.garbage = 0
        self.failure: ConsoleError | None = None
        self.is_done = False
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | {"PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-B", "-m", "console.plugin.child", str(folder)]
        try:
            self._child = subprocess.Popen(  # a group of its own: whatever it starts ends with it
                command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                start_new_session=True,
            )  # fmt: skip
        except OSError as fault:
            raise Unavailable("plugin_did_not_start", problem=str(fault)) from fault
        self._write({"settings": dict(settings)})
        self._threads = [
            threading.Thread(target=target, name=f"plugin-{folder.name}-{target.__name__.strip('_')}", daemon=True)
            for target in (self._read, self._beat)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's number, which is its group's too."""
        return self._child.pid

    def ended(self, wait_s: float) -> bool:
        """Wait until it is over; whether it is."""
        return self._over.wait(wait_s)

    def ask(self, method: str, arguments: Mapping[str, object], wait_s: float) -> object:
        """A question to the plugin. Raises what it answers, and Unavailable("plugin_silent") when it does not."""
        answers: queue.SimpleQueue[Mapping[str, object]] = queue.SimpleQueue()
        with self._lock:
            self._numbers += 1
            number = self._numbers
            self._answers[number] = answers
        try:
            self._write({"ask": number, "method": method, "with": dict(arguments)})
            answer = answers.get(timeout=wait_s)
        except queue.Empty:
            raise Unavailable("plugin_silent", seconds=wait_s) from None
        finally:
            with self._lock:
                self._answers.pop(number, None)
        if "error" in answer:
            raise failure_of(answer)
        return answer.get("value")

    def stop(self) -> None:
        """End it, and all it started, within two seconds."""
        self._ending.set()
        self._write({"say": "stop"})
        if not self._over.wait(STOP_S):
            self._kill()
            self._over.wait(1.0)
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(1.0)

    def _read(self) -> None:
        out = self._child.stdout
        assert out is not None
        try:
            began, count = time.monotonic(), 0
            while line := out.readline(LINE_MAX + 1):
                self._take(line)
                count += 1
                if count >= LINES_A_S:
                    self._ending.wait(max(0.0, began + 1.0 - time.monotonic()))
                    began, count = time.monotonic(), 0
                if self.garbage > MOST_GARBAGE or len(line) > LINE_MAX:
                    self.failure = self.failure or Unavailable("plugin_garbage", count=self.garbage)
                    break
        finally:
            self._kill()
            status = self._child.wait()
            out.close()
            if not self.is_done and self.failure is None:
                self.failure = Unavailable("plugin_crashed", status=status)
            self._fail_questions()
            self._over.set()

    def _take(self, line: bytes) -> None:
        self._beaten.set()
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            message = None
        if not isinstance(message, dict):
            self.garbage += 1
        elif "answer" in message:
            self._deliver(message)
        elif message.get("say") == "done":
            self.is_done = True
        elif message.get("say") == "failed":
            self.failure = failure_of(message)
        elif message.get("say") != "beat":
            self._hand_over(message)

    def _hand_over(self, message: Mapping[str, object]) -> None:
        try:
            self._told(message)
        except (ConsoleError, KeyError, TypeError, ValueError, AttributeError):
            self.garbage += 1  # a message whose parts are not what they should be

    def _deliver(self, message: Mapping[str, object]) -> None:
        number = message["answer"]
        with self._lock:
            answers = self._answers.get(number) if isinstance(number, int) else None
        if answers is not None:
            answers.put(message)

    def _fail_questions(self) -> None:
        with self._lock:
            waiting = list(self._answers.values())
        for answers in waiting:
            answers.put({"error": "plugin_off"})

    def _beat(self) -> None:
        silent_s = 0.0
        while not self._over.wait(BEAT_S):
            silent_s = 0.0 if self._beaten.is_set() else silent_s + BEAT_S
            self._beaten.clear()
            if silent_s >= SILENCE_S:
                self.failure = Unavailable("plugin_silent", seconds=SILENCE_S)
                self._kill()
                return
            self._write({"say": "beat"})

    def _write(self, message: Mapping[str, object]) -> None:
        way = self._child.stdin
        assert way is not None
        if not self._writing.acquire(timeout=BEAT_S):
            return  # somebody's line does not go through; the beat ends a process that does not read
        try:
            way.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
            way.flush()
        except (ValueError, OSError):
            return  # it is over; reading finds out why
        finally:
            self._writing.release()

    def _kill(self) -> None:
        try:
            os.killpg(self._child.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def failure_of(message: Mapping[str, object]) -> ConsoleError:
    """What a plugin said went wrong, with facts that are plain values only."""
    facts = message.get("facts")
    plain = {str(key): value for key, value in facts.items() if isinstance(value, str | int | float)} if isinstance(facts, dict) else {}
    return Unavailable(str(message.get("error"))[:60], **{key: value for key, value in plain.items() if key not in ("code", "field")})
