"""Turning cameras: one hand at a time, with a reason, and never longer than somebody holds the key.

Who turns holds a lease that everybody sees; who needs the camera more takes it over and says
why. Every lease has its VideoAccess row. A move that is not renewed within three seconds is
stopped by this console; the plugin does the same when the console is gone.
"""

import logging
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from console.domain.camera import Camera, VideoAccess
from console.domain.codes import known
from console.domain.errors import ConsoleError, Invalid, Refused
from console.domain.journal import Entry
from console.domain.people import Actor
from console.domain.ptz import DEAD_MAN_S, LEASE_S, PRESET_MAX, RENEW_S, Lease, Move, Preset
from console.domain.texts import check_text
from console.service.desk import Act, Desk
from console.service.plugins import Plugins
from console.service.video import REASON_MAX, REASON_MIN, WITH_CASE
from console.store import ptz, register, tables, video
from console.store.find import cases, places
from console.store.scope import Scope

log = logging.getLogger(__name__)
KIND = "PTZ"


@dataclass(frozen=True)
class _Moving:
    """A camera this console turns: by whose hand, and when it stands still unless somebody renews it."""

    source: register.Source
    hand: tuple[int, str]
    until: float

    @property
    def camera_id(self) -> int:
        return self.source.camera_id


@dataclass(frozen=True)
class Purpose:
    """Why somebody turns a camera: a CT-26 purpose, a reason in words, and the case when there is one."""

    code: str
    reason: str
    case_id: int | None = None


