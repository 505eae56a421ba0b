"""Kept walls on the seat: opened for a reason into tabs, turned by keys, kept, handed over; neighbours stay connected."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu

from console.domain.camera import Camera
from console.domain.errors import ConsoleError
from console.domain.saved_wall import SavedWall, Step, Steps
from console.service.walls import Shelf, Walls, Wish
from console.ui.base.keys import shown
from console.ui.base.text import label_text
from console.ui.base.words import refusal, tr
from console.ui.wall.host import Host
from console.ui.wall.keep_line import KeepLine
from console.ui.wall.looks import Why
from console.ui.wall.tabs import Open, Tabs
from console.ui.wall.touring import Touring
from console.ui.wall.warm import Warm
from console.video.wall import NONE, Wall
from console.video.wall import Slot as Tile

WARM_WALLS = 3  # the next ones and the one before


@dataclass(frozen=True)
class _Opened:
    """A kept wall with those of its cameras that are still there, and why it is looked at."""

    kept: SavedWall
    cameras: tuple[Camera, ...]
    why: Why


class WallShelf(QObject):
    """Opens, turns and keeps walls for the panel."""

    offered = Signal(object)  # a SavedWall the last shift left here

    def __init__(self, host: Host, walls: Walls, tabs: Tabs, line: KeepLine, touring: Touring) -> None:
        """Make it over the panel's parts; `refresh` asks what there is."""
        super().__init__(tabs)
        self._host, self._walls, self._tabs, self._line, self._touring = host, walls, tabs, line, touring
        self._warm = Warm(host.seat, host.looks.streams, self)
        self._hung = 0
        self._has_offered = False
        self.shelf = Shelf()
        tabs.turned.connect(self._turn_to)
        tabs.closed.connect(self.close)
        line.kept.connect(self._keep)
        touring.wall_wanted.connect(self._tour_to)
        touring.changed.connect(self._keep_ready)

    def refresh(self) -> None:
        """Ask what may be opened."""
        self._host.seat.work.ask(self, self._walls.shelf, self._show, self._host.seat.actor, failed=self._say)

    def resume(self, other: "WallShelf") -> None:
        """Take over the walls another window of this seat has open; the panel hangs the one that hung."""
        other._leave_hung()
        self._tabs.put(0, other._tabs.open[0])
        for one in other._tabs.open[1:]:
            self._tabs.add(one)
        self._hung, self._has_offered = other._hung, True
        self._tabs.turn_to(self._hung)
        self._touring.resume(other._touring)

    def fill(self, menu: QMenu) -> None:
        """Offer everything that can be done with walls."""
        menu.addAction(label_text(tr("Keep this wall … ({key})", key=shown("wall_keep"))), self.ask_keep)
        for wall in self.shelf.walls:
            words = tr("{name}  ({n} cameras, {owner})", name=wall.name, n=len(wall.cameras), owner=_owner(wall))
            menu.addAction(label_text(words), lambda wall=wall: self.open(wall))
        if not self.shelf.walls:
            menu.addAction(label_text(tr("No wall is kept yet"))).setEnabled(False)
        mine = [wall for wall in self.shelf.walls if wall.owner_id == self._host.seat.actor.user_id]
        if mine:
            away = menu.addMenu(label_text(tr("Take away")))
            for wall in mine:
                away.addAction(label_text(wall.name), lambda wall=wall: self._remove(wall))
        if self._hung:
            words = tr("Close {name} ({key})", name=self._tabs.now.name, key=shown("wall_shut"))
            menu.addAction(label_text(words), self.shut)
        menu.addSeparator()
        menu.addAction(label_text(tr("Hand this wall over to the next shift")), self.hand_over).setEnabled(bool(self._host.wall.cameras))

    def open(self, kept: SavedWall) -> None:
        """Open a kept wall in its tab; asks why when no reason holds."""
        question = tr("Why open the wall {name}, {n} cameras?", name=kept.name or _handed(kept), n=len(kept.cameras))
        self._host.with_reason(question, lambda why: self.fetch(kept, why))

    def turn(self, steps: int) -> None:
        """Hang the next open wall or the one before; with one open alone, the first kept one."""
        if len(self._tabs.open) > 1:
            self._turn_to((self._hung + steps) % len(self._tabs.open))
        elif self.shelf.walls:
            self.open(self.shelf.walls[0])
        else:
            self._host.seat.said.emit(tr("No other wall: {key} keeps this one.", key=shown("wall_keep")))

    def shut(self) -> None:
        """Close the open wall that hangs."""
        self.close(self._hung)

    @Slot(int)
    def close(self, at: int) -> None:
        """Close a tab; the seat's own wall stays."""
        if at == 0:
            return
        if at == self._hung:
            self._turn_to(0)
        self._tabs.drop(at)
        self._hung = self._tabs.currentIndex()
        self._keep_ready()

    def ask_keep(self) -> None:
        """Ask how the wall that hangs shall be kept."""
        kept, actor = self._tabs.now.kept, self._host.seat.actor
        is_mine, may_change = kept is not None and kept.owner_id == actor.user_id, kept is not None and kept.may_change(actor)
        self._line.ask(kept, is_mine=is_mine, may_change=may_change)

    def hand_over(self) -> None:
        """Leave the wall that hangs to the next shift at this seat."""
        wall = self._host.wall
        self._tell(self._walls.hand_over, self._handed_over, wall.layout, self.tiles_of(wall))

    def leave(self) -> None:
        """Let go of every camera that is kept connected."""
        self._warm.keep((), None)

    def tiles_of(self, wall: Wall) -> tuple[Steps, ...]:
        """What hangs where, carousels whole, without the empty tiles behind the last camera."""
        tiles = [() if slot is None else self._touring.steps_at(slot.camera_id) or (Step(slot.camera_id),) for slot in wall.slots]
        while tiles and not tiles[-1]:
            del tiles[-1]
        return tuple(tiles)

    def fetch(self, kept: SavedWall, why: Why) -> None:
        """Open a kept wall for a reason that was given."""
        self._host.seat.work.ask(self, self._read, self._show_opened, kept, why, failed=self._say)

    def _read(self, kept: SavedWall, why: Why) -> _Opened:  # in a reading thread
        return _Opened(kept, self._walls.cameras(self._host.seat.actor, kept.cameras), why)

    @Slot(object)
    def _show_opened(self, opened: _Opened) -> None:
        kept, there = opened.kept, {camera.id for camera in opened.cameras}
        self._host.know(opened.cameras)
        tiles = tuple(tuple(step for step in steps if step.ref in there) for steps in kept.tiles)
        slots = tuple(Tile(steps[0].ref, "hand") if steps else None for steps in tiles)
        wall = Wall(kept.layout, (*slots, *NONE[len(slots) :]))
        self._leave_hung()
        if kept.audience == "shift":
            at = 0
            self._tabs.put(0, Open(None, wall, tiles))
            self._tell(self._walls.take_over, None, kept.id)
        else:
            place = self._tabs.place_of(kept.id)
            at = self._tabs.add(Open(kept, wall, tiles)) if place is None else place
            self._tabs.put(at, Open(kept, wall, tiles))
        self._hang(at, wall, opened.why)
        self._touring.set_carousels(tiles)
        if len(there) < len(kept.cameras):
            self._host.seat.said.emit(tr("{n} cameras of this wall are no longer there", n=len(kept.cameras) - len(there)))

    @Slot(int)
    def _turn_to(self, at: int) -> None:
        self._tabs.turn_to(self._hung)  # until there is a reason
        if at == self._hung:
            return
        one = self._tabs.open[at]
        if not one.wall.cameras:
            self._left_for(at, None)
        else:
            question = tr("Why open the wall {name}, {n} cameras?", name=one.name, n=len(one.wall.cameras))
            self._host.with_reason(question, lambda why: self._left_for(at, why))

    def _left_for(self, at: int, why: Why | None) -> None:
        self._leave_hung()
        one = self._tabs.open[at]
        self._hang(at, one.wall, why)
        self._touring.set_carousels(one.tiles)

    def _leave_hung(self) -> None:
        self._tabs.leave(self._host.wall, self.tiles_of(self._host.wall))

    def _hang(self, at: int, wall: Wall, why: Why | None) -> None:
        self._hung = at
        self._tabs.turn_to(at)
        self._host.hang(replace(wall, is_maximised=False), why)
        self._keep_ready(why)

    def _keep_ready(self, why: Why | None = None) -> None:
        """What is a key or a step away stays connected beside what hangs, so that turning there and back is instant."""
        walls = self._tabs.near(self._hung)[:WARM_WALLS]
        coming = [*sorted(self._next_of_tour()), *(camera for wall in walls for camera in sorted(wall.cameras))]
        why = why or next(iter(self._host.looks.whys.values()), self._host.reasons.holding)
        self._warm.keep(coming, why, seen=self._host.wall.cameras)

    def _next_of_tour(self) -> frozenset[int]:
        tour = self._touring.tour
        coming = self._kept(tour.coming.ref) if tour is not None else None
        return self._touring.coming | (coming.cameras if coming is not None else frozenset())

    def _tour_to(self, wall_id: int) -> None:
        kept, place = self._kept(wall_id), self._tabs.place_of(wall_id)
        if kept is None:
            self._touring.end_tour()
            self._host.seat.said.emit(tr("The tour has ended: a wall of it is no longer there"))
        elif place is not None and place != self._hung:
            self._turn_to(place)
        elif place is None:
            self.open(kept)

    def _kept(self, wall_id: int) -> SavedWall | None:
        return next((wall for wall in self.shelf.walls if wall.id == wall_id), None)

    # Keeping.

    @Slot(bool)
    def _keep(self, over: bool) -> None:
        wall, line, known = self._host.wall, self._line, self._tabs.now.kept
        wish = Wish(
            line.name.text(), wall.layout, self.tiles_of(wall), "centre" if line.shared.isChecked() else "self",
            line.shared.isChecked() and line.locked.isChecked(),
        )  # fmt: skip
        if over and known is not None:
            self._tell(self._walls.change, self._show_kept, known.id, known.version, wish)
        else:
            self._tell(self._walls.save, self._show_kept, wish)

    @Slot(object)
    def _show_kept(self, kept: SavedWall) -> None:
        self._line.hide()
        place = self._tabs.place_of(kept.id)
        if place is None:
            if self._hung == 0:
                self._tabs.put(0, Open())
            place = self._tabs.add(Open(kept, self._host.wall))
            self._hung = place
            self._tabs.turn_to(place)
        self._tabs.put(place, Open(kept, self._host.wall))
        self._host.seat.said.emit(tr("The wall {name} is kept", name=kept.name))
        self.refresh()

    def _remove(self, kept: SavedWall) -> None:
        place = self._tabs.place_of(kept.id)
        if place is not None:
            self.close(place)
        self._tell(self._walls.remove, self._removed, kept.id, kept.version)

    @Slot(object)
    def _removed(self, _nothing: None) -> None:
        self._host.seat.said.emit(tr("The wall is taken away"))
        self.refresh()

    @Slot(object)
    def _handed_over(self, kept: SavedWall) -> None:
        words = tr("{n} cameras are left for the next shift at seat {seat}", n=len(kept.cameras), seat=kept.seat)
        self._host.seat.said.emit(words)

    @Slot(object)
    def _show(self, shelf: Shelf) -> None:
        self.shelf = shelf
        for wall in shelf.walls:
            place = self._tabs.place_of(wall.id)
            if place is not None:
                self._tabs.put(place, replace(self._tabs.open[place], kept=wall))
        if shelf.handed is not None and not self._has_offered:
            self._has_offered = True
            self.offered.emit(shelf.handed)

    def _tell(self, operation: object, then: object, *values: object) -> None:
        self._host.seat.work.tell(self, operation, then, self._say, self._host.seat.actor, *values)  # type: ignore[arg-type]

    @Slot(object)
    def _say(self, error: Exception) -> None:
        if not isinstance(error, ConsoleError):
            self._host.seat.work.failed.emit(error)
        elif self._line.isVisible():
            self._line.say(refusal(error))
        else:
            self._host.seat.said.emit(refusal(error))


def _owner(wall: SavedWall) -> str:
    if wall.audience == "self":
        return tr("mine")
    return tr("{name}, locked", name=wall.owner_name) if wall.locked else wall.owner_name


def _handed(kept: SavedWall) -> str:
    return tr("of {name}, last shift", name=kept.owner_name)
