"""The life of one plugin: started, watched, started again after 1, 5, 30, 300 seconds, and stopped."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from console.domain.errors import ConsoleError, Unavailable
from console.domain.plugin import Health, Manifest
from console.plugin.process import Process

log = logging.getLogger(__name__)
BACK_OFF_S = (1.0, 5.0, 30.0, 300.0)
STEADY_S = 60.0  # who ran that long starts over with the shortest wait
Told = Callable[[Mapping[str, object]], None]


class Connector:
    """Keeps one plugin running, or lets it run once, until `stop`."""

    def __init__(
        self, folder: Path, manifest: Manifest, settings: Mapping[str, object], told: Told, *,
        changed: Callable[[Health], None] = lambda _health: None, back_off_s: tuple[float, ...] = BACK_OFF_S,
    ) -> None:  # fmt: skip
        """Start it; `told` hears its messages, `changed` each new state of it."""
        self.health = Health("starting")
        self._folder, self._manifest, self._settings = folder, manifest, settings
        self._told, self._changed, self._back_off_s = told, changed, back_off_s
        self._process: Process | None = None
        self._starts = self._fails = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"plugin-{manifest.id}", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """The number of its process; 0 while there is none."""
        process = self._process
        return process.pid if process is not None else 0

    def ask(self, method: str, arguments: Mapping[str, object], wait_s: float) -> object:
        """A question to the plugin. Raises Unavailable."""
        process = self._process
        if process is None or self.health.state != "running":
            raise Unavailable("plugin_off", name=self._manifest.id)
        return process.ask(method, arguments, wait_s)

    def stop(self) -> None:
        """End it within two seconds; no process is left."""
        self._stopping.set()
        process = self._process
        if process is not None:
            process.stop()
        self._thread.join(5.0)
        self._tell(Health("off", starts=self._starts))

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._starts += 1
            began = time.monotonic()
            self._tell(Health("starting", starts=self._starts))
            failure, garbage = self._live()
            if self._stopping.is_set():
                return
            if failure is None and self._manifest.life == "once":
                self._tell(Health("off", starts=self._starts, garbage=garbage))
                return
            failure = failure or Unavailable("plugin_ended")
            self._fails = 0 if time.monotonic() - began > STEADY_S else self._fails
            wait_s = self._back_off_s[min(self._fails, len(self._back_off_s) - 1)]
            self._fails += 1
            log.warning("plugin %s: %s; again in %g s", self._manifest.id, failure.code, wait_s)
            if self._manifest.life == "once":
                self._tell(Health("failed", failure, 0.0, self._starts, garbage))
                return
            self._tell(Health("failed", failure, wait_s, self._starts, garbage))
            self._stopping.wait(wait_s)

    def _live(self) -> tuple[ConsoleError | None, int]:
        try:
            process = Process(self._folder, self._settings, self._hear)
        except ConsoleError as fault:
            return fault, 0
        self._process = process
        if self._stopping.is_set():
            process.stop()
        while not process.ended(1.0):
            if process.garbage != self.health.garbage:
                self._tell(Health(self.health.state, None, 0.0, self._starts, process.garbage))
        process.stop()
        self._process = None
        return process.failure, process.garbage

    def _hear(self, message: Mapping[str, object]) -> None:
        if message.get("say") == "running":
            self._tell(Health("running", starts=self._starts))
        else:
            self._told(message)

    def _tell(self, health: Health) -> None:
        self.health = health
        self._changed(health)
