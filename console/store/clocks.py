"""Which limits have passed, and what a case the caller holds waits for; the program's own questions, nobody's scope."""

from datetime import datetime

from sqlalchemy import select

from console.domain.application import PENDING
from console.domain.case import EVALUATION
from console.domain.supervision import ANSWERED
from console.store import tables
from console.store.unit import Unit

A, S = tables.application.c, tables.supervision.c


def pending(unit: Unit, case_id: int, kind: str) -> bool:
    """Whether a case the caller holds waits for a decision of this type."""
    question = select(A.id).where(A.case_id == case_id, A.type == kind, A.state == PENDING)
    return unit.row(question.limit(1)) is not None


def answered(unit: Unit, case_id: int) -> bool:
    """Whether a supervision of a case the caller holds was answered since its last closing."""
    c = tables.case.c
    since = select(c.done_close).where(c.id == case_id).scalar_subquery()
    return unit.row(select(S.id).where(S.case_id == case_id, S.state == ANSWERED, S.at >= since).limit(1)) is not None


def clock_of(unit: Unit, case_id: int) -> datetime | None:
    """When the lamp of a case turns next; the program's own question."""
    found = unit.scalar(select(tables.case.c.lamp_at).where(tables.case.c.id == case_id))
    return found if isinstance(found, datetime) else None


def review_of(unit: Unit, case_id: int) -> datetime | None:
    """When the suspension of a case is to be looked at; the program's own question."""
    found = unit.scalar(select(tables.case.c.suspend_review).where(tables.case.c.id == case_id))
    return found if isinstance(found, datetime) else None


def lamps_due(unit: Unit, now: datetime, limit: int = 200) -> tuple[int, ...]:
    """Cases whose lamp has to turn, longest ago first."""
    c = tables.case.c
    rows = unit.rows(select(c.id).where(c.lamp_at <= now).order_by(c.lamp_at, c.id).limit(limit))
    return tuple(int(str(row[0])) for row in rows)


def reviews_due(unit: Unit, now: datetime, limit: int = 200) -> tuple[int, ...]:
    """Suspended cases that have to be looked at, longest ago first."""
    c = tables.case.c
    rows = unit.rows(select(c.id).where(c.suspend_review <= now).order_by(c.suspend_review, c.id).limit(limit))
    return tuple(int(str(row[0])) for row in rows)


def unreached(unit: Unit, before: datetime, limit: int = 200) -> tuple[int, ...]:
    """Cases that wait for their call-back since before an instant, longest ago first."""
    c = tables.case.c
    question = select(c.id).where(c.state == EVALUATION, c.done_close <= before)
    return tuple(int(str(row[0])) for row in unit.rows(question.order_by(c.done_close, c.id).limit(limit)))
