"""The line of proposals: numbers open, others do nothing, times and ways are said."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.sighting import Ahead
from console.ui.base.text import PlainLabel
from console.ui.wall.next_line import NextLine
from tests.make import CAMERAS

FIRST = Ahead(CAMERAS[0], 359.8, 90.0, (32.4, 86.4), (185.0, 431.8))
SECOND = Ahead(CAMERAS[1], 1_800.0, 45.0, (162.0, 432.0), (925.7, 2160.0))


@pytest.fixture
def line(qtbot):
    made = NextLine()
    qtbot.addWidget(made)
    made.told = []
    made.wanted.connect(made.told.append)
    made.offer("下一路", (FIRST, SECOND))
    return made


def words(line):
    return [label.text() for label in line.findChildren(PlainLabel) if not label.isHidden()]


def test_a_number_opens_its_camera_and_the_line_stays(line):
    QTest.keyClick(line, Qt.Key.Key_2)
    line.buttons[0].click()
    assert line.told == [SECOND, FIRST]
    assert not line.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_0, Qt.Key.Key_3, Qt.Key.Key_X])
def test_other_keys_open_nothing(line, key):
    QTest.keyClick(line, key)
    assert line.told == []


def test_distance_way_and_times_are_said(line):
    assert {"C301 仓颉路西", "东 360 米", "车 0:32–1:26", "步行 3:05–7:12"} <= set(words(line))
    assert {"东北 1.8 公里", "车 2:42–7:12", "步行 15:26–36:00"} <= set(words(line))


def test_a_new_offer_takes_the_place_of_the_old_one(line):
    line.offer("下一路", (SECOND,))
    assert "C301 仓颉路西" not in words(line)
    assert len(line.buttons) == 1


def test_esc_gives_the_keys_back(line, qtbot):
    with qtbot.waitSignal(line.left):
        QTest.keyClick(line, Qt.Key.Key_Escape)
