"""Beginning tours and carousels from the wall: numbers become cameras, kept walls become a tour."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu

from console.domain.camera import Camera
from console.domain.errors import ConsoleError
from console.domain.saved_wall import Step, Steps, WallTour, check_dwell, read_steps
from console.ui.base.keys import shown
from console.ui.base.text import label_text
from console.ui.base.words import refusal, tr
from console.ui.wall.cameras import numbered
from console.ui.wall.host import Host
from console.ui.wall.looks import Why
from console.ui.wall.round_lines import CarouselLine, TourLine
from console.ui.wall.shelf import WallShelf
from console.ui.wall.touring import Touring


@dataclass(frozen=True)
class _Named:
    """What numbers mean: each step as it was typed, with the cameras its number may be."""

    found: tuple[tuple[Step, tuple[Camera, ...]], ...]


class Rounds(QObject):
    """Asks for rounds and starts them."""

    def __init__(self, host: Host, shelf: WallShelf, touring: Touring, carousel: CarouselLine, tour: TourLine) -> None:
        """Join the lines with what goes round."""
        super().__init__(shelf)
        self._host, self._shelf, self._touring = host, shelf, touring
        self.carousel, self.tour = carousel, tour
        carousel.given.connect(self._name_cameras)
        tour.given.connect(self._keep_tour)

    def fill(self, menu: QMenu) -> None:
        """Offer the rounds there are, and new ones."""
        for tour in self._shelf.shelf.tours:
            words = tr("Tour {name}, {n} walls", name=tour.name, n=len(tour.walls))
            menu.addAction(label_text(words), lambda tour=tour: self.begin(tour))
        if self._touring.tour is not None:
            menu.addAction(label_text(tr("End the tour")), self._touring.end_tour)
        offer = menu.addAction(label_text(tr("New tour over kept walls …")), lambda: self.tour.ask(self._shelf.shelf.walls))
        offer.setEnabled(len(self._shelf.shelf.walls) > 1)
        menu.addAction(label_text(tr("Cameras in turn in this tile … ({key})", key=shown("wall_carousel"))), self.carousel.ask)
        if self._shelf.shelf.tours:
            away = menu.addMenu(label_text(tr("Take a tour away")))
            for tour in self._shelf.shelf.tours:
                away.addAction(label_text(tour.name), lambda tour=tour: self._remove(tour))

    def begin(self, tour: WallTour) -> None:
        """Go on a tour, for one reason."""
        question = tr("Why go on the tour {name}?", name=tour.name)
        self._host.with_reason(question, lambda _why: self._touring.begin_tour(tour.walls))

    @Slot(str, int)
    def _name_cameras(self, text: str, dwell_s: int) -> None:
        steps = tuple(step for word in text.split() for step in read_steps(word))
        wanted = tuple(replace(step, dwell_s=step.dwell_s or dwell_s) for step in steps)
        try:
            check_dwell(wanted)
        except ConsoleError as wrong:
            self.carousel.say(refusal(wrong))
            return
        if len(wanted) < 2:
            self.carousel.say(tr("Type the numbers of two cameras or more, with blanks between"))
            return
        self._host.seat.work.ask(self, self._named, self._begin_carousel, wanted, failed=self._say)

    def _named(self, wanted: Steps) -> _Named:  # in a reading thread
        ask, actor = self._host.seat.services.ask, self._host.seat.actor
        return _Named(tuple((step, numbered(ask.cameras(actor, str(step.ref)), str(step.ref))) for step in wanted))

    @Slot(object)
    def _begin_carousel(self, named: _Named) -> None:
        for step, cameras in named.found:
            if len(cameras) != 1:
                said = tr("{n} cameras end in {digits}: type more digits", n=len(cameras), digits=step.ref)
                self.carousel.say(said if cameras else tr("No camera has the number {digits}", digits=step.ref))
                return
        cameras = {found[0].id: found[0] for _, found in named.found}
        steps = tuple(replace(step, ref=found[0].id) for step, found in named.found)
        self.carousel.hide()
        self._host.know(cameras.values())
        question = tr("Why look at these {n} cameras in turn?", n=len(cameras))
        self._host.with_reason(question, lambda why: self._hang_first(steps, why))

    def _hang_first(self, steps: Steps, why: Why) -> None:
        wall = self._host.wall
        self._host.hang(wall.into(wall.chosen, steps[0].ref), why)
        self._touring.begin_carousel(steps)

    @Slot(str, object)
    def _keep_tour(self, name: str, steps: Steps) -> None:
        walls = self._host.seat.services.walls
        if walls is not None:
            self._host.seat.work.tell(self, walls.save_tour, self._kept, self._say, self._host.seat.actor, name, steps)

    @Slot(object)
    def _kept(self, tour: WallTour) -> None:
        self.tour.hide()
        self._shelf.refresh()
        self.begin(tour)

    def _remove(self, tour: WallTour) -> None:
        walls = self._host.seat.services.walls
        if walls is not None:
            self._host.seat.work.tell(self, walls.remove_tour, self._removed, self._say, self._host.seat.actor, tour.id)

    @Slot(object)
    def _removed(self, _nothing: None) -> None:
        self._shelf.refresh()

    @Slot(object)
    def _say(self, error: Exception) -> None:
        line = next((line for line in (self.carousel, self.tour) if line.isVisible()), None)
        if not isinstance(error, ConsoleError):
            self._host.seat.work.failed.emit(error)
        elif line is not None:
            line.say(refusal(error))
        else:
            self._host.seat.said.emit(refusal(error))
