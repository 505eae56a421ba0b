"""The command line: live preview, errors marked and kept, history, completion, focus goes back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from console.ui.command import CommandLine
from console.ui.grammar import Choice, Command, VerbWord

ACK = VerbWord("acknowledge", "接警", ("jj", "接警", "1"))
DISPATCH = VerbWord("dispatch", "派遣", ("pq", "派遣", "2"), takes_targets=True, needs_target=True, takes_text=True)
HOUSING = Choice("D10", "住建", ("D10", "zj", "住建"))
WATER = Choice("D30", "供水", ("D30", "gs", "供水"))
POWER = Choice("D29", "供电", ("D29", "gd", "供电"))


@pytest.fixture
def bar(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1200, 120)
    column = QVBoxLayout(host)
    field = QLineEdit()
    made = CommandLine((ACK, DISPATCH), {"dispatch": (HOUSING, WATER, POWER)})
    column.addWidget(field)
    column.addWidget(made)
    host.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    made.field, made.got = field, []
    made.entered.connect(made.got.append)
    made.set_selected("031")
    made.take_focus()
    yield made
    host.close()


def type_in(qtbot, bar, text):
    qtbot.keyClicks(bar.line, text)


def test_a_command_is_run_and_the_focus_goes_back(qtbot, bar):
    type_in(qtbot, bar, "jj .")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.got == [Command("acknowledge", ".", (), "")]
    assert bar.line.text() == ""
    assert bar.field.hasFocus()


def test_the_preview_says_what_will_happen(bar):
    bar.line.setText("pq 031 zj gd : 现场设围挡")
    assert bar.preview.text() == "预览：派遣 031 → 住建、供电，附言“现场设围挡” ⏎"


def test_the_dot_is_previewed_as_the_selected_case(bar):
    bar.line.setText("jj .")
    assert bar.preview.text() == "预览：接警 031 ⏎"
    bar.set_selected("")
    assert bar.preview.text() == "哪个案件？输入编号末 3 位，或先选中"


def test_an_error_keeps_the_text_and_marks_the_word(qtbot, bar):
    type_in(qtbot, bar, "pq 031 zj qq")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.got == []
    assert bar.line.text() == "pq 031 zj qq"
    assert bar.line.selectedText() == "qq"
    assert bar.preview.text() == "找不到“qq”"


def test_an_ambiguous_word_is_chosen_by_its_number(qtbot, bar):
    type_in(qtbot, bar, "pq 031 g")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.preview.text() == "1 供水 2 供电"
    qtbot.keyClick(bar.line, Qt.Key.Key_2)
    assert bar.line.text() == "pq 031 D29 "
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.got[0].targets == (POWER,)


def test_a_number_is_only_a_choice_right_after_the_list(qtbot, bar):
    type_in(qtbot, bar, "pq 031 D")
    type_in(qtbot, bar, "10")
    assert bar.line.text() == "pq 031 D10"
    assert bar.reading().command.targets == (HOUSING,)


def test_tab_completes(qtbot, bar):
    type_in(qtbot, bar, "p")
    qtbot.keyClick(bar.line, Qt.Key.Key_Tab)
    assert bar.line.text() == "pq "
    assert bar.line.hasFocus()


def test_up_and_down_walk_the_history(qtbot, bar):
    for line in ("jj 031", "jj 032"):
        bar.line.setText(line)
        qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    qtbot.keyClick(bar.line, Qt.Key.Key_Up)
    assert bar.line.text() == "jj 032"
    qtbot.keyClick(bar.line, Qt.Key.Key_Up)
    qtbot.keyClick(bar.line, Qt.Key.Key_Up)
    assert bar.line.text() == "jj 031"
    qtbot.keyClick(bar.line, Qt.Key.Key_Down)
    qtbot.keyClick(bar.line, Qt.Key.Key_Down)
    assert bar.line.text() == ""


def test_esc_clears_but_never_loses_and_then_leaves(qtbot, bar):
    type_in(qtbot, bar, "pq 031 zj : long note")
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert bar.line.text() == ""
    qtbot.keyClick(bar.line, Qt.Key.Key_Up)
    assert bar.line.text() == "pq 031 zj : long note"
    bar.line.clear()
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert bar.field.hasFocus()


def test_return_while_composing_runs_nothing(qtbot, bar):
    type_in(qtbot, bar, "pq 031 zj : ")
    QApplication.sendEvent(bar.line, QInputMethodEvent("weidang", []))
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.got == []


def test_a_better_description_may_be_given(qtbot):
    made = CommandLine((ACK,), describe=lambda command: f"do {command.action}")
    qtbot.addWidget(made)
    made.line.setText("jj 031")
    assert made.preview.text() == "预览：do acknowledge"


def test_hostile_words_in_the_line_are_shown_literally(bar):
    bar.line.setText("<b>x</b>")
    assert "<b>x</b>" in bar.preview.text()
