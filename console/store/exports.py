"""Requests for leave; the rows of an export are found in `find/exports.py`."""

from datetime import datetime

from sqlalchemy import ColumnElement, select

from console.domain.approval import Approval
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

A = tables.approval.c


def approval_by_id(unit: Unit, approval_id: int) -> Approval | None:
    """A request, or none."""
    return unit.get(tables.approval, Approval, approval_id)


def approval_within(unit: Unit, scope: Scope, approval_id: int) -> Approval | None:
    """A request of the actor's area, or none."""
    return unit.record(Approval, unit.row(select(tables.approval).where(A.id == approval_id, _inside(scope))))


def asked(unit: Unit, scope: Scope) -> tuple[Approval, ...]:
    """Requests of the actor's area that wait for a decision, oldest first."""
    question = select(tables.approval).where(A.state == "asked", _inside(scope)).order_by(A.id)
    return unit.records(Approval, unit.rows(question))


def granted(unit: Unit, user_id: int, kind: str, now: datetime) -> Approval | None:
    """A leave this person may use now, or none."""
    question = select(tables.approval).where(A.asked_by == user_id, A.kind == kind, A.state == "granted", A.valid_until >= now)
    return unit.record(Approval, unit.row(question.order_by(A.id.desc())))


def _inside(scope: Scope) -> ColumnElement[bool]:
    return A.centre_id.in_(select(tables.centre.c.id).where(scope.centres()))
