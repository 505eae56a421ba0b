"""Idleness: ten minutes without key or pointer are told once; any input begins anew."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from console.ui.base.idle import LOCK_AFTER_S, Idle


@pytest.fixture
def seat(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.now, field.told = 0.0, []
    idle = Idle(parent=field, clock=lambda: field.now)
    idle.left.connect(lambda: field.told.append(field.now))
    idle.watch(field.windowHandle())
    field.idle = idle
    return field


def test_a_seat_is_left_after_ten_minutes_and_that_is_told_once(seat):
    assert LOCK_AFTER_S == 600
    for seat.now in (599.0, 600.0, 700.0):
        seat.idle.check()
    assert seat.told == [600.0]


def test_any_key_begins_the_ten_minutes_anew(qtbot, seat):
    seat.now = 599.0
    qtbot.keyClick(seat.windowHandle(), Qt.Key.Key_A)
    seat.now = 1198.0
    seat.idle.check()
    assert seat.told == []
    seat.now = 1199.0
    seat.idle.check()
    assert seat.told == [1199.0]


def test_zero_means_never(qtbot):
    now = [0.0]
    idle, told = Idle(0, clock=lambda: now[0]), []
    idle.left.connect(lambda: told.append(1))
    now[0] = 1e9
    idle.check()
    assert told == []