class Ptz:
    """Leases and moves. Operations write; `move`, `stop` and presets ask the plugin and may take a second."""

    def __init__(self, desk: Desk, plugins: Plugins) -> None:
        self.desk = desk
        self._plugins = plugins
        self._moving: dict[int, _Moving] = {}
        self._lock = threading.Lock()
        self._news, self._stopping = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def holder(self, actor: Actor, camera_id: int) -> Lease | None:
        """Who holds a camera now; None when nobody does. Raises Missing, Refused("no_ptz")."""
        with self.desk.store.read() as unit:
            places.camera_by_id(unit, Scope(actor), camera_id)
            _turnable(register.source_of(unit, camera_id))
            lease = ptz.lease_of(unit, camera_id)
        return lease if lease is not None and not lease.is_over(self.desk.clock.now()) else None

    def holders(self, actor: Actor, camera_ids: Collection[int]) -> tuple[Lease, ...]:
        """Who holds which of these cameras now; those the actor may not look through are left out."""
        with self.desk.store.read() as unit:
            inside = [camera.id for camera in places.cameras_of(unit, Scope(actor), camera_ids)]
            leases = ptz.leases_of(unit, inside) if inside else ()
        now = self.desk.clock.now()
        return tuple(lease for lease in leases if not lease.is_over(now))

    def hold(self, actor: Actor, camera_id: int, why: Purpose) -> Lease:
        """Begin to turn a camera. Raises Refused("ptz_held") naming who does, Refused("no_ptz"), Invalid, Missing."""
        self._check(actor, why)

        def work(act: Act) -> Lease:
            camera, lease = self._camera(act, camera_id, why), ptz.locked(act.unit, camera_id)
            if lease is not None and not lease.is_over(act.now) and not _is_of(lease, actor):
                raise Refused("ptz_held", by=lease.user_name, seat=lease.seat, since=lease.since.isoformat())
            return self._given(act, camera, lease, why, "ptz_hold")

        return self.desk.run(actor, work)

    def take_over(self, actor: Actor, camera_id: int, why: Purpose) -> Lease:
        """Take a camera from who turns it; the reason stands in both their rows. Raises as `hold`, but for "ptz_held"."""
        self._check(actor, why)
        lease = self.desk.run(
            actor, lambda act: self._given(act, self._camera(act, camera_id, why), ptz.locked(act.unit, camera_id), why, "ptz_take_over"),
        )  # fmt: skip
        self._halt(camera_id)  # the other hand's movement ends with its lease
        return lease

    def release(self, actor: Actor, camera_id: int) -> None:
        """Turn it no more; releasing what one does not hold changes nothing."""
        self._halt(camera_id, only_own=True)

        def work(act: Act) -> None:
            lease = ptz.locked(act.unit, camera_id)
            if lease is not None and _is_of(lease, actor):
                self._ended(act, lease)
                ptz.drop(act.unit, camera_id)

        self.desk.run(actor, work)

    def move(self, actor: Actor, camera_id: int, move: Move) -> None:
        """Turn, for three seconds at most: say it again to go on. Raises Invalid, Refused("ptz_not_held"), Unavailable."""
        if move.checked().is_still:
            self.stop(actor, camera_id)
            return
        source = self._held(actor, camera_id)
        with self._lock:  # before it turns, so that nothing can make it turn for ever
            self._moving[camera_id] = _Moving(source, (actor.user_id, actor.seat), time.monotonic() + DEAD_MAN_S)
        self._news.set()
        self._ask(source, "move", {"pan": move.pan, "tilt": move.tilt, "zoom": move.zoom})

    def stop(self, actor: Actor, camera_id: int) -> None:
        """Stand still. Raises Refused("ptz_not_held"), Unavailable."""
        source = self._held(actor, camera_id)
        with self._lock:
            self._moving.pop(camera_id, None)
        self._ask(source, "stop", {})

    def presets(self, actor: Actor, camera_id: int) -> tuple[Preset, ...]:
        """The places a camera can be sent to. Raises Missing, Refused("no_ptz"), Unavailable."""
        with self.desk.store.read() as unit:
            places.camera_by_id(unit, Scope(actor), camera_id)
            source = register.source_of(unit, camera_id)
        found = self._ask(_turnable(source), "presets", {})
        rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
        return tuple(Preset(str(row.get("id"))[:PRESET_MAX], str(row.get("name"))[:PRESET_MAX]) for row in rows)

    def goto_preset(self, actor: Actor, camera_id: int, preset: str) -> None:
        """Send a camera to a preset. Raises Refused("ptz_not_held"), Unavailable."""
        self._send(actor, camera_id, "goto_preset", {"preset": check_text("preset", preset, PRESET_MAX)})

    def turn_to(self, actor: Actor, camera_id: int, preset: str, why: Purpose) -> None:
        """Send a camera to a preset, by its number or name, and let it go: for patrols and carousels, whose turn has come.

        Raises Refused("no_such_preset") and what `hold` raises: nobody's hand is pushed away.
        """
        wanted = check_text("preset", preset, PRESET_MAX)
        was_held = (lease := self.holder(actor, camera_id)) is not None and _is_of(lease, actor)
        self.hold(actor, camera_id, why)
        try:
            found = next((one for one in self.presets(actor, camera_id) if wanted in (one.id, one.name)), None)
            if found is None:
                raise Refused("no_such_preset", preset=wanted)
            self.goto_preset(actor, camera_id, found.id)
        finally:
            if not was_held:
                self.release(actor, camera_id)

    def home(self, actor: Actor, camera_id: int) -> None:
        """Send a camera to where it belongs. Raises Refused("ptz_not_held"), Unavailable."""
        self._send(actor, camera_id, "home", {})

    def hear(self, entries: tuple[Entry, ...]) -> None:
        """Listen to the feed: a camera this console turns was taken over, maybe at another one."""
        taken = {entry.facts.get("camera"): (entry.actor, entry.seat) for entry in entries if entry.op == "ptz_take_over"}
        with self._lock:
            for camera_id, hand in taken.items():
                moving = self._moving.get(camera_id) if isinstance(camera_id, int) else None
                if moving is not None and moving.hand != hand:
                    self._moving[moving.camera_id] = replace(moving, until=0.0)
        if taken:
            self._news.set()

    def start(self) -> None:
        """Begin to watch for moves nobody renews."""
        self._thread = threading.Thread(target=self._watch, name="ptz", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop whatever this console turns, and watch no more."""
        self._stopping.set()
        self._news.set()
        if self._thread is not None:
            self._thread.join(10.0)
        for camera_id in list(self._moving):
            self._halt(camera_id, only_own=True)

    def _check(self, actor: Actor, why: Purpose) -> None:
        known(self.desk.book.of(actor.centre_id).video_purposes, why.code, "purpose")
        words = check_text("reason", why.reason.strip(), REASON_MAX)
        if len(words) < REASON_MIN:
            raise Invalid("reason", "reason_length", least=REASON_MIN, most=REASON_MAX)
        if why.code in WITH_CASE and why.case_id is None:
            raise Invalid("case", "purpose_needs_case", purpose=why.code)

    def _camera(self, act: Act, camera_id: int, why: Purpose) -> Camera:
        camera = places.camera_by_id(act.unit, act.scope, camera_id)
        _turnable(register.source_of(act.unit, camera_id))
        if why.case_id is not None:
            cases.case_by_id(act.unit, act.scope, why.case_id)
        return camera

    def _given(self, act: Act, camera: Camera, before: Lease | None, why: Purpose, op: str) -> Lease:
        who, facts = act.actor, {"camera": camera.id, "purpose": why.code, "case": why.case_id}
        if before is not None and not before.is_over(act.now):
            if _is_of(before, who) and op == "ptz_hold":
                return before
            facts["from"] = before.user_id
        if before is not None:
            self._ended(act, before)
        row = VideoAccess(
            0, camera.id, KIND, why.code, why.case_id, why.reason.strip(), who.user_id, who.name, who.org_id, who.seat, act.now,
        )  # fmt: skip
        row = act.unit.add(tables.video_access, row)
        act.note(op, "video", row.id, 1, facts, states=("", KIND))
        lease = Lease(camera.id, row.id, who.user_id, who.name, who.seat, act.now, act.now + timedelta(seconds=LEASE_S))
        ptz.put(act.unit, lease)
        return lease

    def _ended(self, act: Act, lease: Lease) -> None:
        end = min(act.now, lease.until)
        if video.close(act.unit, lease.access_id, lease.user_id, end):
            act.note("ptz_end", "video", lease.access_id, 2, {"camera": lease.camera_id}, states=(KIND, "closed"))

    def _held(self, actor: Actor, camera_id: int) -> register.Source:
        """Where a camera the actor holds came from; the lease lives on with its use."""
        now = self.desk.clock.now()
        with self.desk.store.read() as unit:
            lease, source = ptz.lease_of(unit, camera_id), register.source_of(unit, camera_id)
        if lease is None or lease.is_over(now) or not _is_of(lease, actor):
            raise Refused("ptz_not_held")
        if (lease.until - now).total_seconds() < LEASE_S - RENEW_S:
            self.desk.run(actor, lambda act: self._renewed(act, camera_id))
        return _turnable(source)

    def _renewed(self, act: Act, camera_id: int) -> None:
        lease = ptz.locked(act.unit, camera_id)
        if lease is None or not _is_of(lease, act.actor):
            raise Refused("ptz_not_held")
        ptz.put(act.unit, replace(lease, until=act.now + timedelta(seconds=LEASE_S)))

    def _send(self, actor: Actor, camera_id: int, method: str, arguments: Mapping[str, object]) -> None:
        source = self._held(actor, camera_id)
        with self._lock:
            self._moving.pop(camera_id, None)
        self._ask(source, method, arguments)

    def _ask(self, source: register.Source, method: str, arguments: Mapping[str, object]) -> object:
        return self._plugins.ask(source.plugin, method, {"ref": source.ref, **arguments})

    def _halt(self, camera_id: int, *, only_own: bool = False) -> None:
        """Let a camera stand still, whoever turned it; what cannot be told so is left to the plugin's own three seconds."""
        with self._lock:
            moving = self._moving.pop(camera_id, None)
        if moving is None and only_own:
            return
        with self.desk.store.read() as unit:
            source = moving.source if moving is not None else register.source_of(unit, camera_id)
        if source is not None:
            self._tell_to_stop(source)

    def _tell_to_stop(self, source: register.Source) -> None:
        try:
            self._ask(source, "stop", {})
        except ConsoleError as fault:
            log.warning("a camera could not be told to stand still: %s", fault.code)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            with self._lock:
                ends = [moving.until for moving in self._moving.values()]
            self._news.wait(max(0.0, min(ends) - time.monotonic()) if ends else None)
            self._news.clear()
            with self._lock:
                late = [moving for moving in self._moving.values() if time.monotonic() >= moving.until]
                for moving in late:
                    del self._moving[moving.camera_id]
            for moving in late:
                self._tell_to_stop(moving.source)


def _turnable(source: register.Source | None) -> register.Source:
    if source is None or not source.ptz:
        raise Refused("no_ptz")
    return source


def _is_of(lease: Lease, actor: Actor) -> bool:
    return (lease.user_id, lease.seat) == (actor.user_id, actor.seat)
