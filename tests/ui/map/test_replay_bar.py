"""The bar by keyboard alone: what is pressed is told, hours can be chosen without a zone's mistakes, and it fits where it stands."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone
from PySide6.QtTest import QTest

from console.domain.limits import CHINA
from console.ui.map.replay_bar import ENDS, PACES, ReplayBar

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
def bar(qtbot):
    made = ReplayBar()
    qtbot.addWidget(made)
    made.resize(700, 90)
    made.show()
    made.show_hours(AT, AT + timedelta(hours=24))
    return made


@pytest.mark.parametrize(("key", "minutes"), [
    (Qt.Key.Key_Left, -1), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, -1), (Qt.Key.Key_Up, 1), (Qt.Key.Key_PageUp, -60),
    (Qt.Key.Key_PageDown, 60), (Qt.Key.Key_Home, -ENDS), (Qt.Key.Key_End, ENDS),
])  # fmt: skip
def test_keys_step_by_minutes_and_hours_from_the_slider_too(bar, key, minutes):
    told = []
    bar.stepped.connect(told.append)
    QTest.keyClick(bar.slider, key)
    assert told == [minutes]
    assert bar.slider.value() == 0  # it stands where it is told to stand, nowhere else


def test_space_plays_from_the_slider(bar, qtbot):
    with qtbot.waitSignal(bar.pressed, timeout=500):
        QTest.keyClick(bar.slider, Qt.Key.Key_Space)


def test_brackets_change_the_pace_within_its_bounds(bar):
    found = []
    for key in (Qt.Key.Key_BracketLeft,) * 4 + (Qt.Key.Key_BracketRight,) * 4:
        QTest.keyClick(bar.slider, key)
        found.append(bar.pace_now)
    assert found == [300, 60, 60, 60, 300, 900, 3600, 3600]
    assert PACES == (60, 300, 900, 3600)


def test_other_keys_are_left_to_the_panel(bar):
    told = []
    for signal in (bar.stepped, bar.pressed):
        signal.connect(lambda *_: told.append("told"))
    QTest.keyClick(bar.slider, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(bar.slider, Qt.Key.Key_Q)
    assert told == []


def test_hours_are_shown_and_typed_by_the_hall_s_clock(bar, qtbot):
    assert bar.begin.text() == "从 2026-11-22 10:00"
    with qtbot.waitSignal(bar.begun, timeout=3_000) as told:
        bar.begin.setDateTime(QDateTime(QDate(2026, 11, 20), QTime(8, 30), QTimeZone(QTimeZone.Initialization.UTC)))
    assert told.args == [datetime(2026, 11, 20, 8, 30, tzinfo=CHINA)]


def test_showing_hours_is_not_choosing_them(bar):
    bar.show_hours(AT - timedelta(hours=24), AT)
    assert not bar._soon.isActive()


def test_a_day_earlier_is_one_press(bar, qtbot):
    earlier = next(child for child in bar.children() if getattr(child, "text", str)() == "‹")
    with qtbot.waitSignal(bar.begun, timeout=500) as told:
        earlier.click()
    assert told.args == [AT - timedelta(hours=24)]


def test_what_cannot_be_moved_in_cannot_be_pressed(bar):
    bar.set_ready(False)
    assert not (bar.slider.isEnabled() or bar.run.isEnabled())
    bar.set_ready(True)
    assert bar.slider.isEnabled() and bar.run.isEnabled()


def test_buttons_say_what_they_do_next_and_their_keys(bar):
    bar.show_running(True)
    assert bar.run.text() == "暂停（空格）"
    bar.show_running(False)
    assert bar.run.text() == "播放（空格）"
    assert bar.back.text() == "回到现在（Esc）"


@pytest.mark.parametrize("width", [460, 700, 1300])
def test_everything_stands_inside_the_bar(bar, qtbot, width):
    bar.resize(width, 90)
    bar.say("正在读取…")
    bar.grab()
    for widget in (bar.begin, bar.back, bar.run, bar.slider, bar.pace):
        assert bar.rect().contains(widget.geometry()), widget
    assert bar.minimumSizeHint().width() <= 460


def test_it_speaks_english(english, qtbot):
    made = ReplayBar()
    qtbot.addWidget(made)
    assert (made.run.text(), made.back.text()) == ("Play (Space)", "Back to now (Esc)")
