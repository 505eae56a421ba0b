"""The slider over hours: it asks for the minute that is pressed, moves only when told, and paints hours at any width."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.ui.base import theme
from console.ui.map.time_slider import TimeSlider

AT = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)


@pytest.fixture
def slider(qtbot):
    made = TimeSlider()
    qtbot.addWidget(made)
    made.resize(500, 40)
    made.show()
    made.show_hours(AT, AT + timedelta(hours=24))
    return made


def asked(slider):
    told = []
    slider.sought.connect(told.append)
    return told


@pytest.mark.parametrize(("x", "minute"), [(0, 0), (250, 720), (499, 1440)])
def test_a_press_asks_for_the_minute_there(slider, x, minute):
    told = asked(slider)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    assert told == [pytest.approx(minute, abs=3)]
    assert slider.value() == 0


def test_a_drag_asks_again_and_never_beyond_the_ends(slider):
    told = asked(slider)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(100, 10))
    QTest.mouseMove(slider, QPoint(900, 10))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(900, 10))
    assert told[0] < told[-1] <= 1440


@pytest.mark.parametrize(("wide", "hours"), [(120, 24), (500, 24), (1800, 24), (500, 1), (500, 0.02)])
@pytest.mark.parametrize("name", ["day", "night"])
def test_it_paints_hours_at_every_width_and_its_handle_where_it_stands(slider, look, name, wide, hours):
    look.wear(name, 100)
    slider.resize(wide, 40)
    slider.show_hours(AT, AT + timedelta(hours=hours))
    slider.setValue(slider.maximum())
    image = slider.grab().toImage()
    accent = theme.colour(theme.tokens().accent).rgb()
    columns = {x for x in range(image.width()) if image.pixel(x, 6) == accent}
    assert columns and min(columns) > wide * 0.8


def test_without_hours_it_paints_no_hour(qtbot):
    made = TimeSlider()
    qtbot.addWidget(made)
    made.resize(200, 40)
    assert not made.grab().isNull()
