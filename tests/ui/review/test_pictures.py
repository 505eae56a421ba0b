"""Where cameras stand in a review, and whose name stands over them."""

import pytest

from console.ui.review.deck import Deck
from console.ui.review.pictures import COLUMNS, Pictures
from console.video.timeline import Timeline


@pytest.fixture
def pictures(qtbot, deck):
    made = Pictures(deck, "值班员甲  A1")
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitUntil(lambda: len(made._kept) == 4 and all(reel.playing.aspect for reel in deck.reels), timeout=15_000)
    return made


def test_four_cameras_stand_two_by_two_and_none_over_another(pictures):
    boxes = [pictures.box(number) for number in range(4)]
    assert all(pictures.rect().contains(box) for box in boxes)
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)
    assert COLUMNS.keys() == set(range(1, 10))


def test_a_picture_keeps_its_shape(pictures):
    box = pictures.picture_box(1)
    assert box.width() / box.height() == pytest.approx(16 / 9, abs=0.02)
    assert pictures.box(1).contains(box)


def test_the_operator_s_name_stands_over_every_picture(pictures, footage, qtbot):
    nameless = Pictures(pictures._deck, "")
    qtbot.addWidget(nameless)
    nameless.resize(1200, 700)
    nameless._kept = pictures._kept
    box = pictures.picture_box(2)
    assert pictures.grab(box).toImage() != nameless.grab(box).toImage()


def test_players_decode_at_the_size_of_their_place(pictures, qtbot):
    pictures.choose(1)
    pictures.enlarge()
    qtbot.waitUntil(lambda: pictures.reel.player._wish.size[0] == 1200)


def test_one_camera_alone_fills_the_room(qtbot, footage):
    deck = Deck(Timeline.of(footage[:1]), 1.0)
    alone = Pictures(deck, "甲")
    qtbot.addWidget(alone)
    alone.resize(800, 500)
    assert alone.box(0) == alone.rect()
    deck.close()
    deck.join()
