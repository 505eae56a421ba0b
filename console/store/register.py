"""The camera register as those who fill it see it: who is who, and many cameras written at once."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Table, bindparam, delete, func, insert, select, text, update

from console.domain.camera import Camera
from console.store import serials, tables
from console.store.scope import Scope
from console.store.unit import Unit

A, C, S = tables.camera_address, tables.camera.c, tables.camera_source.c
SOME, PART = 500, 1_000
Stamp = tuple[int, int, int]
_SENT = 'jsonb_populate_recordset(null::"{}", cast(:rows as jsonb))'
_CHANGING = ("code", "gb_id", "name", "kind", "lon", "lat", "direction_deg", "fov_deg", "division", "grid", "centre_id", "clock_offset_s")


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
    _update(unit, [row for row, one in zip(rows, cameras, strict=True) if one.id])
    _insert(unit, tables.camera, [row for row, one in zip(rows, cameras, strict=True) if not one.id])
    told = [
        {"camera_id": number, **{name: getattr(one, name) for name in ("plugin", "ref", "ptz", "attributes", "is_online", "seen_at")}}
        for one, number in zip(sources, ids, strict=True)
    ]
    for start in range(0, len(ids), SOME):
        unit.run(delete(tables.camera_source).where(S.camera_id.in_(ids[start : start + SOME])))
    _insert(unit, tables.camera_source, told)
    addresses = [{"camera_id": number, "sub": streams[at][0], "main": streams[at][1]} for at, number in enumerate(ids) if any(streams[at])]
    for start in range(0, len(addresses), SOME):
        unit.run(delete(A).where(A.c.camera_id.in_([row["camera_id"] for row in addresses[start : start + SOME]])))
    _insert(unit, A, addresses)
    return ids


def _insert(unit: Unit, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Many rows at once: PostgreSQL gets a thousand as one value, for ten thousand with their parameters took two seconds."""
    if unit.dialect == "sqlite":
        unit.run(insert(table), rows)
        return
    for some in _parts(rows):
        names = ", ".join(f'"{name}"' for name in some[0])
        unit.connection.execute(text(f'insert into "{table.name}" ({names}) select {names} from {_SENT.format(table.name)}'), _sent(some))


def _update(unit: Unit, rows: Sequence[Mapping[str, object]]) -> None:
    if unit.dialect == "sqlite":
        known = [{f"_{name}": value for name, value in row.items()} for row in rows]
        unit.run(update(tables.camera).where(bindparam("_id") == C.id).values({name: bindparam(f"_{name}") for name in _CHANGING}), known)
        return
    changes = ", ".join(f"{name} = sent.{name}" for name in _CHANGING)
    question = text(f"update camera set {changes} from {_SENT.format('camera')} as sent where sent.id = camera.id")
    for some in _parts(rows):
        unit.connection.execute(question, _sent(some))


def _parts(rows: Sequence[Mapping[str, object]]) -> Iterator[Sequence[Mapping[str, object]]]:
    for start in range(0, len(rows), PART):
        yield rows[start : start + PART]


def _sent(rows: Sequence[Mapping[str, object]]) -> dict[str, str]:
    return {"rows": json.dumps(rows, ensure_ascii=False, default=datetime.isoformat)}  # type: ignore[arg-type]


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
