"""The camera register as those who fill it see it: who is who, and many cameras written at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update

from console.domain.camera import Camera
from console.store import serials, tables, video
from console.store.scope import Scope
from console.store.unit import Unit

C, S = tables.camera.c, tables.camera_source.c
SOME = 500
Stamp = tuple[int, int, int]
_CHANGING = ("code", "gb_id", "name", "kind", "lon", "lat", "direction_deg", "fov_deg", "division", "grid", "centre_id")


@dataclass(frozen=True)
class Source:
    """Where a camera came from, as what, and what else was told of it."""

    camera_id: int
    plugin: str
    ref: str
    ptz: bool = False
    attributes: dict[str, object] = field(default_factory=dict)
    is_online: bool | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True)
class Known:
    """The whole register by what a camera is known again by, and which of it lies in the actor's area."""

    by_id: Mapping[int, Camera]
    by_ref: Mapping[str, int]
    sources: Mapping[int, Source]
    inside: frozenset[int]


def stamp(unit: Unit) -> Stamp:
    """What changes when the register does: how many cameras, the newest, and the newest line about any."""
    count, newest = unit.rows(select(func.count(C.id), func.coalesce(func.max(C.id), 0)))[0]
    line = unit.scalar(select(func.coalesce(func.max(tables.journal.c.id), 0)).where(tables.journal.c.kind == "camera"))
    return int(str(count)), int(str(newest)), int(str(line))


def known(unit: Unit, scope: Scope, plugin: str) -> Known:
    """Every camera there is; `by_ref` those of one plugin."""
    cameras = {one.id: one for one in unit.records(Camera, unit.rows(select(tables.camera)))}
    sources = {one.camera_id: one for one in unit.records(Source, unit.rows(select(tables.camera_source).where(S.plugin == plugin)))}
    centres = {int(str(row[0])) for row in unit.rows(select(tables.centre.c.id).where(scope.centres()))}
    inside = frozenset(number for number, camera in cameras.items() if camera.centre_id in centres)
    return Known(cameras, {one.ref: one.camera_id for one in sources.values()}, sources, inside)


def source_of(unit: Unit, camera_id: int) -> Source | None:
    """Where one came from; None for one that came from no plugin."""
    return unit.get(tables.camera_source, Source, camera_id)


def write(unit: Unit, cameras: Sequence[Camera], sources: Sequence[Source], streams: Sequence[tuple[str, str]]) -> tuple[int, ...]:
    """Insert cameras without an id, change the others, each with its source and addresses in the same place; their ids.

    An empty address leaves what is kept.
    """
    fresh = iter(serials.new_ids(unit, tables.camera, sum(one.id == 0 for one in cameras)))
    ids = tuple(one.id or next(fresh) for one in cameras)
    rows = [{name: getattr(one, name) for name in _CHANGING} | {"id": number} for one, number in zip(cameras, ids, strict=True)]
    old = [{f"_{name}": value for name, value in row.items()} for row, one in zip(rows, cameras, strict=True) if one.id]
    new = [row for row, one in zip(rows, cameras, strict=True) if not one.id]
    unit.run(update(tables.camera).where(bindparam("_id") == C.id).values({name: bindparam(f"_{name}") for name in _CHANGING}), old)
    unit.run(insert(tables.camera), new)
    told = [
        {"camera_id": number, **{name: getattr(one, name) for name in ("plugin", "ref", "ptz", "attributes", "is_online", "seen_at")}}
        for one, number in zip(sources, ids, strict=True)
    ]
    for start in range(0, len(ids), SOME):
        unit.run(delete(tables.camera_source).where(S.camera_id.in_(ids[start : start + SOME])))
    unit.run(insert(tables.camera_source), told)
    addresses = {number: streams[at] for at, number in enumerate(ids) if any(streams[at])}
    for start in range(0, len(addresses), SOME):
        video.set_addresses(unit, dict(list(addresses.items())[start : start + SOME]))
    return ids


def see(unit: Unit, plugin: str, states: Mapping[str, bool], now: datetime) -> int:
    """Note which cameras of a plugin can be reached; how many changed."""
    changed = 0
    for is_online in (True, False):
        refs = [ref for ref, state in states.items() if state is is_online]
        for start in range(0, len(refs), SOME):
            these = (S.plugin == plugin, S.ref.in_(refs[start : start + SOME]))
            other = update(tables.camera_source).where(*these, S.is_online.is_distinct_from(is_online))
            changed += unit.run(other.values(is_online=is_online))
            unit.run(update(tables.camera_source).where(*these).values(seen_at=now))
    return changed
