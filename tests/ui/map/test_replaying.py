"""A replay on the map panel over a real store: only pins of then, never taken for now, and now comes back whole and at once."""

from datetime import timedelta
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from console.domain.datum import world
from console.domain.errors import Unavailable
from console.domain.sighting import Seen
from console.ui.base.panel import Head
from console.ui.map.canvas import Canvas
from console.ui.map.marks import marks_of
from console.ui.map.panel import MapPanel
from console.ui.map.replaying import Replaying
from tests.make import SPOT, START

HOUR = timedelta(hours=1)


@pytest.fixture
def panel(seat, qtbot):
    made = MapPanel(seat)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    seat.work.changed.connect(made.changed)
    qtbot.waitUntil(lambda: made.head.counters.text() != "" and not made.ground.is_empty)
    return made


def ids(panel):
    return [pin.id for pin in panel.canvas.marks.pins]


def reported(panel, town, qtbot):
    """A report that the panel has learned of, whatever it shows."""
    before = len(panel.replaying._live.pins)
    case_id = town.report().case_id
    panel.work.post(frozenset({"case"}))
    qtbot.waitUntil(lambda: len(panel.replaying._live.pins) == before + 1)
    return case_id


def a_morning(panel, town, qtbot):
    """Two cases, the second two hours after the first, and an hour since."""
    first = reported(panel, town, qtbot)
    town.wait(2 * 3_600)
    second = reported(panel, town, qtbot)
    town.wait(3_600)
    return first, second


def opened(panel, qtbot):
    panel.canvas.setFocus()
    QTest.keyClick(panel.canvas, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: panel.replaying.moment is not None)
    return panel.replaying.bar


def test_t_shows_the_first_of_the_last_24_hours_with_the_pins_of_then_alone(panel, town, qtbot):
    first, second = a_morning(panel, town, qtbot)
    bar = opened(panel, qtbot)

    assert panel.replaying.moment == START + 3 * HOUR - 24 * HOUR
    assert ids(panel) == []
    QTest.keyClick(bar.slider, Qt.Key.Key_End)
    assert set(ids(panel)) == {first, second}
    for _ in range(2):
        QTest.keyClick(bar.slider, Qt.Key.Key_PageUp)
    assert ids(panel) == [first]
    QTest.keyClick(bar.slider, Qt.Key.Key_Right)
    assert panel.replaying.moment == START + HOUR + timedelta(minutes=1)


def test_a_replayed_map_says_which_moment_it_is_and_that_it_is_not_now(panel, town, qtbot):
    a_morning(panel, town, qtbot)
    bar = opened(panel, qtbot)
    QTest.keyClick(bar.slider, Qt.Key.Key_End)
    frame = panel.replaying.frame

    assert frame.isVisible()
    assert frame.words == "回放 2026-11-23 周一 13:00 — 非实时"
    assert frame.more == "当时在办 2 件 · 超期 2 件"  # a P1 is accepted within minutes
    assert bar.state.text().startswith("13:00 · 当时在办 2 件")
    assert panel.head.counters.text().startswith("现在：案件 2")
    assert frame.size() == panel.canvas.size()


def test_what_happens_meanwhile_changes_nothing_of_then_and_is_there_at_once_afterwards(panel, town, qtbot):
    first, second = a_morning(panel, town, qtbot)
    bar = opened(panel, qtbot)
    QTest.keyClick(bar.slider, Qt.Key.Key_End)
    third = reported(panel, town, qtbot)

    assert set(ids(panel)) == {first, second}
    assert panel.replaying.frame.more.endswith("回放期间新来 1 件")
    assert panel.head.counters.text().startswith("现在：案件 3")
    QTest.keyClick(panel.canvas, Qt.Key.Key_Escape)
    assert set(ids(panel)) == {first, second, third}
    assert panel.head.counters.text().startswith("案件 3")
    assert panel.replaying.frame.isHidden() and bar.isHidden() and not panel.replaying.button.isChecked()


@pytest.mark.parametrize("leave", ["esc in the bar", "t in the bar", "button in the bar", "button in the head"])
def test_every_way_back_leads_to_now(panel, town, qtbot, leave):
    case_id = reported(panel, town, qtbot)
    bar = opened(panel, qtbot)
    if leave == "button in the bar":
        bar.back.click()
    elif leave == "button in the head":
        panel.replaying.button.click()
    else:
        QTest.keyClick(bar.slider, Qt.Key.Key_Escape if leave.startswith("esc") else Qt.Key.Key_T)

    assert not panel.replaying.is_open
    assert panel.replaying.told == ()
    assert ids(panel) == [case_id]


def test_the_button_in_the_head_opens_a_replay(panel, qtbot):
    panel.replaying.button.click()

    assert panel.replaying.is_open and panel.replaying.button.isChecked()
    qtbot.waitUntil(lambda: panel.replaying.moment is not None)


