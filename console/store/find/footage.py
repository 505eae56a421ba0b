"""Questions of those who decide on recorded video and those who watch its use: requests, looks, a week's sample, what cameras lack."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select

from console.domain.camera import Camera, VideoAccess
from console.domain.paging import Leaf, Turn
from console.domain.video_leave import BROKEN, VideoLeave
from console.domain.video_watch import INDOOR, STORAGE_DAYS, Lacking, LeaveRow, Look, LookFilter
from console.store import tables
from console.store.leaves import Question, leaf
from console.store.scope import Condition, Scope
from console.store.unit import Unit

V, A, C, CAM = tables.video_leave.c, tables.video_access.c, tables.case.c, tables.camera.c
ORG, S, CENTRE = tables.org.c, tables.camera_source.c, tables.centre.c
MOST = 2_000
UNTOLD = "···"  # of a shielded case
REASON: ColumnElement[str] = case((and_(A.case_id.is_not(None), C.id.is_(None)), ""), else_=A.reason)


def leave_by_id(unit: Unit, scope: Scope, leave_id: int) -> VideoLeave | None:
    """A request this actor may decide on or review, or none."""
    mine = or_(scope.video_leaves(), V.asked_by == scope.actor.user_id) if scope.actor.user_id else scope.video_leaves()
    return unit.record(VideoLeave, unit.row(select(tables.video_leave).where(V.id == leave_id, mine)))


def waiting(unit: Unit, scope: Scope, turn: Turn) -> Leaf[LeaveRow]:
    """Requests that wait for this actor's decision and emergencies for the review, the newest first."""
    open_ones = or_(V.state == "asked", and_(V.state == BROKEN, V.reviewed_at.is_(None)))
    question = _leaves(scope).where(scope.video_leaves(), open_ones)
    orders = {
        "at": V.asked_at, "asker": V.asker, "unit": ORG.name, "case": C.number, "kind": V.kind, "purpose": V.purpose, "until": V.review_due,
    }  # fmt: skip
    rows, total = leaf(unit, cast(Question, question), turn, orders, V.id)
    leaves = unit.records(VideoLeave, rows)
    codes = _codes(unit, {one for leave in leaves for one in leave.cameras})
    return Leaf(tuple(_leave_row(leave, row, codes) for leave, row in zip(leaves, rows, strict=True)), total)


def looks(unit: Unit, scope: Scope, wanted: LookFilter, turn: Turn) -> Leaf[Look]:
    """Looks at video by people of the area, the newest first."""
    question = _looks(scope).where(scope.looks(), *_wanted(wanted))
    orders = {
        "at": A.opened_at, "user": A.user_name, "unit": ORG.name, "camera": CAM.code, "kind": A.kind, "purpose": A.purpose,
        "case": C.number, "reason": REASON, "approver": A.approver, "seat": A.seat,
    }  # fmt: skip
    rows, total = leaf(unit, cast(Question, question), turn, orders, A.id)
    return Leaf(tuple(_look(unit, row) for row in rows), total)


def all_looks(unit: Unit, scope: Scope, wanted: LookFilter) -> tuple[Look, ...]:
    """The newest 2 000 of the same, for a list that leaves the hall."""
    rows = unit.rows(_looks(scope).where(scope.looks(), *_wanted(wanted)).order_by(A.id.desc()).limit(MOST))
    return tuple(_look(unit, row) for row in rows)


def lacking(unit: Unit, scope: Scope, what: str, filed_before: datetime, turn: Turn) -> Leaf[Lacking]:
    """Cameras of the area that lack something: storage, sign, filing, stand guarded, or of which nothing was stated."""
    joined = tables.camera.join(tables.centre, CENTRE.id == CAM.centre_id).outerjoin(tables.camera_source, S.camera_id == CAM.id)
    question = select(tables.camera, CENTRE.name.label("centre"), S.attributes).select_from(joined)
    question = question.where(scope.registered(), _lacks(what, filed_before.date().isoformat()))
    orders = {"code": CAM.code, "name": CAM.name, "centre": CENTRE.name}
    rows, total = leaf(unit, cast(Question, question), turn or Turn("code"), orders, CAM.id)
    cameras = unit.records(Camera, rows)
    told = [row._mapping for row in rows]
    return Leaf(tuple(Lacking(one, v["centre"], v["attributes"] or {}) for one, v in zip(cameras, told, strict=True)), total)


