"""Questions about changes of code tables."""

from sqlalchemy import select

from console.domain.code_change import APPROVED, PROPOSED, ChangeRow, CodeChange
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

C = tables.code_change.c
MOST = 500


def changes(unit: Unit, scope: Scope, *, only: str = "all", table: str = "", code: str = "") -> tuple[ChangeRow, ...]:
    """Changes of the actor's centres and those above, newest first.

    `only`: "waiting" for a decision, "ahead" (approved, not in force yet), or "all".
    """
    asked, decided = tables.user.alias("asked"), tables.user.alias("decided")
    question = (
        select(tables.code_change, tables.centre.c.name, asked.c.name, decided.c.name)
        .join_from(tables.code_change, tables.centre, tables.centre.c.id == C.centre_id)
        .join(asked, asked.c.id == C.proposed_by)
        .outerjoin(decided, decided.c.id == C.decided_by)
        .where(scope.code_changes())
        .order_by(C.id.desc())
        .limit(MOST)
    )
    state = {"waiting": PROPOSED, "ahead": APPROVED}.get(only)
    if state is not None:
        question = question.where(C.state == state)
    if table:
        question = question.where(C.table_name == table)
    if code:
        question = question.where(C.code == code)
    found = []
    for row in unit.rows(question):
        change = unit.record(CodeChange, row)
        assert change is not None
        found.append(ChangeRow(change, str(row[-3]), str(row[-2]), str(row[-1] or "")))
    return tuple(found)
