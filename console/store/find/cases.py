"""Questions about cases and the reports behind them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, and_, case, func, null, or_, select

from console.domain.attachment import Attachment
from console.domain.case import (
    CHECK,
    CLOSING,
    DISPATCH,
    EVALUATION,
    FILING,
    HANDLING,
    INTAKE,
    OPEN_STATES,
    SIGN,
    UPPER,
    VERIFY,
    Case,
)
from console.domain.errors import Missing
from console.domain.masking import mask_name, mask_phone, mask_text
from console.domain.report import Report
from console.domain.rows import InboxCounts, InboxRow, MyReport, Pin, TimelineRow
from console.domain.task import TaskReply
from console.store import tables
from console.store.find.applications import words_of
from console.store.scope import Scope
from console.store.unit import Unit

PAGE = 500
C = tables.case.c
# Which limit runs in a state, and since when: the queue's clock.
_DUE = {INTAKE: (C.due_accept, C.reported_at), FILING: (C.due_file, C.done_accept), DISPATCH: (C.due_dispatch, C.done_file)}
_DUE |= {SIGN: (C.due_sign, C.done_dispatch), HANDLING: (C.due_handle, C.done_dispatch)}
_DUE |= {CHECK: (C.due_check, C.done_handle), CLOSING: (C.due_close, C.done_check), EVALUATION: (C.due_evaluate, C.done_close)}
_DUE |= {VERIFY: (C.due_verify, C.acked_at), UPPER: (C.due_accept, C.reported_at)}
_RUNNING = case((C.suspended_at.is_not(None), null()), else_=case({state: due for state, (due, _) in _DUE.items()}, value=C.state))
_SINCE = func.coalesce(case({state: since for state, (_, since) in _DUE.items()}, value=C.state), C.reported_at)


def inbox(unit: Unit, scope: Scope, only: str = "all", limit: int = PAGE) -> tuple[InboxRow, ...]:
    """The queue: unacknowledged first, then by priority and time.

    `only`: "all" (everything open), "unacked", "mine" (acknowledged by the
    actor), "overdue" is derived by the caller from `due`.
    """
    unacked = case((and_(C.state == INTAKE, C.acked_at.is_(None)), 0), else_=1)
    question = _inbox_columns().where(scope.cases(), C.state.in_(OPEN_STATES))
    if only == "unacked":
        question = question.where(C.state == INTAKE, C.acked_at.is_(None))
    elif only == "mine":
        question = question.where(C.acked_by == scope.actor.user_id)
    question = question.order_by(unacked, C.priority, C.reported_at.desc(), C.id.desc()).limit(limit)
    return tuple(InboxRow(*row) for row in unit.rows(question))


def inbox_rows(unit: Unit, scope: Scope, ids: Sequence[int]) -> tuple[InboxRow, ...]:
    """The queue lines of some cases, open or not, in no order."""
    return tuple(InboxRow(*row) for row in unit.rows(_inbox_columns().where(scope.cases(), C.id.in_(ids))))


def _inbox_columns() -> Select[tuple[object, ...]]:
    # In the order of InboxRow's fields: hundreds of rows a refresh are made of them.
    return select(
        C.id, C.number, C.title, C.address, C.category, C.priority, C.state, C.reported_at, C.acked_at.is_not(None).label("acked"),
        _RUNNING.label("due"), _SINCE.label("started"), C.lon, C.lat, C.grid, C.flags, C.version,
    )  # fmt: skip


def inbox_counts(unit: Unit, scope: Scope, since: datetime) -> InboxCounts:
    """How many wait unacknowledged, are being handled, came since an instant (midnight)."""
    question = select(
        func.count().filter(C.state == INTAKE, C.acked_at.is_(None)),
        func.count().filter(C.state.in_((SIGN, HANDLING))),
        func.count().filter(C.reported_at >= since),
    ).where(scope.cases(), or_(C.state.in_(OPEN_STATES), C.reported_at >= since))
    row = unit.row(question)
    assert row is not None
    return InboxCounts(*(int(value) for value in row))  # type: ignore[call-overload]


def case_by_id(unit: Unit, scope: Scope, case_id: int) -> Case:
    """One case. Raises Missing, also for one the actor may not know of."""
    found = unit.record(Case, unit.row(select(tables.case).where(C.id == case_id, scope.cases())))
    if found is None:
        raise Missing("case", case_id)
    return found


def own_case(unit: Unit, scope: Scope, case_id: int) -> Case:
    """A case the actor brought in, as its reporter. Raises Missing."""
    found = unit.record(Case, unit.row(select(tables.case).where(C.id == case_id, scope.sent())))
    if found is None:
        raise Missing("case", case_id)
    return found


def case_by_tail(unit: Unit, scope: Scope, digits: str, limit: int = 10) -> tuple[Case, ...]:
    """Open cases whose number ends with these digits, newest first (command line)."""
    question = select(tables.case).where(scope.cases(), C.number.endswith(digits, autoescape=True))
    return unit.records(Case, unit.rows(question.order_by(C.id.desc()).limit(limit)))


def reports_of(unit: Unit, scope: Scope, case_id: int) -> tuple[Report, ...]:
    """The reports behind a case, first one first, without persons (handbook G24).

    Intake reads a masked name and phone, everybody else none, nor does anybody
    where protection was asked for; numbers inside the words are masked for all.
    """
    return tuple(_without_person(report, scope) for report in plain_reports_of(unit, scope, case_id))


def _without_person(report: Report, scope: Scope) -> Report:
    is_named = scope.knows_reporters and not report.protected
    name, phone = (mask_name(report.reporter_name), mask_phone(report.reporter_phone)) if is_named else ("", "")
    return replace(report, reporter_name=name, reporter_phone=phone, text=mask_text(report.text))


def plain_reports_of(unit: Unit, scope: Scope, case_id: int) -> tuple[Report, ...]:
    """The same with everything in them, for the one operation that writes down who looks (`service/unmask.py`)."""
    r = tables.report.c
    question = select(tables.report).where(r.case_id == case_id, scope.reports())
    return unit.records(Report, unit.rows(question.order_by(r.id)))


def my_reports(unit: Unit, scope: Scope, limit: int = 50) -> tuple[MyReport, ...]:
    """What the actor sent, newest first, with its case as it stands."""
    question = _my_own(scope).order_by(tables.report.c.id.desc()).limit(limit)
    return _with_cases(unit, unit.records(Report, unit.rows(question)))


def my_report(unit: Unit, scope: Scope, key: str) -> MyReport:
    """What the actor sent under a key. Raises Missing."""
    r = tables.report.c
    newest = unit.records(Report, unit.rows(_my_own(scope).where(r.key == key).order_by(r.id.desc()).limit(1)))
    if not newest:
        raise Missing("report", key)
    return _with_cases(unit, newest)[0]


def _my_own(scope: Scope) -> Select[tuple[object, ...]]:
    return select(tables.report).where(tables.report.c.reporter_id == scope.actor.user_id, scope.reports())


def _with_cases(unit: Unit, reports: Sequence[Report]) -> tuple[MyReport, ...]:
    a = tables.attachment.c
    ids = [report.id for report in reports]
    photos = unit.rows(select(a.owner_id, a.sha256).where(a.owner_kind == "report", a.owner_id.in_(ids)).order_by(a.id))
    of_each = unit.records(Case, unit.rows(select(tables.case).where(C.id.in_([report.case_id for report in reports]))))
    known = {case.id: case for case in of_each}
    pictures = {one.id: tuple(str(photo[1]) for photo in photos if photo[0] == one.id) for one in reports}
    return tuple(MyReport(one, known[one.case_id], pictures[one.id]) for one in reports if one.case_id in known)


def attachments_of(unit: Unit, scope: Scope, case_id: int) -> tuple[Attachment, ...]:
    """Photos and files of a case, first one first."""
    a = tables.attachment.c
    visible = select(C.id).where(C.id == case_id, scope.cases())
    return unit.records(Attachment, unit.rows(select(tables.attachment).where(a.case_id.in_(visible)).order_by(a.id)))


def may_see_file(unit: Unit, scope: Scope, sha256: str) -> bool:
    """Whether a picture belongs to anything the actor may see, or was sent in by the actor; a clip needs an access row of its own."""
    a, r, u = tables.attachment.c, tables.report.c, tables.upload.c
    by_case = select(a.id).where(a.sha256 == sha256, a.kind != "clip", a.case_id.in_(select(C.id).where(scope.cases())))
    own = select(a.id).join(tables.report, r.id == a.owner_id).where(a.sha256 == sha256, a.owner_kind == "report", scope.reports())
    sent = select(u.size).where(u.sha256 == sha256, u.user_id == scope.actor.user_id)
    return any(unit.row(question.limit(1)) is not None for question in (by_case, own, sent))


def timeline(unit: Unit, scope: Scope, case_id: int) -> tuple[TimelineRow, ...]:
    """Every act on a case and its tasks, marks on cameras included, in the order it was committed, with the words of answers.

    The one who reported stays unnamed outside intake, and for all where protection was asked for; intake reads a masked name (G24).
    """
    case = case_by_id(unit, scope, case_id)
    r = tables.report.c
    protected = select(r.id).where(r.case_id == case_id, r.protected).limit(1)
    is_named = scope.knows_reporters and unit.row(protected) is None
    j, p, o, t = tables.journal.c, tables.user.c, tables.org.c, tables.task.c
    # Asked first and not inside: an index leads to known entries, a question within one would have the whole journal read.
    tasks = [row[0] for row in unit.rows(select(t.id).where(t.case_id == case_id))]
    asked = [row[0] for row in unit.rows(select(tables.application.c.id).where(tables.application.c.case_id == case_id))]
    seen = [row[0] for row in unit.rows(select(tables.sighting.c.id).where(tables.sighting.c.case_id == case_id))]
    cut = [row[0] for row in unit.rows(select(tables.video_clip.c.id).where(tables.video_clip.c.case_id == case_id))]
    mine = or_(
        and_(j.kind == "case", j.ref == case_id), and_(j.kind == "task", j.ref.in_(tasks)),
        and_(j.kind == "application", j.ref.in_(asked)), and_(j.kind == "sighting", j.ref.in_(seen)),
        and_(j.kind == "clip", j.ref.in_(cut)),
    )  # fmt: skip
    question = select(tables.journal, p.name.label("who"), o.name.label("unit_name"))
    question = question.select_from(tables.journal.outerjoin(tables.user, p.id == j.actor).outerjoin(tables.org, o.id == p.org_id))
    rows = unit.rows(question.where(mine).order_by(j.xid, j.id))
    words = {"reply": {reply.id: reply.text for reply in replies_of(unit, scope, case_id)}, "remark": words_of(unit, scope, case_id)}
    return tuple(_timeline_row(row, words, case.reporter_id, is_named=is_named) for row in rows)


def _timeline_row(row: object, words: dict[str, dict[int, str]], reporter: int, *, is_named: bool) -> TimelineRow:
    v = row._mapping  # type: ignore[attr-defined]
    said = next((words[name].get(v["facts"][name], "") for name in words if isinstance(v["facts"].get(name), int)), "")
    who, where, seat = v["who"] or "", v["unit_name"] or "", v["seat"]
    if v["actor"] == reporter and reporter:
        who, where, seat = (mask_name(who), where, seat) if is_named else ("", "", "")
    return TimelineRow(
        v["id"], v["at"], v["op"], v["kind"], v["ref"], who, where, seat, v["from_state"], v["to_state"],
        v["facts"], said,
    )  # fmt: skip


def replies_of(unit: Unit, scope: Scope, case_id: int) -> tuple[TaskReply, ...]:
    """All answers of all units of a case, in order."""
    r = tables.reply.c
    visible = select(C.id).where(C.id == case_id, scope.cases())
    return unit.records(TaskReply, unit.rows(select(tables.reply).where(r.case_id.in_(visible)).order_by(r.id)))


def pins(unit: Unit, scope: Scope, limit: int = 20_000) -> tuple[Pin, ...]:
    """Open cases with a position, for the map, the most urgent first."""
    question = select(C.id, C.lon, C.lat, C.priority, C.state, C.acked_at, C.title, C.lamp)
    question = question.where(scope.cases(), C.state.in_(OPEN_STATES), C.lon.is_not(None)).order_by(C.priority, C.id.desc()).limit(limit)
    return tuple(
        Pin(v["id"], v["lon"], v["lat"], v["priority"], v["state"], v["acked_at"] is not None, v["title"], v["lamp"] or "")
        for v in (row._mapping for row in unit.rows(question))
    )
