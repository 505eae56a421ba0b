"""Walking along a patrol plan: what was really seen is proven bit by bit, and what was seen wrong becomes a report.

A second counts that the seat painted and that an access row of the same person answers for; more
than has passed since the last proof is never taken. What is proven stays, whatever becomes of the seat.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from console.domain.camera import Camera
from console.domain.errors import Denied, Invalid, Missing, Refused
from console.domain.patrol import GONE, LEADERS, WHY_MAX, PatrolFinding, PatrolLine, PatrolRun, PatrolStop, Shift, Walk, shift_at
from console.domain.people import Actor
from console.domain.report import Draft, Receipt
from console.domain.texts import check_text
from console.service.desk import Act, Desk, Facts
from console.service.patrol_plans import PatrolPlans
from console.service.reports import Reports
from console.store import patrols as store
from console.store import tables
from console.store.find import patrols, places
from console.store.scope import CAMERA_ROLES, Scope
from console.store.unit import Unit

SOURCE = "06"  # CT-05: found by video patrol
MOMENT = timedelta(seconds=1)
SLACK_MS = 1_000  # two clocks never agree to the millisecond


@dataclass(frozen=True)
class Going:
    """A walk with those of its cameras that are there for the actor."""

    walk: Walk
    cameras: tuple[Camera, ...]


@dataclass(frozen=True)
class Finding:
    """What somebody saw on patrol, in words and by category; `key` is a UUID, the same when it is sent again."""

    key: str
    category: str
    words: str


class Patrols:
    """Walks of one's own. Every operation raises Missing for a walk that has ended or is somebody else's."""

    def __init__(self, desk: Desk, reports: Reports) -> None:
        self.desk = desk
        self.plans = PatrolPlans(desk)
        self._reports = reports

    def going(self, actor: Actor) -> Going | None:
        """The walk the actor broke off within a shift, or none."""
        with self.desk.store.read() as unit:
            walk = store.going(unit, actor.user_id, self.desk.clock.now())
            return _with_cameras(unit, Scope(actor), walk) if walk is not None else None

    def begin(self, actor: Actor, plan_id: int) -> Going:
        """Walk along a plan of the own centre; a walk the actor left open ends. Raises Denied, Missing."""

        def work(act: Act) -> Going:
            plan = patrols.plan_by_id(act.unit, act.scope, plan_id)
            if plan is None:
                raise Missing("patrol_plan", plan_id)
            for left in store.open_runs(act.unit, actor.user_id):
                _save(act, "end", left, Walk(left, store.stops_of(act.unit, left.id)).broken_off(), ends=True)
            shift = shift_at(act.now, act.codes.shifts)
            run = PatrolRun(0, plan.id, plan.centre_id, plan.name, shift.code, shift.starts, actor.user_id, actor.name, actor.seat, act.now,
                            act.now)  # fmt: skip
            run = act.unit.add(tables.patrol_run, run)
            stops = [PatrolStop(0, run.id, at, stop.camera_id, stop.dwell_s, stop.preset) for at, stop in enumerate(plan.route)]
            store.add_stops(act.unit, stops)
            act.note("begin", "patrol_run", run.id, 1, {"plan": plan.id, "shift": shift.code}, states=("", "going"))
            return self._begun(act, run)

        if not actor.holds_any(CAMERA_ROLES):
            raise Denied("role")
        return self.desk.run(actor, work)

    def _begun(self, act: Act, run: PatrolRun) -> Going:
        walk = Walk(run, store.stops_of(act.unit, run.id))
        going = _with_cameras(act.unit, act.scope, walk)
        there, lost = {camera.id for camera in going.cameras}, walk
        for stop in walk.stops:
            lost = lost if stop.camera_id in there else lost.lost(stop.place, GONE)
        return replace(going, walk=_save(act, "lose", run, lost) if lost != walk else walk)

    def prove(self, actor: Actor, run_id: int, shown_ms: Mapping[int, int]) -> Walk:
        """Cameras were seen since the last proof, each for so many milliseconds, by the place of its stop.

        Raises Refused("patrol_without_look") for a camera no patrol look of the actor was open through.
        """

        def work(act: Act, walk: Walk) -> Walk:
            left = (act.now - walk.run.proven_at).total_seconds() * 1000 + SLACK_MS
            proven = walk
            for place, ms in sorted(shown_ms.items()):
                camera_id = walk.stop(place).camera_id
                if not store.has_look(act.unit, actor.user_id, camera_id, walk.run.proven_at):
                    raise Refused("patrol_without_look", camera=camera_id)
                taken = min(max(0, ms), int(left))
                left -= taken
                proven = proven.seen(place, taken)
            return _save(act, "prove", walk.run, proven, proves=True)

        return self._on(actor, run_id, work)

    def leave_out(self, actor: Actor, run_id: int, place: int, why: str) -> Walk:
        """Leave a camera out, for a reason. Raises Invalid without one."""
        words = check_text("reason", why.strip(), WHY_MAX)
        if not words:
            raise Invalid("reason", "needs_text")
        return self._on(actor, run_id, lambda act, walk: _save(act, "leave_out", walk.run, walk.passed(place, words)))

    def miss(self, actor: Actor, run_id: int, place: int) -> Walk:
        """A camera has no live picture: it comes again at the end, and is missed when it has none then either."""
        return self._on(actor, run_id, lambda act, walk: _save(act, "miss", walk.run, walk.absent(place)))

    def end(self, actor: Actor, run_id: int) -> Walk:
        """The walk is over; what was not seen is missed."""
        return self._on(actor, run_id, lambda act, walk: _save(act, "end", walk.run, walk.broken_off(), ends=True))

    def find(self, actor: Actor, run_id: int, place: int, finding: Finding) -> Receipt:
        """Report what was seen at a camera of the walk, at the camera's place. Raises as `Reports.receive` does; Missing."""
        with self.desk.store.read() as unit:
            stop = _own(store.run_of(unit, run_id, actor.user_id), run_id).stop(place)
            camera = places.camera_by_id(unit, Scope(actor), stop.camera_id)
        words = finding.words.strip()
        if not words:
            raise Invalid("text", "needs_text")
        receipt = self._reports.receive(actor, Draft(
            finding.key, finding.category, f"{camera.code} {camera.name}：{words}", SOURCE, camera.name, camera.lon, camera.lat, "wgs84",
            device_at=None, grid=camera.grid,
        ))  # fmt: skip

        def work(act: Act) -> None:
            if store.is_found(act.unit, receipt.report_id):
                return
            made = PatrolFinding(0, run_id, stop.id, actor.user_id, receipt.report_id, receipt.case_id, act.now)
            made = act.unit.add(tables.patrol_finding, made)
            facts: Facts = {"run": run_id, "camera": camera.id, "report": receipt.report_id, "case": receipt.case_id}
            act.note("find", "patrol_find", made.id, 1, facts, states=("", "reported"))

        self.desk.run(actor, work)
        return receipt

    def shift(self, actor: Actor, *, back: int = 0) -> Shift:
        """The present shift at the actor's centre, or one so many shifts back."""
        hours = self.desk.book.of(actor.centre_id).shifts
        shift = shift_at(self.desk.clock.now(), hours)
        for _ in range(back):
            shift = shift_at(shift.starts - MOMENT, hours)
        return shift

    def coverage(self, actor: Actor, shift: Shift) -> tuple[PatrolLine, ...]:
        """What a shift was to see and what it saw, camera by camera. Raises Denied for whoever leads no shift."""
        if not actor.holds_any(LEADERS):
            raise Denied("role")
        with self.desk.store.read() as unit:
            return patrols.coverage(unit, Scope(actor), shift)

    def _on(self, actor: Actor, run_id: int, work: Callable[[Act, Walk], Walk]) -> Walk:
        return self.desk.run(actor, lambda act: work(act, _own(store.run_of(act.unit, run_id, actor.user_id), run_id)))


def new_key() -> str:
    """A key for a finding."""
    return str(uuid.uuid4())


def _own(walk: Walk | None, run_id: int) -> Walk:
    if walk is None:
        raise Missing("patrol_run", run_id)
    return walk


def _with_cameras(unit: Unit, scope: Scope, walk: Walk) -> Going:
    return Going(walk, places.cameras_of(unit, scope, {stop.camera_id for stop in walk.stops}))


def _save(act: Act, op: str, run: PatrolRun, walk: Walk, *, proves: bool = False, ends: bool = False) -> Walk:
    """Write what changed on a walk, under the next version of its run."""
    before = {stop.place: stop for stop in store.stops_of(act.unit, run.id)}
    changed = [stop for stop in walk.stops if stop != before[stop.place]]
    wanted = replace(run, proven_at=act.now if proves else run.proven_at, ended_at=act.now if ends else None)
    stored = act.unit.save(tables.patrol_run, run, wanted)
    store.save_stops(act.unit, changed)
    facts: Facts = {"stops": [[stop.place, stop.camera_id, stop.shown_ms, stop.state, stop.tries] for stop in changed]}
    act.note(op, "patrol_run", run.id, stored.version, facts, states=("going", "ended" if ends else "going"))
    return replace(walk, run=stored)
