"""A week's sample of the use of video, for the auditor (handbook G27); each kind is one question, by the page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement, Integer, Select, and_, exists, extract, func, literal, or_, select, text, type_coerce

from console.domain.paging import Leaf, Turn
from console.domain.video_watch import AGAIN, MANY, NIGHT_FROM_H, NIGHT_TO_H, TEN_MINUTES, WEEK, Sampled
from console.store import tables
from console.store.leaves import Question, leaf
from console.store.scope import Condition, Scope
from console.store.unit import Unit

A, ORG, CAM, D, P = tables.video_access.c, tables.org.c, tables.camera.c, tables.duty.c, tables.user.c
PATROL = "V3"  # a plan was given for it
CHINA_H = 8


def sample(unit: Unit, scope: Scope, what: str, week: datetime, turn: Turn) -> Leaf[Sampled]:
    """What deserves a question in the week from an instant on."""
    mine = and_(scope.looks(), A.opened_at >= week, A.opened_at < week + WEEK)
    found = _QUESTIONS[what](unit, mine).subquery()
    f = found.c
    persons = found.outerjoin(tables.user, P.id == f.user_id).outerjoin(tables.org, ORG.id == P.org_id)
    joined = persons.outerjoin(tables.camera, CAM.id == f.camera_id)
    question = select(
        f.user_id, P.name.label("user"), ORG.name.label("unit"), f.at, f.count, CAM.code.label("code"), CAM.name.label("camera"), f.key,
    ).select_from(joined)  # fmt: skip
    orders = {"at": f.at, "user": P.name, "unit": ORG.name, "count": f.count, "camera": CAM.code}
    rows, total = leaf(unit, cast(Question, question), turn, orders, f.key)
    return Leaf(tuple(Sampled(r[0], r[1] or "", r[2] or "", r[3], r[4], r[5] or "", r[6] or "") for r in rows), total)  # type: ignore[arg-type]


Finding = Select[tuple[int, int, datetime, int, int]]


def _each(mine: Condition) -> Finding:
    return cast(Finding, select(A.user_id, A.camera_id, A.opened_at.label("at"), literal(1).label("count"), A.id.label("key")).where(mine))


def _off_duty(_unit: Unit, mine: Condition) -> Finding:
    """Looks of somebody who was not on the roster, at a centre whose roster was kept at that hour."""
    other = tables.duty.alias().c
    covers = and_(other.starts_at <= A.opened_at, A.opened_at < other.ends_at, other.centre_id == ORG.centre_id)
    is_kept = select(other.id).where(covers, ORG.id == A.org_id).correlate(tables.video_access).exists()
    is_on = exists().where(D.user_id == A.user_id, D.starts_at <= A.opened_at, A.opened_at < D.ends_at)
    return _each(and_(mine, is_kept, ~is_on))


def _night(unit: Unit, mine: Condition) -> Finding:
    """Taken out at night, by the clock of China."""
    if unit.dialect == "sqlite":
        hour: ColumnElement[int] = type_coerce(A.opened_at, Integer) // 3_600_000_000
    else:
        hour = extract("hour", func.timezone("UTC", A.opened_at))
    here = (hour + CHINA_H) % 24
    return _each(and_(mine, A.kind == "export", or_(here >= NIGHT_FROM_H, here < NIGHT_TO_H)))


def _again(_unit: Unit, mine: Condition) -> Finding:
    """One camera looked at again and again without a case or a patrol plan."""
    question = select(A.user_id, A.camera_id, func.min(A.opened_at).label("at"), func.count().label("count"), func.min(A.id).label("key"))
    grouped = question.where(mine, A.case_id.is_(None), A.purpose != PATROL).group_by(A.user_id, A.camera_id)
    return cast(Finding, grouped.having(func.count() >= AGAIN))


def _many(unit: Unit, mine: Condition) -> Finding:
    """More than thirty cameras in ten minutes; a wall that opens at once is one choice, a camera seen a moment ago none."""
    before = tables.video_access.alias().c
    is_repeated = exists().where(
        before.user_id == A.user_id, before.camera_id == A.camera_id, before.opened_at < A.opened_at,
        before.opened_at >= _earlier(unit, A.opened_at),
    )  # fmt: skip
    choices = select(A.user_id, A.opened_at, func.min(A.id).label("key")).where(mine, ~is_repeated)
    c = choices.group_by(A.user_id, A.opened_at).subquery().c
    thirtieth = func.lag(c.opened_at, MANY).over(partition_by=c.user_id, order_by=c.opened_at).label("thirtieth")
    lagged = select(c.user_id, c.opened_at, c.key, thirtieth).subquery().c
    question = select(
        lagged.user_id, literal(0).label("camera_id"), func.min(lagged.thirtieth).label("at"),
        (func.count() + MANY).label("count"), func.min(lagged.key).label("key"),
    )  # fmt: skip
    return cast(Finding, question.where(lagged.thirtieth >= _earlier(unit, lagged.opened_at)).group_by(lagged.user_id))


def _earlier(unit: Unit, at: ColumnElement[datetime]) -> ColumnElement[datetime]:
    if unit.dialect == "sqlite":
        return cast(ColumnElement[datetime], type_coerce(at, Integer) - TEN_MINUTES // timedelta(microseconds=1))
    return cast(ColumnElement[datetime], at - text("interval '10 minutes'"))


_QUESTIONS: dict[str, Callable[[Unit, Condition], Finding]] = {"off_duty": _off_duty, "many": _many, "again": _again, "night": _night}
