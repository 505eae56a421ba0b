"""Who turns which camera, one row a camera."""

from collections.abc import Collection

from sqlalchemy import delete, insert, select

from console.domain.ptz import Lease
from console.store import tables
from console.store.unit import Unit

P = tables.ptz_lease.c


def lease_of(unit: Unit, camera_id: int) -> Lease | None:
    """Who holds a camera, run out or not."""
    return unit.get(tables.ptz_lease, Lease, camera_id)


def leases_of(unit: Unit, camera_ids: Collection[int]) -> tuple[Lease, ...]:
    """Who holds these cameras, run out or not."""
    return unit.records(Lease, unit.rows(select(tables.ptz_lease).where(P.camera_id.in_(sorted(camera_ids)))))


def locked(unit: Unit, camera_id: int) -> Lease | None:
    """The same, held until the end of the act where the engine can."""
    return unit.record(Lease, unit.row(select(tables.ptz_lease).where(P.camera_id == camera_id).with_for_update()))


def put(unit: Unit, lease: Lease) -> None:
    """Let somebody hold a camera, in place of who did."""
    drop(unit, lease.camera_id)
    unit.run(insert(tables.ptz_lease).values(**vars(lease)))


def drop(unit: Unit, camera_id: int) -> None:
    """Let nobody hold it."""
    unit.run(delete(tables.ptz_lease).where(P.camera_id == camera_id))