def test_a_click_on_a_past_pin_takes_the_case_though_it_has_ended_since(panel, town, qtbot, seat):
    case_id = reported(panel, town, qtbot)
    town.wait(3_600)
    town.intake.withdraw(town.actor("grid001"), case_id, 1, "误报")
    panel.work.post(frozenset({"case"}))
    qtbot.waitUntil(lambda: ids(panel) == [])
    town.wait(3_600)
    bar = opened(panel, qtbot)
    QTest.keyClick(bar.slider, Qt.Key.Key_End)
    assert ids(panel) == []
    for _ in range(2):
        QTest.keyClick(bar.slider, Qt.Key.Key_PageUp)
    QTest.keyClick(bar.slider, Qt.Key.Key_Right)

    x, y = panel.canvas.view.to_pixel(*world(SPOT))
    QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))

    assert seat.case_id == case_id


def test_f7_on_a_case_that_was_not_open_then_says_so(panel, town, qtbot, seat):
    first, second = a_morning(panel, town, qtbot)
    bar = opened(panel, qtbot)
    QTest.keyClick(bar, Qt.Key.Key_End)
    for _ in range(2):
        QTest.keyClick(bar, Qt.Key.Key_PageUp)
    said = []
    seat.said.connect(said.append)
    seat.located.emit(first)
    seat.located.emit(second)
    assert said == ["回放的这一时刻该案件不在办；按 Esc 回到现在"]


def test_hours_that_are_closed_while_they_are_read_are_not_shown(panel, town, qtbot):
    case_id = reported(panel, town, qtbot)
    panel.canvas.setFocus()
    QTest.keyClick(panel.canvas, Qt.Key.Key_T)
    assert panel.replaying.bar.state.text() == "正在读取…"
    assert ids(panel) == [case_id] and panel.replaying.frame.isHidden()  # still live, and said so
    QTest.keyClick(panel.replaying.bar.slider, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: panel.work.busy == 0)

    assert ids(panel) == [case_id]
    assert panel.replaying.moment is None and panel.replaying.frame.isHidden()


def test_hours_without_a_case_are_said_to_be_so(panel, town, qtbot):
    bar = opened(panel, qtbot)
    QTest.keyClick(bar, Qt.Key.Key_Space)

    assert "该时段没有在办案件" in bar.state.text()
    assert panel.replaying.frame.more == "该时段没有在办案件"
    assert not bar.run.isEnabled() and not panel.replaying._playing.isActive()


def test_other_hours_are_read_when_they_are_chosen(panel, town, qtbot):
    a_morning(panel, town, qtbot)
    bar = opened(panel, qtbot)
    bar.begun.emit(START - HOUR)
    qtbot.waitUntil(lambda: panel.replaying.moment == START - HOUR)

    assert (bar.slider.maximum(), bar.slider.value()) == (4 * 60, 0)  # no later than now
    bar.begun.emit(START + 9 * HOUR)
    qtbot.waitUntil(lambda: panel.replaying.moment == START + 3 * HOUR - 24 * HOUR)


def test_the_last_24_hours_end_now_and_begin_with_a_whole_minute(panel, town, qtbot):
    town.wait(40)
    bar = opened(panel, qtbot)

    assert panel.replaying.moment == START + timedelta(minutes=1) - 24 * HOUR
    QTest.keyClick(bar, Qt.Key.Key_End)
    assert panel.replaying.moment == town.clock.now()


def test_while_other_hours_are_read_what_is_shown_stands_still(panel, town, qtbot, monkeypatch):
    first, second = a_morning(panel, town, qtbot)
    bar = opened(panel, qtbot)
    QTest.keyClick(bar, Qt.Key.Key_End)
    shown, may_read, hours = panel.replaying.moment, Event(), town.ask.past.hours
    monkeypatch.setattr(town.ask.past, "hours", lambda *of: may_read.wait(10) and hours(*of))
    bar.begun.emit(START - HOUR)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Home):
        QTest.keyClick(bar, key)
    reported(panel, town, qtbot)

    assert panel.replaying.moment == shown and set(ids(panel)) == {first, second}
    assert bar.state.text() == "正在读取…" and not panel.replaying._playing.isActive()
    may_read.set()
    qtbot.waitUntil(lambda: panel.replaying.moment == START - HOUR)
    assert ids(panel) == []


def test_hours_that_cannot_be_read_are_told_and_what_was_shown_stays(panel, town, qtbot, monkeypatch):
    first, second = a_morning(panel, town, qtbot)
    bar = opened(panel, qtbot)
    QTest.keyClick(bar.slider, Qt.Key.Key_End)

    def refuse(*_):
        raise Unavailable("database_away")

    monkeypatch.setattr(town.ask.past, "hours", refuse)
    bar.begun.emit(START - HOUR)
    qtbot.waitUntil(lambda: panel.work.busy == 0)

    assert "database_away" in bar.state.text()
    assert set(ids(panel)) == {first, second}
    assert bar.slider.maximum() == 24 * 60 and bar.run.isEnabled()


