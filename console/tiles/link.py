"""The console's end of the process that makes map pictures: commands never wait, and one that dies is started again."""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias

from console.domain.basemap import Basemap, Tile
from console.tiles.process import HEAD

log = logging.getLogger(__name__)
WAITS_S = (0.5, 1.0, 5.0, 30.0)  # before another process is started
STOP_S = 2.0

Frame: TypeAlias = tuple[int, Tile, int, bytes]  # what it is, the tile, the number of its base map, pixels or JSON
Heard = Callable[[Frame], None]


class Links:
    """The links of a console, each with a process of its own over the same kept pictures; all end with the program."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._made: list[Link] = []

    def link(self, heard: "Heard") -> "Link":
        """Another link."""
        self._made = [one for one in self._made if not one.is_over]
        self._made.append(Link(self._cache, heard))
        return self._made[-1]

    def stop(self) -> None:
        """End all of them."""
        for one in self._made:
            one.stop()


class Link:
    """One process at a time; `heard` is called from a thread of this object's."""

    def __init__(self, cache: Path, heard: Heard) -> None:
        """Nothing runs before the first base map is opened."""
        self._cache, self._heard = cache, heard
        self._turn = threading.Condition()
        self._opened: dict[str, object] | None = None
        self._wanted: list[Tile] = []
        self._is_told = False  # whether the process knows what is opened
        self._is_new = False  # whether it does not know what is wanted
        self._is_stopped = False
        self._process: subprocess.Popen[bytes] | None = None
        self._threads: list[threading.Thread] = []
        self.starts = 0

    def open(self, number: int, base: Basemap, key: str, *, is_night: bool) -> None:
        """Make pictures of this base map from now on."""
        with self._turn:
            self._opened = {"do": "open", "number": number, "map": asdict(base), "key": key, "night": is_night}
            self._wanted, self._is_told, self._is_new = [], False, False
            if not self._threads and not self._is_stopped:
                self._threads = [
                    threading.Thread(target=task, name=f"map-{task.__name__.strip('_')}", daemon=True) for task in (self._keep, self._write)
                ]
                for thread in self._threads:
                    thread.start()
            self._turn.notify_all()

    def want(self, tiles: Sequence[Tile]) -> None:
        """Make these pictures now, the first ones first, and forget what was wanted before."""
        with self._turn:
            self._wanted, self._is_new = list(tiles), True
            self._turn.notify_all()

    @property
    def is_over(self) -> bool:
        """Whether it was ended and its process has gone."""
        return self._is_stopped and not any(thread.is_alive() for thread in self._threads)

    @property
    def process_id(self) -> int:
        """The process, for logs and for tests that kill it; 0 while none runs."""
        return self._process.pid if self._process is not None else 0

    def leave(self) -> None:
        """Let the process end by itself, without waiting for it."""
        with self._turn:
            self._is_stopped = True
            self._turn.notify_all()

    def stop(self) -> None:
        """End the process and the threads."""
        self.leave()
        with self._turn:
            process = self._process
        if process is not None:
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
        for thread in self._threads:
            thread.join()
        self._threads = []

    def _keep(self) -> None:
        """Start a process, read it to its end, and start another one after a while."""
        failures = 0
        while not self._is_stopped:
            try:
                process = subprocess.Popen(
                    [sys.executable, "-m", "console.tiles.process", str(self._cache)],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).resolve().parents[2],
                )  # fmt: skip
            except OSError as full:
                log.warning("no process for map pictures: %s", full)
            else:
                with self._turn:
                    self._process, self._is_told, self._is_new = process, False, bool(self._wanted)
                    self.starts += 1
                    self._turn.notify_all()
                    if self._is_stopped:
                        process.kill()  # nobody is left to tell it
                failures = 0 if self._read(process) else failures
                with self._turn:
                    self._process = None
                    self._turn.notify_all()
                code = process.wait()
                if not self._is_stopped:
                    log.warning("the process for map pictures ended (%s)", code)
            with self._turn:
                self._turn.wait_for(lambda: self._is_stopped, WAITS_S[min(failures, len(WAITS_S) - 1)])
            failures += 1

    def _read(self, process: "subprocess.Popen[bytes]") -> bool:
        """Hear a process to its end; whether it said anything."""
        assert process.stdout is not None
        has_said = False
        with process.stdout as answers:
            while len(head := answers.read(HEAD.size)) == HEAD.size:
                what, level, column, row, number, size = HEAD.unpack(head)
                content = answers.read(size)
                if len(content) == size:
                    has_said = True
                    self._heard((what, (level, column, row), number, content))
        return has_said

    def _write(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._is_stopped or (self._process is not None and (not self._is_told or self._is_new)))
                process, lines = self._process, []
                if not self._is_told and self._opened is not None:
                    lines.append(self._opened)
                if self._is_new and self._opened is not None:
                    lines.append({"do": "want", "number": self._opened["number"], "tiles": self._wanted})
                self._is_told, self._is_new = True, False
                is_last = self._is_stopped
            if process is not None and process.stdin is not None:
                try:
                    for line in lines if not is_last else ():
                        process.stdin.write(json.dumps(line).encode() + b"\n")
                    process.stdin.flush()
                    if is_last:
                        process.stdin.close()
                except (BrokenPipeError, ValueError):
                    log.debug("process %s for map pictures no longer reads", process.pid)  # `_keep` sees its end
            if is_last:
                return
