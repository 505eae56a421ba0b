"""Leave for recorded video by who asked and for what; lists for those who decide stand in `find/footage.py`."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from console.domain.video_leave import BROKEN, PLAYBACK, VideoLeave
from console.store import tables
from console.store.register import Source
from console.store.unit import Unit

V, S = tables.video_leave.c, tables.camera_source.c


def leave_by_id(unit: Unit, leave_id: int) -> VideoLeave | None:
    """A request, or none."""
    return unit.get(tables.video_leave, VideoLeave, leave_id)


def of_person(unit: Unit, user_id: int, kind: str, case_id: int | None, purpose: str) -> tuple[VideoLeave, ...]:
    """Everything a person asked for or took for one case and purpose, the newest first."""
    mine = (V.asked_by == user_id, V.kind == kind, V.purpose == purpose)
    same = V.case_id.is_(None) if case_id is None else V.case_id == case_id
    question = select(tables.video_leave).where(*mine, same).order_by(V.id.desc())
    return unit.records(VideoLeave, unit.rows(question))


def newest_of(unit: Unit, user_id: int, case_id: int | None) -> tuple[VideoLeave, ...]:
    """What a person asked last to play about a case: one request, or two where some cameras are the police's."""
    same = V.case_id.is_(None) if case_id is None else V.case_id == case_id
    mine = (V.asked_by == user_id, V.kind == PLAYBACK, same)
    last = select(func.max(V.asked_at)).where(*mine).scalar_subquery()
    question = select(tables.video_leave).where(*mine, V.asked_at == last).order_by(V.id)
    return unit.records(VideoLeave, unit.rows(question))


def is_broken_into(unit: Unit, case_id: int) -> bool:
    """Whether somebody has used a case's one emergency."""
    return unit.row(select(V.id).where(V.case_id == case_id, V.state == BROKEN)) is not None


def is_suspended(unit: Unit, user_id: int, now: datetime) -> bool:
    """Whether an emergency of this person was not reviewed in time; it counts from that instant, whoever sweeps when."""
    late = (V.asked_by == user_id, V.state == BROKEN, V.reviewed_at.is_(None), V.review_due <= now)
    return unit.row(select(V.id).where(*late)) is not None


def unreviewed(unit: Unit, now: datetime) -> tuple[VideoLeave, ...]:
    """Emergencies whose review is overdue and of which nobody has been told."""
    late = (V.state == BROKEN, V.reviewed_at.is_(None), V.review_due <= now, V.suspended_at.is_(None))
    return unit.records(VideoLeave, unit.rows(select(tables.video_leave).where(*late).order_by(V.id)))


def police_cameras(unit: Unit, camera_ids: Collection[int]) -> frozenset[int]:
    """Those of these cameras that belong to the police (handbook Q6)."""
    rows = unit.rows(select(tables.camera_source).where(S.camera_id.in_(sorted(camera_ids)))) if camera_ids else ()
    return frozenset(one.camera_id for one in unit.records(Source, rows) if one.attributes.get("owner") == "police")
