"""Clips as rows: the day they go, what a letter was given, which files are still someone's."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from console.domain.clip import ClipRequest, Period, VideoClip
from console.store import tables
from console.store.unit import Unit

K, S, R = tables.video_clip.c, tables.video_still.c, tables.clip_request.c


def set_day(unit: Unit, case_ids: Sequence[int], day: datetime | None) -> None:
    """Clips and stills of these cases are deleted after a day; None: not yet."""
    there = (K.case_id.in_(case_ids), K.deleted_at.is_(None))
    unit.run(update(tables.video_clip).where(*there).values(delete_after=day))
    theirs = select(tables.attachment.c.id).where(tables.attachment.c.case_id.in_(case_ids), tables.attachment.c.kind == "snapshot")
    unit.run(update(tables.video_still).where(S.attachment_id.in_(theirs), S.deleted_at.is_(None)).values(delete_after=day))


def with_merged(unit: Unit, case_id: int) -> tuple[int, ...]:
    """A case and all that were merged into it, however often: what belongs to them lives as long as it."""
    found, newest = [case_id], [case_id]
    while newest:
        c = tables.case.c
        newest = [int(str(row[0])) for row in unit.rows(select(c.id).where(c.merged_into.in_(newest), c.id.not_in(found)))]
        found += newest
    return tuple(found)


def given(unit: Unit, letter_no: str) -> tuple[Period, ...]:
    """The periods a letter was given already."""
    question = select(R.starts_at, R.ends_at).where(R.letter_no == letter_no, R.export_id.is_not(None))
    return tuple((row[0], row[1]) for row in unit.rows(question))  # type: ignore[misc]


def request_by_id(unit: Unit, request_id: int) -> ClipRequest | None:
    """A request, or none."""
    return unit.get(tables.clip_request, ClipRequest, request_id)


def requests_of(unit: Unit, clip_id: int, user_id: int) -> tuple[ClipRequest, ...]:
    """What this person asked for a clip and has not used, newest first; for a caller who may see the clip."""
    question = select(tables.clip_request).where(R.clip_id == clip_id, R.asked_by == user_id, R.export_id.is_(None))
    return unit.records(ClipRequest, unit.rows(question.order_by(R.id.desc())))


def use_request(unit: Unit, request_id: int, export_id: int) -> None:
    """Note by which export a request was met."""
    unit.run(update(tables.clip_request).where(R.id == request_id).values(export_id=export_id))


def is_kept(unit: Unit, sha256: str) -> bool:
    """Whether a file belongs to anything."""
    a = tables.attachment.c
    clip = unit.row(select(K.id).where(K.deleted_at.is_(None), (K.sha256 == sha256) | (K.picture == sha256)).limit(1))
    return clip is not None or unit.row(select(a.id).where(a.sha256 == sha256).limit(1)) is not None


def after(unit: Unit, clip_id: int, limit: int = 200) -> tuple[tuple[VideoClip, str, str], ...]:
    """Clips that should still lie there, with case number and camera, by id after an id."""
    question = (
        select(tables.video_clip, tables.case.c.number, tables.camera.c.code)
        .join(tables.case, tables.case.c.id == K.case_id).join(tables.camera, tables.camera.c.id == K.camera_id)
        .where(K.id > clip_id, K.deleted_at.is_(None)).order_by(K.id).limit(limit)
    )  # fmt: skip
    rows = unit.rows(question)
    return tuple((clip, str(row[-2]), str(row[-1])) for clip, row in zip(unit.records(VideoClip, rows), rows, strict=True))
