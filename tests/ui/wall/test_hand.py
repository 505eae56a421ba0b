"""The pointer: a tile dragged onto another, a camera brought from the list, the middle button, the wheel."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.ui.wall.hand import camera_in, luggage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def filled(panel, hall):
    """Three cameras open by hand."""
    panel.reasons.take("V3", "夜间例行巡查")
    for code in ("C301", "C302", "C303"):
        panel.call(hall.cameras()[code])
    return panel


def middle(panel, place):
    box = panel.tiles.boxes[place]
    return QPoint(box.x + box.width // 2, box.y + box.height // 2)


def drag(panel, start, end):
    QTest.mousePress(panel.tiles, LEFT, pos=start)
    for spot in (start + QPoint(20, 0), end):
        at, plain = QPointF(spot), Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(panel.tiles, QMouseEvent(QEvent.Type.MouseMove, at, panel.tiles.mapToGlobal(at), LEFT, LEFT, plain))
    QTest.mouseRelease(panel.tiles, LEFT, pos=end)


def wheel(panel, spot, notches):
    event = QWheelEvent(
        QPointF(spot), panel.tiles.mapToGlobal(QPointF(spot)), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(panel.tiles, event)


def order(panel):
    return [slot.camera_id if slot else None for slot in panel.wall.slots[: panel.wall.count]]


def test_a_tile_dragged_onto_another_changes_places_with_it(filled):
    drag(filled, middle(filled, 0), middle(filled, 3))
    assert order(filled) == [None, 2, 3, 1]
    assert filled.wall.chosen == 3


def test_a_click_moves_nothing(filled):
    QTest.mouseClick(filled.tiles, LEFT, pos=middle(filled, 1))
    assert order(filled) == [1, 2, 3, None]
    assert filled.wall.chosen == 1


def test_the_middle_button_closes(filled):
    QTest.mouseClick(filled.tiles, Qt.MouseButton.MiddleButton, pos=middle(filled, 1))
    assert order(filled) == [1, None, 3, None]


def test_a_camera_from_the_list_replaces_what_stood_there(filled):
    spot, carried, plain = middle(filled, 0), luggage(5), Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(spot, Qt.DropAction.CopyAction, carried, LEFT, plain)
    QApplication.sendEvent(filled.tiles, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(filled.tiles, QDropEvent(QPointF(spot), Qt.DropAction.CopyAction, carried, LEFT, plain))
    assert order(filled) == [5, 2, 3, None]


def test_what_is_no_camera_is_none():
    assert camera_in(luggage(7)) == 7
    foreign = luggage(7)
    foreign.setData("application/x-command-console-camera", b"7; drop")
    assert camera_in(foreign) == 0


def test_the_wheel_looks_closer_and_a_drag_then_moves_the_part(filled):
    wheel(filled, middle(filled, 1), 4)
    zoom = filled.tiles.lens.zoom
    assert (zoom.camera_id, round(zoom.factor, 2)) == (2, 2.44)
    drag(filled, middle(filled, 1), middle(filled, 1) + QPoint(60, 0))
    assert filled.tiles.lens.zoom.x < zoom.x
    assert order(filled) == [1, 2, 3, None]
    QTest.keyClick(filled.tiles, Qt.Key.Key_Escape)
    assert filled.tiles.lens.zoom is None
