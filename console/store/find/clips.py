"""Questions about clips: those of a case somebody may see, one of them, and every one that should still lie there."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, select

from console.domain.camera import Camera
from console.domain.case import OPEN_STATES
from console.domain.clip import ClipRow, VideoClip
from console.domain.errors import Missing
from console.store import tables
from console.store.find import places
from console.store.scope import Scope
from console.store.unit import Unit

URGENT = ("P1", "P2")
K, A = tables.video_clip.c, tables.attachment.c


def of_case(unit: Unit, scope: Scope, case_id: int) -> tuple[ClipRow, ...]:
    """The clips of a case that are still there, by the time they show."""
    rows = _rows(unit, scope, K.case_id == case_id)
    return tuple(sorted(rows, key=lambda row: (row.clip.starts_at, row.clip.id)))


def by_id(unit: Unit, scope: Scope, clip_id: int) -> ClipRow:
    """One clip of a case the actor may see. Raises Missing, also for one that was deleted."""
    found = _rows(unit, scope, K.id == clip_id)
    if not found:
        raise Missing("clip", clip_id)
    return found[0]


def to_look_at(unit: Unit, scope: Scope, clip_id: int) -> ClipRow:
    """One the actor may also look at: whoever may see the case and look through the camera. Raises Missing."""
    row = by_id(unit, scope, clip_id)
    places.camera_by_id(unit, scope, row.camera.id)
    return row


def urgent(unit: Unit, scope: Scope, case_ids: Sequence[int]) -> tuple[int, ...]:
    """Those of these cases that are open and of P1 or P2."""
    c = tables.case.c
    question = select(c.id).where(c.id.in_(case_ids), scope.cases(), c.priority.in_(URGENT), c.state.in_(OPEN_STATES))
    return tuple(int(str(row[0])) for row in unit.rows(question)) if case_ids else ()


def _rows(unit: Unit, scope: Scope, condition: ColumnElement[bool]) -> tuple[ClipRow, ...]:
    visible = select(tables.case.c.id).where(tables.case.c.id == K.case_id, scope.cases()).exists()
    question = select(tables.video_clip, A.width, A.height, A.size).join(tables.attachment, A.id == K.attachment_id)
    rows = unit.rows(question.where(condition, visible, K.deleted_at.is_(None)))
    return tuple(_row(unit, row) for row in rows)


def _row(unit: Unit, row: Row[tuple[object, ...]]) -> ClipRow:
    clip = unit.record(VideoClip, row)
    assert clip is not None
    camera = unit.get(tables.camera, Camera, clip.camera_id)
    assert camera is not None
    v = row._mapping
    return ClipRow(clip, camera, v["width"], v["height"], v["size"])
