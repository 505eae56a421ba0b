"""Known points on known pixels, and whole pictures beside those that were judged by eye (`golden/`).

The pixels are derived from the handbook's vectors (6.2) by the formula of web Mercator, written
down once more here. A picture of `golden/` is made anew by deleting it and running this file; look
at it before it is kept.
"""

from math import asinh, pi, radians, tan
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from console.domain.camera import Camera
from console.domain.datum import to_wgs84, world
from console.domain.place import Point
from console.domain.rows import Pin
from console.ui.base import theme
from console.ui.map.canvas import Canvas
from console.ui.map.ground import survey
from console.ui.map.layers import Shown
from console.ui.map.marks import marks_of
from console.ui.map.shading import shading_of
from console.ui.map.still import Themes
from tests.ui.map.grounds import county

GOLDEN = Path(__file__).with_name("golden")
SIZE = (640, 420)
# Handbook 6.2: one ground, written in three datums.
VECTORS = [
    {"wgs84": (115.029, 35.762), "gcj02": (115.03488943, 35.76199555), "bd09": (115.04146772, 35.76775073)},
    {"wgs84": (115.107, 35.902), "gcj02": (115.11304271, 35.90214136), "bd09": (115.1195773, 35.90809204)},
]


@pytest.fixture(scope="module")
def made():
    return survey(county(120))


@pytest.fixture
def canvas(qtbot, made, look):
    shown = Canvas(lambda px, py: "")
    qtbot.addWidget(shown)
    shown.resize(*SIZE)
    shown.set_ground(made)
    shown.show_layers(Shown(names=False, grids=False))
    shown.show()
    return shown


def mercator_px(spot, zoom):
    """Pixels from the north-west corner of the world; 256 to a tile."""
    side = 256 * 2**zoom
    return (spot[0] + 180) / 360 * side, (1 - asinh(tan(radians(spot[1]))) / pi) / 2 * side


def pixels(image):
    """Rows of red, green, blue."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), dtype=np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : rgb.width() * 3].reshape(rgb.height(), rgb.width(), 3).astype(int)


def middle_of(image, ink):
    """The middle of everything in one colour."""
    colour = QColor(ink)
    off = np.abs(pixels(image) - (colour.red(), colour.green(), colour.blue())).max(axis=2)
    rows, columns = np.nonzero(off <= 2)
    assert len(rows) > 20
    return (columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2


@pytest.mark.parametrize("zoom", [11.0, 14.0, 17.0])
@pytest.mark.parametrize("datum", ["wgs84", "gcj02", "bd09"])
@pytest.mark.parametrize("vector", VECTORS)
def test_a_known_point_falls_on_its_pixel(canvas, vector, datum, zoom):
    spot = to_wgs84(Point(*vector[datum]), datum)
    canvas.set_marks(marks_of((Pin(1, spot.lon, spot.lat, "P1", "50", True, ""),), ()))
    centre = Point(vector["wgs84"][0] + 60 / 2**zoom, vector["wgs84"][1] - 20 / 2**zoom)
    canvas.go(canvas.view.at(*world(centre), zoom))
    expected = [
        at - middle + side / 2
        for at, middle, side in zip(mercator_px(vector["wgs84"], zoom), mercator_px((centre.lon, centre.lat), zoom), SIZE, strict=True)
    ]
    found = middle_of(canvas.grab().toImage(), theme.tokens().chip("P1").ground)
    assert found == pytest.approx(expected, abs=1.5)


@pytest.mark.parametrize("name", ["day", "night"])
def test_the_map_looks_as_it_was_judged(canvas, made, look, name):
    look.wear(name, 100)
    codes = made.grid_codes
    canvas.still.themes = Themes(shading=shading_of(made, "open", {code: number % 10 for number, code in enumerate(codes[:60])}))
    (west, north, east, south) = made.box
    spots = [canvas.view.fitted(made.box).at(west + (east - west) * share, north + (south - north) * share) for share in (0.3, 0.5, 0.7)]
    points = [view.spot(view.width / 2, view.height / 2) for view in spots]
    pins = tuple(Pin(at + 1, spot.lon, spot.lat, f"P{at + 1}", "50", at > 0, "", "YRK"[at]) for at, spot in enumerate(points))
    eyes = tuple(Camera(at, "", "", "", "bullet", spot.lon + 0.02, spot.lat, 90.0 * at, 60.0, "", "", 1) for at, spot in enumerate(points))
    canvas.set_marks(marks_of(pins, eyes))
    canvas.show_layers(Shown(names=False))
    canvas.go(canvas.view.fitted(made.box))
    image = canvas.grab().toImage()
    kept = GOLDEN / f"{name}.png"
    if not kept.exists():
        image.save(str(kept))
        pytest.fail(f"{kept.name} was not there; look at what was written, and keep it if it is right")
    off = np.abs(pixels(image)[:-50] - pixels(QImage(str(kept)))[:-50]).max(axis=2)  # without the words of the scale
    assert off.mean() < 1.5 and (off > 40).mean() < 0.01
