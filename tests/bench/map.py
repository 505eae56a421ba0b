"""The map in motion: the whole city's grids, cases and cameras on the real canvas, frame by frame, beside two other ways to paint them.

A frame is: stand at another view, paint at once, let Qt do what waits. `*_p95_ms` are wall-clock, on Qt's offscreen
platform, 1600×900. The peers paint the same borders and points: a graphics scene with an item for each grid and point,
and pyqtgraph with scatter plots; both as their manuals say, neither with fills or names.
"""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QWidget

from console.demo.land import demo_land
from console.domain.basemap import Basemap, tiles_in
from console.domain.camera import Camera
from console.domain.datum import world
from console.domain.place import Point, Rings
from console.domain.rows import Pin
from console.geo.land import Land
from console.service.ask import Atlas
from console.tiles.link import Links
from console.ui.application import dressed
from console.ui.base import theme
from console.ui.map.canvas import Canvas
from console.ui.map.ground import GRID_LEVEL, Ground, survey
from console.ui.map.marks import Marks, marks_of
from console.ui.map.underlay import Underlay
from console.ui.map.view import View
from tests.bench.frame import Figures, Wish, percentile
from tests.bench.gauge import load_of
from tests.stage import ROOT
from tests.tiles.hosts import mbtiles

SIZE = (1600, 900)
CASES, CAMERAS, FRAMES = 10_000, 20_000, 120
PUSH_PX, PARTS = 12, 5
CITY_ZOOM, MID_ZOOM, STREET_ZOOM = 10.1, 12.4, 15.0
UPDATES = 16  # pins that change in each frame: about a thousand a second
SHARP_WITHIN_S = 5.0
Step = Callable[[View, int], View]


def run(wish: Wish) -> Figures:
    """Build the ground, move over it, then let the peers do the same."""
    application = dressed(ROOT / "resources")
    theme.Theme(application, ROOT / "resources" / "themes").wear("day", 100)
    hand = random.Random(wish.seed)
    frames = 24 if wish.is_smoke else FRAMES
    cases, cameras = (500, 1_000) if wish.is_smoke else (CASES, CAMERAS)
    land = demo_land(ROOT / "resources" / "geo", wish.seed, "county" if wish.is_smoke else "city")
    began = time.perf_counter()
    ground = survey(Atlas(land.divisions, tuple(replace(grid, rings=_fine(grid.rings)) for grid in land.grids), ()))
    survey_ms = (time.perf_counter() - began) * 1000
    marks = _marks(land, hand, cases, cameras)
    wish.say(f"{len(land.grids)} grids, {len(ground.outlines[GRID_LEVEL].places)} of their points, {cases} cases, {cameras} cameras")
    found: dict[str, float | int | None] = {"n": frames, "grids": len(land.grids), "survey_ms": round(survey_ms)}
    found |= _ours(ground, marks, land, hand, frames)
    wish.say(json.dumps(found))
    for name, peer in (("graphicsview", _Scene), ("pyqtgraph", _Plot)):
        made = peer(ground, marks)
        found |= {f"peer_{name}_{scene}_p95_ms": _p95(took) for scene, took in _peer_frames(made, ground, frames).items()}
        made.widget.close()
        made.widget.deleteLater()
        QApplication.processEvents()
    return {"run": found}


def _fine(rings: Rings) -> Rings:
    """The same outlines with the points that surveyed ones have: thirty to a grid instead of seven."""
    shares = [part / PARTS for part in range(PARTS)]

    def parted(one: Point, other: Point) -> list[Point]:
        return [Point(one.lon + (other.lon - one.lon) * share, one.lat + (other.lat - one.lat) * share) for share in shares]

    return tuple(tuple(point for pair in pairwise((*ring, ring[0])) for point in parted(*pair)) for ring in rings)


def _marks(land: Land, hand: random.Random, cases: int, cameras: int) -> Marks:
    middles = [land.middles[grid.code] for grid in land.grids]

    def somewhere() -> tuple[float, float]:
        spot = hand.choice(middles)
        return spot.lon + hand.uniform(-0.004, 0.004), spot.lat + hand.uniform(-0.004, 0.004)

    pins = []
    for number in range(1, cases + 1):
        pins.append(Pin(number, *somewhere(), hand.choice(("P1", "P2", "P3", "P4")), "50", hand.random() > 0.1, ""))
    pins.sort(key=lambda pin: pin.priority)
    eyes = []
    for number in range(cameras):
        lon, lat = somewhere()
        kind = hand.choice(("bullet", "dome"))
        eyes.append(Camera(number, f"C{number}", "", "", kind, lon, lat, hand.uniform(0, 360), 60.0, "", "", 1))
    return marks_of(tuple(pins), tuple(eyes))


