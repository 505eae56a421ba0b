"""What has to leave the hall and when: written with the act, released later, tried until it arrived."""

from datetime import datetime

from sqlalchemy import func, select, update

from console.store import tables
from console.store.unit import Unit

D = tables.delivery.c


def hold(unit: Unit, task_id: int, recipient: int, channel: str, release_at: datetime) -> None:
    """Put a task in the outbox; nobody outside sees it before `release_at`."""
    values = {"task_id": task_id, "recipient": recipient, "channel": channel, "release_at": release_at, "state": "held", "tries": 0}
    unit.run(tables.delivery.insert().values(values))


def due_cases(unit: Unit, now: datetime, limit: int = 200) -> tuple[int, ...]:
    """Cases with tasks whose recall window has ended, longest ago first."""
    t = tables.task.c
    question = select(t.case_id).join_from(tables.delivery, tables.task, t.id == D.task_id)
    question = question.where(D.state == "held", D.release_at <= now).group_by(t.case_id)
    rows = unit.rows(question.order_by(func.min(D.release_at), t.case_id).limit(limit))
    return tuple(int(row[0]) for row in rows)  # type: ignore[call-overload]


def next_release(unit: Unit) -> datetime | None:
    """When the next window ends, or none."""
    row = unit.row(select(D.release_at).where(D.state == "held").order_by(D.release_at).limit(1))
    return row[0] if row is not None and isinstance(row[0], datetime) else None


def mark(unit: Unit, task_id: int, state: str) -> None:
    """Note that a task's delivery was released, delivered or recalled."""
    unit.run(update(tables.delivery).where(D.task_id == task_id).values(state=state))
