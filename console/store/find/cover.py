"""How many cameras stand in every village of the actor's area, with the sums above."""

from sqlalchemy import func, select

from console.domain.cover import Cover, covers
from console.domain.place import Division
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

C, D = tables.camera.c, tables.division.c


def villages(unit: Unit, scope: Scope) -> tuple[Cover, ...]:
    """Villages of the area the actor's centre answers for and the sums above them, by code; outlines are not read.

    Counting is not looking: every camera of the register inside the area
    counts, whichever centre keeps it.
    """
    inside = scope.ground()
    rows = unit.rows(select(D.code, D.level, D.name, D.parent, D.path).where(inside).order_by(D.code))
    counted = select(C.division, func.count()).where(C.division.in_(select(D.code).where(inside))).group_by(C.division)
    cameras = {str(row[0]): int(str(row[1])) for row in unit.rows(counted)}
    return covers((Division(*row) for row in rows), cameras)  # type: ignore[arg-type]