def _ours(ground: Ground, marks: Marks, land: Land, hand: random.Random, frames: int) -> dict[str, float | int | None]:
    canvas = Canvas(lambda _x, _y: "")
    canvas.resize(*SIZE)
    canvas.show()
    QApplication.processEvents()
    began = time.perf_counter()
    canvas.set_ground(ground)
    canvas.set_marks(marks)
    _paint(canvas)
    found: dict[str, float | int | None] = {"first_paint_ms": _ms(time.perf_counter() - began)}
    took: dict[str, list[float]] = {}
    blank, still = 0, 0.0
    for scene, start, step in _scenes(canvas.view, ground, frames):
        canvas.go(start)
        _settle(canvas)
        took[scene], gone = _frames(canvas, step, frames)
        blank += gone
        still = max(still, canvas.still.made_ms)
        if scene.startswith("zoom"):
            found[f"{scene}_sharp_ms"] = _sharp(canvas)
    every = [seconds for scene in took.values() for seconds in scene]
    found |= {f"{scene}_p95_ms": _p95(seconds) for scene, seconds in took.items()}
    found |= {"frames_per_s": round(len(every) / sum(every), 1), "over_16_7_ms": sum(one > 0.0167 for one in every), "blank_frames": blank}
    found["still_max_ms"] = round(still, 1)  # what stands still, painted anew when the hand rests: the screen waits that long
    found["pan_busy_p95_ms"] = _p95(_busy(canvas, marks, hand, frames))
    found["hit_p95_ms"] = _p95(_hits(canvas, ground, land, hand, frames))
    found |= _over_basemap(canvas, ground, frames)
    found["rss_mb"] = round(load_of(os.getpid()).rss_mb)
    canvas.close()
    return found


def _over_basemap(canvas: Canvas, ground: Ground, frames: int) -> dict[str, float | int | None]:
    """The same pan at the scale of towns, and half a zoom in, with a base map from a file below; and how soon it is there."""
    with tempfile.TemporaryDirectory() as folder:
        links = Links(Path(folder) / "kept.db")
        _, start, pan = _scenes(canvas.view, ground, frames)[1]
        box = start.sized(3 * SIZE[0], 3 * SIZE[1]).box
        tiles = [tile for level in (10, 11, 12, 13) for tile in tiles_in(box, level, "w", "wgs84")]
        underlay = Underlay(links.link)
        underlay.changed.connect(canvas.update)
        canvas.still.underlay = underlay
        canvas.go(start)
        began = time.perf_counter()
        underlay.show(Basemap("bench", (mbtiles(Path(folder) / "city.mbtiles", tiles),)))
        underlay.want(start)
        canvas.show_layers(canvas.still.shown)
        while not underlay.covers(start) and time.perf_counter() - began < SHARP_WITHIN_S:
            QApplication.processEvents()
        found: dict[str, float | int | None] = {"basemap_there_ms": _ms(time.perf_counter() - began)}
        _settle(canvas)
        panned, blank = _frames(canvas, pan, frames)
        canvas.go(start)
        _settle(canvas)
        zoomed, gone = _frames(canvas, lambda seen, _: seen.zoomed(0.6 / frames, SIZE[0] / 2, SIZE[1] / 2), frames)
        found |= {"pan_basemap_p95_ms": _p95(panned), "zoom_basemap_p95_ms": _p95(zoomed), "blank_basemap_frames": blank + gone}
        canvas.still.underlay = None
        underlay.stop()
        links.stop()
    return found


def _scenes(view: View, ground: Ground, frames: int) -> list[tuple[str, View, Step]]:
    box = ground.box
    assert box is not None
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)

    def pan(seen: View, number: int) -> View:
        return seen.panned(-PUSH_PX if number % 40 < 20 else PUSH_PX, -PUSH_PX / 3 if number % 40 < 20 else PUSH_PX / 3)

    nearer = (15.5 - CITY_ZOOM) / frames
    at = {name: view.sized(*SIZE).at(*middle, zoom) for name, zoom in
          (("city", CITY_ZOOM), ("mid", MID_ZOOM), ("street", STREET_ZOOM), ("near", 15.5))}  # fmt: skip
    return [
        ("pan_city", at["city"], pan), ("pan_mid", at["mid"], pan), ("pan_street", at["street"], pan),
        ("zoom_in", at["city"], lambda seen, _: seen.zoomed(nearer, SIZE[0] / 2, SIZE[1] / 2)),
        ("zoom_out", at["near"], lambda seen, _: seen.zoomed(-nearer, SIZE[0] / 2, SIZE[1] / 2)),
    ]  # fmt: skip


def _frames(canvas: Canvas, step: Step, frames: int) -> tuple[list[float], int]:
    """How long each frame took, and how many showed nothing but the flat ground where there is land."""
    took, blank, flat = [], 0, QColor(theme.tokens().ground).rgb()
    for number in range(frames):
        began = time.perf_counter()
        canvas.go(step(canvas.view, number))
        canvas.repaint()
        QApplication.processEvents()
        took.append(time.perf_counter() - began)
        if number % 20 == 0:
            seen = canvas.grab().toImage()
            spots = [(x, y) for x in range(40, SIZE[0], 80) for y in range(40, SIZE[1], 80)]
            blank += all(seen.pixel(x, y) == flat for x, y in spots)
    return took, blank


