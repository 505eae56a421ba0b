"""Taking walls and tours away."""

from sqlalchemy import delete

from console.store import tables
from console.store.unit import Unit


def remove_wall(unit: Unit, wall_id: int, version: int) -> bool:
    """Whether this version of a wall was there and is gone now."""
    w = tables.saved_wall
    return unit.run(delete(w).where(w.c.id == wall_id, w.c.version == version)) == 1


def remove_handed(unit: Unit, centre_id: int, seat: str) -> None:
    """What was left for a seat before gives way to what is left now."""
    w = tables.saved_wall
    waiting = (w.c.centre_id == centre_id, w.c.seat == seat, w.c.audience == "shift", w.c.taken_by.is_(None))
    unit.run(delete(w).where(*waiting))


def remove_tour(unit: Unit, tour_id: int, owner_id: int) -> bool:
    """Whether a person's tour was there and is gone now."""
    t = tables.wall_tour
    return unit.run(delete(t).where(t.c.id == tour_id, t.c.owner_id == owner_id)) == 1
