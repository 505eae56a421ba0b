"""Docks: a tree becomes an arrangement in its proportions, comes back, and one panel can be enlarged."""

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from console.ui.base.panel import Panel
from console.ui.docks import Docks
from console.ui.perspectives import PERSPECTIVES, leaves

DUTY, CASES = PERSPECTIVES[0].tree, PERSPECTIVES[1].tree


@pytest.fixture
def docks(qtbot, work):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1600, 900)
    panels = {name: Panel(work, name) for name in leaves(DUTY)}
    made = Docks(panels, window)
    window.setCentralWidget(made.widget)
    window.show()
    made.panels, made.window = panels, window
    made.place(DUTY)
    qtbot.waitUntil(panels["case"].isVisible)
    return made


def place_of(docks, name):
    panel = docks.panels[name]
    return panel.mapTo(docks.window, panel.rect().topLeft())


def test_the_panels_stand_as_the_tree_says(docks):
    inbox, board, plan, wall, case = (place_of(docks, name) for name in leaves(DUTY))
    assert inbox.x() == board.x() < plan.x() == wall.x() < case.x()
    assert inbox.y() == plan.y() == case.y() < board.y()
    assert docks.panels["case"].height() > docks.panels["inbox"].height()


def test_the_room_is_shared_by_the_weights(docks):
    whole = docks.window.width()
    for name, share in (("inbox", 0.295), ("map", 0.49), ("case", 0.21)):
        assert docks.panels[name].width() / whole == pytest.approx(share, abs=0.03)
    assert docks.panels["inbox"].height() / docks.window.height() == pytest.approx(0.72, abs=0.04)


def test_gutters_are_6_px(docks):
    inbox, plan = docks.panels["inbox"], docks.panels["map"]
    assert place_of(docks, "map").x() - place_of(docks, "inbox").x() - inbox.width() == 6
    assert place_of(docks, "wall").y() - place_of(docks, "map").y() - plan.height() == 6


def test_panels_of_another_perspective_are_closed(qtbot, docks):
    docks.place(CASES)
    assert docks.panels["inbox"].isVisible()
    assert not docks.panels["wall"].isVisible()
    docks.place(DUTY)
    assert docks.panels["wall"].isVisible()


def test_an_arrangement_comes_back(qtbot, docks):
    state = docks.save()
    docks.place(CASES)
    cases = docks.save()
    assert docks.restore(state, leaves(DUTY))
    qtbot.waitUntil(docks.panels["wall"].isVisible)
    assert place_of(docks, "inbox").x() < place_of(docks, "map").x()
    assert docks.restore(cases, leaves(CASES))
    qtbot.waitUntil(lambda: not docks.panels["wall"].isVisible())


def test_a_broken_state_is_refused(docks):
    assert not docks.restore(QByteArray(b"nonsense"), leaves(DUTY))
    assert not docks.restore(QByteArray(), leaves(DUTY))


def test_one_panel_can_be_enlarged_and_put_back(qtbot, docks):
    before = docks.panels["map"].width()
    assert docks.enlarge(docks.panels["map"])
    qtbot.waitUntil(lambda: docks.panels["map"].width() > 1500)
    assert not docks.panels["inbox"].isVisible()
    assert not docks.enlarge(None)
    qtbot.waitUntil(docks.panels["inbox"].isVisible)
    qtbot.waitUntil(lambda: abs(docks.panels["map"].width() - before) < 5)


def test_what_is_kept_while_enlarged_is_the_whole_arrangement(docks):
    docks.enlarge(docks.panels["map"])
    assert docks.restore(docks.save(), leaves(DUTY))


def test_title_bars_are_seen_only_while_the_layout_is_loose(qtbot, docks):
    def bars():
        return [area.titleBar().isVisible() for area in docks.widget.openedDockAreas()]

    assert not any(bars())
    docks.lock(False)
    assert all(bars())
    docks.lock(True)
    assert not any(bars())


def test_a_widget_knows_its_panel(docks):
    assert docks.name_of(docks.panels["case"].head) == "case"
    assert docks.name_of(docks.window) is None
    assert docks.floating() == []
