"""The line of a mark: one digit is a way, Enter none, Esc no mark at all."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.ui.wall.seen_line import KEYPAD, SeenLine


@pytest.fixture
def line(qtbot):
    made = SeenLine()
    qtbot.addWidget(made)
    made.told = []
    made.marked.connect(lambda *of: made.told.append(of))
    made.ask("10:00:00 在 C301 看到目标")
    return made


def test_the_keys_lie_as_on_a_keypad():
    assert [KEYPAD[key] for key in (8, 6, 2, 4)] == [0, 90, 180, 270]
    assert [KEYPAD[key] for key in (9, 3, 1, 7)] == [45, 135, 225, 315]


def test_a_digit_marks_at_once(line):
    QTest.keyClick(line, Qt.Key.Key_6)
    assert line.told == [(90.0, "")]
    assert line.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_0, Qt.Key.Key_5, Qt.Key.Key_A])
def test_other_keys_mark_nothing(line, key):
    QTest.keyClick(line, key)
    assert line.told == []
    assert not line.isHidden()


def test_enter_is_a_way_not_known(line):
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.told == [(None, "")]


def test_words_go_along_and_digits_in_them_are_words(line):
    line.words.setText("8 挖掘机 ")
    line.ways[6].click()
    assert line.told == [(90.0, "8 挖掘机")]


def test_esc_makes_no_mark_and_gives_the_keys_back(line, qtbot):
    with qtbot.waitSignal(line.left):
        QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.told == []


def test_every_way_has_a_name(line):
    assert [line.ways[key].text() for key in (8, 9)] == ["8 北", "9 东北"]
    assert line.ways[3].accessibleName() == "东南"
