"""The foot of a review: time, pace, buttons, the jump line, the keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.limits import CHINA
from console.ui.review.foot import ReviewFoot


@pytest.fixture
def foot(qtbot, deck):
    made = ReviewFoot(deck)
    qtbot.addWidget(made)
    return made


def test_it_tells_the_true_time_and_the_pace(foot, deck):
    deck.go(7.0)
    at = deck.timeline.instant(7.0).astimezone(CHINA)
    assert foot.clock.text() == f"{at:%Y-%m-%d %H:%M:%S}"
    assert foot.state.text() == "已暂停 1倍"
    deck.pace(-1)
    assert foot.state.text() == "已暂停 0.5倍"


def test_a_button_wishes_what_its_key_does(foot):
    wished = []
    foot.wished.connect(wished.append)
    foot.buttons["review_back10"].click()
    foot.buttons["review_run"].click()
    assert wished == ["review_back10", "review_run"]


def test_what_is_typed_is_handed_on_in_plain_digits(foot):
    jumped = []
    foot.jumped.connect(jumped.append)
    foot.jump.setText("19：42：10")
    QTest.keyClick(foot.jump, Qt.Key.Key_Return)
    assert jumped == ["19:42:10"]


def test_an_answer_is_said(foot):
    foot.say("好的")
    assert foot.says.text() == "好的"
