"""Questions about cameras by division: counts of every division that has some, and those of one."""

from collections import Counter

from sqlalchemy import case, func, select

from console.domain.camera import Camera, CameraArea
from console.store import tables
from console.store.find.places import CAMERAS
from console.store.scope import Scope
from console.store.unit import Unit
from console.store.video import can_be_opened

C, D = tables.camera.c, tables.division.c


def areas(unit: Unit, scope: Scope) -> tuple[CameraArea, ...]:
    """Divisions of the actor's area with cameras in or below them, by code."""
    counted = select(C.division, func.count(), func.sum(case((can_be_opened(), 1), else_=0))).where(scope.cameras()).group_by(C.division)
    own = {str(row[0]): (int(row[1]), int(row[2])) for row in unit.rows(counted)}  # type: ignore[call-overload]
    named = {str(row[0]): (str(row[1]), str(row[2]), str(row[3])) for row in unit.rows(select(D.code, D.name, D.parent, D.path))}
    total: Counter[str] = Counter()
    online: Counter[str] = Counter()
    for code, (here, open_here) in own.items():
        path = named[code][2] if code in named else ""
        for above in dict.fromkeys((*path.split("/"), code)):
            total[above] += here
            online[above] += open_here
    found = [code for code in sorted(total) if code in named]
    return tuple(
        CameraArea(code, named[code][0], named[code][1], total[code], online[code], own.get(code, (0, 0))[0]) for code in found
    )


def cameras_in_division(unit: Unit, scope: Scope, division: str, limit: int = CAMERAS) -> tuple[Camera, ...]:
    """Cameras that stand in a division itself, by code."""
    question = select(tables.camera).where(C.division == division, scope.cameras()).order_by(C.code).limit(limit)
    return unit.records(Camera, unit.rows(question))
