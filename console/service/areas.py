"""Cameras by division, as the wall's tree asks for them."""

from collections.abc import Collection

from console.domain.camera import Camera, CameraArea
from console.domain.cover import Cover
from console.domain.errors import Denied
from console.domain.people import Actor
from console.store.find import areas, cover
from console.store.scope import READERS, Scope
from console.store.store import Store


def may_count(actor: Actor) -> bool:
    """Whether an actor may know how many cameras stand where."""
    return actor.holds_any(READERS)


class Areas:
    """Questions about cameras by division, each inside the actor's scope."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def counted(self, actor: Actor) -> tuple[CameraArea, ...]:
        """Divisions with cameras in or below them, with their counts, by code."""
        with self._store.read() as unit:
            return areas.areas(unit, Scope(actor))

    def cameras(self, actor: Actor, divisions: Collection[str]) -> dict[str, tuple[Camera, ...]]:
        """Cameras that stand in each of these divisions itself, by code."""
        with self._store.read() as unit:
            scope = Scope(actor)
            return {division: areas.cameras_in_division(unit, scope, division) for division in divisions}

    def cover(self, actor: Actor) -> tuple[Cover, ...]:
        """Cameras of every village of the actor's area, with the sums above. Raises Denied for who reads nothing by place."""
        if not may_count(actor):
            raise Denied("role")
        with self._store.read() as unit:
            return cover.villages(unit, Scope(actor))
