"""The line that keeps a wall: a new one gets a name, a kept one may be written over by who may."""

from console.domain.saved_wall import SavedWall
from console.ui.wall.keep_line import KeepLine
from tests.make import START

KEPT = SavedWall(1, 2, 1, "值班员甲", "学校周边", "centre", "A1", True, "4", "1", START)


def line(qtbot):
    made = KeepLine()
    qtbot.addWidget(made)
    return made


def test_a_new_wall_is_saved_as_new(qtbot):
    made = line(qtbot)
    made.ask(None, is_mine=False, may_change=False)
    assert made.over.isHidden() and not made.new.isHidden() and made.locked.isHidden()
    made.shared.setChecked(True)
    assert not made.locked.isHidden()
    with qtbot.waitSignal(made.kept, check_params_cb=lambda over: not over):
        made.name.entered.emit("x")


def test_one_s_own_wall_is_written_over_by_enter(qtbot):
    made = line(qtbot)
    made.ask(KEPT, is_mine=True, may_change=True)
    assert (made.name.text(), made.shared.isChecked(), made.locked.isChecked()) == ("学校周边", True, True)
    with qtbot.waitSignal(made.kept, check_params_cb=lambda over: over):
        made.name.entered.emit("x")


def test_somebody_else_s_locked_wall_can_only_be_saved_as_a_new_one(qtbot):
    made = line(qtbot)
    made.ask(KEPT, is_mine=False, may_change=False)
    assert made.over.isHidden()
    assert not made.shared.isEnabled()
