"""Recorded pictures: what recorders have, and opening them for who has leave; no address exists before its access row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.domain.camera import Camera, VideoAccess
from console.domain.errors import ConsoleError, Denied, Missing, Refused, Unavailable
from console.domain.footage import Footage, Stretch
from console.domain.limits import CHINA
from console.domain.people import Actor
from console.domain.video_leave import PLAYBACK, RESIDENT, VideoLeave, Wish, may_ask, under
from console.service.desk import Act, Desk
from console.service.plugins import Plugins
from console.service.video_leaves import check_fit, checked, usable
from console.store import register, tables, video
from console.store.find import clips, places
from console.store.scope import Scope
from console.store.unit import Unit
from console.video.source import parse

WAIT_S = 20.0  # a recorder looks for its files first
MOST_PARTS = 500
Recorder = tuple[str, str]  # a plugin, and its name for the camera


@dataclass(frozen=True)
class _Opened:
    access: VideoAccess
    camera: Camera
    recorders: tuple[Recorder, ...]


class Recordings:
    """Finds and opens recordings through the plugins that give them. Ask in a reading thread: it may take seconds."""

    def __init__(self, desk: Desk, plugins: Plugins) -> None:
        self.desk = desk
        self._plugins = plugins

    def find(self, actor: Actor, camera_ids: Sequence[int], start: datetime, end: datetime) -> tuple[Stretch, ...]:
        """What recorders have of these cameras, by camera and time; one that does not answer stands in nobody's way.

        Raises Denied for who uses no recordings, Missing for a camera outside the actor's area, and Unavailable where nothing
        was found and a recorder did not answer: that is not the same as nothing recorded.
        """
        if not may_ask(actor):
            raise Denied("role")
        with self.desk.store.read() as unit:
            cameras = [places.camera_by_id(unit, Scope(actor), one) for one in camera_ids]
            ways = {one.id: self._recorders(unit, one) for one in cameras}
        faults: list[Unavailable] = []
        found = tuple(part for one in cameras for part in self._stretches(one, ways[one.id], (start, end), faults))
        if not found and faults:
            raise faults[-1]
        return found

    def open(
        self, actor: Actor, camera_ids: Sequence[int], start: datetime, end: datetime, *, purpose: str, reason: str,
        case_id: int | None = None,
    ) -> tuple[Footage, ...]:  # fmt: skip
        """Open recordings under a leave that covers case, cameras and period; cameras without a picture are left out.

        Raises Denied for who uses no recordings, Refused where no leave covers it, Missing, Invalid, and
        Unavailable("no_recording") when no recorder has anything: then
        nothing stays open. Source: handbook G1.
        """
        if not may_ask(actor):
            raise Denied("role")
        wish = checked(self.desk, actor, PLAYBACK, Wish(tuple(camera_ids), start, end, purpose, reason, case_id), is_new=False)
        opened = self.desk.run(actor, lambda act: self._open(act, wish))
        found: list[Footage] = []
        empty: list[int] = []
        said: ConsoleError = Unavailable("no_recording")
        for one in opened:
            try:
                found += self._footage(one, wish)
            except ConsoleError as fault:
                empty.append(one.access.id)
                said = fault
        self.close(actor, empty)
        if not found:
            raise said
        return tuple(found)

    def look_back(self, actor: Actor, access_id: int, start: datetime, end: datetime) -> int:
        """Look once more at what a camera one looks through live has just shown, for an open case of P1 or P2: the row's id.

        What the console keeps of such a look (video.md 2) needs no leave of its own; the row has the look's purpose and reason.
        Raises Missing for a look that has ended, Refused("nothing_kept") when its case is not urgent, and as `check_fit` does.
        """

        def work(act: Act) -> int:
            look = video.open_look(act.unit, access_id, act.actor.user_id)
            if look is None:
                raise Missing("video", access_id)
            if look.case_id is None or not clips.urgent(act.unit, act.scope, (look.case_id,)):
                raise Refused("nothing_kept")
            check_fit(act)
            seen = replace(look, id=0, kind=PLAYBACK, opened_at=act.now, closed_at=None, period_from=start, period_to=end)
            row = act.unit.add(tables.video_access, seen)
            facts: dict[str, object] = {"camera": look.camera_id, "purpose": look.purpose, "case": look.case_id, "from": access_id}
            act.note("look", "video", row.id, 1, facts, states=("", PLAYBACK))
            return row.id

        return self.desk.run(actor, work)

    def close(self, actor: Actor, access_ids: Sequence[int]) -> None:
        """The looks have ended; their rows get the time. Closing twice changes nothing."""

        def work(act: Act) -> None:
            for access_id in access_ids:
                if video.close(act.unit, access_id, actor.user_id, act.now):
                    act.note("look_away", "video", access_id, 2, {}, states=(PLAYBACK, "closed"))

        if access_ids:
            self.desk.run(actor, work)

    def _open(self, act: Act, wish: Wish) -> tuple[_Opened, ...]:
        cameras = [places.camera_by_id(act.unit, act.scope, one) for one in wish.cameras]
        leaves = usable(act, PLAYBACK, wish, {one.id: one.code for one in cameras})
        return tuple(_Opened(_look(act, one, wish, leaves[one.id]), one, self._recorders(act.unit, one)) for one in cameras)

    def _recorders(self, unit: Unit, camera: Camera) -> tuple[Recorder, ...]:
        """Where a camera came from, if that records; then whatever records by hall numbers."""
        giving = self._plugins.giving("records")
        source = register.source_of(unit, camera.id)
        own = [(source.plugin, source.ref)] if source is not None and source.plugin in giving else []
        apart = [(name, camera.code) for name in giving if not own and "cameras" not in giving[name]]
        return (*own, *apart)

    def _stretches(
        self, camera: Camera, ways: Sequence[Recorder], period: tuple[datetime, datetime], faults: list[Unavailable]
    ) -> tuple[Stretch, ...]:
        found, (start, end) = [], period
        for recorder in ways:
            try:
                rows = self._ask(recorder, "records", camera, period)
            except Unavailable as fault:
                faults.append(fault)
                continue
            for row in rows if isinstance(rows, list) else ():
                begins, ends = _time(camera, row, "start"), _time(camera, row, "end")
                if begins is not None and ends is not None and begins < end and ends > start:
                    found.append(Stretch(camera.id, max(begins, start), min(ends, end)))
        return tuple(sorted(found, key=lambda one: one.starts_at)[:MOST_PARTS])

    def _footage(self, opened: _Opened, wish: Wish) -> tuple[Footage, ...]:
        said: ConsoleError = Unavailable("no_recording")
        for recorder in opened.recorders:
            try:
                told = self._ask(recorder, "playback", opened.camera, (wish.starts_at, wish.ends_at))
            except Unavailable as fault:
                said = fault
                continue
            if found := _parts(opened, wish, told):
                return found
        raise said

    def _ask(self, recorder: Recorder, method: str, camera: Camera, period: tuple[datetime, datetime]) -> object:
        plugin, ref = recorder
        start, end = (_written(camera, at) for at in period)
        return self._plugins.ask(plugin, method, {"ref": ref, "start": start, "end": end}, WAIT_S)


def _look(act: Act, camera: Camera, wish: Wish, leave: VideoLeave) -> VideoAccess:
    who = act.actor
    made = VideoAccess(
        0, camera.id, PLAYBACK, wish.purpose, wish.case_id, wish.reason, who.user_id, who.name, who.org_id, who.seat, act.now
    )
    row = act.unit.add(tables.video_access, under(made, leave, wish.starts_at, wish.ends_at))
    facts: dict[str, object] = {"camera": camera.id, "purpose": wish.purpose, "case": wish.case_id, "leave": leave.id}
    act.note("look", "video", row.id, 1, facts, states=("", PLAYBACK))
    return row


def _parts(opened: _Opened, wish: Wish, told: object) -> tuple[Footage, ...]:
    if not isinstance(told, dict):
        return ()
    parts = told.get("parts")
    rows = parts if isinstance(parts, list) else [told]
    found = []
    for row in rows[:MOST_PARTS]:
        address = row.get("main") if isinstance(row, dict) else None
        if not isinstance(address, str) or not address:
            continue
        starts = _time(opened.camera, row, "start") or wish.starts_at
        ends = _time(opened.camera, row, "end") or wish.ends_at
        is_covered = wish.purpose == RESIDENT
        found.append(Footage(opened.access.id, opened.camera, parse(address).for_player(), starts, ends, is_covered))
    return tuple(sorted(found, key=lambda one: one.starts_at))


def _written(camera: Camera, at: datetime) -> str:
    """A true time as the recorder's clock shows it in China."""
    return f"{(at + _offset(camera)).astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def _time(camera: Camera, row: object, name: str) -> datetime | None:
    said = row.get(name) if isinstance(row, dict) else None
    try:
        return datetime.fromisoformat(str(said)).replace(tzinfo=CHINA) - _offset(camera) if said else None
    except ValueError:
        return None


def _offset(camera: Camera) -> timedelta:
    """How far a camera's recorder is ahead of true time."""
    return timedelta(seconds=float(getattr(camera, "clock_offset_s", 0.0)))