def _lacks(what: str, filed_before: str) -> Condition:
    stated = S.attributes
    # Since when a camera is known; whoever has filed it or put up its sign says so with the next report.
    is_late = and_(stated["registered_on"].as_string().is_not(None), stated["registered_on"].as_string() <= filed_before)
    return {
        "storage": stated["storage_days"].as_integer() < STORAGE_DAYS,
        "guarded": or_(stated["room_type"].as_string() == INDOOR, stated["basis"].as_string().is_not(None)),
        "sign": and_(is_late, func.coalesce(stated["notice_sign"].as_string(), "") != "yes"),
        "filing": and_(is_late, stated["filing_no"].as_string().is_(None)),
        "unstated": S.camera_id.is_(None),
    }[what]


def _leaves(scope: Scope) -> Question:
    """Requests with what belongs to them; of a shielded case the reader was not let into the number is not told."""
    joined = (
        tables.video_leave.outerjoin(tables.org, ORG.id == V.org_id)
        .outerjoin(tables.case, and_(C.id == V.case_id, _told(scope)))
    )  # fmt: skip
    return cast(Question, select(tables.video_leave, ORG.name.label("unit"), C.number.label("number")).select_from(joined))


def _looks(scope: Scope) -> Question:
    """Looks with what belongs to them; of a shielded case the reader was not let into neither number nor reason is told."""
    joined = (
        tables.video_access.join(tables.camera, CAM.id == A.camera_id).outerjoin(tables.org, ORG.id == A.org_id)
        .outerjoin(tables.case, and_(C.id == A.case_id, _told(scope)))
    )  # fmt: skip
    columns = (ORG.name.label("unit"), CAM.code.label("code"), CAM.name.label("camera"), C.number.label("number"))
    return cast(Question, select(tables.video_access, *columns).select_from(joined))


def _told(scope: Scope) -> Condition:
    return or_(C.shield.is_(None), C.shield == "", scope.cases())


def _wanted(wanted: LookFilter) -> list[Condition]:
    found: list[Condition] = [A.kind == wanted.kind] if wanted.kind else []
    found += [A.opened_at >= wanted.since] if wanted.since is not None else []
    found += [A.opened_at < wanted.until] if wanted.until is not None else []
    columns: tuple[ColumnElement[str], ...] = (A.user_name, ORG.name, CAM.code, CAM.name, C.number, REASON, A.approver)
    return found + [or_(*(column.icontains(word, autoescape=True) for column in columns)) for word in wanted.words.split()]


def _look(unit: Unit, row: Row[tuple[object, ...]]) -> Look:
    v = row._mapping
    access = cast(VideoAccess, unit.record(VideoAccess, row))
    if access.case_id is not None and not v["number"]:
        access = replace(access, case_id=None, reason=UNTOLD)
    return Look(access, v["unit"] or "", v["code"], v["camera"], v["number"] or "")


def _leave_row(leave: VideoLeave, row: Row[tuple[object, ...]], codes: dict[int, str]) -> LeaveRow:
    v = row._mapping
    if leave.case_id is not None and not v["number"]:
        leave = replace(leave, case_id=None)
    return LeaveRow(leave, v["unit"] or "", v["number"] or "", tuple(codes.get(one, "—") for one in leave.cameras))


def _codes(unit: Unit, ids: Collection[int]) -> dict[int, str]:
    rows: Sequence[Row[tuple[object, ...]]] = unit.rows(select(CAM.id, CAM.code, CAM.name).where(CAM.id.in_(sorted(ids)))) if ids else ()
    return {int(str(row[0])): f"{row[1]} {row[2]}" for row in rows}


