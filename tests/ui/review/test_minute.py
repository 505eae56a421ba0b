"""The same key again: the case's cameras a minute ago on one slider, and back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.errors import Refused
from console.ui.review.desk import ReviewDesk
from console.ui.review.minute import Asked, Minute
from tests.ui.review.conftest import painted_s


@pytest.fixture
def minute_of(qtbot, seat, footage):
    """A minute over what recorders and this console are made to have; it ends with the test."""
    made = []

    def make(opened, kept):
        ended = []
        desk = ReviewDesk(seat)
        minute = Minute(seat, desk, opened, kept, lambda _, ids: ended.append(ids))
        made.append(desk)
        return minute, desk, ended

    yield make
    for desk in made:
        if (window := desk.window) is not None:
            desk.leave()
            window.deck.join()


def asked(footage):
    return Asked(1, "案件", tuple((piece.camera, 100 + number) for number, piece in enumerate(footage)))


def recent(footage, now):
    """The recordings as if they had ended just now."""
    return tuple(replace(piece, starts_at=now - timedelta(seconds=70), ends_at=now - timedelta(seconds=50)) for piece in footage)


def test_recorders_come_first_and_this_console_has_the_rest(qtbot, minute_of, seat, footage, town):
    parts = recent(footage, town.clock.now())
    by_camera = {piece.camera.id: piece for piece in parts}
    minute, desk, ended = minute_of(
        lambda *_: parts[:1], lambda camera, access_id: replace(by_camera[camera.id], access_id=access_id) if camera.id != 4 else None
    )
    minute.bring(asked(footage))
    qtbot.waitUntil(lambda: minute.is_shown, timeout=10_000)
    deck = desk.window.deck
    assert [reel.track.camera.code for reel in deck.reels] == ["C301", "C302", "C303"]
    assert [reel.track.pieces[0].access_id for reel in deck.reels] == [parts[0].access_id, 101, 102]
    assert deck.at_s == pytest.approx(10.0, abs=1.0)  # T − 60 s of a line that begins at T − 70 s
    # The file's tenth second: the first camera's pictures count from 0, the second's from 2 s.
    qtbot.waitUntil(lambda: (painted_s(deck, 0) or 0) >= 10.0 and (painted_s(deck, 1) or 0) >= 12.0, timeout=15_000)
    minute.bring(asked(footage))
    assert not minute.is_shown
    deck.join()
    qtbot.waitUntil(lambda: ended == [(parts[0].access_id, 101, 102)])  # the live looks go on


def test_without_leave_this_console_s_own_pictures_are_shown(qtbot, minute_of, footage, town):
    def refuse(*_):
        raise Refused("no_leave")

    parts = {piece.camera.id: piece for piece in recent(footage, town.clock.now())}
    minute, desk, _ = minute_of(refuse, lambda camera, _: parts[camera.id])
    minute.bring(asked(footage))
    qtbot.waitUntil(lambda: minute.is_shown, timeout=10_000)
    assert len(desk.window.deck.reels) == 4


def test_where_nothing_was_kept_it_is_said(qtbot, minute_of, seat, footage):
    said = []
    seat.said.connect(said.append)
    minute, _, _ = minute_of(lambda *_: (), lambda *_: None)
    minute.bring(asked(footage))
    qtbot.waitUntil(lambda: said[-1:] == ["没有这些摄像机刚才一分钟的录像。"])
    assert not minute.is_shown
