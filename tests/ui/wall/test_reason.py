"""The reason line: no look without purpose and reason, and typed text is never lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.ui.wall.reason import ReasonLine
from tests.make import CODES


@pytest.fixture
def line(qtbot):
    made = ReasonLine(CODES.video_purposes)
    qtbot.addWidget(made)
    made.given_to = []
    made.given.connect(lambda purpose, words: made.given_to.append((purpose, words)))
    made.ask("C301")
    return made


def test_the_closed_list_of_purposes_stands_there_with_patrol_chosen(line):
    assert [line.purpose.itemData(at) for at in range(line.purpose.count())] == ["V1", "V2", "V3", "V4", "V5", "V7"]
    assert line.purpose.currentData() == "V3"


def test_return_gives_purpose_and_reason(line):
    QTest.keyClicks(line.reason, "evening patrol")
    QTest.keyClick(line.reason, Qt.Key.Key_Return)
    assert line.given_to == [("V3", "evening patrol")]


@pytest.mark.parametrize("words", ["", "短", "五个字的词", "     a     "])
def test_a_reason_under_six_letters_is_refused_in_words_and_kept(line, words):
    line.reason.setText(words)
    line.accept.click()
    assert line.given_to == []
    assert "6" in line.problem.text()
    assert line.reason.text() == words


def test_six_letters_are_enough(line):
    line.reason.setText("夜间例行巡查")
    line.accept.click()
    assert line.given_to == [("V3", "夜间例行巡查")]


def test_esc_puts_it_away_and_keeps_the_text(line, qtbot):
    line.reason.setText("夜间")
    with qtbot.waitSignal(line.cancelled):
        QTest.keyClick(line.reason, Qt.Key.Key_Escape)
    assert line.isHidden()
    line.ask("C302")
    assert line.reason.text() == "夜间"
