"""Rows read in order to be changed: locked until the transaction ends (SQLite's writer is alone anyway).

Always the case first, then its tasks, so that two acts never wait for each other in a ring.
The row's own lock is not enough for the journal: of three that wait for a row, PostgreSQL
may give the second its transaction id and let the third in first, and a reader in commit
order would see version 4 before 3. So whoever wants a case queues for its number before.
"""

from sqlalchemy import Row, Table, delete, func, or_, select

from console.domain.case import DRAFT, Case
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit


def case(unit: Unit, scope: Scope, case_id: int, *, own: bool = False) -> Row[tuple[object, ...]] | None:
    """A visible case's row, locked; those who wait for it get it in the order of asking. `own`: one the actor brought in is visible too."""
    if unit.dialect == "postgresql":
        unit.row(select(func.pg_advisory_xact_lock(-case_id)))
    seen = or_(scope.cases(), scope.sent()) if own else scope.cases()
    return unit.row(select(tables.case).where(tables.case.c.id == case_id, seen).with_for_update())


def task(unit: Unit, scope: Scope, task_id: int) -> Row[tuple[object, ...]] | None:
    """A visible task's row, locked."""
    return unit.row(select(tables.task).where(tables.task.c.id == task_id, scope.tasks()).with_for_update())


def tasks_of(unit: Unit, case_id: int) -> list[Row[tuple[object, ...]]]:
    """Every task of a case the caller has locked, in order."""
    question = select(tables.task).where(tables.task.c.case_id == case_id).order_by(tables.task.c.id)
    return list(unit.rows(question.with_for_update()))


def cases_after(unit: Unit, case_id: int, limit: int) -> tuple[Case, ...]:
    """Cases of any centre behind a number, in order; nobody changes them before this transaction ends."""
    question = select(tables.case).where(tables.case.c.id > case_id).order_by(tables.case.c.id).limit(limit)
    return unit.records(Case, unit.rows(question.with_for_update(read=True)))


def of_case(unit: Unit, table: Table, record_id: int, case_id: int) -> Row[tuple[object, ...]] | None:
    """A row that belongs to a case the caller has locked (an application, a supervision), locked too."""
    return unit.row(select(table).where(table.c.id == record_id, table.c.case_id == case_id).with_for_update())


def draft(unit: Unit, scope: Scope, number: str) -> Row[tuple[object, ...]] | None:
    """The actor's own draft of a number, locked."""
    c = tables.case.c
    return unit.row(select(tables.case).where(c.number == number, c.state == DRAFT, scope.sent()).with_for_update())


def forget(unit: Unit, case_id: int) -> None:
    """Delete a draft the caller has locked, with the pictures that belong to it; nothing else points at one."""
    unit.run(delete(tables.attachment).where(tables.attachment.c.case_id == case_id))
    unit.run(delete(tables.case).where(tables.case.c.id == case_id, tables.case.c.state == DRAFT))
