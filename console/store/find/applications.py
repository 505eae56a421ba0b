"""Questions about applications, supervisions and the words of acts: what hangs on a case beside its tasks."""

from sqlalchemy import select

from console.domain.application import Application
from console.domain.errors import Missing
from console.domain.supervision import Supervision
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

A, S = tables.application.c, tables.supervision.c


def case_of(unit: Unit, scope: Scope, application_id: int) -> int:
    """The case an application belongs to. Raises Missing, also for one the actor may not know of."""
    visible = select(tables.case.c.id).where(scope.cases())
    found = unit.scalar(select(A.case_id).where(A.id == application_id, A.case_id.in_(visible)))
    if found is None:
        raise Missing("application", application_id)
    return int(str(found))


def applications_of(unit: Unit, scope: Scope, case_id: int) -> tuple[Application, ...]:
    """All that was asked for on a case, first one first."""
    visible = select(tables.case.c.id).where(tables.case.c.id == case_id, scope.cases())
    return unit.records(Application, unit.rows(select(tables.application).where(A.case_id.in_(visible)).order_by(A.id)))


def asked_by(unit: Unit, scope: Scope, task_id: int) -> tuple[Application, ...]:
    """What the actor's unit asked for on a task, newest first."""
    tasks = select(tables.task.c.id).where(tables.task.c.id == task_id, scope.tasks())
    question = select(tables.application).where(A.task_id.in_(tasks), A.applicant_org == scope.actor.org_id)
    return unit.records(Application, unit.rows(question.order_by(A.id.desc())))


def supervision_case(unit: Unit, scope: Scope, supervision_id: int) -> int:
    """The case a supervision belongs to. Raises Missing, also for one the actor may not know of."""
    visible = select(tables.case.c.id).where(scope.cases())
    found = unit.scalar(select(S.case_id).where(S.id == supervision_id, S.case_id.in_(visible)))
    if found is None:
        raise Missing("supervision", supervision_id)
    return int(str(found))


def supervisions_of(unit: Unit, scope: Scope, case_id: int) -> tuple[Supervision, ...]:
    """Every urging and plate of a case, first one first."""
    visible = select(tables.case.c.id).where(tables.case.c.id == case_id, scope.cases())
    return unit.records(Supervision, unit.rows(select(tables.supervision).where(S.case_id.in_(visible)).order_by(S.id)))


def pressed(unit: Unit, scope: Scope, task_id: int) -> tuple[Supervision, ...]:
    """What was laid on the actor's unit for the case of a task, newest first."""
    cases = select(tables.task.c.case_id).where(tables.task.c.id == task_id, scope.tasks())
    question = select(tables.supervision).where(S.case_id.in_(cases), S.to_org == scope.actor.org_id)
    return unit.records(Supervision, unit.rows(question.order_by(S.id.desc())))


def words_of(unit: Unit, scope: Scope, case_id: int) -> dict[int, str]:
    """The words of a case's acts, by the id their journal lines carry."""
    r = tables.remark.c
    visible = select(tables.case.c.id).where(tables.case.c.id == case_id, scope.cases())
    rows = unit.rows(select(r.id, r.text).where(r.case_id.in_(visible)))
    return {int(str(row[0])): str(row[1]) for row in rows}
