"""What an export holds, what was exported, and who may: rows in plain, to be masked by the service that asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from console.domain.approval import Approval, ExportRecord
from console.domain.case import OPEN_STATES
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

C, R, A = tables.case.c, tables.report.c, tables.approval.c
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


def approval_by_id(unit: Unit, approval_id: int) -> Approval | None:
    """A request, or none."""
    return unit.get(tables.approval, Approval, approval_id)


def asked(unit: Unit, scope: Scope) -> tuple[Approval, ...]:
    """Requests of the actor's area that wait for a decision, oldest first."""
    inside = select(tables.centre.c.id).where(scope.centres())
    question = select(tables.approval).where(A.state == "asked", A.centre_id.in_(inside)).order_by(A.id)
    return unit.records(Approval, unit.rows(question))


def granted(unit: Unit, user_id: int, kind: str, now: datetime) -> Approval | None:
    """A leave this person may use now, or none."""
    question = select(tables.approval).where(A.asked_by == user_id, A.kind == kind, A.state == "granted", A.valid_until >= now)
    return unit.record(Approval, unit.row(question.order_by(A.id.desc())))


def exported(unit: Unit, limit: int = 500) -> tuple[ExportRecord, ...]:
    """What was exported, newest first."""
    x = tables.export_log
    return unit.records(ExportRecord, unit.rows(select(x).order_by(x.c.id.desc()).limit(limit)))
