"""Pauses and turns: what video.md section 2 says about reconnecting."""

import pytest

from console.video.retry import Waiting, pause_s, to_open


@pytest.mark.parametrize(
    ("failures", "visible", "hidden"),
    [(1, 1, 1), (2, 2, 2), (3, 4, 4), (4, 4, 8), (5, 4, 16), (6, 4, 32), (7, 4, 60), (50, 4, 60)],
)
def test_visible_cameras_wait_four_seconds_at_most_and_hidden_ones_a_minute(failures, visible, hidden):
    assert pause_s(failures, "lost", visible=True, roll=0.5) == visible
    assert pause_s(failures, "lost", visible=False, roll=0.5) == hidden


def test_the_dice_move_a_pause_by_a_fifth_and_no_more():
    assert pause_s(3, "lost", visible=True, roll=0.0) == pytest.approx(3.2)
    assert pause_s(3, "lost", visible=True, roll=1.0) == pytest.approx(4.8)


def test_a_wrong_password_is_not_tried_until_the_account_is_locked():
    assert [pause_s(n, "unauthorised", visible=True, roll=0.5) for n in (1, 2, 3, 9)] == [4, 15, 60, 60]


def test_no_more_than_six_openings_are_in_flight():
    waiting = [Waiting(f"C{n}", 0.0, True) for n in range(20)]
    assert len(to_open(waiting, [], now=1.0)) == 6
    assert len(to_open(waiting, [0.5] * 4, now=1.0)) == 2
    assert to_open(waiting, [0.5] * 7, now=1.0) == ()


def test_calls_that_hang_make_room_for_others_up_to_sixteen_in_all():
    waiting = [Waiting(f"C{n}", 0.0, True) for n in range(20)]
    assert to_open(waiting, [8.1] * 6, now=10.0) == ()
    assert len(to_open(waiting, [8.0] * 6, now=10.0)) == 6
    assert len(to_open(waiting, [8.0] * 6 + [9.0] * 4, now=10.0)) == 2
    assert len(to_open(waiting, [8.0] * 14, now=10.0)) == 2
    assert to_open(waiting, [8.0] * 16, now=10.0) == ()


def test_a_camera_that_failed_lets_the_others_go_first():
    waiting = [Waiting("failed", 1.0, True, True), Waiting("fresh", 2.0, True), Waiting("hidden", 0.0, False)]
    assert to_open(waiting, [], now=5.0) == ("fresh", "failed", "hidden")


def test_what_somebody_looks_at_is_opened_first_then_what_waits_longest():
    waiting = [Waiting("hidden", 1.0, False), Waiting("late", 3.0, True), Waiting("early", 2.0, True)]
    assert to_open(waiting, [], now=5.0) == ("early", "late", "hidden")


def test_nobody_is_opened_before_its_time():
    assert to_open([Waiting("C301", 5.0, True)], [], now=4.9) == ()
