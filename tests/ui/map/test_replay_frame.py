"""The frame of a replay: seen in both themes, as large as the map, and never in the way of the hand."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.ui.base import theme
from console.ui.map.canvas import Canvas
from console.ui.map.replay_frame import ReplayFrame


@pytest.fixture
def canvas(qtbot):
    made = Canvas(lambda px, py: "")
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    return made


def amber(canvas):
    """How many pixels of the picture have the frame's colour."""
    image, wanted = canvas.grab().toImage(), theme.colour(theme.tokens().amber).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("name", ["day", "night"])
def test_a_frame_is_seen_and_goes_without_a_trace(canvas, look, name):
    look.wear(name, 100)
    frame = ReplayFrame(canvas)
    before = amber(canvas)
    frame.show_words("回放 2026-11-23 周一 14:05 — 非实时", "当时在办 3 件")
    assert amber(canvas) - before > 2 * (500 + 300) * 4
    frame.hide()
    assert amber(canvas) == before


def test_a_frame_grows_with_the_map(canvas):
    frame = ReplayFrame(canvas)
    frame.show_words("回放", "")
    canvas.resize(640, 420)
    assert frame.size() == canvas.size()
    frame.hide()
    canvas.resize(500, 300)
    frame.show_words("回放", "")
    assert frame.size() == canvas.size()


def test_a_press_goes_through_to_the_map(canvas, qtbot):
    frame = ReplayFrame(canvas)
    frame.show_words("回放", "")
    with qtbot.waitSignal(canvas.clicked, timeout=500):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(250, 10))
    assert frame.accessibleName() == "回放"
