"""Covered pictures as they are painted: the number burnt into each cannot be read but where it was opened."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from console.ui.review.cover import Cover
from console.ui.review.covered import CoveredPictures

LEFT, RIGHT = QRectF(0, 0.55, 0.5, 0.4), QRectF(0.5, 0.55, 0.5, 0.4)  # where test pictures are full of small squares


@pytest.fixture
def pictures(qtbot, deck):
    made = CoveredPictures(deck, "", Cover(deck.timeline.length_s))
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitUntil(lambda: len(made._kept) == 4 and all(reel.playing.aspect for reel in deck.reels), timeout=15_000)
    return made


def place(pictures, number, x, y):
    box = pictures.picture_box(number)
    return QPoint(round(box.x() + x * box.width()), round(box.y() + y * box.height()))


def drag(pictures, number, first, last):
    QTest.mousePress(pictures, Qt.MouseButton.LeftButton, pos=place(pictures, number, *first))
    QTest.mouseMove(pictures, place(pictures, number, *last))
    QTest.mouseRelease(pictures, Qt.MouseButton.LeftButton, pos=place(pictures, number, *last))


def seen(pictures, number, area=LEFT):
    """How much neighbouring points differ in a part of a camera's picture as it is painted."""
    box = pictures.picture_box(number)
    left, top = round(area.x() * box.width()) + 6, round(area.y() * box.height()) + 6
    part = pictures.grab(box).toImage().copy(left, top, round(area.width() * box.width()) - 12, round(area.height() * box.height()) - 12)
    grey = part.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())[:, : grey.width()].astype(int)
    return float(np.abs(np.diff(rows)).mean())


def test_all_is_covered_until_a_box_is_drawn_and_then_only_that_is_seen(pictures):
    covered = [seen(pictures, number) for number in range(4)]
    drag(pictures, 0, (0.0, 0.0), (0.5, 1.0))
    assert pictures._cover.parts[0].camera == 0
    assert seen(pictures, 0) > 2 * covered[0]
    assert seen(pictures, 0, RIGHT) < 1.5 * covered[0]
    assert [seen(pictures, number) for number in range(1, 4)] == covered[1:]


def test_a_part_is_seen_while_it_is_open_and_not_before_or_after(pictures, deck, qtbot):
    pictures._cover.open(0, QRectF(0, 0, 0.5, 1))
    pictures._cover.begin(10.0)
    before = seen(pictures, 0)
    deck.go(12.0)
    qtbot.waitUntil(lambda: seen(pictures, 0) > 2 * before, timeout=10_000)


def test_a_press_chooses_what_is_open_there_and_beside_it_nothing(pictures):
    drag(pictures, 1, (0.1, 0.1), (0.4, 0.4))
    pictures._cover.choose(None)
    QTest.mouseClick(pictures, Qt.MouseButton.LeftButton, pos=place(pictures, 1, 0.2, 0.2))
    assert pictures._cover.chosen == 0
    QTest.mouseClick(pictures, Qt.MouseButton.LeftButton, pos=place(pictures, 1, 0.8, 0.8))
    assert pictures._cover.chosen is None
    assert len(pictures._cover.parts) == 1


def test_drawing_in_a_closer_look_means_what_is_seen_there(pictures, qtbot):
    heard = []
    pictures.picked.connect(heard.append)
    pictures.choose(2)
    pictures.closer(8, (0.0, 0.0))
    side = pictures.zoom.side
    drag(pictures, 2, (0.2, 0.2), (0.8, 0.8))
    clear = pictures._cover.parts[0].clear
    wanted = (pictures.zoom.x + 0.2 * side, pictures.zoom.y + 0.2 * side, pictures.zoom.x + 0.8 * side, pictures.zoom.y + 0.8 * side)
    assert (clear.left, clear.top, clear.right, clear.bottom) == pytest.approx(wanted, abs=0.01)
    assert heard == [2]
