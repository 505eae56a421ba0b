"""Questions about walls that are kept: one's own, the centre's, and the one the last shift handed over."""

from datetime import datetime

from sqlalchemy import select

from console.domain.saved_wall import HANDED_FOR, SavedWall, WallTour
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

W, T = tables.saved_wall.c, tables.wall_tour.c


def walls(unit: Unit, scope: Scope) -> tuple[SavedWall, ...]:
    """Walls the actor may open, by name."""
    return unit.records(SavedWall, unit.rows(select(tables.saved_wall).where(scope.walls()).order_by(W.name, W.id)))


def wall_by_id(unit: Unit, scope: Scope, wall_id: int) -> SavedWall | None:
    """One of them, or none."""
    return unit.record(SavedWall, unit.row(select(tables.saved_wall).where(scope.walls(), W.id == wall_id)))


def handed(unit: Unit, scope: Scope, now: datetime) -> SavedWall | None:
    """The wall somebody else left for the next shift at the actor's seat, if nobody has taken it; the newest."""
    here = (scope.handed_walls(), W.taken_by.is_(None), W.at >= now - HANDED_FOR)
    newest = select(tables.saved_wall).where(*here).order_by(W.id.desc()).limit(1)
    return unit.record(SavedWall, unit.row(newest))


def tours(unit: Unit, scope: Scope) -> tuple[WallTour, ...]:
    """The actor's tours, by name."""
    return unit.records(WallTour, unit.rows(select(tables.wall_tour).where(scope.tours()).order_by(T.name, T.id)))
