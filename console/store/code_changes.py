"""Changes of code tables as the program itself needs them: what stands, whose turn has come, one locked to be decided."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Row, func, select

from console.domain.code_change import APPROVED, STANDING, CodeChange
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

C = tables.code_change.c
LOCKS = 10  # this table's part of PostgreSQL's two-part advisory locks


def standing(unit: Unit) -> tuple[CodeChange, ...]:
    """Every change that is approved or in force."""
    return unit.records(CodeChange, unit.rows(select(tables.code_change).where(C.state.in_(STANDING)).order_by(C.id)))


def chains(unit: Unit) -> Mapping[int, tuple[int, ...]]:
    """For each centre the centres from the root down to it, by their stored path."""
    rows = unit.rows(select(tables.centre.c.id, tables.centre.c.path))
    return {int(row[0]): tuple(int(part) for part in str(row[1]).split("/") if part) for row in rows}  # type: ignore[call-overload]


def due(unit: Unit, now: datetime) -> tuple[int, ...]:
    """Approved changes whose instant has come, the earliest first."""
    rows = unit.rows(select(C.id).where(C.state == APPROVED, C.effective_from <= now).order_by(C.effective_from, C.id))
    return tuple(int(row[0]) for row in rows)  # type: ignore[call-overload]


def locked(unit: Unit, scope: Scope, change_id: int) -> Row[tuple[object, ...]] | None:
    """A visible change, locked until the transaction ends; who waits for it gets it in the order of asking (see `lock.py`)."""
    if unit.dialect == "postgresql":
        unit.row(select(func.pg_advisory_xact_lock(LOCKS, change_id)))
    return unit.row(select(tables.code_change).where(C.id == change_id, scope.code_changes()).with_for_update())
