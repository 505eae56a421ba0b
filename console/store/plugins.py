"""What was set for plugins."""

from sqlalchemy import select

from console.domain.plugin import Plugin
from console.store import tables
from console.store.unit import Unit

P = tables.plugin.c


def every(unit: Unit) -> dict[str, Plugin]:
    """Every plugin anything was set for, by name."""
    return {one.name: one for one in unit.records(Plugin, unit.rows(select(tables.plugin).order_by(P.name)))}


def named(unit: Unit, name: str) -> Plugin | None:
    """One of them, locked until the end of the act where the engine can; None when nothing was set."""
    return unit.record(Plugin, unit.row(select(tables.plugin).where(P.name == name).with_for_update()))
