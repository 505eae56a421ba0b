"""The plugins of this console: which folders there are, which of them run, and the way to ask one something."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from console.domain.errors import Missing, Refused, Unavailable
from console.domain.plugin import Found, Health
from console.plugin.connector import BACK_OFF_S, Connector
from console.plugin.manifest import found_in

Told = Callable[[str, Mapping[str, object]], None]


class Host:
    """Starts and stops plugins by name; `told` hears what they report, `changed` that one fares otherwise."""

    def __init__(
        self, root: Path, told: Told, changed: Callable[[str], None] = lambda _name: None, *,
        back_off_s: tuple[float, ...] = BACK_OFF_S,
    ) -> None:  # fmt: skip
        """Look into the folder `root`; nothing runs yet."""
        self._root, self._told, self._changed, self._back_off_s = root, told, changed, back_off_s
        self._lock = threading.Lock()
        self._running: dict[str, Connector] = {}

    def found(self) -> tuple[Found, ...]:
        """Every plugin there is, with how it fares."""
        with self._lock:
            running = dict(self._running)
        return tuple(
            Found(one.id, one.manifest, running[one.id].health) if one.id in running else one for one in found_in(self._root)
        )

    def start(self, name: str, settings: Mapping[str, object]) -> None:
        """Start a plugin with these settings; one that runs is stopped first. Raises Missing, Refused, Invalid."""
        one = next((one for one in found_in(self._root) if one.id == name), None)
        if one is None:
            raise Missing("plugin", name)
        if one.manifest is None:
            assert one.health.reason is not None
            raise one.health.reason
        if one.manifest.is_too_new:
            raise Refused("plugin_too_new", api=one.manifest.api)
        self.stop(name)
        made = Connector(
            self._root / name, one.manifest, settings, lambda message: self._told(name, message),
            changed=lambda _health: self._changed(name), back_off_s=self._back_off_s,
        )  # fmt: skip
        with self._lock:
            self._running[name] = made

    def stop(self, name: str) -> None:
        """Stop a plugin; one that does not run stays so."""
        with self._lock:
            connector = self._running.pop(name, None)
        if connector is not None:
            connector.stop()

    def stop_all(self) -> None:
        """Stop all, beside one another."""
        with self._lock:
            names = list(self._running)
        threads = [threading.Thread(target=self.stop, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def ask(self, name: str, method: str, arguments: Mapping[str, object], wait_s: float) -> object:
        """A question to a plugin. Raises Unavailable when it does not run, does not answer, or cannot."""
        return self._connector(name).ask(method, arguments, wait_s)

    def health(self, name: str) -> Health:
        """How one fares; "off" when it does not run."""
        with self._lock:
            connector = self._running.get(name)
        return connector.health if connector is not None else Health("off")

    def pid(self, name: str) -> int:
        """The number of a plugin's process; 0 while there is none."""
        with self._lock:
            connector = self._running.get(name)
        return connector.pid if connector is not None else 0

    def _connector(self, name: str) -> Connector:
        with self._lock:
            connector = self._running.get(name)
        if connector is None:
            raise Unavailable("plugin_off", name=name)
        return connector
