"""Questions about tasks: the hall's board and a department's desk."""

from datetime import datetime

from sqlalchemy import Select, func, select

from console.domain.attachment import Attachment
from console.domain.case import CHECK
from console.domain.errors import Missing
from console.domain.people import OrgUnit
from console.domain.rows import BoardRow, DeskRow, DeskTask
from console.domain.task import DESK_STATES, LIVE_STATES, Task, TaskReply
from console.store import tables
from console.store.find.applications import asked_by, pressed
from console.store.find.places import partners
from console.store.scope import Scope
from console.store.unit import Unit

T, C, O = tables.task.c, tables.case.c, tables.org.c  # noqa: E741  # the three joined tables, read a lot below
PAGE = 500
_CLOCK = (
    C.returned.label("case_returned"), C.state.label("stage"), C.due_handle.label("end_handle"), C.due_check.label("end_check"),
    C.suspended_at.label("frozen"),
)  # fmt: skip


def _board() -> Select[tuple[object, ...]]:
    columns = (
        C.number.label("case_number"), C.title.label("case_title"), C.priority, O.name.label("unit"), C.state.label("case_state"),
    )  # fmt: skip
    joined = tables.task.join(tables.case, C.id == T.case_id).join(tables.org, O.id == T.org_id)
    return select(tables.task, *columns).select_from(joined)


def _board_row(unit: Unit, row: object) -> BoardRow:
    v = row._mapping  # type: ignore[attr-defined]
    task = unit.record(Task, row)  # type: ignore[arg-type]
    assert task is not None
    return BoardRow(task, task.case_id, v["case_number"], v["case_title"], v["priority"], v["unit"], v["case_state"])


def board(unit: Unit, scope: Scope, limit: int = PAGE) -> tuple[BoardRow, ...]:
    """Tasks under way and those finished or sent back whose case is still open, most pressing first."""
    open_cases = C.state.in_(("30", "40", "50", "60", "70"))
    question = _board().where(scope.tasks(), open_cases, T.state.in_((*LIVE_STATES, "finished", "returned")))
    question = question.order_by(func.coalesce(T.due_sign, T.release_at), T.id).limit(limit)
    return tuple(_board_row(unit, row) for row in unit.rows(question))


def tasks_of(unit: Unit, scope: Scope, case_id: int) -> tuple[BoardRow, ...]:
    """All tasks of a case, in the order they were given."""
    rows = unit.rows(_board().where(T.case_id == case_id, scope.tasks()).order_by(T.id))
    return tuple(_board_row(unit, row) for row in rows)


def task_by_id(unit: Unit, scope: Scope, task_id: int) -> Task:
    """One task. Raises Missing, also for one the actor may not know of."""
    found = unit.record(Task, unit.row(select(tables.task).where(T.id == task_id, scope.tasks())))
    if found is None:
        raise Missing("task", task_id)
    return found


def desk_inbox(unit: Unit, scope: Scope, limit: int = 200) -> tuple[DeskRow, ...]:
    """A department's tasks that have left the hall: waiting first, then in work, then done."""
    a = tables.attachment.c
    photos = select(func.count()).where(a.case_id == T.case_id, a.owner_kind == "report").scalar_subquery()
    columns = (C.number.label("case_number"), C.title, C.category, C.priority, C.address, photos.label("photos"), *_CLOCK)
    question = select(tables.task, *columns).join_from(tables.task, tables.case, C.id == T.case_id)
    question = question.where(scope.tasks(), T.org_id == scope.actor.org_id, T.state.in_(DESK_STATES))
    rows = unit.rows(question.order_by(T.id.desc()).limit(limit))
    return tuple(_desk_row(unit, row) for row in rows)


def _desk_row(unit: Unit, row: object) -> DeskRow:
    v = row._mapping  # type: ignore[attr-defined]
    task = unit.record(Task, row)  # type: ignore[arg-type]
    assert task is not None
    return DeskRow(task, v["case_number"], v["title"], v["category"], v["priority"], v["address"], int(v["photos"]), *_clock(v, task))


def desk_task(unit: Unit, scope: Scope, task_id: int) -> DeskTask:
    """A department's task page: the matter without its reporter, and the unit's own answers. Raises Missing."""
    columns = (C.number, C.title, C.content, C.category, C.priority, C.address, C.lon, C.lat, C.grid, *_CLOCK)
    question = select(*columns).join_from(tables.task, tables.case, C.id == T.case_id)
    row = unit.row(question.where(T.id == task_id, T.org_id == scope.actor.org_id, T.state.in_(DESK_STATES), scope.tasks()))
    if row is None:
        raise Missing("task", task_id)
    task = task_by_id(unit, scope, task_id)
    r, a = tables.reply.c, tables.attachment.c
    replies = unit.records(TaskReply, unit.rows(select(tables.reply).where(r.task_id == task_id).order_by(r.id)))
    own = a.owner_kind.in_(("report", "case")) | ((a.owner_kind == "reply") & a.owner_id.in_([reply.id for reply in replies]))
    files = unit.records(Attachment, unit.rows(select(tables.attachment).where(a.case_id == task.case_id, own).order_by(a.id)))
    org = unit.get(tables.org, OrgUnit, task.org_id)
    assert org is not None
    returned, running, suspended = _clock(row._mapping, task)
    return DeskTask(
        task, *row[:9], unit=org, replies=replies, attachments=files, returned=returned, running=running, suspended=suspended,
        applications=asked_by(unit, scope, task_id), supervisions=pressed(unit, scope, task_id), partners=partners(unit, scope),
    )  # fmt: skip


def _clock(v: object, task: Task) -> tuple[int, datetime | None, bool]:
    """How often the case was given back (for its lead), the end of the stage that runs, and whether its clocks stand still."""
    returned = int(v["case_returned"]) if task.kind == "lead" else 0  # type: ignore[index]
    end = v["end_check"] if v["stage"] == CHECK else v["end_handle"]  # type: ignore[index]
    return returned, end, v["frozen"] is not None  # type: ignore[index]
