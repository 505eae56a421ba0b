"""Picture, mark and clip out of a review, through real services."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from console.domain.camera import Still
from console.store import tables
from console.ui.review.opening import Review


@pytest.fixture
def case_id(town, seat):
    made = town.report().case_id
    seat.take(made)
    return made


def test_a_picture_goes_into_the_case_at_its_own_size_with_its_margin(qtbot, opened, footage, begin, case_id, town):
    window = opened(Review(footage[:2], "案件", case_id, begin + timedelta(seconds=4)))
    QTest.keyClick(window, Qt.Key.Key_2)
    QTest.keyClick(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: "C302" in window.foot.says.text(), timeout=15_000)
    with town.store.read() as unit:
        (still,) = unit.records(Still, unit.rows(select(tables.video_still)))
    assert (still.camera_id, still.width) == (2, 320)
    assert still.height > 180


def test_a_mark_is_made_at_the_moment_that_is_shown(qtbot, opened, footage, case_id, town, seat, begin):
    window = opened(Review(footage, "案件", case_id, begin + timedelta(seconds=5)))
    QTest.keyClick(window, Qt.Key.Key_M)
    assert "C301" in window.seen_line.title.text()
    window.seen_line.words.setText("黄色挖掘机")
    QTest.keyClick(window.seen_line, Qt.Key.Key_6)
    qtbot.waitUntil(lambda: bool(town.sightings.of_case(seat.actor, case_id)))
    (mark,) = town.sightings.of_case(seat.actor, case_id)
    assert (mark.code, mark.heading_deg, mark.at) == ("C301", 90.0, begin + timedelta(seconds=5))


def test_a_mark_needs_a_case(opened, footage):
    window = opened(Review(footage[:1]))
    QTest.keyClick(window, Qt.Key.Key_M)
    assert window.seen_line.isHidden()
    assert "案件" in window.foot.says.text()


def test_a_clip_is_the_part_of_the_chosen_camera(qtbot, opened, footage, begin, case_id):
    made = []
    review = Review(footage, "案件", case_id, begin + timedelta(seconds=1), clip=lambda *asked: made.append(asked))
    window = opened(review)
    QTest.keyClick(window, Qt.Key.Key_C)
    assert "I" in window.foot.says.text()
    QTest.keyClick(window, Qt.Key.Key_I)
    window.deck.go(9.0)
    QTest.keyClick(window, Qt.Key.Key_O)
    QTest.keyClick(window, Qt.Key.Key_2)
    QTest.keyClick(window, Qt.Key.Key_C)
    assert made == [((footage[1],), begin + timedelta(seconds=1), begin + timedelta(seconds=9), case_id)]
