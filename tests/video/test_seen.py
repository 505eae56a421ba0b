"""Seconds that were seen: only between two live paints, and never over a gap."""

import pytest

from console.video.seen import Seen


def test_time_between_live_paints_counts():
    seen = Seen()
    assert sum(seen.paint(100 + n * 0.04, is_live=True) for n in range(26)) == pytest.approx(1.0)


def test_the_first_paint_proves_nothing():
    assert Seen().paint(100, is_live=True) == 0


def test_a_picture_that_is_not_live_proves_nothing_and_ends_the_stretch():
    seen = Seen()
    seen.paint(100, is_live=True)
    assert [seen.paint(101, is_live=False), seen.paint(102, is_live=True), seen.paint(103, is_live=True)] == [0, 0, 1]


def test_a_gap_of_more_than_two_seconds_was_not_seen():
    seen = Seen()
    seen.paint(100, is_live=True)
    assert [seen.paint(102.1, is_live=True), seen.paint(104.1, is_live=True)] == [0, pytest.approx(2.0)]


def test_while_nobody_looks_nothing_counts():
    seen = Seen()
    seen.paint(100, is_live=True)
    seen.stop()
    assert seen.paint(100.5, is_live=True) == 0
