"""A reason, sixty seconds, and masked again: the widget itself, with a clock set by hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.ui.base import veil
from console.ui.base.reveal import SHOWN_S, Reveal

PLAIN = "网格员壬 · 13800000009"


class Hand:
    at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock():
    return Hand()


@pytest.fixture
def reveal(qtbot, clock):
    made = Reveal("查看", clock=clock)
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    made.given = []
    made.asked.connect(made.given.append)
    return made


def test_it_asks_for_a_reason_first(reveal):
    reveal.open_button.click()

    assert reveal.reason.isVisible()
    reveal.accept.click()
    assert reveal.given == []
    assert reveal.problem.isVisible()
    reveal.reason.setText("回拨核实位置")
    reveal.accept.click()
    assert reveal.given == ["回拨核实位置"]
    assert not reveal.accept.isEnabled(), "asked once"


def test_plain_words_are_masked_again_after_a_minute(reveal, clock):
    reveal.show_plain(PLAIN)
    assert reveal.plain.text() == PLAIN
    clock.at = 0.5
    reveal.tick()
    assert reveal.left.text() == "明文显示，剩 60 秒"

    clock.at = SHOWN_S - 0.5
    reveal.tick()
    assert reveal.is_plain
    clock.at = SHOWN_S
    reveal.tick()

    assert not reveal.is_plain
    assert reveal.plain.text() == ""
    assert reveal.open_button.isVisible()


def test_it_can_be_masked_at_once_and_esc_does_it_too(reveal):
    reveal.show_plain(PLAIN)
    reveal.hide_button.click()
    assert not reveal.is_plain
    reveal.show_plain(PLAIN)
    QTest.keyClick(reveal, Qt.Key.Key_Escape)
    assert not reveal.is_plain


def test_what_nobody_sees_is_masked(reveal):
    reveal.show_plain(PLAIN)
    reveal.hide()
    assert reveal.plain.text() == ""


def test_a_refusal_is_said_and_the_reason_stays(reveal):
    reveal.ask()
    reveal.reason.setText("回拨核实位置")
    reveal.say("不行")

    assert reveal.problem.text() == "不行"
    assert reveal.reason.text() == "回拨核实位置"
    reveal.back.click()
    assert reveal.open_button.isVisible()
    reveal.ask()
    assert reveal.reason.text() == "回拨核实位置"
    reveal.show_plain(PLAIN)
    assert reveal.reason.text() == "", "every look has a reason of its own"


def test_visitors_mask_it(reveal):
    reveal.show_plain(PLAIN)
    veil.turn(True)
    reveal.tick()
    veil.turn(False)

    assert not reveal.is_plain
