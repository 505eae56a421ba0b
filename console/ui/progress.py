"""How far a task is, on the board and in the card: state in words, used part of its limit, time left. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from console.domain.codes import Codes
from console.domain.rows import BoardRow
from console.domain.task import AWAITING, FINISHED, HELD, RECALLED, REPLIED, RETURNED, WORKING, Task
from console.ui.base.rows import BarLine
from console.ui.base.spans import left, span
from console.ui.base.words import language, tr
from console.ui.wording import Named, with_part

DUE_SOON = 0.8  # ux.md 2.3: grey, amber at 80 %, red when past
ENDED = (FINISHED, RETURNED, RECALLED)


@dataclass(frozen=True)
class Run:
    """The limit that runs now: since when, until when, how much of its own time is used."""

    start: datetime
    end: datetime
    share: float


@dataclass(frozen=True)
class TaskLook:
    """A task at one moment."""

    line: BarLine
    is_unsigned: bool


def run_of(row: BoardRow, now: datetime, codes: Codes) -> Run | None:
    """The limit of a task that runs now; None when it has ended or has none."""
    task = row.task
    start: datetime | None = task.released_at
    end: datetime | None = None
    if task.state == HELD:
        start, end = task.sent_at, task.release_at
    elif task.state == AWAITING:
        end = task.due_sign
    elif task.state in (WORKING, REPLIED):
        end = task.due_handle
    if start is None or end is None or end <= start:
        return None
    stage = {AWAITING: "sign", WORKING: "handle", REPLIED: "handle"}.get(task.state, "")
    return Run(start, end, _share(start, end, now, codes, row if stage else None))


def seconds_left(end: datetime, now: datetime) -> int:
    """Whole seconds until an instant, rounded up; never below 0."""
    return max(0, ceil((end - now).total_seconds()))


def lamp_of(row: BoardRow, now: datetime, codes: Codes) -> str:
    """G, Y from 80 % on, R when past; what is held or has ended is calm."""
    run = run_of(row, now, codes)
    if run is None or row.task.state == HELD:
        return "G"
    return "R" if now >= run.end else "Y" if run.share >= DUE_SOON else "G"


def task_look(row: BoardRow, now: datetime, codes: Codes, units: Mapping[int, Named]) -> TaskLook:
    """The task as it reads now."""
    task = row.task
    run, lamp = run_of(row, now, codes), lamp_of(row, now, codes)
    rest = "—"
    if run is not None and task.state != HELD:
        rest = left(run.end, now)
    share = run.share if run is not None else 1.0 if task.state == FINISHED else 0.0
    line = BarLine(row.case_number[-3:], with_part(units, task.org_id, task.kind), _words(task, run, now, lamp, codes), share, rest, lamp)
    return TaskLook(line, task.state == AWAITING)


def order_key(row: BoardRow) -> tuple[int, datetime]:
    """What can still be taken back on top, then what is under way by its end; what has ended below."""
    task = row.task
    end = {HELD: task.release_at, AWAITING: task.due_sign, WORKING: task.due_handle, REPLIED: task.due_handle}.get(task.state)
    rank = 0 if task.state == HELD else 2 if task.state in ENDED else 1
    return rank, end or task.finished_at or task.sent_at


def _words(task: Task, run: Run | None, now: datetime, lamp: str, codes: Codes) -> str:
    if task.state == HELD:
        seconds = seconds_left(task.release_at, now)
        return tr("held · recall within {n} s", n=seconds) if seconds else tr("leaving the hall")
    state = _state(task, codes)
    if run is None:
        return state
    used = tr("{state} {used}/{limit}", state=state, used=span(now - run.start), limit=span(run.end - run.start))
    if lamp == "G":
        return used
    return tr("overdue · {state}", state=state) if lamp == "R" else tr("due soon · {state}", state=state)


def _state(task: Task, codes: Codes) -> str:
    if task.state == RETURNED:
        reason = codes.reasons.get("return", {}).get(task.refuse_reason.partition(" ")[0])
        return tr("sent back: {reason}", reason=reason.named(language())) if reason is not None else tr("sent back")
    if task.state in (WORKING, REPLIED) and task.on_site_at is not None:
        return tr("on site")
    words = {
        AWAITING: tr("not signed"), WORKING: tr("being handled"), REPLIED: tr("has reported"), FINISHED: tr("finished"),
        RECALLED: tr("recalled"),
    }  # fmt: skip
    return words.get(task.state, task.state)


def _share(start: datetime, end: datetime, now: datetime, codes: Codes, worked: BoardRow | None) -> float:
    """The used part, in work time when the limit is one: a weekend must not use up a task's days."""
    if worked is not None:
        stage = "sign" if worked.task.state == AWAITING else "handle"
        limit = codes.stage_limits.of(stage, worked.priority) if stage == "sign" else None
        is_work = limit.is_work if limit is not None else worked.priority in ("P3", "P4")
        whole = codes.calendar.between(start, end) if is_work else timedelta()
        if whole:
            return min(1.0, codes.calendar.between(start, now) / whole)
    return min(1.0, max(0.0, (now - start) / (end - start)))
