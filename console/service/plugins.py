"""Plugins as an administrator handles them (R22): settings, on and off, what they reported; and the way to ask one something.

The processes themselves run behind `Runner`, which the top floor brings: this floor knows no process.
Every console runs what is on, so that each can ask it; what they report twice changes nothing.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from console.domain.errors import ConsoleError, Denied, Invalid, Missing, Refused, Unavailable
from console.domain.journal import Entry
from console.domain.people import Actor, system_actor
from console.domain.plugin import ADMINISTRATOR, Found, Health, Manifest, Note, Plugin, Value, check_values, lacking
from console.net.vault import Vault
from console.service.desk import Act, Desk
from console.service.ground import Ground
from console.service.register import Preview, Register, TakenIn, digest_of
from console.store import plugins, register, tables

log = logging.getLogger(__name__)
ASK_S = 2.0
MOST_ROWS, MOST_NOTES = 20_000, 50
Message = Mapping[str, object]


class Runner(Protocol):
    """What runs plugins: `console/plugin/host.py`."""

    def found(self) -> tuple[Found, ...]:
        """Every plugin there is, with how it fares."""
        ...

    def start(self, name: str, settings: Mapping[str, object]) -> None:
        """Start one with these settings; one that runs is stopped first."""
        ...

    def stop(self, name: str) -> None:
        """Stop one."""
        ...

    def ask(self, name: str, method: str, arguments: Mapping[str, object], wait_s: float) -> object:
        """Ask one a question. Raises Unavailable."""
        ...


@dataclass
class Told:
    """What a plugin said in this console since it was started; a report counts when it is whole."""

    rows: tuple[object, ...] = ()
    at: datetime | None = None
    notes: deque[Note] = field(default_factory=lambda: deque(maxlen=MOST_NOTES))
    alarms: deque[dict[str, object]] = field(default_factory=lambda: deque(maxlen=MOST_NOTES))
    coming: list[object] = field(default_factory=list)


@dataclass(frozen=True)
class PluginRow:
    """A plugin in the list: its manifest, what was set, how it fares, what it said last and reported."""

    found: Found
    plugin: Plugin | None
    centre: str
    notes: tuple[Note, ...]
    reported: int
    reported_at: datetime | None

    @property
    def is_on(self) -> bool:
        """Whether it is to run."""
        return self.plugin is not None and self.plugin.is_on


class Plugins:
    """What may be done with plugins, and what they say."""

    def __init__(self, desk: Desk, ground: Callable[[], Ground], vault: Vault) -> None:
        self.desk = desk
        self.register = Register(desk, ground)
        self.runner: Runner | None = None
        self._ground, self._vault = ground, vault
        self._told: dict[str, Told] = {}
        self._begun: dict[str, int] = {}  # the version of the settings each one that is on was started with
        self._faults: dict[str, ConsoleError] = {}
        self._lock = threading.Lock()
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def may(self, actor: Actor) -> bool:
        """Whether the actor handles plugins at all (3.5: the system administrator)."""
        return ADMINISTRATOR in actor.roles

    def listed(self, actor: Actor) -> tuple[PluginRow, ...]:
        """Every plugin there is. Raises Denied."""
        self._check(actor)
        with self.desk.store.read() as unit:
            known = plugins.every(unit)
        return tuple(self._row(found, known.get(found.id)) for found in self._runner().found())

    def save(self, actor: Actor, name: str, version: int, values: Mapping[str, object]) -> Plugin:
        """Set a plugin; a secret left empty stays what it is. Raises Denied, Invalid, Refused, Stale."""
        manifest = self._manifest(actor, name)
        checked = check_values(manifest, values)
        secrets = {key: str(checked.pop(key)) for key in manifest.secrets}

        def work(act: Act) -> Plugin:
            old = self._own(act, name, version)
            kept = self._vault.open(old.sealed) if old is not None and not all(secrets.values()) else {}
            sealed = self._vault.seal({key: value or kept.get(key, "") for key, value in secrets.items() if value or kept.get(key)})
            return self._write(act, old, name, "set", settings=checked, sealed=sealed)

        return self.desk.run(actor, work)

    def turn_on(self, actor: Actor, name: str, version: int) -> Plugin:
        """Let a plugin run, here and in every console. Raises Refused("plugin_lacks") while a needed setting is empty."""
        manifest = self._manifest(actor, name)

        def work(act: Act) -> Plugin:
            old = self._own(act, name, version)
            self._complete(manifest, old)
            return self._write(act, old, name, "turn_on", is_on=True)

        return self.desk.run(actor, work)

    def turn_off(self, actor: Actor, name: str, version: int) -> Plugin:
        """Stop a plugin everywhere. Raises Refused("plugin_not_on")."""
        self._check(actor)

        def work(act: Act) -> Plugin:
            old = self._own(act, name, version)
            if old is None or not old.is_on:
                raise Refused("plugin_not_on")
            return self._write(act, old, name, "turn_off", is_on=False)

        return self.desk.run(actor, work)

    def run_once(self, actor: Actor, name: str) -> None:
        """Let a plugin that ends by itself do its work now, in this console. Raises Refused("plugin_lacks")."""
        manifest = self._manifest(actor, name)
        plugin = self._plugin(actor, name)
        self._complete(manifest, plugin)
        self._start(plugin)

    def preview(self, actor: Actor, name: str) -> Preview:
        """What taking in the last report would do. Raises Refused("nothing_reported")."""
        plugin, rows = self._plugin(actor, name), self._rows(name)
        return self.register.preview(actor, plugin, rows)

    def take_in(self, actor: Actor, name: str, digest: str) -> TakenIn:
        """Take in the report that was looked at. Raises Refused("report_changed") when another one came meanwhile."""
        plugin, rows, manifest = self._plugin(actor, name), self._rows(name), self._manifest(actor, name)
        if digest_of(rows) != digest:
            raise Refused("report_changed")
        take = self.register.take_all if manifest.life == "once" else self.register.take_sound
        return take(actor, plugin, rows)

    def ask(self, name: str, method: str, arguments: Mapping[str, object], wait_s: float = ASK_S) -> object:
        """Ask a plugin something; for other services, which know why. Raises Unavailable, in the plugin's words where it has some."""
        try:
            return self._runner().ask(name, method, arguments, wait_s)
        except ConsoleError as said:
            manifest = next((one.manifest for one in self._runner().found() if one.id == name), None)
            words = manifest.words.get(said.code) if manifest is not None else None
            if words is None:
                raise
            raise Unavailable("plugin_said", zh=_filled(words.zh, said), en=_filled(words.en, said)) from said

    def giving(self, what: str) -> dict[str, tuple[str, ...]]:
        """Plugins that run in this console and give something, with all they give; none where no plugin can run."""
        found = self.runner.found() if self.runner is not None else ()
        gives = {one.id: one.manifest.gives for one in found if one.manifest is not None and self._begun.get(one.id)}
        return {name: all_of_it for name, all_of_it in gives.items() if what in all_of_it}

    def told(self, name: str, message: Message) -> None:
        """Hear what a plugin says; comes on a thread of the plugin's. Raises for what is no message."""
        kept, say = self._told.setdefault(name, Told()), message["say"]
        now = self.desk.clock.now()
        if say == "note":
            facts = {str(key): value for key, value in _mapping(message["facts"]).items() if isinstance(value, str | int | float)}
            with self._lock:
                kept.notes.append(Note(str(message["code"])[:60], facts, message.get("is_warning") is True, now))
        elif say == "cameras":
            self._hear_rows(kept, message, now)
        elif say == "online":
            self._hear_states(name, _mapping(message["states"]), now)
        elif say == "alarm":
            alarm = {"key": str(message["key"])[:80], "ref": str(message["ref"])[:120], "kind": str(message["kind"])[:8], "at": now}
            with self._lock:
                if all(one["key"] != alarm["key"] for one in kept.alarms):
                    kept.alarms.append(alarm)
                    kept.notes.append(Note("plugin_alarm", {"kind": alarm["kind"], "ref": alarm["ref"]}, True, now))

    def hear(self, entries: tuple[Entry, ...]) -> None:
        """Listen to the feed: somebody, somewhere, set a plugin."""
        if any(entry.kind == "plugin" for entry in entries):
            self._wake.set()

    def start(self) -> None:
        """Begin to run what is on."""
        self._wake.set()
        self._thread = threading.Thread(target=self._follow, name="plugins", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Run nothing any more."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(10.0)

    def _follow(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait()
            self._wake.clear()
            if self._stopping.is_set():
                return
            try:
                self.sync()
            except ConsoleError as fault:
                log.warning("plugins cannot be looked at: %s", fault)
                if not self._stopping.wait(2.0):
                    self._wake.set()

    def sync(self) -> None:
        """Start what is on, stop what is not, start anew what was set otherwise."""
        with self.desk.store.read() as unit:
            known = plugins.every(unit)
        for found in self._runner().found():
            plugin = known.get(found.id)
            wanted = plugin.version if plugin is not None and plugin.is_on else 0
            if wanted == self._begun.get(found.id, 0):
                continue
            if self._begun.pop(found.id, 0):
                self._runner().stop(found.id)
            if plugin is not None and wanted:
                self._begun[found.id] = wanted
                try:
                    self._start(plugin)
                except ConsoleError as fault:
                    self._faults[found.id] = fault

    def _start(self, plugin: Plugin) -> None:
        self._faults.pop(plugin.name, None)
        manifest = next((one.manifest for one in self._runner().found() if one.id == plugin.name), None)
        known = {**plugin.settings, **self._vault.open(plugin.sealed)}
        if manifest is not None:  # a newer plugin may have settings nobody has seen yet
            known = check_values(manifest, {one.name: known[one.name] for one in manifest.settings if one.name in known})
        self._told[plugin.name] = Told()
        self._runner().start(plugin.name, known)

    def _hear_rows(self, kept: Told, message: Message, now: datetime) -> None:
        rows = message["rows"]
        if not isinstance(rows, list):
            raise ValueError("rows")
        with self._lock:
            kept.coming = [*(() if message["is_first"] else kept.coming), *rows][:MOST_ROWS]
            if message["is_last"]:
                kept.rows, kept.at, kept.coming = tuple(kept.coming), now, []

    def _hear_states(self, name: str, states: Mapping[str, object], now: datetime) -> None:
        known = {str(ref): state for ref, state in states.items() if isinstance(state, bool)}

        def work(act: Act) -> None:
            changed = register.see(act.unit, name, known, now)
            if changed:
                act.note("seen", "camera", 0, 1, {"plugin": name, "changed": changed})

        self.desk.run(system_actor("plugin"), work)

    def _row(self, found: Found, plugin: Plugin | None) -> PluginRow:
        kept = self._told.get(found.id, Told())
        fault = self._faults.get(found.id)
        if fault is not None:
            found = replace(found, health=Health("failed", fault))
        elif found.health.state == "found" and plugin is not None and not plugin.is_on:
            found = replace(found, health=Health("off"))
        centre = self._ground().centres[plugin.centre_id].name if plugin is not None else ""
        with self._lock:
            return PluginRow(found, plugin, centre, tuple(kept.notes), len(kept.rows), kept.at)

    def _write(self, act: Act, old: Plugin | None, name: str, op: str, **changes: object) -> Plugin:
        stamp = {"changed_by": act.actor.user_id, "changed_at": act.now, **changes}
        if old is None:
            fresh = Plugin(0, name, act.actor.centre_id, False, {}, "", act.actor.user_id, act.now)
            stored = act.unit.add(tables.plugin, replace(fresh, **stamp))  # type: ignore[arg-type]
        else:
            stored = act.unit.save(tables.plugin, old, replace(old, **stamp))  # type: ignore[arg-type]
        states = ("on" if old is not None and old.is_on else "off", "on" if stored.is_on else "off")
        act.note(op, "plugin", stored.id, stored.version, {"plugin": name}, states=states)
        return stored

    def _own(self, act: Act, name: str, version: int) -> Plugin | None:
        old = plugins.named(act.unit, name)
        if old is not None:
            self._inside(act.actor, old)
        if (old.version if old is not None else 0) != version:
            raise act.unit.stale("plugin", old.id if old is not None else 0)
        return old

    def _plugin(self, actor: Actor, name: str) -> Plugin:
        self._check(actor)
        with self.desk.store.read() as unit:
            found = plugins.every(unit).get(name)
        if found is None:
            raise Missing("plugin", name)
        self._inside(actor, found)
        return found

    def _inside(self, actor: Actor, plugin: Plugin) -> None:
        centre = self._ground().centres[plugin.centre_id]
        if not actor.centre_path or not centre.path.startswith(actor.centre_path):
            raise Refused("plugin_elsewhere", centre=centre.name)

    def _complete(self, manifest: Manifest, plugin: Plugin | None) -> None:
        values: dict[str, Value] = dict(plugin.settings) if plugin is not None else {}
        values |= self._vault.open(plugin.sealed) if plugin is not None else {}
        empty = lacking(manifest, values)
        if empty:
            names = {"zh": "、".join(one.label.zh for one in empty), "en": ", ".join(one.label.en for one in empty)}
            raise Refused("plugin_lacks", empty[0].name, **names)

    def _manifest(self, actor: Actor, name: str) -> Manifest:
        self._check(actor)
        found = next((one for one in self._runner().found() if one.id == name), None)
        if found is None:
            raise Missing("plugin", name)
        if found.manifest is None:
            raise found.health.reason or Invalid("manifest", "broken_manifest", problem="")
        if found.manifest.is_too_new:
            raise Refused("plugin_too_new", api=found.manifest.api)
        return found.manifest

    def _rows(self, name: str) -> tuple[object, ...]:
        kept = self._told.get(name)
        if kept is None or kept.at is None:
            raise Refused("nothing_reported")
        return kept.rows

    def _runner(self) -> Runner:
        if self.runner is None:
            raise Unavailable("no_plugin_host")
        return self.runner

    def _check(self, actor: Actor) -> None:
        if not self.may(actor):
            raise Denied("role", kind="plugin", action="edit")


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError("no mapping")
    return value


def _filled(words: str, said: ConsoleError) -> str:
    """A plugin's words with its facts; the code where they do not fit."""
    try:
        return words.format(**said.facts)
    except (KeyError, IndexError, ValueError):
        return said.code
