"""Patrol plans of a centre: which cameras a shift looks through, in which order and how long."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from console.domain.codes import known
from console.domain.errors import Denied, Invalid, Missing, Refused
from console.domain.patrol import PLANNERS, PatrolPlan, PlanStop, check_route
from console.domain.people import Actor
from console.domain.rights import allows
from console.domain.saved_wall import NAME_MAX
from console.domain.texts import check_text
from console.service.desk import Act, Desk
from console.store import patrols as store
from console.store import tables
from console.store.find import patrols, places
from console.store.scope import Scope

T = TypeVar("T")


@dataclass(frozen=True)
class PlanWish:
    """A plan as somebody wants it."""

    name: str
    shift: str
    route: tuple[PlanStop, ...]


def may_plan(actor: Actor) -> bool:
    """Whether an actor writes patrol plans at the own centre (handbook 3.5, live video)."""
    return any(allows("live_video", role, actor.level) for role in PLANNERS & actor.roles)


class PatrolPlans:
    """Keeps the plans of the actor's centre. Every operation raises Denied for whoever does not plan."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def plans(self, actor: Actor) -> tuple[PatrolPlan, ...]:
        """The plans the actor may walk, by shift and name."""
        with self.desk.store.read() as unit:
            return patrols.plans(unit, Scope(actor))

    def keep(self, actor: Actor, wish: PlanWish) -> PatrolPlan:
        """Keep a new plan. Raises Invalid, Missing for a camera outside the area, Refused for a name in use."""

        def work(act: Act) -> PatrolPlan:
            stored = act.unit.add(tables.patrol_plan, _made(act, wish))
            return _noted(act, "keep", stored, "")

        return self._run(actor, work)

    def change(self, actor: Actor, plan_id: int, version: int, wish: PlanWish) -> PatrolPlan:
        """Write a plan anew; walks under way keep what they began with. Raises also Stale."""

        def work(act: Act) -> PatrolPlan:
            found = _plan(act, plan_id, version)
            wanted = replace(_made(act, wish, besides=plan_id), id=plan_id, at=found.at, version=version)
            return _noted(act, "change", act.unit.save(tables.patrol_plan, found, wanted), "kept")

        return self._run(actor, work)

    def remove(self, actor: Actor, plan_id: int, version: int) -> None:
        """Take a plan away; what was walked along it stays. Raises Missing, Stale."""

        def work(act: Act) -> None:
            _plan(act, plan_id, version)
            store.remove_plan(act.unit, plan_id, version)
            act.note("remove", "patrol_plan", plan_id, version + 1, {}, states=("kept", ""))

        self._run(actor, work)

    def _run(self, actor: Actor, work: Callable[[Act], T]) -> T:
        if not may_plan(actor):
            raise Denied("role")
        return self.desk.run(actor, work)


def _noted(act: Act, op: str, plan: PatrolPlan, before: str) -> PatrolPlan:
    facts: dict[str, object] = {"shift": plan.shift, "cameras": [stop.camera_id for stop in plan.route], "planned_s": plan.planned_s}
    act.note(op, "patrol_plan", plan.id, plan.version, facts, states=(before, "kept"))
    return plan


def _plan(act: Act, plan_id: int, version: int) -> PatrolPlan:
    found = patrols.plan_by_id(act.unit, act.scope, plan_id)
    if found is None:
        raise Missing("patrol_plan", plan_id)
    if found.version != version:
        raise act.unit.stale("patrol_plan", plan_id)
    return found


def _made(act: Act, wish: PlanWish, *, besides: int = 0) -> PatrolPlan:
    name = check_text("name", wish.name.strip(), NAME_MAX)
    if not name:
        raise Invalid("name", "needs_text")
    known(act.codes.shifts, wish.shift, "shift")
    check_route(wish.route)
    if any(plan.name == name and plan.id != besides for plan in patrols.plans(act.unit, act.scope)):
        raise Refused("patrol_name_taken", name=name)
    wanted = {stop.camera_id for stop in wish.route}
    gone = wanted - {camera.id for camera in places.cameras_of(act.unit, act.scope, wanted)}
    if gone:
        raise Missing("camera", min(gone))
    stops = tuple((stop.camera_id, stop.dwell_s, stop.preset.strip()) for stop in wish.route)
    return PatrolPlan(0, act.actor.centre_id, name, wish.shift, stops, act.actor.user_id, act.now)
