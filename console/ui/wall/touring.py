"""Tours and carousels going on a wall: when their time has come they hang the next; any touch makes them wait, and says so."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from console.domain.saved_wall import Step, Steps
from console.ui.base.keys import shown
from console.ui.base.words import tr
from console.ui.wall.host import Host
from console.ui.wall.turn_to import TurnTo
from console.video.tour import Round

LOOK_MS = 250


class Touring(QObject):
    """Carousels, each in the tile its present camera stands in, and at most one tour of walls."""

    wall_wanted = Signal(int)  # the id of the kept wall a tour has come to
    changed = Signal()  # what is said about a round has changed

    def __init__(self, host: Host, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing goes round yet."""
        super().__init__(parent)
        self._host, self._clock = host, clock
        self.carousels: tuple[Round, ...] = ()
        self.tour: Round | None = None
        self._turn_to = TurnTo(host, self)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_paused(self) -> bool:
        """Whether rounds are there and wait."""
        return any(one.paused_at is not None for one in self._rounds())

    @property
    def coming(self) -> frozenset[int]:
        """The cameras the carousels come to next."""
        return frozenset(one.coming.ref for one in self.carousels)

    def steps_at(self, camera_id: int) -> Steps:
        """The carousel a camera belongs to in its tile, or nothing."""
        return next((one.steps for one in self.carousels if one.now.ref == camera_id), ())

    def mark(self, camera_id: int) -> str:
        """What the tile of a camera says about its carousel."""
        going = next((one for one in self.carousels if one.now.ref == camera_id), None)
        if going is None:
            return ""
        if going.paused_at is not None:
            return tr("paused {n}/{all}", n=going.at + 1, all=len(going.steps))
        return tr("turn {n}/{all}", n=going.at + 1, all=len(going.steps))

    def words(self) -> str:
        """What the head says about a tour, or that rounds wait and how they go on."""
        if self.is_paused:
            return tr("paused, {key} goes on", key=shown("wall_tour"))
        if self.tour is not None:
            left_s, count = round(self.tour.left_s(self._clock())), len(self.tour.steps)
            return tr("tour {n}/{all}, next in {s} s", n=self.tour.at + 1, all=count, s=left_s)
        return ""

    def begin_carousel(self, steps: Steps) -> None:
        """Let cameras take turns in the tile where the first of them hangs."""
        refs = {step.ref for step in steps}
        kept = tuple(one for one in self.carousels if not refs & {step.ref for step in one.steps})
        self._put((*kept, Round.begin(steps, self._clock())), self.tour)
        self._turn(steps[0])

    def begin_tour(self, steps: Steps) -> None:
        """Lead from wall to wall, beginning with the first."""
        self._put(self.carousels, Round.begin(steps, self._clock()))
        self.wall_wanted.emit(steps[0].ref)

    def end_tour(self) -> None:
        """Stay at the wall that hangs."""
        self._put(self.carousels, None)

    def set_carousels(self, tiles: tuple[Steps, ...]) -> None:
        """The carousels of a wall that has just been opened, and no others."""
        now, there = self._clock(), self._host.wall.cameras
        begun = (next((at for at, step in enumerate(steps) if step.ref in there), None) for steps in tiles)
        self._put(tuple(Round(steps, now, now, at) for steps, at in zip(tiles, begun, strict=True) if len(steps) > 1 and at is not None),
                  self.tour)  # fmt: skip
        for one in self.carousels:
            self._turn(one.now)

    def resume(self, other: "Touring") -> None:
        """Go on where another window of this seat was."""
        self._put(other.carousels, other.tour)

    @Slot()
    def pause(self) -> None:
        """Somebody is at the wall: nothing changes under their hand."""
        now = self._clock()
        if self._rounds() and not self.is_paused:
            self._put(tuple(one.paused(now) for one in self.carousels), self.tour.paused(now) if self.tour else None)

    def pause_or_go_on(self) -> None:
        """The one key of all rounds."""
        now = self._clock()
        if self.is_paused:
            self._put(tuple(one.resumed(now) for one in self.carousels), self.tour.resumed(now) if self.tour else None)
        else:
            self.pause()

    @Slot()
    def look(self) -> None:
        """Take the steps whose time has come."""
        now = self._clock()
        self._forget_gone()
        self._put(tuple(self._stepped(one, now) for one in self.carousels), self.tour)
        if self.tour is not None and self.tour.is_due(now):
            self.tour = self.tour.stepped(now)
            self.wall_wanted.emit(self.tour.now.ref)
        self._suggest(now)

    def _stepped(self, one: Round, now: float) -> Round:
        if not one.is_due(now):
            return one
        wall, place = self._host.wall, self._host.wall.place_of(one.now.ref)
        moved = one.stepped(now, without=wall.cameras - {one.now.ref})
        why = self._host.looks.get(one.now.ref)
        if place is not None and why is not None and moved.now.ref != one.now.ref:
            self._host.hang(wall.into(place, moved.now.ref), why.why)
            self._turn(moved.now)
        return moved

    def _turn(self, step: Step) -> None:
        look = self._host.looks.get(step.ref) if step.preset else None
        if look is not None:
            self._turn_to.turn(step.ref, step.preset, look.why)

    def _forget_gone(self) -> None:
        """A carousel whose camera the officer closed or replaced has ended."""
        there = self._host.wall.cameras
        self.carousels = tuple(one for one in self.carousels if one.now.ref in there)

    def _suggest(self, now: float) -> None:
        if any(one.wants_rest(now) for one in self._rounds()):
            self.carousels = tuple(one.rested(now) for one in self.carousels)
            self.tour = self.tour.rested(now) if self.tour is not None else None
            self._host.seat.said.emit(tr("Half an hour on the same round: another view keeps the eyes fresh."))

    def _rounds(self) -> tuple[Round, ...]:
        return (*self.carousels, *((self.tour,) if self.tour is not None else ()))

    def _put(self, carousels: tuple[Round, ...], tour: Round | None) -> None:
        self.carousels, self.tour = carousels, tour
        if self._rounds():
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit()
