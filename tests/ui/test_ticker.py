"""The ticker: the most urgent, oldest unacknowledged event, always there, never moving the rows."""

from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtCore import Qt

from console.ui.base.flash import Flash
from console.ui.ticker import Ticker, Unacked

CST = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 22, 14, 22, 7, tzinfo=CST)


def event(ref, priority, ago_s, words="元村镇 仓颉路 井盖缺失"):
    return Unacked(ref, priority, NOW - timedelta(seconds=ago_s), words)


@pytest.fixture
def ticker(qtbot):
    made = Ticker(lambda: NOW, Flash())
    qtbot.addWidget(made)
    made.resize(900, 34)
    made.show()
    return made


def ground(ticker):
    return ticker.grab().toImage().pixelColor(2, 2).name().upper()


def test_nothing_open_is_said_calmly(ticker):
    assert ticker.words()[0] == "没有未接的特急、紧急事件"
    assert ground(ticker) == "#E6E8EA"


def test_a_p1_is_red_and_says_how_long_it_waits(ticker):
    ticker.show_events((event("31", "P1", 58),))
    state, said, more = ticker.words()
    assert state == "特急 未接 0:58"
    assert said.startswith("14:21 元村镇 仓颉路 井盖缺失")
    assert more == ""
    assert ground(ticker) == "#C1121F"


def test_a_p2_alone_is_not_red(ticker):
    ticker.show_events((event("30", "P2", 5),))
    assert ground(ticker) == "#E8710A"


def test_the_highest_comes_first_then_the_oldest(ticker):
    ticker.show_events((event("a", "P2", 900), event("b", "P1", 10), event("c", "P1", 20), event("d", "P4", 99)))
    assert ticker.first.ref == "c"
    assert ticker.words()[2] == "另有 2 件"


def test_a_click_jumps_to_the_event(qtbot, ticker):
    jumps = []
    ticker.jumped.connect(jumps.append)
    qtbot.mouseClick(ticker, Qt.MouseButton.LeftButton)
    ticker.show_events((event("31", "P1", 58),))
    qtbot.mouseClick(ticker, Qt.MouseButton.LeftButton)
    assert jumps == ["31"]


def test_it_keeps_its_height_so_that_no_row_moves(ticker):
    calm = ticker.height()
    ticker.show_events((event("31", "P1", 58),))
    assert ticker.height() == calm == 34


def test_only_its_marker_flashes_and_only_while_something_is_open(ticker):
    ticker.show_events((event("31", "P1", 58),))
    assert ticker._flash.is_running
    ticker.show_events(())
    assert not ticker._flash.is_running


def test_hostile_words_are_shown_as_they_are(ticker):
    ticker.show_events((event("31", "P1", 58, "<img src=file:///etc/hostname>" + "<table><tr><td>" * 20),))
    assert "<img" not in ticker.toolTip()
    assert not ticker.grab().isNull()
