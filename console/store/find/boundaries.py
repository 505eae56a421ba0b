"""Questions about changes of boundaries, and the older outlines of areas."""

from sqlalchemy import select

from console.domain.boundary import AreaChange
from console.domain.boundary_change import APPROVED, PROPOSED, BoundaryChange, BoundaryRow
from console.domain.place import Division
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

C, A = tables.boundary_change.c, tables.boundary_area.c
MOST = 500
_AREA = (A.code, A.level, A.parent, A.path, A.name, A.rings, A.was_name, A.before)


def changes(unit: Unit, scope: Scope, *, only: str = "all", code: str = "") -> tuple[BoundaryRow, ...]:
    """Changes the actor may know of, newest first: "waiting", "approved" or "all"; with a code those of one area."""
    asked, decided = tables.user.alias("asked"), tables.user.alias("decided")
    question = (
        select(tables.boundary_change, tables.centre.c.name, asked.c.name, decided.c.name)
        .join_from(tables.boundary_change, tables.centre, tables.centre.c.id == C.centre_id)
        .join(asked, asked.c.id == C.proposed_by)
        .outerjoin(decided, decided.c.id == C.decided_by)
        .where(scope.boundary_changes())
        .order_by(C.id.desc())
        .limit(MOST)
    )
    state = {"waiting": PROPOSED, "approved": APPROVED}.get(only)
    if state is not None:
        question = question.where(C.state == state)
    if code:
        question = question.where(C.id.in_(select(A.change_id).where(A.code == code)))
    found = []
    for row in unit.rows(question):
        change = unit.record(BoundaryChange, row)
        assert change is not None
        found.append(BoundaryRow(change, str(row[-3]), str(row[-2]), str(row[-1] or "")))
    return tuple(found)


def areas(unit: Unit, scope: Scope, change_id: int) -> tuple[AreaChange, ...]:
    """The areas of a change, by code; empty for one the actor may not know of."""
    question = select(*_AREA).join(tables.boundary_change, C.id == A.change_id)
    rows = unit.rows(question.where(A.change_id == change_id, scope.boundary_changes()).order_by(A.code))
    return tuple(AreaChange(*row) for row in rows)


def reach(unit: Unit, scope: Scope) -> Division | None:
    """The division the actor's centre answers for, without its outline; None for nobody's actor."""
    d = tables.division.c
    question = select(d.code, d.level, d.name, d.parent, d.path).join(tables.centre, tables.centre.c.division == d.code)
    row = unit.row(question.where(tables.centre.c.id == scope.actor.centre_id, scope.centres()))
    return Division(*row) if row is not None else None
