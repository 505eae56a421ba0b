"""The search by keys, on a real store: found while typing, chosen by Enter, and the focus back where it was."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.service.indexer import Indexer
from tests.make import CODES

pytest_plugins = ("tests.ui.stage",)

KEY, CONTROL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def hall(stage):
    Indexer(stage.store, CODES).catch_up()
    return stage.sit()


def open_search(stage, hall):
    stage.press(KEY.Key_K, CONTROL)
    stage.until(hall.palette.isVisible)
    assert QApplication.focusWidget() is hall.palette.line


def search(stage, hall, words):
    """Open, type, and wait for the answer to just these words."""
    open_search(stage, hall)
    stage.type(words)
    stage.until(lambda: hall.palette._answered == words)
    return [item.title for item in hall.palette.list.items]


def test_a_case_is_found_by_its_address_and_taken_in_hand(stage, hall):
    case_id = stage.town.report("0601").case_id
    stage.town.report("0602", address="东街")

    assert search(stage, hall, "小学西门") == ["井盖缺失/破损", "C302  小学西门"]
    stage.press(KEY.Key_Return)

    assert hall._seat.case_id == case_id
    assert not hall.palette.isVisible()


def test_escape_gives_the_focus_back_and_keeps_the_words(stage, hall):
    hall.queue.view.setFocus()
    before = QApplication.focusWidget()
    search(stage, hall, "c30")
    stage.press(KEY.Key_Escape)

    assert (QApplication.focusWidget(), hall.palette.isVisible()) == (before, False)
    open_search(stage, hall)
    assert (hall.palette.line.text(), hall.palette.line.selectedText()) == ("c30", "c30")
    stage.until(lambda: len(hall.palette.list.items) == 2)


def test_escape_takes_no_case_in_hand(stage, hall):
    hall.queue.view.setFocus(Qt.FocusReason.MouseFocusReason)
    stage.town.report("0601")
    stage.until(lambda: hall.queue.rows)
    open_search(stage, hall)
    stage.press(KEY.Key_Escape)

    assert QApplication.focusWidget() is hall.queue.view
    assert hall._seat.case_id == 0


def test_its_own_key_closes_it_too(stage, hall):
    open_search(stage, hall)
    stage.press(KEY.Key_K, CONTROL)

    assert not hall.palette.isVisible()


def test_arrows_choose_and_go_round(stage, hall):
    search(stage, hall, "c30")
    places = []
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        stage.press(key)
        places.append(hall.palette.list.current)

    assert places == [1, 0, 1]


def test_alt_and_a_digit_go_there_at_once(stage, hall):
    called = []
    hall._seat.called.connect(called.append)
    search(stage, hall, "c30")
    stage.press(KEY.Key_2, ALT)

    assert [camera.code for camera in called] == ["C302"]


def test_a_return_faster_than_the_answer_waits_for_it(stage, hall):
    case_id = stage.town.report("0601").case_id
    open_search(stage, hall)
    stage.type("井盖")
    stage.press(KEY.Key_K, CONTROL)
    open_search(stage, hall)
    event = QInputMethodEvent()
    event.setCommitString("井盖缺失")
    hall.palette.line.clear()
    QApplication.sendEvent(hall.palette.line, event)
    hall.palette.line._is_just_committed = False
    assert hall.palette._answered != "井盖缺失"
    stage.press(KEY.Key_Return)

    stage.until(lambda: hall._seat.case_id == case_id)
    assert not hall.palette.isVisible()


def test_a_return_of_the_input_method_goes_nowhere(stage, hall):
    stage.town.report("0601")
    search(stage, hall, "井盖")
    event = QInputMethodEvent("que", [])
    QApplication.sendEvent(hall.palette.line, event)
    stage.press(KEY.Key_Return)

    assert (hall._seat.case_id, hall.palette.isVisible()) == (0, True)


def test_the_newest_answer_wins(stage, hall):
    open_search(stage, hall)
    for text in ("c", "c3", "c30", "c301"):
        hall.palette.line.setText(text)
    stage.until(lambda: hall.palette._answered == "c301")

    assert [item.thing.code for item in hall.palette.list.items] == ["C301"]


def test_a_place_is_shown_on_the_map(stage, hall):
    placed = []
    hall._seat.placed.connect(placed.append)
    search(stage, hall, "cjc")
    stage.press(KEY.Key_Return)

    assert placed == ["410923102204"]


def test_a_colleague_is_told_with_a_masked_number_and_the_duty_phone_copied(stage, hall):
    said = []
    hall._seat.said.connect(said.append)
    search(stage, hall, "值班员甲")
    stage.press(KEY.Key_Return)

    assert said == ["值班员甲，南乐县综治中心，工作电话 138****0001；单位值班电话 13800000100 已复制"]
    assert QGuiApplication.clipboard().text() == "13800000100"


def test_a_command_runs_the_same_act_as_its_key(stage, hall):
    label = stage.shell.actions_by_name["look"].text()
    assert search(stage, hall, label) == [label]
    look = stage.look.look
    stage.press(KEY.Key_Return)

    assert stage.look.look != look


def test_a_screen_is_found_by_its_initials(stage, hall):
    search(stage, hall, "dd")
    stage.press(KEY.Key_Return)

    assert stage.shell.perspective == "Dispatch board"


def test_a_typed_verb_goes_on_in_the_command_line(stage, hall):
    items = search(stage, hall, "jj")
    stage.press(KEY.Key_Return)

    assert "接警" in items
    assert (QApplication.focusWidget(), stage.shell.command.line.text()) == (stage.shell.command.line, "jj ")


def test_nothing_found_says_what_can_be_searched(stage, hall):
    assert search(stage, hall, "13800000001") == []
    assert "13800000001" in hall.palette.hint.text()
    assert "不能搜索" in hall.palette.hint.text()


def test_an_empty_line_says_what_to_type(stage, hall):
    open_search(stage, hall)

    assert hall.palette.hint.isVisible()
    assert "首字母" in hall.palette.hint.text()


def test_who_goes_elsewhere_is_not_called_back(stage, hall):
    open_search(stage, hall)
    hall.queue.view.setFocus(Qt.FocusReason.MouseFocusReason)

    assert not hall.palette.isVisible()
    assert QApplication.focusWidget() is hall.queue.view


def test_a_locked_seat_shows_no_search(stage, hall):
    search(stage, hall, "c30")
    stage.shell.lock()

    assert not hall.palette.isVisible()


def test_a_click_chooses(stage, hall):
    called = []
    hall._seat.called.connect(called.append)
    search(stage, hall, "c30")
    box = hall.palette.list._boxes[1]
    QTest.mouseClick(hall.palette.list, Qt.MouseButton.LeftButton, pos=box.center())

    assert [camera.code for camera in called] == ["C302"]


def test_it_follows_the_window_and_stays_inside(stage, hall):
    stage.town.report("0601")
    search(stage, hall, "井")
    stage.shell.resize(1366, 768)
    QApplication.sendEvent(stage.shell.centralWidget(), QEvent(QEvent.Type.LayoutRequest))
    host = stage.shell.centralWidget()
    stage.until(lambda: host.rect().contains(hall.palette.geometry()))

    assert abs(hall.palette.geometry().center().x() - host.rect().center().x()) <= 1


def test_the_sheet_of_keys_tells_of_it(stage, hall):
    assert "search" in stage.shell.actions_by_name
