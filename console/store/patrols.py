"""What a patrol writes, and what it asks of its own walks; nobody else's are asked for here."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select, update

from console.domain.patrol import OPEN_FOR, PatrolRun, PatrolStop, Walk
from console.store import tables
from console.store.unit import Unit

R, S, F, V = tables.patrol_run.c, tables.patrol_stop.c, tables.patrol_finding.c, tables.video_access.c
PURPOSE = "V3"


def remove_plan(unit: Unit, plan_id: int, version: int) -> bool:
    """Whether this version of a plan was there and is gone now; walks along it keep its name."""
    p = tables.patrol_plan
    return unit.run(delete(p).where(p.c.id == plan_id, p.c.version == version)) == 1


def save_stops(unit: Unit, stops: Sequence[PatrolStop]) -> None:
    """Write these stops over the stored ones; their run is locked by its version."""
    names = ("shown_ms", "state", "why", "tries")
    statement = update(tables.patrol_stop).where(tables.patrol_stop.c.id == bindparam("_id"))
    values = [{"_id": stop.id, **{name: getattr(stop, name) for name in names}} for stop in stops]
    unit.run(statement.values({name: bindparam(name) for name in names}), values)


def add_stops(unit: Unit, stops: Sequence[PatrolStop]) -> None:
    """Write the stops of a new walk; the store numbers them."""
    names = [field.name for field in fields(PatrolStop) if field.name != "id"]
    unit.run(tables.patrol_stop.insert(), [{name: getattr(stop, name) for name in names} for stop in stops])


def open_runs(unit: Unit, user_id: int) -> tuple[PatrolRun, ...]:
    """A person's walks that have not ended, newest first."""
    mine = select(tables.patrol_run).where(R.user_id == user_id, R.ended_at.is_(None)).order_by(R.id.desc())
    return unit.records(PatrolRun, unit.rows(mine))


def going(unit: Unit, user_id: int, now: datetime) -> Walk | None:
    """The walk a person may take up again, or none."""
    runs = [run for run in open_runs(unit, user_id) if run.began_at >= now - OPEN_FOR]
    return Walk(runs[0], stops_of(unit, runs[0].id)) if runs else None


def run_of(unit: Unit, run_id: int, user_id: int) -> Walk | None:
    """A person's own walk that has not ended, or none."""
    run = next((run for run in open_runs(unit, user_id) if run.id == run_id), None)
    return Walk(run, stops_of(unit, run.id)) if run is not None else None


def stops_of(unit: Unit, run_id: int) -> tuple[PatrolStop, ...]:
    """The stops of a walk in their order."""
    return unit.records(PatrolStop, unit.rows(select(tables.patrol_stop).where(S.run_id == run_id).order_by(S.place)))


def has_look(unit: Unit, user_id: int, camera_id: int, since: datetime) -> bool:
    """Whether a person's patrol look through a camera was open at any time since an instant."""
    look = (V.user_id == user_id, V.camera_id == camera_id, V.kind == "live", V.purpose == PURPOSE)
    open_since = or_(V.closed_at.is_(None), V.closed_at >= since)
    return unit.row(select(V.id).where(*look, open_since).limit(1)) is not None


def is_found(unit: Unit, report_id: int) -> bool:
    """Whether a report is noted as a finding already."""
    return unit.row(select(F.id).where(F.report_id == report_id)) is not None
