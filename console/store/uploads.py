"""Pictures that arrived and wait to be claimed, and the rows that say to what they belong."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from console.domain.attachment import Attachment
from console.store import tables
from console.store.unit import Unit

U = tables.upload.c


@dataclass(frozen=True)
class Upload:
    """A picture one user sent in."""

    sha256: str
    user_id: int
    size: int
    width: int
    height: int
    at: datetime


def of(unit: Unit, sha256: str, user_id: int) -> Upload | None:
    """The upload of a picture by a user, or none."""
    return unit.record(Upload, unit.row(select(tables.upload).where(U.sha256 == sha256, U.user_id == user_id)))


def remember(unit: Unit, upload: Upload) -> None:
    """Note an upload; one that is known stays as it is."""
    if of(unit, upload.sha256, upload.user_id) is None:
        unit.add(tables.upload, upload)


def attach(unit: Unit, attachment: Attachment) -> Attachment:
    """Say to what a picture belongs."""
    return unit.add(tables.attachment, attachment)


def count(unit: Unit, case_id: int, stage: str) -> int:
    """How many pictures of a stage (before, during, after) a case has; for a caller who holds the case."""
    a = tables.attachment.c
    return int(str(unit.scalar(select(func.count()).where(a.case_id == case_id, a.stage == stage))))
