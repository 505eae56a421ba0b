"""The slider: grey where nothing was recorded, and a press goes there."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.ui.base import theme
from console.ui.review.line import BAR, GAP, SCALE, ReviewLine


@pytest.fixture
def line(qtbot, deck):
    made = ReviewLine(deck)
    qtbot.addWidget(made)
    made.resize(900, made.sizeHint().height())
    made.show()
    return made


def colour_at(line, number, at_s):
    image = line.grab().toImage()
    return image.pixelColor(round(line._x(at_s)), SCALE + number * (BAR + GAP) + BAR // 2).name().upper()


def test_a_bar_stands_where_a_camera_has_pictures_and_the_rest_is_grey(line):
    shade = theme.tokens()
    assert [colour_at(line, 0, at_s) for at_s in (10.0, 19.5, 20.5)] == [shade.bar, shade.bar, shade.track]
    assert [colour_at(line, 1, at_s) for at_s in (1.5, 2.5, 21.5)] == [shade.track, shade.bar, shade.bar]


def test_where_all_cameras_are_a_line_stands(line):
    assert colour_at(line, 0, 4.0) == theme.tokens().accent


def test_a_press_goes_to_its_second(qtbot, line):
    sought = []
    line.sought.connect(sought.append)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(round(line._x(11.0)), 30))
    assert sought == [pytest.approx(11.0, abs=0.1)]


def test_it_is_as_high_as_its_cameras(line):
    assert line.sizeHint().height() == SCALE + 4 * (BAR + GAP) + GAP