def test_hours_that_cannot_be_read_leave_the_live_map(panel, town, qtbot, monkeypatch):
    case_id = reported(panel, town, qtbot)

    def refuse(*_):
        raise Unavailable("database_away")

    monkeypatch.setattr(town.ask.past, "hours", refuse)
    panel.replaying.toggle()
    qtbot.waitUntil(lambda: panel.work.busy == 0)

    assert ids(panel) == [case_id] and panel.replaying.frame.isHidden()
    assert not panel.replaying.bar.run.isEnabled()


def test_a_trace_is_shown_only_as_far_as_it_was_known_then(panel, town, qtbot, seat):
    case_id = reported(panel, town, qtbot)
    seat.take(case_id)
    access_id = town.video.open_live(seat.actor, (1,), "V1", "案件周边视频", case_id)[0].access_id
    mark = town.sightings.mark(seat.actor, access_id, case_id, Seen(town.clock.now(), 90.0))
    panel.work.post(frozenset({"sighting"}))
    qtbot.waitUntil(lambda: panel.canvas.trace.marks == (mark,))
    town.wait(60)
    bar = opened(panel, qtbot)

    assert panel.canvas.trace.marks == ()
    QTest.keyClick(bar.slider, Qt.Key.Key_End)
    assert panel.canvas.trace.marks == (mark,)
    QTest.keyClick(bar.slider, Qt.Key.Key_Home)
    panel.replaying.close()
    assert panel.canvas.trace.marks == (mark,)


def test_what_is_here_says_first_that_it_is_not_now(panel, qtbot):
    opened(panel, qtbot)
    panel.canvas.asked.emit(panel.canvas.width() / 2, panel.canvas.height() / 2)

    assert panel.findChild(QMenu).actions()[0].text().endswith("非实时")


def test_esc_first_ends_measuring_then_the_replay(panel, qtbot):
    opened(panel, qtbot)
    panel.canvas.setFocus()
    QTest.keyClick(panel.canvas, Qt.Key.Key_D)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Escape)
    assert panel.canvas.ruler is None and panel.replaying.is_open
    QTest.keyClick(panel.canvas, Qt.Key.Key_Escape)
    assert not panel.replaying.is_open


class Played:
    """A replay of a morning on a canvas of its own, whose seconds are set by hand."""

    def __init__(self, seat, town, qtbot):
        self.now_s = 100.0
        town.report()
        town.wait(3 * 3_600)
        self.room = QWidget()
        qtbot.addWidget(self.room)
        column = QVBoxLayout(self.room)
        canvas, head = Canvas(lambda px, py: "", self.room), Head("")
        self.replaying = Replaying(seat, canvas, head, clock=lambda: self.now_s)
        for widget in (head, canvas, self.replaying.bar):
            column.addWidget(widget)
        self.room.show()
        self.replaying.show_live(marks_of((), ()), ("案件 0",))
        self.replaying.toggle()
        qtbot.waitUntil(lambda: self.replaying.moment is not None)
        self.qtbot, self.bar = qtbot, self.replaying.bar

    def pass_s(self, seconds):
        """Let seconds pass, until the next frame has counted them."""
        self.now_s += seconds
        self.qtbot.waitUntil(lambda: self.replaying._played_at == self.now_s)


@pytest.fixture
def played(seat, town, qtbot):
    return Played(seat, town, qtbot)


@pytest.mark.parametrize(("pace", "minutes"), [("60", 1), ("300", 5), ("900", 15), ("3600", 60)])
def test_playing_goes_on_at_its_pace_and_pauses(played, pace, minutes):
    begin = played.replaying.moment
    played.bar.pace.choose(pace)
    QTest.keyClick(played.bar, Qt.Key.Key_Space)
    assert played.bar.run.text() == "暂停（空格）"
    played.pass_s(1.0)
    assert played.replaying.moment == begin + timedelta(minutes=minutes)
    QTest.keyClick(played.bar, Qt.Key.Key_Space)
    assert played.bar.run.text() == "播放（空格）" and not played.replaying._playing.isActive()


def test_a_screen_that_was_busy_goes_on_where_it_was(played):
    begin = played.replaying.moment
    QTest.keyClick(played.bar, Qt.Key.Key_Space)
    played.pass_s(30.0)
    assert played.replaying.moment == begin + timedelta(minutes=15)


def test_nothing_is_played_while_nobody_looks(played):
    begin = played.replaying.moment
    QTest.keyClick(played.bar, Qt.Key.Key_Space)
    played.room.hide()
    played.pass_s(1.0)
    assert played.replaying.moment == begin


def test_playing_stops_at_the_end_and_begins_anew(played, town):
    QTest.keyClick(played.bar, Qt.Key.Key_End)
    QTest.keyClick(played.bar, Qt.Key.Key_Left)
    QTest.keyClick(played.bar, Qt.Key.Key_Space)
    played.pass_s(1.0)
    assert played.replaying.moment == town.clock.now()
    assert not played.replaying._playing.isActive()
    QTest.keyClick(played.bar, Qt.Key.Key_Space)
    assert played.replaying.moment == town.clock.now() - timedelta(hours=24)
    assert played.replaying._playing.isActive()
