"""One worker process as the console sees it: commands in, events out, and never a wait.

A full pipe of a hanging worker must not stop the screen, so two threads sit
on the pipes and everybody else uses queues.
"""

import json
import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from console.domain.errors import Unavailable

log = logging.getLogger(__name__)

# Importing the decoder on a saturated machine takes its time; after that a worker beats every second.
START_WITHIN_S = 15.0
HANGS_AFTER_S = 3.0

Event = dict[str, object]


class Link:
    """A started worker process; `on_event` is called from its reading thread, last with {"event": "gone"}."""

    def __init__(self, folder: Path, on_event: Callable[["Link", Event], None], *, module: str = "console.video.worker") -> None:
        """Start the process of a module; raises Unavailable if the system starts no more processes."""
        self._on_event = on_event
        self._outbox: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._heard_at = time.monotonic()
        self._is_ready = False
        command = [sys.executable, "-m", module, str(folder)]
        try:
            # stderr joins stdout: what is no JSON there is a decoder's last words, and worth a log line.
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                cwd=_checkout(),
            )
        except OSError as full:
            raise Unavailable("no_video_worker", problem=full.strerror or "") from full
        self._threads = [
            threading.Thread(target=task, name=f"video-{task.__name__.strip('_')}", daemon=True)
            for task in (self._read, self._write)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def process_id(self) -> int:
        """The process, for logs and for tests that kill it."""
        return self._process.pid

    def send(self, command: Event) -> None:
        """Queue a command; it reaches a living worker in order, a dead one never."""
        self._outbox.put(command)

    def hangs(self, now: float) -> bool:
        """Whether the worker has been silent for longer than a living one ever is."""
        may_start = not self._is_ready and not _is_stopped(self.process_id)
        return now - self._heard_at > (START_WITHIN_S if may_start else HANGS_AFTER_S)

    def kill(self) -> None:
        """End the process without asking it; its "gone" event follows."""
        self._process.kill()

    def stop(self, within_s: float) -> None:
        """Ask the process to end and make it end; returns when it and its threads are gone."""
        self.send({"do": "quit"})
        self._outbox.put(None)
        try:
            self._process.wait(within_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for thread in self._threads:
            thread.join()

    def _read(self) -> None:
        with self._process.stdout as lines:
            for line in lines:
                self._heard_at = time.monotonic()
                event = _event_in(line)
                if event is not None:
                    self._is_ready = True
                    self._on_event(self, event)
        self._process.wait()
        self._outbox.put(None)
        self._on_event(self, {"event": "gone", "exit": self._process.returncode})

    def _write(self) -> None:
        try:
            with self._process.stdin as pipe:
                while (command := self._outbox.get()) is not None:
                    pipe.write(json.dumps(command).encode() + b"\n")
                    pipe.flush()
        except (BrokenPipeError, ConnectionResetError):
            log.debug("video worker %s no longer reads", self.process_id)  # its "gone" event says the rest


def _event_in(line: bytes) -> Event | None:
    try:
        event = json.loads(line)
    except ValueError:
        event = None
    if isinstance(event, dict) and "event" in event:
        return event
    log.warning("video worker: %s", line.decode(errors="replace").rstrip()[:500])
    return None


def _is_stopped(process_id: int) -> bool:
    """Whether the system holds the process by a signal: such a one never comes to the end of its start."""
    try:
        return Path(f"/proc/{process_id}/stat").read_bytes().rpartition(b") ")[2][:1] in (b"T", b"t")
    except OSError:
        return False  # ended already, or a system without /proc: then the time for a start decides


def _checkout() -> Path:
    """The folder in which `-m console.…` finds this very code, wherever the console was started."""
    return Path(__file__).resolve().parents[2]
