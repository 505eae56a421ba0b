"""Filter chips: one is on, the others are a key away."""

from PySide6.QtCore import Qt

from console.ui.base.chips import Chips


def shown(qtbot):
    chips = Chips()
    qtbot.addWidget(chips)
    chips.show_chips((("all", "全部"), ("unacked", "未接 7")))
    chips.show()
    return chips


def test_the_first_is_on_at_the_beginning(qtbot):
    assert shown(qtbot).current == "all"


def test_a_click_chooses_and_tells(qtbot):
    chips, told = shown(qtbot), []
    chips.chosen.connect(told.append)
    qtbot.mouseClick(chips._buttons["unacked"], Qt.MouseButton.LeftButton)
    assert (told, chips.current) == (["unacked"], "unacked")


def test_the_space_bar_chooses_too(qtbot):
    chips = shown(qtbot)
    chips._buttons["unacked"].setFocus()
    qtbot.keyClick(chips._buttons["unacked"], Qt.Key.Key_Space)
    assert chips.current == "unacked"


def test_new_figures_keep_the_choice(qtbot):
    chips = shown(qtbot)
    chips.choose("unacked")
    chips.show_chips((("all", "全部"), ("unacked", "未接 8")))
    assert chips.current == "unacked"
    assert chips._buttons["unacked"].text() == "未接 8"
