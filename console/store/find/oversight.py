"""Questions of those who watch over personal data: holds in force, what was deleted, what left the hall, who asks for leave."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, case, func, select

from console.domain.approval import Approval, ExportRecord
from console.domain.paging import Leaf, Turn
from console.domain.retention import DeletionItem, DeletionReport, Hold
from console.store import tables
from console.store.leaves import Question, leaf
from console.store.scope import Condition, Scope
from console.store.unit import Unit

H, C, P = tables.hold.c, tables.case.c, tables.user.c
X, A = tables.export_log.c, tables.approval.c
R, I = tables.deletion_report.c, tables.deletion_item.c  # noqa: E741 - items


@dataclass(frozen=True)
class HeldCase:
    """A hold in force with what tells its case apart; no title, for an auditor reads it too."""

    hold: Hold
    number: str
    category: str
    version: int
    holder: str


@dataclass(frozen=True)
class Request:
    """A request for leave that waits, and who asks."""

    approval: Approval
    asker: str


def holds(unit: Unit, scope: Scope, now: datetime, turn: Turn) -> Leaf[HeldCase]:
    """Holds in force of cases of the actor's area."""
    joined = tables.hold.join(tables.case, C.id == H.case_id).outerjoin(tables.user, P.id == H.held_by)
    columns = (C.number, C.category, C.version.label("case_version"), P.name.label("holder"))
    question = select(tables.hold, *columns).select_from(joined)
    question = question.where(H.lifted_at.is_(None), H.until > now, scope.holds())
    orders = {"number": C.number, "category": C.category, "holder": P.name, "held_at": H.held_at, "until": H.until, "reason": H.reason}
    rows, total = leaf(unit, cast(Question, question), turn, orders, H.id)
    found = [(cast(Hold, unit.record(Hold, row)), row._mapping) for row in rows]
    return Leaf(tuple(HeldCase(hold, v["number"], v["category"], v["case_version"], v["holder"] or "") for hold, v in found), total)


def exported(unit: Unit, scope: Scope, turn: Turn) -> Leaf[ExportRecord]:
    """What people of the actor's area took out of the hall."""
    question = select(tables.export_log).where(scope.exports())
    orders = {"at": X.at, "rows": X.rows, "masked": X.masked, "user": X.user_name, "receiver": X.receiver, "purpose": X.purpose}
    rows, total = leaf(unit, cast(Question, question), turn, orders, X.id)
    return Leaf(unit.records(ExportRecord, rows), total)


def requests(unit: Unit, scope: Scope, turn: Turn) -> Leaf[Request]:
    """Requests for leave from the actor's area that wait, the newest first."""
    question = select(tables.approval, P.name.label("asker")).select_from(tables.approval.outerjoin(tables.user, P.id == A.asked_by))
    question = question.where(A.state == "asked", scope.requests())
    orders = {"at": A.asked_at, "asker": P.name, "reason": A.reason}
    rows, total = leaf(unit, cast(Question, question), turn, orders, A.id)
    found = [(cast(Approval, unit.record(Approval, row)), row._mapping["asker"] or "") for row in rows]
    return Leaf(tuple(Request(approval, asker) for approval, asker in found), total)


def nights(unit: Unit, scope: Scope, turn: Turn) -> Leaf[DeletionReport]:
    """Nights and what each took away in the actor's area, the newest first unless asked otherwise."""
    counted = select(
        I.report_id, _count_of(I.kind == "case").label("cases"), _count_of(I.kind.not_in(("case", "file"))).label("rows"),
        _count_of(I.kind == "file").label("files"),
    ).where(scope.deletions()).group_by(I.report_id).subquery()  # fmt: skip
    figures = [func.coalesce(counted.c[name], 0).label(name) for name in ("cases", "rows", "files")]
    there = tables.deletion_report.outerjoin(counted, counted.c.report_id == R.id)
    question = select(R.id, R.day, R.began_at, R.ended_at, *figures).select_from(there)
    orders = {"day": R.day, **{figure.name: figure.element for figure in figures}}
    rows, total = leaf(unit, cast(Question, question), turn, orders, R.id)
    return Leaf(unit.records(DeletionReport, rows), total)


def items(unit: Unit, scope: Scope, report_id: int, turn: Turn) -> Leaf[DeletionItem]:
    """What one night took away in the actor's area, the last first unless asked otherwise."""
    question = select(tables.deletion_item).where(I.report_id == report_id, scope.deletions())
    orders = {"kind": I.kind, "ref": I.ref, "number": I.number, "sha256": I.sha256}
    rows, total = leaf(unit, cast(Question, question), turn, orders, I.id)
    return Leaf(unit.records(DeletionItem, rows), total)


def _count_of(which: Condition) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))
