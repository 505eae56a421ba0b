"""Flashing: only what is unacknowledged, one timer, and at rest everything looks lit."""

import itertools
from types import SimpleNamespace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from console.ui.base.flash import Flash


def test_nothing_to_flash_rests_and_looks_lit(qtbot):
    flash = Flash()
    assert not flash.is_running
    assert flash.is_bright


def test_the_timer_runs_while_any_view_has_unacknowledged_rows(qtbot):
    flash, one, other = Flash(), QWidget(), QWidget()
    qtbot.addWidget(one)
    qtbot.addWidget(other)
    flash.watch(one, 2)
    flash.watch(other, 1)
    assert flash.is_running
    flash.watch(one, 0)
    assert flash.is_running
    flash.watch(other, 0)
    assert not flash.is_running


def test_a_marker_beats_twice_a_second(qtbot, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("console.ui.base.flash.time", SimpleNamespace(monotonic=lambda: now[0]))
    flash, view, phases = Flash(), QWidget(), []
    qtbot.addWidget(view)
    flash.watch(view, 1)
    for step in range(40):  # two seconds in steps of a twentieth
        now[0] = 100 + step / 20
        phases.append(flash.is_bright)
    changes = sum(1 for before, after in itertools.pairwise(phases) if before != after)
    assert changes == 7  # bright, dark, four of each in two seconds
    assert flash.findChild(QTimer).interval() == 250  # and as often the views are painted


def test_a_view_that_is_gone_no_longer_flashes(qtbot):
    flash, view = Flash(), QWidget()
    flash.watch(view, 1)
    view.deleteLater()
    qtbot.waitUntil(lambda: not flash.is_running)
