"""The map panel: loads the ground once and the pins at every change, and takes a case in hand by a click."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from console.domain.camera import Camera
from console.domain.case import Case
from console.domain.datum import from_wgs84, world
from console.domain.errors import Missing
from console.domain.place import Point
from console.domain.rows import Pin
from console.domain.sighting import Sighting
from console.geo.geojson import Feature, read_features
from console.ui.base import theme
from console.ui.base.keys import group_actions
from console.ui.base.panel import Panel
from console.ui.base.text import PlainLabel, label_text, one_line
from console.ui.base.words import refusal, tr
from console.ui.map.canvas import Canvas
from console.ui.map.ground import Ground, survey
from console.ui.map.here import cameras_on, cases_near
from console.ui.map.layering import Layering
from console.ui.map.marks import NEAR_M, marks_of, places_of
from console.ui.map.place_verbs import PlaceVerbs
from console.ui.map.replaying import Replaying
from console.ui.map.ruler import Ruler
from console.ui.map.view import Box, View, scale_number
from console.ui.memory import Memory
from console.ui.seat import Seat

CASE_ZOOM = 15.3
MOST_IN_TIP, MOST_IN_MENU = 5, 6


@dataclass(frozen=True)
class Standing:
    """What stands on the map at a moment: pins, cameras, and how many open cases have no position."""

    pins: tuple[Pin, ...]
    cameras: tuple[Camera, ...]
    placeless: int


class MapPanel(Panel):
    """Divisions, grids, cases and cameras of the actor's area; moved by hand, by F7, and by 跟随 when it is on."""

    kinds = frozenset({"case", "camera", "sighting", "basemap", "boundary"})
    keys = group_actions("map")
    name = "map"

    def __init__(
        self, seat: Seat, parent: QWidget | None = None, *, water: Path | None = None, memory: Memory | None = None,
    ) -> None:
        """Make the map of a seat; `water` is a GeoJSON file of lakes and rivers, `memory` knows where the map stood last."""
        super().__init__(seat.work, tr("Map"), parent)
        self.seat = seat
        self.ground = Ground()
        self._water = water
        self._memory = memory
        self._is_loaded = False
        self._is_stale = True  # the ground is to be asked for
        self.canvas = Canvas(self.describe, self)
        self.body.addWidget(self.canvas, 1)
        self.replaying = Replaying(seat, self.canvas, self.head)
        self.body.addWidget(self.replaying.bar)
        self.follow = QToolButton(self, checkable=True)
        self.follow.setProperty("quiet", True)
        self.follow.setFont(theme.font(theme.SMALL))
        self.scale_words = PlainLabel(size=theme.SMALL, dim=True)
        self.layering = Layering(seat, self.canvas, memory)
        self.verbs = PlaceVerbs(seat, self, memory)
        schematic = PlainLabel(tr("Schematic"), size=theme.SMALL, dim=True)
        for widget in (self.layering.button, self.replaying.button, self.follow, self.scale_words, schematic):
            self.head.add_right(widget)
        self._show_follow(False)
        self.follow.toggled.connect(self._show_follow)
        self.canvas.moved.connect(self._show_scale)
        self.canvas.clicked.connect(self._take_at)
        self.canvas.asked.connect(self._open_menu)
        self.canvas.measured.connect(self._tell_measure)
        seat.selected.connect(self._selected)
        seat.located.connect(self.locate)
        seat.placed.connect(self.show_place)
        seat.spotted.connect(self.show_spot)
        self.canvas.select(seat.case_id)
        place = memory.map_place() if memory is not None else None
        if place is not None:
            self.canvas.stand(*place)

    def refresh(self) -> None:
        """Ask for what stands on the ground, and once for the ground, which is heavy: nobody's rows wait for it."""
        self.work.ask(self, self._standing, self._show_standing)
        self._ask_trace()
        self.layering.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T and Esc, wherever in the panel they are pressed, open and close the replay."""
        if not self.replaying.takes(event):
            super().keyPressEvent(event)

    def changed(self, kinds: frozenset[str]) -> None:
        """Take note of news; where borders may have moved, the ground is asked for again as well."""
        if "boundary" in kinds:
            self._is_stale = True
        super().changed(kinds)

    def locate(self, case_id: int) -> None:
        """Go to a case (F7), of the one in hand so that its trace is seen whole; one without a position is said."""
        pin = self.canvas.marks.pin(case_id)
        if pin is not None and self.canvas.trace.marks and case_id == self.seat.case_id:
            self.canvas.fly(self._round(Point(pin.lon, pin.lat)))
        elif pin is not None:
            self._fly_to(Point(pin.lon, pin.lat))
        elif case_id:
            self.work.ask(self, self.seat.services.ask.case, self._show_case, self.seat.actor, case_id, failed=self._say_refusal)

    def show_place(self, code: str) -> None:
        """Go to a division or grid; one without an outline is said."""
        box = self.ground.box_of(code)
        if box is not None:
            self.canvas.fly(self.canvas.view.fitted(box))
        else:
            self.seat.said.emit(tr("{code} has no outline on this map", code=code))

    @Slot(object)
    def show_spot(self, spot: Point) -> None:
        """Go to a position, mark it until the next click, and say what is there."""
        self.canvas.set_here(spot)
        self._fly_to(spot)
        self.seat.said.emit(tr(" · ").join(self.words_for(spot)))

    def describe(self, px: float, py: float) -> str:
        """What a tooltip says at a pixel: the cases there, else the cameras; empty for open ground."""
        view, marks = self.canvas.view, self.canvas.seen
        pins, cameras = marks.pins_at(view, px, py), marks.cameras_at(view, px, py)
        lines = [one_line(pin.title, 60) for pin in pins] or [one_line(f"{one.code}  {one.name}", 60) for one in cameras]
        lines = lines or self.layering.words_at(px, py)
        more = len(lines) - MOST_IN_TIP
        return "\n".join([*lines[:MOST_IN_TIP], *([tr("and {n} more", n=more)] if more > 0 else [])])

    def words_for(self, spot: Point) -> tuple[str, ...]:
        """What is here, line by line: divisions, grid, its leader, the position."""
        here = self.ground.here(spot)
        lines = [" › ".join(one.name for one in here.divisions) or tr("Outside the known area")]
        if here.grid is not None:
            lines.append(tr("Grid {name}  {code}", name=here.grid.name, code=here.grid.code))
            if here.grid.leader:
                lines.append(tr("Grid leader {name}", name=here.grid.leader))
        lines.append(_written(spot))
        return tuple(one_line(line) for line in lines)

    # In a reading thread.

    def _survey(self) -> Ground:
        water: tuple[Feature, ...] = read_features(self._water) if self._water is not None and self._water.exists() else ()
        atlas = self.seat.services.ask.atlas(self.seat.actor)
        own = next((centre.division for centre in atlas.centres if centre.id == self.seat.actor.centre_id), "")
        return survey(atlas, water, own)

    def _standing(self) -> Standing:
        services, actor = self.seat.services, self.seat.actor
        inbox = services.ask.inbox(actor, services.clock.now())
        return Standing(services.ask.pins(actor), services.ask.cameras(actor), sum(row.lon is None for row in inbox.rows))

    def _trace(self, case_id: int) -> tuple[Sighting, ...]:
        sightings = self.seat.services.sightings
        try:
            return sightings.of_case(self.seat.actor, case_id) if sightings is not None and case_id else ()
        except Missing:
            return ()  # it has gone from the actor's sight meanwhile

    # On the screen.

    def _ask_trace(self) -> None:
        self.work.ask(self, self._trace, self._show_trace, self.seat.case_id)

    @Slot(object)
    def _show_trace(self, trace: tuple[Sighting, ...]) -> None:
        self.replaying.show_trace(trace)

    @Slot(object)
    def _show_ground(self, ground: Ground) -> None:
        is_first, self._is_loaded = not self._is_loaded, True
        self.ground = ground
        self.canvas.set_ground(ground)
        self.layering.set_ground(ground)
        self._show_scale()
        if self._memory is not None and is_first:
            self.canvas.moved.connect(self._keep_place)  # not before: a map without ground stands nowhere

    @Slot(object)
    def _show_standing(self, standing: Standing) -> None:
        counters = [tr("{n} cases", n=len(standing.pins)), tr("{n} cameras", n=len(standing.cameras))]
        if standing.placeless:
            counters.append(tr("{n} without a position", n=standing.placeless))
        self.replaying.show_live(marks_of(standing.pins, standing.cameras), counters)
        self.fresh()
        if self._is_stale:
            self._is_stale = False
            self.work.ask(self, self._survey, self._show_ground)

    @Slot(object)
    def _show_case(self, case: Case) -> None:
        if case.lon is None or case.lat is None:
            self.seat.said.emit(tr("{number} has no position", number=case.number))
        else:
            self._fly_to(Point(case.lon, case.lat))

    @Slot(object)
    def _say_refusal(self, error: Exception) -> None:
        self.seat.said.emit(refusal(error))  # type: ignore[arg-type]

    @Slot(int)
    def _selected(self, case_id: int) -> None:
        self.canvas.select(case_id)
        self.replaying.show_trace(())
        self._ask_trace()
        if self.follow.isChecked():
            self.locate(case_id)

    @Slot(float, float)
    def _take_at(self, px: float, py: float) -> None:
        """Take the case under the pointer; of several, the next one at every click. While measuring, set a point."""
        self.canvas.set_here(None)
        if self.canvas.ruler is not None:
            self.canvas.measure(self.canvas.ruler.longer(self.canvas.view.spot(px, py)))
            return
        pins = self.canvas.marks.pins_at(self.canvas.view, px, py)
        found = [pin.id for pin in pins]
        nearer = self.canvas.view.fitted(_box_of(pins), margin=theme.px(120)) if len(pins) > 1 else self.canvas.view
        if self.canvas.marks.clusters(self.canvas.view) is not None and nearer.zoom > self.canvas.view.zoom + 0.5:
            self.canvas.fly(nearer)  # a crowd is looked into, not taken
        elif found:
            before = found.index(self.seat.case_id) if self.seat.case_id in found else -1
            self.seat.take(found[(before + 1) % len(found)])

    @Slot(float, float)
    def _open_menu(self, px: float, py: float) -> None:
        spot = self.canvas.view.spot(px, py)
        *lines, position = self.words_for(spot)
        menu = QMenu(self)
        for line in (*self.replaying.told, *lines):
            menu.addAction(label_text(line)).setEnabled(False)
        grid = self.ground.here(spot).grid
        if grid is not None:
            self.verbs.add_workers(menu, grid.code)
        menu.addAction(label_text(self._watched(spot))).setEnabled(False)
        near, radius = cases_near(self.canvas.marks, spot), round(NEAR_M)
        words = tr("Open cases within {m} m: {n}", m=radius, n=len(near)) if near else tr("No open case within {m} m", m=radius)
        menu.addAction(label_text(words)).setEnabled(False)
        menu.addSeparator()
        for pin, metres in near[:MOST_IN_MENU]:
            what = tr("{title} · {metres} m", title=one_line(pin.title, 40), metres=round(metres))
            menu.addAction(label_text(what), partial(self.seat.take, pin.id))
        if near:
            menu.addSeparator()
        menu.addAction(label_text(tr("Cameras round this place")), lambda: self.seat.surveyed.emit(spot))
        self.verbs.add_to(menu, spot, self.canvas.ruler, "\n".join((*lines, position)))
        menu.addAction(label_text(tr("Measure from here (D)")), lambda: self.canvas.measure(Ruler((spot,))))
        copies = {"wgs84": tr("Copy {position}", position=position), "gcj02": tr("Copy for Amap, Tencent"), "bd09": tr("Copy for Baidu")}
        for datum, words in copies.items():
            menu.addAction(label_text(words), partial(QApplication.clipboard().setText, _written(from_wgs84(spot, datum))))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.canvas.mapToGlobal(QPoint(round(px), round(py))))

    @Slot()
    def _tell_measure(self) -> None:
        ruler = self.canvas.ruler
        if ruler is not None:
            begin = tr("Measuring: click or Enter sets a point, Backspace takes one back, D or Esc ends")
            self.seat.said.emit(ruler.words if len(ruler.spots) > 1 else begin)

    def _watched(self, spot: Point) -> str:
        """Which cameras see a spot, in words."""
        found = cameras_on(self.canvas.marks, spot)
        if not found:
            return tr("No camera sees this place")
        codes = (tr("{code} (turnable)", code=camera.code) if sight == "turns" else camera.code for camera, sight in found[:MOST_IN_TIP])
        words = tr("Seen by {cameras}", cameras=tr(", ").join(codes))
        return words if len(found) <= MOST_IN_TIP else tr(" · ").join((words, tr("and {n} more", n=len(found) - MOST_IN_TIP)))

    @Slot(bool)
    def _show_follow(self, is_on: bool) -> None:
        self.follow.setText(tr("Follow on") if is_on else tr("Follow off"))
        if is_on and self.seat.case_id:
            self.locate(self.seat.case_id)

    @Slot()
    def _show_scale(self) -> None:
        if self._is_loaded:
            self.scale_words.setText(f"1:{scale_number(self.canvas.view):,}".replace(",", " "))

    @Slot()
    def _keep_place(self) -> None:
        view = self.canvas.view
        if self._memory is not None:
            self._memory.keep_map((view.x, view.y, view.zoom))

    def _round(self, spot: Point) -> View:
        """The view that shows a case and its whole trace, no nearer than a case alone is shown."""
        east, south = zip(world(spot), *self.canvas.trace.places, strict=True)
        found = self.canvas.view.fitted((min(east), min(south), max(east), max(south)), margin=theme.px(60))
        return found.at(found.x, found.y, min(found.zoom, max(self.canvas.view.zoom, CASE_ZOOM)))

    def _fly_to(self, spot: Point) -> None:
        view = self.canvas.view
        self.canvas.fly(view.at(*world(spot), max(view.zoom, CASE_ZOOM)))


def _box_of(pins: Sequence[Pin]) -> Box:
    """What holds some pins."""
    places = places_of(pins)
    (west, north), (east, south) = places.min(axis=0), places.max(axis=0)
    return float(west), float(north), float(east), float(south)


def _written(spot: Point) -> str:
    return f"{spot.lon:.6f}, {spot.lat:.6f}"
