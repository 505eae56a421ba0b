"""What an export holds: rows in plain, to be masked by the service that asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from console.domain.case import OPEN_STATES
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

C, R = tables.case.c, tables.report.c
MOST = 2_000


@dataclass(frozen=True)
class QueueLine:
    """One open case with whoever reported it first; a protected reporter is in no export."""

    number: str
    title: str
    category: str
    priority: str
    state: str
    reported_at: datetime
    address: str
    grid: str
    reporter_name: str
    reporter_phone: str
    content: str


def queue(unit: Unit, scope: Scope) -> tuple[QueueLine, ...]:
    """Open cases, newest first, at most 2 000."""
    first = select(func.min(R.id).label("id"), R.case_id).where(scope.reports()).group_by(R.case_id).subquery()
    question = select(
        C.number, C.title, C.category, C.priority, C.state, C.reported_at, C.address, C.grid, R.reporter_name, R.reporter_phone, C.content,
        R.protected, tables.user.c.work_phone,
    ).select_from(
        tables.case.outerjoin(first, first.c.case_id == C.id).outerjoin(tables.report, R.id == first.c.id)
        .outerjoin(tables.user, tables.user.c.id == R.reporter_id)
    )  # fmt: skip
    rows = unit.rows(question.where(scope.cases(), C.state.in_(OPEN_STATES)).order_by(C.id.desc()).limit(MOST))
    return tuple(_line(row) for row in rows)


def _line(row: Sequence[object]) -> QueueLine:
    *fields, name, phone, content, protected, work_phone = row
    person = ("", "") if protected or name is None else (name, phone or work_phone or "")
    return QueueLine(*fields, *person, content)  # type: ignore[arg-type]
