"""Camera addresses, kept apart from the register, and the ends of looks."""

from collections.abc import Collection, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, delete, exists, insert, or_, select, update

from console.domain.camera import VideoAccess
from console.store import tables
from console.store.unit import Unit

A, V, B = tables.camera_address.c, tables.video_access.c, tables.video_batch.c


def addresses(unit: Unit, camera_id: int) -> tuple[str, str]:
    """The low and the high stream's address; empty where none is known. Only `service/video.py` asks."""
    row = unit.row(select(A.sub, A.main).where(A.camera_id == camera_id))
    return ("", "") if row is None else (str(row[0]), str(row[1]))


def knows_host(unit: Unit, host: str) -> bool:
    """Whether an address of the register has exactly this host, written in lower case."""
    holds = or_(A.sub.contains(host, autoescape=True), A.main.contains(host, autoescape=True))
    return bool(host) and any(_host(str(address)) == host for row in unit.rows(select(A.sub, A.main).where(holds)) for address in row)


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "") if address else ""


def set_addresses(unit: Unit, found: Mapping[int, tuple[str, str]]) -> None:
    """Put new addresses in place of the old ones."""
    unit.run(delete(tables.camera_address).where(A.camera_id.in_(list(found))))
    unit.run(insert(tables.camera_address), [{"camera_id": key, "sub": sub, "main": main} for key, (sub, main) in found.items()])


def set_addresses_by_code(unit: Unit, found: Mapping[str, tuple[str, str]]) -> None:
    """The same for cameras named by their hall number; unknown ones are left out."""
    c = tables.camera.c
    ids = unit.rows(select(c.code, c.id).where(c.code.in_(list(found))))
    set_addresses(unit, {int(row[1]): found[str(row[0])] for row in ids})  # type: ignore[call-overload]


def close(unit: Unit, access_id: int, user_id: int, now: datetime) -> bool:
    """Note when a look ended; whether it was still open."""
    open_look = (V.id == access_id, V.user_id == user_id, V.closed_at.is_(None))
    return unit.run(update(tables.video_access).where(*open_look).values(closed_at=now)) == 1


def is_open(unit: Unit, access_id: int, user_id: int, camera_id: int) -> bool:
    """Whether a look is this user's, through this camera, and has not ended."""
    open_look = (V.id == access_id, V.user_id == user_id, V.camera_id == camera_id, V.closed_at.is_(None))
    return unit.row(select(V.id).where(*open_look)) is not None


def open_look(unit: Unit, access_id: int, user_id: int, kinds: Collection[str] = ("live",)) -> VideoAccess | None:
    """A person's look that has not ended, of one of these kinds, or none."""
    mine = (V.id == access_id, V.user_id == user_id, V.kind.in_(kinds), V.closed_at.is_(None))
    return unit.record(VideoAccess, unit.row(select(tables.video_access).where(*mine)))


def close_batch(unit: Unit, batch_id: int, user_id: int, now: datetime) -> bool:
    """Note when cameras stopped being kept connected; whether they still were."""
    open_batch = (B.id == batch_id, B.user_id == user_id, B.closed_at.is_(None))
    return unit.run(update(tables.video_batch).where(*open_batch).values(closed_at=now)) == 1


def can_be_opened() -> ColumnElement[bool]:
    """Whether the register knows where a camera's picture comes from, or a plugin that gives its address when asked."""
    a, s = tables.camera_address.c, tables.camera_source.c
    has_address = exists().where(a.camera_id == tables.camera.c.id, a.sub != "")
    return or_(has_address, exists().where(s.camera_id == tables.camera.c.id, s.is_online))
