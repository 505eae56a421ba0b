"""Writing what a patrol has seen, and taking plans away."""

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import bindparam, delete, update

from console.domain.patrol import PatrolStop
from console.store import tables
from console.store.unit import Unit


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
