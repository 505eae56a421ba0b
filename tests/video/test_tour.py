"""Rounds: each step its time, a pause keeps what is left, half an hour is enough."""

from console.domain.saved_wall import Step
from console.video.tour import Round

STEPS = (Step(1, 10), Step(2, 20), Step(3, 5))


def test_each_step_stays_its_time_and_the_round_closes():
    going = Round.begin(STEPS, 100.0)
    assert (going.now.ref, going.coming.ref, going.left_s(104.0)) == (1, 2, 6.0)
    assert not going.is_due(109.9)
    going = going.stepped(110.0)
    assert (going.now.ref, going.is_due(129.9), going.is_due(130.0)) == (2, False, True)
    assert going.stepped(130.0).stepped(135.0).now.ref == 1


def test_a_pause_keeps_what_is_left():
    held = Round.begin(STEPS, 0.0).paused(4.0).paused(6.0)
    assert (held.left_s(99.0), held.is_due(99.0)) == (6.0, False)
    assert held.resumed(100.0).left_s(100.0) == 6.0
    assert held.resumed(100.0).is_due(106.0)


def test_a_camera_that_stands_elsewhere_is_passed_over():
    going = Round.begin(STEPS, 0.0)
    assert going.stepped(10.0, without={2}).now.ref == 3
    assert going.stepped(10.0, without={2, 3}).now.ref == 1
    assert going.stepped(10.0, without={1, 2, 3}).now.ref == 1


def test_after_half_an_hour_a_rest_is_suggested_once_in_half_an_hour():
    going = Round.begin(STEPS, 0.0)
    assert not going.wants_rest(1799.0)
    assert going.wants_rest(1800.0)
    assert not going.paused(1700.0).wants_rest(1800.0)
    assert not going.rested(1800.0).wants_rest(3599.0)
    assert not going.paused(1700.0).resumed(1790.0).wants_rest(1800.0)
