"""The lines of a patrol: a plan with its shift, a reason, a finding whose words stay until it is sent."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.patrol import PatrolPlan
from console.ui.wall.patrol_lines import FindingLine, PlanLine, SkipLine
from tests.make import CAMERAS, CODES, START


def test_a_plan_begins_empty_for_the_present_shift_and_a_known_one_is_shown(qtbot):
    line = PlanLine(CODES.shifts.values())
    qtbot.addWidget(line)
    line.ask(None, "", "3")
    assert (line.name.text(), line.stops.text(), line.shift.currentText()) == ("", "", "夜班")
    line.ask(PatrolPlan(1, 2, "校园周边", "1", ((1, 15, ""),), 1, START), "301:15", "3")
    assert (line.name.text(), line.stops.text(), line.shift.currentText()) == ("校园周边", "301:15", "早班")
    with qtbot.waitSignal(line.given):
        QTest.keyClick(line.stops, Qt.Key.Key_Return)


def test_a_reason_is_handed_on(qtbot):
    line = SkipLine()
    qtbot.addWidget(line)
    line.ask(CAMERAS[0])
    assert "C301 仓颉路西" in line.title.text()
    line.why.setText("树枝遮挡")
    with qtbot.waitSignal(line.given) as heard:
        QTest.keyClick(line.why, Qt.Key.Key_Return)
    assert heard.args == ["树枝遮挡"]


def test_a_finding_keeps_its_words_until_it_is_sent(qtbot):
    line = FindingLine(CODES.categories.values())
    qtbot.addWidget(line)
    line.ask(CAMERAS[0])
    assert line.category.code == "9999"
    line.words.setText("井盖缺失")
    line.category.choose("0601")
    with qtbot.waitSignal(line.given) as heard:
        line.done.click()
    assert heard.args == ["0601", "井盖缺失"]
    line.hide()
    line.ask(CAMERAS[1])
    assert line.words.text() == "井盖缺失"
    line.forget()
    assert (line.words.text(), line.category.code) == ("", "9999")
