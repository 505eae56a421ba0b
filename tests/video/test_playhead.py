"""The one moment all cameras of a review show."""

import pytest

from console.video.playhead import RATES, Playhead


def running(length_s=60.0, at_s=10.0):
    head = Playhead(length_s, at_s)
    head.run(100.0, runs=True)
    return head


def test_it_runs_stands_and_runs_on():
    head = running()
    assert head.now(105.0) == pytest.approx(15.0)
    head.run(105.0, runs=False)
    assert head.now(200.0) == pytest.approx(15.0)
    head.run(200.0, runs=True)
    assert head.now(201.0) == pytest.approx(16.0)


def test_rates_are_steps_between_a_quarter_and_eight():
    head = running()
    head.pace(1, 102.0)
    assert (head.rate, head.now(104.0)) == (2.0, pytest.approx(16.0))
    for _ in range(9):
        head.pace(1, 104.0)
    assert head.rate == RATES[-1] == 8.0
    for _ in range(9):
        head.pace(-1, 104.0)
    assert head.rate == RATES[0] == 0.25


def test_it_waits_for_pictures_without_losing_its_place():
    head = running()
    head.hold(101.0, is_held=True)
    assert head.now(150.0) == pytest.approx(11.0)
    head.hold(150.0, is_held=False)
    assert head.now(151.0) == pytest.approx(12.0)


def test_it_never_leaves_the_line_and_stops_at_its_end():
    head = running()
    head.go(-5, 100.0)
    assert head.now(100.0) == 0.0
    head.go(59.0, 100.0)
    assert not head.turn(100.5)
    assert head.turn(102.0)
    assert (head.now(102.0), head.runs) == (60.0, False)


def test_between_the_marks_it_turns_back():
    head = running()
    head.mark(102.0, is_begin=True)
    head.mark(106.0, is_begin=False)
    assert (head.part, head.is_looping) == ((12.0, 16.0), True)
    assert head.turn(106.0)
    assert head.now(107.0) == pytest.approx(13.0)
    head.unmark()
    assert (head.part, head.is_looping) == (None, False)


def test_marks_that_cross_are_not_kept_together():
    head = running()
    head.mark(105.0, is_begin=False)
    head.mark(107.0, is_begin=True)
    assert (head.begin_s, head.end_s, head.part) == (17.0, None, None)
    assert not head.is_looping


def test_a_part_is_repeated_from_the_beginning_on_unless_it_is_too_short_to_be_seen():
    head = Playhead(60.0, 10.0)
    head.repeat(12.0, 12.1)
    assert head.part is None
    head.repeat(12.0, 14.0)
    assert (head.part, head.is_looping) == ((12.0, 14.0), True)