def _sharp(canvas: Canvas) -> float:
    """From the last movement until what is seen is painted for this view."""
    began = time.perf_counter()
    while canvas.still.is_old(canvas.view) and time.perf_counter() - began < SHARP_WITHIN_S:
        QApplication.processEvents()
    _paint(canvas)
    return _ms(time.perf_counter() - began)


def _busy(canvas: Canvas, marks: Marks, hand: random.Random, frames: int) -> list[float]:
    """Panning at the scale of towns while pins move."""
    box = canvas.home
    assert box is not None
    canvas.go(canvas.view.at((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, MID_ZOOM))
    _settle(canvas)
    pins, took = list(marks.pins), []
    for number in range(frames):
        began = time.perf_counter()
        for _ in range(UPDATES):
            at = hand.randrange(len(pins))
            one = pins[at]
            pins[at] = Pin(one.id, one.lon + 0.0001, one.lat, one.priority, one.state, not one.acked, one.title)
        canvas.set_marks(marks_of(tuple(pins), marks.cameras))
        canvas.go(canvas.view.panned(-PUSH_PX if number % 40 < 20 else PUSH_PX, 0))
        canvas.repaint()
        QApplication.processEvents()
        took.append(time.perf_counter() - began)
    return took


def _hits(canvas: Canvas, ground: Ground, land: Land, hand: random.Random, frames: int) -> list[float]:
    """What is under a pixel: cases, cameras, grid and divisions."""
    took = []
    for _ in range(frames):
        spot = land.middles[hand.choice(land.grids).code]
        canvas.view = canvas.view.at(*world(spot), MID_ZOOM)
        began = time.perf_counter()
        canvas.marks.pins_at(canvas.view, SIZE[0] / 2, SIZE[1] / 2)
        canvas.marks.cameras_at(canvas.view, SIZE[0] / 2, SIZE[1] / 2)
        here = ground.here(spot)
        took.append(time.perf_counter() - began)
        assert here.grid is not None
    return took


def _settle(canvas: Canvas) -> None:
    _paint(canvas)
    _sharp(canvas)


def _paint(widget: QWidget) -> None:
    (widget.viewport() if isinstance(widget, QGraphicsView) else widget).repaint()
    QApplication.processEvents()


def _p95(seconds: Sequence[float]) -> float:
    return _ms(percentile(seconds, 0.95))


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


class _Scene:
    """A graphics scene: one polygon item a grid, one rectangle a point."""

    def __init__(self, ground: Ground, marks: Marks) -> None:
        self._scene = scene = QGraphicsScene()  # the view does not hold it
        grids, self._scale = ground.outlines[GRID_LEVEL], 256 * 2.0**CITY_ZOOM
        hair, dot = QPen(QColor("#7a8290"), 0), QColor("#2b4c7e")
        for ring in np.split(grids.places * self._scale, grids.starts[1:]):
            scene.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]), hair)
        for x, y in np.vstack((marks.pin_places, marks.camera_places)) * self._scale:
            item = scene.addRect(QRectF(-3, -3, 6, 6), QPen(Qt.PenStyle.NoPen), dot)
            item.setFlag(item.GraphicsItemFlag.ItemIgnoresTransformations)
            item.setPos(x, y)
        self.widget = QGraphicsView(scene)
        self.widget.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.widget.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def stand(self, view: View) -> None:
        """Show another view."""
        self.widget.resetTransform()
        self.widget.scale(view.scale / self._scale, view.scale / self._scale)
        self.widget.centerOn(view.x * self._scale, view.y * self._scale)


class _Plot:
    """pyqtgraph: all borders as one curve, the points as two scatter plots."""

    def __init__(self, ground: Ground, marks: Marks) -> None:
        self.widget = pyqtgraph.PlotWidget()
        self.widget.hideAxis("left")
        self.widget.hideAxis("bottom")
        grids = ground.outlines[GRID_LEVEL]
        joined = np.ones(len(grids.places), dtype=np.int32)
        joined[np.append(grids.starts[1:], len(grids.places)) - 1] = 0
        self.widget.plot(grids.places[:, 0], -grids.places[:, 1], connect=joined, pen=pyqtgraph.mkPen("#7a8290"))
        for places, size in ((marks.pin_places, 8), (marks.camera_places, 6)):
            self.widget.addItem(pyqtgraph.ScatterPlotItem(places[:, 0], -places[:, 1], size=size, pen=None, brush="#2b4c7e"))

    def stand(self, view: View) -> None:
        """Show another view."""
        west, north, east, south = view.box
        self.widget.setRange(xRange=(west, east), yRange=(-south, -north), padding=0)


def _peer_frames(peer: "_Scene | _Plot", ground: Ground, frames: int) -> dict[str, list[float]]:
    peer.widget.resize(*SIZE)
    peer.widget.show()
    QApplication.processEvents()
    found: dict[str, list[float]] = {}
    for scene, start, step in _scenes(View(), ground, frames):
        view = start
        peer.stand(view)
        _paint(peer.widget)
        found[scene] = []
        for number in range(frames // 2):
            began = time.perf_counter()
            view = step(view, number)
            peer.stand(view)
            _paint(peer.widget)
            found[scene].append(time.perf_counter() - began)
    return found
