"""Counts for thematic maps, each inside the actor's scope and summed by the database."""

from datetime import datetime

from sqlalchemy import ColumnElement, Integer, cast, func, select

from console.domain.case import DRAFT, OPEN_STATES
from console.domain.thematic import CELLS, OVERDUE_LAMPS, Cell, Count
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

C, K = tables.case.c, tables.camera.c
MOST_CELLS = 20_000


def cells(unit: Unit, scope: Scope, since: datetime) -> tuple[Cell, ...]:
    """Events with a position reported since an instant, open and ended, by cell; those with most first."""
    column, row = (cast(func.floor(place * CELLS), Integer) for place in (C.lon, C.lat))
    count = func.count()
    question = select(column, row, count).where(scope.cases(), C.lon.is_not(None), C.state != DRAFT, C.reported_at >= since)
    found = unit.rows(question.group_by(column, row).order_by(count.desc(), column, row).limit(MOST_CELLS))
    return tuple(Cell((x + 0.5) / CELLS, (y + 0.5) / CELLS, many) for x, y, many in found)


def by_grid(unit: Unit, scope: Scope, what: Count) -> dict[str, int]:
    """How many there are in each grid that has any: open cases, those of them that are overdue, or cameras."""
    seen: ColumnElement[bool] = scope.cameras() if what == "cameras" else scope.cases()
    grid = K.grid if what == "cameras" else C.grid
    question = select(grid, func.count()).where(seen, grid != "")
    if what != "cameras":
        question = question.where(C.state.in_(OPEN_STATES))
    if what == "overdue":
        question = question.where(C.lamp.in_(OVERDUE_LAMPS))
    return {str(code): int(many) for code, many in unit.rows(question.group_by(grid))}
