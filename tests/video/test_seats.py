"""Places for workers: filled when there is need, filled again when one ends, never more than eight."""

from concurrent.futures import Future

import pytest

from console.video.frames import empty, picture_folder
from console.video.retry import pause_s
from console.video.seats import AT_MOST, NOWHERE, Seats


@pytest.fixture
def seats():
    folder, gone = picture_folder(), Future()
    made = Seats(1, lambda: 0.5)

    def heard(link, event):
        if event["event"] == "gone" and not gone.done():
            gone.set_result(link)

    yield made, lambda wanted, now: made.man(wanted, folder, heard, now), gone
    made.stop()
    empty(folder)


def test_a_place_more_is_filled_at_a_time(seats):
    made, man, _ = seats
    man(3, 0.0)
    assert made.manned() == (0, 1)
    man(3, 0.0)
    man(3, 0.0)
    assert made.manned() == (0, 1, 2)
    assert len(set(made.worker_ids())) == 3


def test_nobody_is_told_where_nobody_is(seats):
    made, man, _ = seats
    assert not made.send(0, {"do": "hide", "number": 1})
    man(1, 0.0)
    assert made.send(0, {"do": "hide", "number": 1})
    assert not made.send(NOWHERE, {"do": "hide", "number": 1})
    assert not made.send(AT_MOST, {"do": "hide", "number": 1})


def test_a_worker_that_ends_at_once_is_started_again_after_a_pause_and_one_that_ran_at_once(seats, monkeypatch):
    made, man, gone = seats
    man(1, 100.0)
    (first,) = made.worker_ids()
    made._all[0].link.kill()
    lost = gone.result(10)
    assert made.lost(lost, 101.0) == 0
    assert made.lost(lost, 101.0) == NOWHERE
    pause = pause_s(1, "", visible=True, roll=0.5)
    man(1, 101.0 + pause - 0.01)
    assert made.manned() == ()
    man(1, 101.0 + pause)
    assert made.worker_ids() not in ((), (first,))
    assert made.lost(made._all[0].link, 200.0) == 0
    man(1, 200.0)
    assert made.manned() == (0,)
