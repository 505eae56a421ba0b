"""Following somebody by hand: a mark on the chosen tile, then the next cameras on the way. People mark; nothing is recognised here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Slot

from console.domain.case import Case
from console.domain.errors import ConsoleError
from console.domain.limits import CHINA
from console.domain.place import Point
from console.domain.sighting import Ahead, Seen, Sighting
from console.ui.base.winds import wind, wind_letters
from console.ui.base.words import refusal, tr
from console.ui.wall.case_wall import CaseWall
from console.ui.wall.grounds import metres
from console.ui.wall.host import Host
from console.ui.wall.looks import Look, Why
from console.ui.wall.next_line import NextLine
from console.ui.wall.reasons import CASE_PURPOSE
from console.ui.wall.seen_line import SeenLine
from console.video.wall import chosen_camera, one_more


@dataclass(frozen=True)
class Step:
    """The newest mark of a case, its trace so far, and where to look next."""

    case: Case
    trace: tuple[Sighting, ...]
    ahead: tuple[Ahead, ...]


class Trail(QObject):
    """Joins the two lines with the wall and the case in hand."""

    def __init__(self, host: Host, case_wall: CaseWall, seen_line: SeenLine, next_line: NextLine) -> None:
        """Nothing is followed yet."""
        super().__init__(seen_line)
        self._host, self._case_wall, self._seen_line, self._next_line = host, case_wall, seen_line, next_line
        self._pending: tuple[Look, int, datetime] | None = None
        self._step: Step | None = None
        seen_line.marked.connect(self._mark)
        next_line.wanted.connect(self._open)
        host.seat.marked.connect(self._go_on)

    def ask_mark(self) -> None:
        """Take this instant on the chosen tile, and ask which way it went."""
        seat, look = self._host.seat, self._host.looks.get(chosen_camera(self._host.wall) or 0)
        health = self._host.looks.health(look) if look is not None else None
        if look is None or health is None or health.age_s is None or health.is_veiled:
            seat.said.emit(tr("Choose a tile with a live picture first"))
        elif not seat.case_id:
            seat.said.emit(tr("Take the case in hand first: a mark belongs to a case"))
        elif seat.services.sightings is not None:
            now = seat.services.clock.now()
            self._pending = (look, seat.case_id, now)
            self._seen_line.ask(tr("Seen on {code} {name} at {time}", code=look.camera.code, name=look.camera.name, time=_clock(now)))

    def propose(self) -> None:
        """Offer the next cameras after the newest mark of the case in hand."""
        seat = self._host.seat
        if seat.case_id and seat.services.sightings is not None:
            seat.work.ask(self, self._look_ahead, self._offer, seat.case_id, failed=self._say_refusal)
        else:
            seat.said.emit(tr("Take the case in hand first: a mark belongs to a case"))

    # In a reading thread.

    def _look_ahead(self, case_id: int) -> Step:
        services, actor = self._host.seat.services, self._host.seat.actor
        assert services.sightings is not None
        case, trace = services.ask.case(actor, case_id), services.sightings.of_case(actor, case_id)
        last = trace[-1] if trace else None
        found = services.ask.outlook.ahead(actor, Point(last.lon, last.lat), last.heading_deg) if last is not None else ()
        return Step(case, trace, found)

    # On the screen.

    @Slot(object, str)
    def _mark(self, heading: float | None, words: str) -> None:
        pending, self._pending = self._pending, None
        seat = self._host.seat
        if pending is None or pending[0].view is None or seat.services.sightings is None:
            return
        look, case_id, at = pending
        seat.work.tell(
            self, seat.services.sightings.mark, self._marked, self._say_refusal, seat.actor, look.view.access_id, case_id,
            Seen(at, heading, words),
        )  # fmt: skip

    @Slot(object)
    def _marked(self, made: Sighting) -> None:
        self._host.seat.said.emit(tr("Marked: seen on {code} at {time}", code=made.code, time=_clock(made.at)))
        self._go_on(made)

    @Slot(object)
    def _go_on(self, made: Sighting) -> None:
        self._host.seat.work.ask(self, self._look_ahead, self._offer, made.case_id, failed=self._say_refusal)

    @Slot(object)
    def _offer(self, step: Step) -> None:
        self._step = step
        if not step.trace:
            self._host.seat.said.emit(tr("The case has no mark yet"))
            return
        last = step.trace[-1]
        if not step.ahead:
            self._next_line.hide()
            self._host.seat.said.emit(tr("No camera within 3 km on the way after {code}", code=last.code))
            return
        way = tr("to the {wind}", wind=wind(last.heading_deg)) if last.heading_deg is not None else tr("way not known")
        words = tr("After {code} {time}, {way}: next cameras, as the crow flies", code=last.code, time=_clock(last.at), way=way)
        self._next_line.offer(words, step.ahead)

    @Slot(object)
    def _open(self, one: Ahead) -> None:
        if self._step is None:
            return
        camera, marked = one.camera, {mark.camera_id for mark in self._step.trace}
        offered = {other.camera.id for other in self._step.ahead}
        wall = one_more(self._host.wall, camera.id, marked | offered)
        if camera.id not in wall.cameras:
            self._host.seat.said.emit(tr("No free tile for {code}: close one first", code=camera.code))
            return
        self._host.know((camera,))
        self._case_wall.words = tr("Case {number}", number=self._step.case.number)
        self._case_wall.note(camera.id, *_told(self._step.trace[-1], one))
        self._host.hang(wall, Why(CASE_PURPOSE, self._case_wall.words, self._step.case.id))
        self._next_line.setFocus()

    @Slot(object)
    def _say_refusal(self, error: ConsoleError) -> None:
        self._host.seat.said.emit(refusal(error))


def _told(mark: Sighting, one: Ahead) -> tuple[tuple[str, ...], str]:
    """What the tile of a proposal says on its band, longest first, and in full."""
    soonest, latest = (_clock(mark.at + timedelta(seconds=seconds)) for seconds in one.vehicle_s)
    first, last = (_clock(mark.at + timedelta(seconds=seconds)) for seconds in one.walking_s)
    far = tr("{wind} {metres}", wind=wind_letters(one.bearing_deg), metres=metres(one.distance_m))
    short = tr("after {code}: {placed}", code=mark.code, placed=far)
    by_car = tr("{placed}, car {from_}–{to}", placed=far, from_=soonest, to=latest)
    band = (tr("{short}, by car {from_} to {to}", short=short, from_=soonest, to=latest), by_car, short, far, metres(one.distance_m))
    full = tr(
        "Next camera after {code}, {metres} {wind} of it\nBy car {car_from} to {car_to}\nOn foot {foot_from} to {foot_to}",
        code=mark.code, metres=metres(one.distance_m), wind=wind(one.bearing_deg), car_from=soonest, car_to=latest, foot_from=first,
        foot_to=last,
    )  # fmt: skip
    return band, full


def _clock(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%H:%M:%S}"
