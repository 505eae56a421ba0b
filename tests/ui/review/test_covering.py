"""A covered review by keyboard: parts opened and written; nothing kept or heard; what was drawn is not lost by one key."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.ui.review.covering import KEPT_BACK
from console.ui.review.keys import COVER_KEYS, KEYS
from console.ui.review.opening import Review
from console.video.player import Player

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def taken():
    return []


@pytest.fixture
def window(opened, footage, taken, begin):
    first = replace(footage[0], is_covered=True)
    part = (begin + timedelta(seconds=4), begin + timedelta(seconds=9))
    return opened(Review((first,), is_kept=True, at=part[0], part=part, take=taken.append))


def press(window, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window, key, held)


def test_every_key_of_the_table_is_an_act_of_the_cover(window):
    assert window.covering.acts().keys() == {key.action for key in COVER_KEYS}
    assert {key.action for key in KEYS} >= KEPT_BACK


def test_a_part_is_opened_moved_timed_and_written_by_key(window, taken, qtbot):
    press(window, Qt.Key.Key_N)
    for _ in range(5):
        press(window, Qt.Key.Key_Left, CTRL)
    press(window, Qt.Key.Key_Right, CTRL | SHIFT)
    press(window, Qt.Key.Key_I)
    window.deck.go(7.0)
    press(window, Qt.Key.Key_O)
    press(window, Qt.Key.Key_N)
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Return, CTRL)
    ((one,),) = taken
    assert (one.left, one.right, one.top, one.bottom) == pytest.approx((0.3, 0.52, 0.4, 0.6))
    assert (one.from_s, one.to_s) == pytest.approx((4.0, 7.0))
    assert not window.isVisible()


def test_what_is_handed_over_is_what_is_repeated(window):
    assert window.deck.playhead.part == (4.0, 9.0)
    assert window.deck.playhead.is_looping
    assert window.deck.at_s == 4.0


def test_under_a_cover_nothing_is_kept_or_heard(window, monkeypatch):
    heard = []
    monkeypatch.setattr(Player, "sound", lambda *_: heard.append("sound"))
    monkeypatch.setattr(Player, "snapshot", lambda *_: heard.append("snapshot"))
    for key in (Qt.Key.Key_A, Qt.Key.Key_S, Qt.Key.Key_M, Qt.Key.Key_C):
        window.foot.say("")
        press(window, key)
        assert "不留存" in window.foot.says.text()
    assert heard == []
    assert not KEPT_BACK & window.foot.buttons.keys()


def test_what_was_opened_is_not_lost_by_one_key(window, taken):
    press(window, Qt.Key.Key_N)
    press(window, Qt.Key.Key_Escape)
    assert "再按 Esc" in window.covering.bar.problem.text()
    press(window, Qt.Key.Key_Right, CTRL)
    press(window, Qt.Key.Key_Escape)
    assert window.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert taken == []


def test_a_resident_s_recordings_are_covered_and_give_no_file(opened, footage):
    window = opened(Review(tuple(replace(one, is_covered=True) for one in footage)))
    press(window, Qt.Key.Key_N)
    assert len(window.covering.cover.parts) == 1
    press(window, Qt.Key.Key_Return, CTRL)
    assert window.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_other_recordings_have_no_cover(opened, footage):
    assert opened(Review(footage)).covering is None
