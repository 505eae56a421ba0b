"""Changes of boundaries in the store: written in batches, made one by a switch, taken over by three statements whatever their size."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Row, and_, delete, exists, func, insert, literal, or_, select, update

from console.domain.boundary import GRID_LEVEL, AreaChange
from console.domain.boundary_change import APPROVED, PROPOSED, STAGING
from console.domain.place import grid_kind
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

C, A, G, D = tables.boundary_change.c, tables.boundary_area.c, tables.grid.c, tables.division.c
LOCKS = 11  # this table's part of PostgreSQL's two-part advisory locks
TAKING_OVER = 0  # one change at a time is taken over: what it was checked against must still stand


def stage(unit: Unit, change_id: int, areas: Sequence[AreaChange]) -> None:
    """Write some areas of a change that is still being written."""
    unit.run(insert(tables.boundary_area), [_row(change_id, area) for area in areas])


def _row(change_id: int, area: AreaChange) -> dict[str, object]:
    kind = grid_kind(area.code) if area.level == GRID_LEVEL else ""
    same = ("code", "level", "parent", "path", "name", "was_name", "rings", "before")
    return {"change_id": change_id, "kind": kind, **{name: getattr(area, name) for name in same}}


def codes(unit: Unit, change_id: int, most: int) -> tuple[str, ...]:
    """The codes of a change's areas in order, the first few of them."""
    return tuple(str(row[0]) for row in unit.rows(select(A.code).where(A.change_id == change_id).order_by(A.code).limit(most)))


def sweep(unit: Unit, change_id: int) -> None:
    """Forget a change that did not become a proposal, with its areas."""
    waiting = select(C.id).where(C.id == change_id, C.state == STAGING)
    unit.run(delete(tables.boundary_area).where(A.change_id.in_(waiting)))
    unit.run(delete(tables.boundary_change).where(C.id.in_(waiting)))


def lock(unit: Unit) -> None:
    """Let no other change be proposed or taken over until this transaction ends (SQLite has one writer as it is)."""
    if unit.dialect == "postgresql":
        unit.row(select(func.pg_advisory_xact_lock(LOCKS, TAKING_OVER)))


def locked(unit: Unit, scope: Scope, change_id: int) -> Row[tuple[object, ...]] | None:
    """A visible change, locked until the transaction ends."""
    lock(unit)
    return unit.row(select(tables.boundary_change).where(C.id == change_id, scope.boundary_changes()).with_for_update())


def mark(unit: Unit) -> int:
    """A number that grows with every change of the ground: what was checked under another one is checked anew."""
    return int(str(unit.scalar(select(func.count()).where(C.state == APPROVED))))


def waiting_families(unit: Unit) -> dict[str, int]:
    """The divisions whose inner borders or own outline wait for a word, each with the change that touches them."""
    question = select(A.parent, A.code, A.level, A.change_id).join(tables.boundary_change, C.id == A.change_id)
    rows = unit.rows(question.where(C.state == PROPOSED))
    found: dict[str, int] = {}
    for parent, code, level, change_id in rows:
        for touched in (parent,) if level == GRID_LEVEL else (parent, code):
            found[str(touched)] = int(change_id)  # type: ignore[call-overload]
    return found


def families(areas: Iterable[AreaChange]) -> set[str]:
    """The divisions whose inner borders or own outline some areas touch."""
    return {touched for area in areas for touched in ((area.parent,) if area.level == GRID_LEVEL else (area.parent, area.code)) if touched}


def moved_since(unit: Unit, change_id: int) -> tuple[str, ...]:
    """Areas of a change that are no longer as it found them, by code; at most six."""
    found: list[str] = []
    for table, is_theirs in ((tables.grid, A.level == GRID_LEVEL), (tables.division, A.level < GRID_LEVEL)):
        now = table.c
        gone, other = and_(now.code.is_(None), A.was_name != ""), or_(now.rings != A.before, now.name != A.was_name)
        question = select(A.code).select_from(tables.boundary_area.outerjoin(table, now.code == A.code))
        question = question.where(A.change_id == change_id, is_theirs, or_(gone, other)).order_by(A.code).limit(6)
        found += [str(row[0]) for row in unit.rows(question)]
    return tuple(found)


def take_over(unit: Unit, change_id: int) -> None:
    """Let the areas of a change be the ground: known ones get their outlines and names, new ones come in."""
    for table, is_theirs in ((tables.grid, A.level == GRID_LEVEL), (tables.division, A.level < GRID_LEVEL)):
        mine = and_(A.change_id == change_id, is_theirs)
        of_row = and_(A.change_id == change_id, A.code == table.c.code)
        values = {name: select(A[name]).where(of_row).scalar_subquery() for name in ("rings", "name")}
        unit.run(update(table).where(table.c.code.in_(select(A.code).where(mine))).values(**values))
        _let_in(unit, mine, is_grid=table is tables.grid)


def _let_in(unit: Unit, mine: ColumnElement[bool], *, is_grid: bool) -> None:
    if is_grid:
        new = select(A.code, A.kind, A.level, A.parent, A.name, A.rings, literal("")).where(mine, ~exists().where(G.code == A.code))
        unit.run(insert(tables.grid).from_select(["code", "kind", "level", "division", "name", "rings", "leader"], new))
    else:
        new = select(A.code, A.level, A.name, A.parent, A.path, A.rings).where(mine, ~exists().where(D.code == A.code))
        unit.run(insert(tables.division).from_select(["code", "level", "name", "parent", "path", "rings"], new))
