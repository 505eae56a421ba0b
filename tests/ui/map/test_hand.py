"""The officer's hand: wheel, drag, click, keys and the flight."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.datum import world
from console.domain.place import Point
from console.ui.map.hand import Hand
from console.ui.map.view import View

SPOT = Point(115.2, 36.1)


@pytest.fixture
def hand(qtbot):
    made = Hand(lambda px, py: "")
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    made.view = View().sized(400, 300).at(*world(SPOT), 12.0)
    return made


def drag(hand, start, end):
    QTest.mousePress(hand, Qt.MouseButton.LeftButton, pos=QPoint(*start))
    QTest.mouseMove(hand, QPoint(*end))
    QTest.mouseRelease(hand, Qt.MouseButton.LeftButton, pos=QPoint(*end))


def test_a_drag_pushes_the_ground_and_is_no_click(hand, qtbot):
    clicks = []
    hand.clicked.connect(lambda x, y: clicks.append((x, y)))
    x, y = hand.view.to_pixel(*world(SPOT))
    drag(hand, (100, 100), (160, 70))
    assert hand.view.to_pixel(*world(SPOT)) == pytest.approx((x + 60, y - 30))
    assert clicks == []


def test_a_press_that_does_not_move_is_a_click_and_moves_nothing(hand):
    clicks, before = [], hand.view
    hand.clicked.connect(lambda x, y: clicks.append((x, y)))
    drag(hand, (100, 100), (102, 101))
    assert clicks == [(102, 101)]
    assert hand.view == before


def test_the_wheel_zooms_about_the_pointer(hand):
    under = hand.view.to_world(50, 60)
    at, none = QPointF(50, 60), Qt.MouseButton.NoButton
    turn = QWheelEvent(at, at, QPoint(), QPoint(0, 120), none, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(hand, turn)
    assert hand.view.zoom == 12.5
    assert hand.view.to_world(50, 60) == pytest.approx(under, abs=1e-12)


@pytest.mark.parametrize(
    ("key", "x", "y"),
    [(Qt.Key.Key_Left, 90, 0), (Qt.Key.Key_Right, -90, 0), (Qt.Key.Key_Up, 0, 90), (Qt.Key.Key_Down, 0, -90)],
)
def test_arrows_move_the_map(hand, key, x, y):
    QTest.keyClick(hand, key)
    assert hand.view.to_pixel(*world(SPOT)) == pytest.approx((200 + x, 150 + y))


def test_plus_minus_and_home_work_by_key(hand):
    QTest.keyClick(hand, Qt.Key.Key_Plus)
    assert hand.view.zoom == 12.5
    QTest.keyClick(hand, Qt.Key.Key_Minus)
    assert hand.view.zoom == 12.0
    hand.home = (*world(Point(115.0, 36.2)), *world(Point(115.4, 36.0)))
    QTest.keyClick(hand, Qt.Key.Key_Home)
    assert hand.view == hand.view.fitted(hand.home)


def test_keys_with_control_belong_to_the_shell(hand):
    before = hand.view
    QTest.keyClick(hand, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert hand.view == before


def test_return_clicks_the_middle(hand):
    clicks = []
    hand.clicked.connect(lambda x, y: clicks.append((x, y)))
    QTest.keyClick(hand, Qt.Key.Key_Return)
    assert clicks == [(200, 150)]


def test_a_flight_ends_where_it_should_within_its_time(hand, qtbot):
    target = hand.view.at(*world(Point(115.25, 36.12)), 13.0)
    hand.fly(target)
    qtbot.waitUntil(lambda: hand.view == target, timeout=1000)


def test_a_far_place_is_reached_at_once(hand):
    target = hand.view.at(*world(Point(116.4, 39.9)))
    hand.fly(target)
    assert hand.view == target


def test_taking_the_ground_in_hand_ends_a_flight(hand, qtbot):
    hand.fly(hand.view.at(*world(Point(115.25, 36.12)), 13.0))
    drag(hand, (100, 100), (150, 100))
    before = hand.view
    qtbot.wait(200)
    assert hand.view == before
