"""Questions about video patrols: plans of a centre, the walk somebody is on, and the coverage of a shift."""

from collections.abc import Sequence

from sqlalchemy import and_, func, select

from console.domain.patrol import MISSED, PatrolLine, PatrolPlan, Shift
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

P, R, S, F = tables.patrol_plan.c, tables.patrol_run.c, tables.patrol_stop.c, tables.patrol_finding.c
CAM, CENTRE, V = tables.camera.c, tables.centre.c, tables.video_access.c
PURPOSE = "V3"  # CT-26: scheduled patrol


def plans(unit: Unit, scope: Scope) -> tuple[PatrolPlan, ...]:
    """Plans the actor may walk, by shift and name."""
    return unit.records(PatrolPlan, unit.rows(select(tables.patrol_plan).where(scope.patrol_plans()).order_by(P.shift, P.name, P.id)))


def plan_by_id(unit: Unit, scope: Scope, plan_id: int) -> PatrolPlan | None:
    """One of them, or none."""
    return unit.record(PatrolPlan, unit.row(select(tables.patrol_plan).where(scope.patrol_plans(), P.id == plan_id)))


def coverage(unit: Unit, scope: Scope, shift: Shift) -> tuple[PatrolLine, ...]:
    """Every camera of every walk in a shift, then the cameras of its plans that nobody walked; of the actor's centres."""
    walked = _walked_lines(unit, scope, shift)
    return walked + _unwalked_lines(unit, scope, shift, {line.plan_id for line in walked})


def _walked_lines(unit: Unit, scope: Scope, shift: Shift) -> tuple[PatrolLine, ...]:
    found = select(F.stop_id, func.count().label("count")).group_by(F.stop_id).subquery()
    question = select(
        R.id, R.plan_id, S.place, CENTRE.name, R.plan_name, R.user_name, R.began_at, CAM.code, CAM.name, S.planned_s, S.shown_ms, S.state,
        S.why, func.coalesce(found.c.count, 0),
    ).select_from(
        tables.patrol_run.join(tables.patrol_stop, S.run_id == R.id).join(tables.camera, CAM.id == S.camera_id)
        .join(tables.centre, CENTRE.id == R.centre_id).outerjoin(found, found.c.stop_id == S.id)
    )  # fmt: skip
    rows = unit.rows(question.where(scope.centres(), R.shift_from == shift.starts).order_by(R.id, S.place))
    return tuple(PatrolLine(*row) for row in rows)  # type: ignore[arg-type]


def _unwalked_lines(unit: Unit, scope: Scope, shift: Shift, walked: set[int]) -> tuple[PatrolLine, ...]:
    there = tables.patrol_plan.join(tables.centre, CENTRE.id == P.centre_id)
    mine = and_(scope.centres(), P.shift == shift.code, P.at < shift.ends)
    question = select(tables.patrol_plan, CENTRE.name.label("centre")).select_from(there).where(mine).order_by(P.name, P.id)
    rows = [row for row in unit.rows(question) if row._mapping["id"] not in walked]
    plans_left = [(unit.records(PatrolPlan, (row,))[0], str(row._mapping["centre"])) for row in rows]
    names = _cameras(unit, sorted({stop.camera_id for plan, _ in plans_left for stop in plan.route}))
    return tuple(
        PatrolLine(0, plan.id, place, centre, plan.name, "", None, *names.get(stop.camera_id, ("", "")), stop.dwell_s, 0, MISSED, "", 0)
        for plan, centre in plans_left
        for place, stop in enumerate(plan.route)
    )


def _cameras(unit: Unit, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    rows = unit.rows(select(CAM.id, CAM.code, CAM.name).where(CAM.id.in_(ids))) if ids else ()
    return {int(str(row[0])): (str(row[1]), str(row[2])) for row in rows}
