"""Lines for rounds: numbers with their seconds, walls ticked and in order."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.saved_wall import SavedWall, Step
from console.ui.wall.round_lines import CarouselLine, TourLine, dwell_box
from tests.make import START


def test_numbers_and_seconds_are_handed_on(qtbot):
    line = CarouselLine()
    qtbot.addWidget(line)
    line.ask()
    line.numbers.setText("301 302:30")
    line.dwell.setValue(10)
    with qtbot.waitSignal(line.given) as heard:
        line.done.click()
    assert heard.args == ["301 302:30", 10]


def test_ticked_walls_in_their_order(qtbot):
    line = TourLine()
    qtbot.addWidget(line)
    line.ask(tuple(SavedWall(n, 2, 1, "", f"墙{n}", "self", "A1", False, "4", "1", START) for n in (4, 5, 6)))
    line.walls.item(1).setCheckState(Qt.CheckState.Unchecked)
    line.walls.setCurrentRow(2)
    for _ in range(3):
        QTest.keyClick(line.walls, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    line.dwell.setValue(20)
    with qtbot.waitSignal(line.given) as heard:
        line.done.click()
    assert heard.args == ["巡视", (Step(6, 20), Step(4, 20))]


def test_seconds_stay_within_what_a_step_may_take(qtbot):
    box = dwell_box()
    qtbot.addWidget(box)
    assert (box.minimum(), box.maximum(), box.value()) == (3, 600, 15)
