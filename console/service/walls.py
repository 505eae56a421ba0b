"""Keeping walls: one's own, the centre's, the one for the next shift; and tours of them. Opening one is a look (`video.py`)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TypeVar

from console.domain.camera import Camera
from console.domain.errors import Denied, Invalid, Missing, Refused
from console.domain.people import Actor
from console.domain.saved_wall import NAME_MAX, Audience, SavedWall, Steps, WallTour, check_dwell, write_steps, write_tiles
from console.domain.texts import check_text
from console.service.desk import Act, Desk
from console.store import tables
from console.store import walls as store
from console.store.find import places, walls
from console.store.scope import CAMERA_ROLES, Scope
from console.video.wall import LAYOUTS

T = TypeVar("T")


@dataclass(frozen=True)
class Wish:
    """A wall as somebody wants it kept."""

    name: str
    layout: str
    tiles: tuple[Steps, ...]
    audience: Audience = "self"
    locked: bool = False


@dataclass(frozen=True)
class Shelf:
    """What an actor may open: walls, tours of them, and what the last shift left here."""

    walls: tuple[SavedWall, ...] = ()
    tours: tuple[WallTour, ...] = ()
    handed: SavedWall | None = None


class Walls:
    """Keeps, changes and hands over walls. Every operation needs a role that looks at video."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def shelf(self, actor: Actor) -> Shelf:
        """Everything the actor may open now."""
        with self.desk.store.read() as unit:
            scope = Scope(actor)
            return Shelf(walls.walls(unit, scope), walls.tours(unit, scope), walls.handed(unit, scope, self.desk.clock.now()))

    def cameras(self, actor: Actor, ids: Collection[int]) -> tuple[Camera, ...]:
        """Those of these cameras that are still there for the actor."""
        with self.desk.store.read() as unit:
            return places.cameras_of(unit, Scope(actor), ids)

    def save(self, actor: Actor, wish: Wish) -> SavedWall:
        """Keep a new wall. Raises Denied, Invalid, Missing for a camera outside the actor's area, Refused for a name in use."""
        return self._run(actor, lambda act: self._add(act, wish, op="save"))

    def change(self, actor: Actor, wall_id: int, version: int, wish: Wish) -> SavedWall:
        """Write another wall over a kept one; whom it is for and its lock are its owner's. Raises also Stale and Denied("wall_locked")."""

        def work(act: Act) -> SavedWall:
            found = self._wall(act, wall_id, version)
            new = self._made(act, wish, besides=found.id)
            mine = found.owner_id == actor.user_id
            guarded = (new.audience, new.locked) if mine else (found.audience, found.locked)
            changed = replace(found, name=new.name, layout=new.layout, hung=new.hung, at=act.now, audience=guarded[0], locked=guarded[1])
            stored = act.unit.save(tables.saved_wall, found, changed)
            act.note("change", "wall", stored.id, stored.version, _facts(stored), states=(found.audience, stored.audience))
            return stored

        return self._run(actor, work)

    def remove(self, actor: Actor, wall_id: int, version: int) -> None:
        """Take a wall away; its owner's act alone. Raises Missing, Stale, Denied."""

        def work(act: Act) -> None:
            found = self._wall(act, wall_id, version)
            if found.owner_id != actor.user_id:
                raise Denied("wall_of_another", name=found.owner_name)
            store.remove_wall(act.unit, wall_id, version)
            act.note("remove", "wall", wall_id, version + 1, {}, states=(found.audience, ""))

        self._run(actor, work)

    def hand_over(self, actor: Actor, layout: str, tiles: tuple[Steps, ...]) -> SavedWall:
        """Leave a wall for whoever sits down here next; what was left before gives way."""

        def work(act: Act) -> SavedWall:
            if not any(tiles):
                raise Refused("empty_wall")
            store.remove_handed(act.unit, actor.centre_id, actor.seat)
            return self._add(act, Wish("", layout, tiles, "shift", True), op="hand_over")

        return self._run(actor, work)

    def take_over(self, actor: Actor, wall_id: int) -> SavedWall:
        """The successor has seen what was left and opens it or not: it is offered no more. Raises Missing."""

        def work(act: Act) -> SavedWall:
            found = walls.handed(act.unit, act.scope, act.now)
            if found is None or found.id != wall_id:
                raise Missing("wall", wall_id)
            stored = act.unit.save(tables.saved_wall, found, replace(found, taken_by=actor.user_id))
            act.note("take_over", "wall", stored.id, stored.version, {"from": found.owner_id}, states=("shift", "taken"))
            return stored

        return self._run(actor, work)

    def save_tour(self, actor: Actor, name: str, steps: Steps) -> WallTour:
        """Keep a tour over walls the actor may open. Raises Invalid, Missing."""

        def work(act: Act) -> WallTour:
            check_dwell(steps)
            if len(steps) < 2:
                raise Refused("tour_of_one")
            known = {wall.id for wall in walls.walls(act.unit, act.scope)}
            for step in steps:
                if step.ref not in known:
                    raise Missing("wall", step.ref)
            made = WallTour(0, actor.centre_id, actor.user_id, _name(name), write_steps(steps).replace(",", " "))
            stored = act.unit.add(tables.wall_tour, made)
            act.note("save", "tour", stored.id, 1, {"walls": [step.ref for step in steps]}, states=("", "kept"))
            return stored

        return self._run(actor, work)

    def remove_tour(self, actor: Actor, tour_id: int) -> None:
        """Take one's own tour away. Raises Missing."""

        def work(act: Act) -> None:
            if not store.remove_tour(act.unit, tour_id, actor.user_id):
                raise Missing("tour", tour_id)
            act.note("remove", "tour", tour_id, 2, {}, states=("kept", ""))

        self._run(actor, work)

    def _run(self, actor: Actor, work: Callable[[Act], T]) -> T:
        if not actor.holds_any(CAMERA_ROLES):
            raise Denied("role")
        return self.desk.run(actor, work)

    def _add(self, act: Act, wish: Wish, *, op: str) -> SavedWall:
        stored = act.unit.add(tables.saved_wall, self._made(act, wish))
        act.note(op, "wall", stored.id, 1, _facts(stored), states=("", stored.audience))
        return stored

    def _wall(self, act: Act, wall_id: int, version: int) -> SavedWall:
        found = walls.wall_by_id(act.unit, act.scope, wall_id)
        if found is None:
            raise Missing("wall", wall_id)
        if found.version != version:
            raise act.unit.stale("saved_wall", wall_id)
        if not found.may_change(act.actor):
            raise Denied("wall_locked", name=found.owner_name)
        return found

    def _made(self, act: Act, wish: Wish, *, besides: int = 0) -> SavedWall:
        who, name = act.actor, _name(wish.name) if wish.audience != "shift" else ""
        if wish.layout not in LAYOUTS:
            raise Invalid("layout", "unknown_code", value=wish.layout[:20])
        if name and any(wall.name == name and wall.id != besides for wall in walls.walls(act.unit, act.scope)):
            raise Refused("wall_name_taken", name=name)
        for steps in wish.tiles:
            if len(steps) > 1:
                check_dwell(steps)
        wanted = {step.ref for steps in wish.tiles for step in steps}
        gone = wanted - {camera.id for camera in places.cameras_of(act.unit, act.scope, wanted)}
        if gone:
            raise Missing("camera", min(gone))
        return SavedWall(
            0, who.centre_id, who.user_id, who.name, name, wish.audience, who.seat, wish.locked, wish.layout, write_tiles(wish.tiles),
            act.now,
        )  # fmt: skip


def _name(text: str) -> str:
    name = check_text("name", text.strip(), NAME_MAX)
    if not name:
        raise Invalid("name", "needs_text")
    return name


def _facts(wall: SavedWall) -> dict[str, object]:
    return {"layout": wall.layout, "cameras": sorted(wall.cameras), "locked": wall.locked}
