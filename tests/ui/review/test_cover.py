"""Parts that are opened under a cover: by box and by key, for a while, and every change can be taken back."""

import pytest
from PySide6.QtCore import QRectF

from console.domain.redaction import Clear
from console.ui.review.cover import Cover


@pytest.fixture
def cover(qapp):
    return Cover(20.0)


@pytest.fixture
def refused(cover):
    heard = []
    cover.refused.connect(heard.append)
    return heard


def test_a_part_is_open_for_the_whole_time_and_chosen(cover):
    cover.open(1, QRectF(0.1, 0.2, 0.3, 0.4))
    assert cover.of(1, 19.9) == (Clear(0.1, 0.2, 0.4, pytest.approx(0.6), 0.0, 20.0),)
    assert cover.of(0, 3) == ()
    assert cover.part is cover.parts[0]


def test_what_is_drawn_over_the_edge_ends_there(cover):
    cover.open(0, QRectF(-0.1, 0.9, 0.2, 0.2))
    assert cover.of(0, 0)[0] == Clear(0.0, 0.9, pytest.approx(0.1), 1.0, 0.0, 20.0)


def test_it_begins_and_ends_where_one_stands_and_the_other_end_gives_way(cover):
    cover.open(0)
    cover.begin(5.0)
    cover.end(8.0)
    assert [bool(cover.of(0, at)) for at in (4.9, 5.0, 7.9, 8.0)] == [False, True, True, False]
    cover.end(3.0)
    assert (cover.part.clear.from_s, cover.part.clear.to_s) == (0.0, 3.0)
    cover.begin(6.0)
    assert (cover.part.clear.from_s, cover.part.clear.to_s) == (6.0, 20.0)


def test_moved_and_grown_as_far_as_the_picture_goes(cover):
    cover.open(0, QRectF(0.7, 0.0, 0.25, 0.2))
    for _ in range(9):
        cover.move(1, -1)
    one = cover.part.clear
    assert (one.left, one.right, one.top, one.bottom) == pytest.approx((0.75, 1.0, 0.0, 0.2))
    for _ in range(30):
        cover.grow(-1, 1)
    one = cover.part.clear
    assert (one.left, one.right, one.top, one.bottom) == pytest.approx((0.75, 0.77, 0.0, 0.8))


def test_next_to_all_cannot_be_opened_and_nothing_is_lost_by_trying(cover, refused):
    cover.open(0, QRectF(0, 0, 0.7, 1))
    cover.open(0, QRectF(0.6, 0, 0.4, 1))
    assert [one.code for one in refused] == ["too_much_clear"]
    assert len(cover.parts) == 1
    cover.open(1, QRectF(0.6, 0, 0.4, 1))  # of another camera's picture
    assert len(cover.parts) == 2


def test_the_newest_part_under_a_point_and_only_while_it_is_open(cover):
    cover.open(0, QRectF(0, 0, 0.5, 0.5))
    cover.open(0, QRectF(0.2, 0.2, 0.5, 0.5))
    cover.end(10.0)
    assert [cover.at(0, 0.3, 0.3, at) for at in (9.0, 11.0)] == [1, 0]
    assert cover.at(0, 0.9, 0.9, 1) is None
    assert cover.at(1, 0.3, 0.3, 1) is None


def test_round_and_round_and_covered_again(cover):
    cover.choose_next()
    assert cover.chosen is None
    for left in (0.0, 0.3):
        cover.open(0, QRectF(left, 0, 0.2, 0.2))
    cover.choose_next()
    assert cover.chosen == 0
    cover.remove()
    assert (len(cover.parts), cover.chosen) == (1, None)
    cover.move(1, 0)  # nothing is chosen
    assert cover.parts[0].clear.left == 0.3


def test_every_change_can_be_undone(cover):
    assert not cover.can_undo
    cover.open(0)
    first = cover.parts
    cover.begin(4.0)
    cover.remove()
    cover.undo()
    assert cover.part.clear.from_s == 4.0
    cover.undo()
    assert cover.parts == first
    cover.undo()
    cover.undo()
    assert cover.parts == ()
