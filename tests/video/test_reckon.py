"""Where a recording stands, reckoned from what was asked and, once that settled, from what the player says."""

import pytest

from console.video.reckon import FIRST_PICTURE_S, HELD_S, SETTLED_S, Reckoning


def running(at_s=10.0, *, rate=1.0):
    made = Reckoning(at_s, 100.0, rate, runs=True)
    made.sought(at_s, 100.0)
    made.picture_at = 1000.0
    return made


def test_it_runs_with_the_clock_and_its_rate():
    assert running().now(102.0) == pytest.approx(12.0)
    assert running(rate=4.0).now(102.0) == pytest.approx(18.0)


def test_standing_still_it_stays_and_steps():
    made = running()
    made.run(103.0, runs=False)
    assert made.now(200.0) == pytest.approx(13.0)
    made.stepped(0.04, 201.0)
    assert made.now(300.0) == pytest.approx(13.04)
    made.run(300.0, runs=True)
    assert made.now(301.0) == pytest.approx(14.04)


def test_another_pace_counts_from_its_change():
    made = running()
    made.pace(0.5, 102.0)
    assert made.now(104.0) == pytest.approx(13.0)


def test_without_pictures_time_stands_still():
    made = running()
    made.picture_at = 110.0
    assert made.now(130.0) == pytest.approx(20.0 + HELD_S)


def test_after_a_seek_the_first_picture_may_take_its_time():
    made = running()
    made.picture_at = 0.0
    assert made.now(100.0 + FIRST_PICTURE_S + 5) == pytest.approx(10.0 + FIRST_PICTURE_S)


def test_the_player_is_believed_only_when_it_has_settled():
    made = running()
    made.told(3.0, 100.0 + SETTLED_S - 0.1)
    assert made.now(103.0) == pytest.approx(13.0)
    made.told(13.3, 103.0)
    assert made.now(104.0) == pytest.approx(14.3)
