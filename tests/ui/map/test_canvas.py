"""The canvas: fitted once, never blank, kept pictures made anew when the hand rests."""

import pytest
from PySide6.QtGui import QColor

from console.ui.base import theme
from console.ui.map.canvas import Canvas
from console.ui.map.ground import survey
from tests.ui.map.grounds import county


@pytest.fixture(scope="module")
def made():
    return survey(county(600))


@pytest.fixture
def canvas(qtbot, made):
    shown = Canvas(lambda px, py: "")
    qtbot.addWidget(shown)
    shown.resize(600, 400)
    shown.set_ground(made)
    shown.show()
    shown.grab()
    return shown


def land(canvas):
    """The share of pixels in a coarse grid that are not the colour of nowhere."""
    image = canvas.grab().toImage()
    spots = [(x, y) for x in range(5, 600, 20) for y in range(5, 360, 20)]
    return sum(image.pixelColor(x, y) != QColor(theme.tokens().ground) for x, y in spots) / len(spots)


def test_the_first_ground_is_fitted_and_a_later_one_moves_nothing(canvas, made):
    assert canvas.view == canvas.view.fitted(made.box)
    canvas.go(canvas.view.panned(40, 0))
    before = canvas.view
    canvas.set_ground(made)
    assert canvas.view == before


def test_the_map_is_never_blank_while_it_is_moved_and_zoomed(canvas, made):
    middle = canvas.view.zoomed(3, 300, 200)
    canvas.go(middle)
    assert land(canvas) > 0.99
    canvas.still.made_ms = 1000.0  # as on a slow machine: no new picture in the middle of a movement
    for _ in range(12):
        canvas.go(canvas.view.panned(-30, 8))
        assert land(canvas) > 0.99
    canvas.go(canvas.view.zoomed(2, 300, 200))
    assert land(canvas) > 0.99


def test_a_picture_is_made_anew_when_the_hand_rests(canvas, qtbot):
    canvas.go(canvas.view.zoomed(2, 300, 200))
    assert canvas.still.is_old(canvas.view)
    qtbot.waitUntil(lambda: not canvas.still.is_old(canvas.view), timeout=2000)


def test_panning_does_not_paint_the_ground_again(canvas):
    canvas.go(canvas.view.zoomed(2, 300, 200))
    canvas.still.make(canvas.view, 1.0)
    kept = canvas.still.kept
    for _ in range(5):
        canvas.go(canvas.view.panned(20, 10))
        canvas.grab()
    assert canvas.still.kept is kept


def test_another_look_paints_everything_anew(canvas, look, qtbot):
    canvas.grab()
    look.wear("night", 100)
    image = canvas.grab().toImage()
    assert image.pixelColor(2, 2).name() == theme.tokens().ground.lower()
    assert theme.tokens().name == "night"


def test_an_empty_map_shows_its_ground_and_its_scale(qtbot):
    empty = Canvas(lambda px, py: "")
    qtbot.addWidget(empty)
    empty.resize(300, 200)
    empty.show()
    assert empty.grab().toImage().pixelColor(150, 50).name() == theme.tokens().ground.lower()
