"""The wall built from a case or a place: its best cameras, north up, and why each of them hangs there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot

from console.domain.errors import ConsoleError, Refused
from console.domain.outlook import Health, Vantage
from console.domain.place import Point
from console.ui.base import theme
from console.ui.base.words import tr
from console.ui.wall import grounds, tile
from console.ui.wall.host import Host
from console.ui.wall.looks import Looks, Why
from console.ui.wall.reasons import CASE_PURPOSE
from console.ui.wall.tiles import GAP, Tiles
from console.video.compass import Way, north_up
from console.video.wall import EVENT_CAMERAS, Spread, turned

Again = Callable[[int, str, tuple[int, ...]], None]  # case, its words, cameras
_DOWN = ("offline", "refused", "unauthorised", "forbidden", "not-found", "elsewhere", "broken-off")
_KNOWN: Mapping[str, Health] = {"live": "live", **dict.fromkeys(_DOWN, "down")}


@dataclass(frozen=True)
class Survey:
    """The cameras round a place, best first, and the case it belongs to; without one id and number are empty."""

    spot: Point
    found: tuple[Vantage, ...]
    case_id: int = 0
    number: str = ""


class CaseWall(QObject):
    """Asks for the cameras round a place and hangs them; tiles the officer opened stay."""

    def __init__(self, host: Host, tiles: Tiles, say_refusal: Callable[[ConsoleError], None]) -> None:
        """Nothing hangs yet."""
        super().__init__(tiles)
        self._host, self._tiles, self._say_refusal = host, tiles, say_refusal
        self.words = ""
        self.again: Again | None = None  # what the same key does once the case's cameras hang
        self._case_id = 0
        self._ways: dict[int, Way | None] = {}
        self._told: dict[int, tuple[tuple[str, ...], str]] = {}  # of each camera: on its band, longest first, and in full

    @Slot(int)
    def bring_case(self, case_id: int) -> None:
        """Open the cameras that tell most about a case (F6)."""
        if case_id and case_id == self._case_id and self.again is not None and self._ways.keys() <= self._host.wall.cameras:
            self.again(case_id, self.words, tuple(self._ways))
        elif case_id:
            ask = self._host.seat.work.ask
            ask(self, self._of_case, self._hang_case, case_id, known_health(self._host.looks), failed=self._say_refusal)

    @Slot(object)
    def bring_place(self, spot: Point) -> None:
        """Open the cameras round a place of the map; asks why when no reason holds."""
        ask = self._host.seat.work.ask
        ask(self, self._of_place, self._hang_place, spot, known_health(self._host.looks), failed=self._say_refusal)

    def on_band(self, camera_id: int) -> tuple[str, ...]:
        """Why a camera hangs here, for the band of its tile, longest first."""
        return self._told.get(camera_id, ((), ""))[0]

    def in_full(self, camera_id: int) -> str:
        """Why a camera hangs here, with every factor."""
        return self._told.get(camera_id, ((), ""))[1]

    def note(self, camera_id: int, on_band: tuple[str, ...], in_full: str) -> None:
        """Say of one more camera why it hangs here."""
        self._told[camera_id] = (on_band, in_full)

    def resume(self, other: "CaseWall") -> None:
        """Take over what another window of this seat knows."""
        self.words, self._told, self._ways, self._case_id = other.words, other._told, other._ways, other._case_id

    @Slot()
    def turn_north(self) -> None:
        """Keep north up when the wall has taken another shape."""
        wall = turned(self._host.wall, self._ways, self._spread())
        if wall != self._host.wall:
            self._host.hang(wall)

    # In a reading thread.

    def _of_case(self, case_id: int, health: Mapping[int, Health]) -> Survey:
        ask, actor = self._host.seat.services.ask, self._host.seat.actor
        case = ask.case(actor, case_id)
        if case.lon is None or case.lat is None:
            raise Refused("case_without_position", number=case.number)
        spot = Point(case.lon, case.lat)
        found = ask.outlook.around(actor, spot, EVENT_CAMERAS, health)
        if not found:
            raise Refused("no_camera_near", number=case.number)
        return Survey(spot, found, case.id, case.number)

    def _of_place(self, spot: Point, health: Mapping[int, Health]) -> Survey:
        found = self._host.seat.services.ask.outlook.around(self._host.seat.actor, spot, EVENT_CAMERAS, health)
        if not found:
            raise Refused("no_camera_near_place")
        return Survey(spot, found)

    # On the screen.

    @Slot(object)
    def _hang_case(self, survey: Survey) -> None:
        words = tr("Case {number}", number=survey.number)
        self._hang(survey, words, Why(CASE_PURPOSE, words, survey.case_id))

    @Slot(object)
    def _hang_place(self, survey: Survey) -> None:
        def hang(why: Why) -> None:
            self._hang(survey, tr("Place on the map"), why)

        self._host.with_reason(tr("Why look at the {n} cameras round this place?", n=len(survey.found)), hang)

    def _hang(self, survey: Survey, words: str, why: Why) -> None:
        self._host.know(one.camera for one in survey.found)
        self._told = {one.camera.id: (grounds.on_band(one), grounds.in_full(one)) for one in survey.found}
        self.words, self._case_id = words, survey.case_id
        self._ways = {one.camera.id: (one.bearing_deg, one.distance_m) if one.bearing_deg is not None else None for one in survey.found}
        wall = self._host.wall.for_event(list(self._ways), self._spread())
        left_out = len(self._ways.keys() - wall.cameras)
        if left_out:
            self._host.seat.said.emit(tr("No free tile for {n} of the case's cameras", n=left_out))
        self._host.hang(wall, why)

    def _spread(self) -> Spread:
        return north_up(self._ways, self._tiles.area, band=theme.px(tile.BAND), gap=GAP)


def known_health(looks: Looks) -> dict[int, Health]:
    """How the cameras that are looked through at this moment are."""
    states = {camera: looks.health(look) for camera in looks.cameras if (look := looks.get(camera)) is not None}
    return {camera: _KNOWN[health.state] for camera, health in states.items() if health is not None and health.state in _KNOWN}
