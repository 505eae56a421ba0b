"""The line edit: a Return that belongs to the input method never submits (ux.md 2.4)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from console.ui.base.line import LineEdit, to_ascii


@pytest.fixture
def line(qtbot):
    made = LineEdit(latin_until=":")
    qtbot.addWidget(made)
    made.show()
    made.got = []
    made.entered.connect(made.got.append)
    return made


def compose(line, preedit, commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(line, event)


def test_return_submits_what_is_written(qtbot, line):
    qtbot.keyClicks(line, "jj 031")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.got == ["jj 031"]


def test_return_during_composition_does_not_submit(qtbot, line):
    compose(line, "xianchang")
    assert line.is_composing
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.got == []


def test_return_in_the_turn_of_the_commit_does_not_submit(qtbot, line):
    compose(line, "xianchang")
    compose(line, "", "现场")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.got == []
    assert line.text() == "现场"


def test_return_after_the_commit_submits(qtbot, line):
    compose(line, "xianchang")
    compose(line, "", "现场")
    qtbot.wait(10)
    qtbot.keyClick(line, Qt.Key.Key_Enter)
    assert line.got == ["现场"]


def test_a_composition_that_is_given_up_swallows_its_own_return_only(qtbot, line):
    compose(line, "xian")
    compose(line, "")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.got == []
    qtbot.wait(10)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.got == [""]


def test_full_width_forms_before_the_colon_become_ascii(line):
    compose(line, "", "ｐｑ　０３１")
    assert line.text() == "pq 031"
    compose(line, "", "：现场，设围挡！")
    assert line.text() == "pq 031:现场，设围挡！"


def test_before_the_colon_the_method_is_hinted_at_latin(qtbot, line):
    assert line.inputMethodHints() & Qt.InputMethodHint.ImhPreferLatin
    qtbot.keyClicks(line, "pq :")
    assert line.inputMethodHints() == Qt.InputMethodHint.ImhNone


def test_an_ascii_line_takes_no_chinese_before_its_colon(qtbot):
    line = LineEdit(latin_until=":", ascii_only=True)
    qtbot.addWidget(line)
    compose(line, "", "派pq")
    compose(line, "", ":派")
    assert line.text() == "pq:派"


def test_a_line_has_an_end(qtbot):
    line = LineEdit(longest=10)
    qtbot.addWidget(line)
    line.setText("x" * 100)
    assert len(line.text()) == 10


def test_only_full_width_forms_are_folded():
    assert to_ascii("：１２ＡＢ　。井") == ":12AB .井"
