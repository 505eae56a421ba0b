"""Turning at the wall: held for a reason, turned while pressed, stopped exactly once by every way out, taken over."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.ptz import Move
from console.service.ptz import Purpose
from console.store.store import Store
from console.ui.wall.tile import picture_box
from console.ui.wall.turning import towards
from tests.make import Town
from tests.ui.wall.conftest import WHY

LEFT = Qt.MouseButton.LeftButton
OVER = "处置现场需要看另一侧"
K = Qt.Key


@pytest.fixture
def town(town_url):
    made = Town(Store.open(town_url))
    yield made
    made.store.close()


@pytest.fixture
def wall(turning_wall):
    return turning_wall


@pytest.fixture
def held(wall, qtbot):
    """The same with C301 held and its presets read."""
    QTest.keyClick(wall.tiles, K.Key_H)
    qtbot.waitUntil(lambda: bool(wall.turning.hold.presets))
    yield wall


def colleague(wall):
    return replace(wall.hall.town.actor("leader"), seat="B1")


def turns(wall):
    return [line for line in wall.told() if not line.startswith("presets")]


def settle(wall, qtbot, *lines):
    """Wait until the camera was told all this, and until nothing more is on its way."""
    qtbot.waitUntil(lambda: turns(wall) == list(lines))
    qtbot.waitUntil(lambda: not wall.work.busy)
    assert turns(wall) == list(lines)


def key(wall, kind, code, *, again=False):
    QApplication.sendEvent(wall.tiles, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, "", again))


def press(wall, qtbot, code=K.Key_Left):
    key(wall, QEvent.Type.KeyPress, code)
    qtbot.waitUntil(lambda: len(turns(wall)) == 1)


def test_the_key_takes_hold_for_the_reason_that_holds_and_lets_go(held, qtbot):
    assert held.hall.looks()[-1] == (1, "V3", WHY, None, False)
    assert held.turning.pad.isVisible()
    assert held.tiles.mark_of(1) == "您控制中 0:30"
    QTest.keyClick(held.tiles, K.Key_H)
    qtbot.waitUntil(lambda: held.hall.looks()[-1][4])
    assert not held.turning.pad.isVisible()
    assert held.tiles.mark_of(1) == "" and turns(held) == []


def test_without_a_reason_the_wall_asks_first(wall, qtbot):
    wall.reasons.adopt(None)
    QTest.keyClick(wall.tiles, K.Key_H)
    qtbot.waitUntil(lambda: wall.reason.isVisible())
    assert "C301" in wall.reason.what.text()
    wall.reason.given.emit("V3", "查看路口积水情况")
    qtbot.waitUntil(lambda: wall.turning.hold.camera is not None)
    assert wall.hall.looks()[-1] == (1, "V3", "查看路口积水情况", None, False)


def test_a_camera_that_cannot_be_turned_says_so(wall, qtbot):
    wall.choose(1)
    QTest.keyClick(wall.tiles, K.Key_H)
    qtbot.waitUntil(lambda: wall.hall.said == ["这台摄像机没有可控的云台。"])
    assert not wall.turning.pad.isVisible() and len(wall.hall.looks()) == 2


def test_an_empty_tile_cannot_be_turned_and_says_so(wall):
    wall.choose(2)
    QTest.keyClick(wall.tiles, K.Key_H)
    assert wall.hall.said == ["请先选中一个有图像的画面"]


def test_an_arrow_turns_while_it_is_pressed_and_stops_once(held, qtbot):
    press(held, qtbot)
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
        key(held, kind, K.Key_Left, again=True)
    key(held, QEvent.Type.KeyRelease, K.Key_Left)
    settle(held, qtbot, "move a -0.5 0.0 0.0", "stop a")
    assert held.wall.chosen == 0


def test_a_repeat_that_comes_as_let_go_and_pressed_again_does_not_stop(held, qtbot):
    press(held, qtbot)
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress) * 3:
        key(held, kind, K.Key_Left)
    assert held.turning.hold.move == Move(pan=-0.5)
    key(held, QEvent.Type.KeyRelease, K.Key_Left)
    settle(held, qtbot, "move a -0.5 0.0 0.0", "stop a")


def test_two_arrows_turn_aslant_and_one_let_go_leaves_the_other(held, qtbot):
    press(held, qtbot)
    key(held, QEvent.Type.KeyPress, K.Key_Up)
    qtbot.waitUntil(lambda: turns(held)[-1] == "move a -0.5 0.5 0.0")
    key(held, QEvent.Type.KeyRelease, K.Key_Left)
    qtbot.waitUntil(lambda: turns(held)[-1] == "move a 0.0 0.5 0.0")
    key(held, QEvent.Type.KeyRelease, K.Key_Up)
    settle(held, qtbot, "move a -0.5 0.0 0.0", "move a -0.5 0.5 0.0", "move a 0.0 0.5 0.0", "stop a")


def test_plus_and_minus_zoom_the_camera_and_not_the_picture(held, qtbot):
    press(held, qtbot, K.Key_Plus)
    key(held, QEvent.Type.KeyRelease, K.Key_Plus)
    settle(held, qtbot, "move a 0.0 0.0 0.5", "stop a")
    assert held.tiles.lens.zoom is None


WAYS_OUT = {
    "focus loss": lambda wall: QApplication.sendEvent(wall.tiles, QFocusEvent(QEvent.Type.FocusOut)),
    "the wall is left": lambda wall: QApplication.sendEvent(wall.tiles, QHideEvent()),
    "Esc": lambda wall: QTest.keyPress(wall.tiles, K.Key_Escape),
    "another tile": lambda wall: wall.choose(1),
    "the tile is closed": lambda wall: wall._close_tile(0),
    "the camera is let go": lambda wall: QTest.keyPress(wall.tiles, K.Key_H),
    "the wall is closed": lambda wall: wall.leave(),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_every_way_out_stops_exactly_once(held, qtbot, way):
    press(held, qtbot)
    WAYS_OUT[way](held)
    key(held, QEvent.Type.KeyRelease, K.Key_Left)
    settle(held, qtbot, "move a -0.5 0.0 0.0", "stop a")


def test_a_closed_tile_is_let_go(held, qtbot):
    held._close_tile(0)
    qtbot.waitUntil(lambda: held.ptz.holder(held.hall.seat.actor, 1) is None)
    assert turns(held) == []


def test_esc_stops_first_and_lets_go_second(held, qtbot):
    press(held, qtbot)
    QTest.keyPress(held.tiles, K.Key_Escape)
    assert held.turning.hold.camera is not None
    QTest.keyPress(held.tiles, K.Key_Escape)
    assert held.turning.hold.camera is None
    settle(held, qtbot, "move a -0.5 0.0 0.0", "stop a")


def test_a_pressed_key_goes_on_turning(held, qtbot):
    press(held, qtbot)
    held.turning.hold._renewing.timeout.emit()
    qtbot.waitUntil(lambda: turns(held) == ["move a -0.5 0.0 0.0"] * 2)


def test_of_wishes_that_wait_only_the_newest_reaches_the_camera(held, qtbot):
    hold = held.turning.hold
    with hold._lane._lock:  # the first call is under way and takes its time
        for pan in (0.1, 0.2, 0.3, 0.4):
            hold.push(Move(pan=pan))
    settle(held, qtbot, "move a 0.1 0.0 0.0", "move a 0.4 0.0 0.0")


def mouse(wall, kind, spot):
    at = QPointF(spot)
    QApplication.sendEvent(wall.tiles, QMouseEvent(kind, at, wall.tiles.mapToGlobal(at), LEFT, LEFT, Qt.KeyboardModifier.NoModifier))


def test_a_drag_in_the_picture_turns_by_its_distance_from_the_middle_and_stops_at_release(held, qtbot):
    inside = picture_box(held.tiles.boxes[0])
    begun = inside.center()
    spot = QPoint(begun.x() + round(0.3 * inside.width()), begun.y())
    mouse(held, QEvent.Type.MouseButtonPress, begun)
    mouse(held, QEvent.Type.MouseMove, spot)
    qtbot.waitUntil(lambda: len(turns(held)) == 1)
    mouse(held, QEvent.Type.MouseButtonRelease, spot)
    settle(held, qtbot, "move a 0.6 0.0 0.0", "stop a")
    assert [slot.camera_id if slot else None for slot in held.wall.slots[:4]] == [1, 2, None, None]


@pytest.mark.parametrize(
    ("x", "y", "move"),
    [(100, 50, Move()), (105, 50, Move()), (150, 50, Move(pan=0.5)), (200, 0, Move(pan=1.0, tilt=1.0)), (0, 999, Move(-1.0, -1.0)),
     (100, 75, Move(tilt=-0.5))],
)  # fmt: skip
def test_a_drag_is_as_fast_as_it_is_far(x, y, move):
    got = towards(QPoint(40 + x, 60 + y), QRect(40, 60, 201, 101))
    assert (got.pan, got.tilt) == pytest.approx((move.pan, move.tilt))


def test_a_preset_is_chosen_by_its_number_and_gone_to_with_enter(held, qtbot):
    QTest.keyClick(held.tiles, K.Key_1)
    assert held.turning.pad.go.text() == "前往 1（Enter）" and turns(held) == []
    QTest.keyClick(held.tiles, K.Key_Return)
    QTest.keyClick(held.tiles, K.Key_0)
    settle(held, qtbot, "goto_preset a 1")
    QTest.keyClick(held.tiles, K.Key_Return)
    settle(held, qtbot, "goto_preset a 1", "home a")
    assert not held.wall.is_maximised


def test_a_preset_that_is_not_there_is_not_gone_to_and_esc_forgets_it(held):
    QTest.keyClick(held.tiles, K.Key_7)
    assert held.turning.pad.go.text() == "无预置位 7" and not held.turning.pad.go.isEnabled()
    QTest.keyClick(held.tiles, K.Key_Escape)
    assert held.turning.hold.camera is not None and turns(held) == []


def test_a_button_of_the_pad_turns_while_it_is_down(held, qtbot):
    button = held.turning.pad.buttons["↗"]
    QTest.mousePress(button, LEFT)
    qtbot.waitUntil(lambda: len(turns(held)) == 1)
    QTest.mouseRelease(button, LEFT)
    settle(held, qtbot, "move a 0.5 0.5 0.0", "stop a")


def test_the_tile_says_who_turns_and_the_key_offers_to_take_over_with_a_reason(wall, qtbot):
    wall.ptz.hold(colleague(wall), 1, Purpose("V3", "跟看路口车流情况"))
    wall.hall.town.wait(20)
    wall.work.post(frozenset({"video"}))
    qtbot.waitUntil(lambda: wall.tiles.mark_of(1) == "B1席 控制中 0:20")
    QTest.keyClick(wall.tiles, K.Key_H)
    line = wall.turning._line
    qtbot.waitUntil(line.isVisible)
    assert "B1席" in line.what.text() and "0:20" in line.what.text()
    line.reason.setText(OVER)
    line.accept.click()
    qtbot.waitUntil(lambda: wall.turning.hold.camera is not None)
    assert wall.hall.looks()[-1] == (1, "V3", OVER, None, False)
    assert wall.tiles.mark_of(1) == "您控制中 0:30"
    assert wall.reasons.why.reason == WHY, "what was said for the take-over is no reason for other cameras"


def test_a_take_over_for_a_case_needs_one_in_hand(wall, qtbot):
    wall.ptz.hold(colleague(wall), 1, Purpose("V3", "跟看路口车流情况"))
    QTest.keyClick(wall.tiles, K.Key_H)
    line = wall.turning._line
    qtbot.waitUntil(line.isVisible)
    line.given.emit("V1", OVER)
    assert line.problem.isVisible() and line.isVisible()
    wall._close_tile(0)
    assert not line.isVisible(), "there is nothing left to take over"


def test_who_is_taken_over_is_told_and_turns_no_more(held, qtbot):
    press(held, qtbot)
    held.ptz.take_over(colleague(held), 1, Purpose("V3", OVER))
    held.work.post(frozenset({"video"}))
    qtbot.waitUntil(lambda: held.turning.hold.camera is None)
    assert held.hall.said[-1].startswith("C301 云台已由B1席")
    assert held.tiles.mark_of(1) == "B1席 控制中 0:00" and not held.turning.pad.isVisible()
    key(held, QEvent.Type.KeyRelease, K.Key_Left)
    settle(held, qtbot, "move a -0.5 0.0 0.0", "stop a")


def test_a_hold_that_ran_out_says_so(held, qtbot):
    held.hall.town.wait(31)
    held.turning.hold._watching.timeout.emit()
    qtbot.waitUntil(lambda: held.turning.hold.camera is None)
    assert held.hall.said == ["C301 超过 30 秒没有操作，云台已松手"]
    qtbot.waitUntil(lambda: held.hall.looks()[-1][4])


def test_a_plugin_that_is_off_is_said_in_words(held, qtbot):
    held.ptz._plugins.runner.stop("trial")
    key(held, QEvent.Type.KeyPress, K.Key_Left)
    qtbot.waitUntil(lambda: bool(held.hall.said))
    assert not held.turning.hold._renewing.isActive()


def test_a_wall_without_the_service_refuses(panel, hall, qtbot):
    panel.reasons.take("V3", WHY)
    panel.call(hall.cameras()["C301"])
    qtbot.waitUntil(lambda: panel.looks.get(1).view is not None)
    QTest.keyClick(panel.tiles, K.Key_H)
    assert hall.said == ["这台摄像机没有可控的云台。"]
