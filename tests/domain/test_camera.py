"""A camera's clock and the true time."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.make import CAMERAS

FAST = replace(CAMERAS[0], clock_offset_s=75.5)
TRUE, SHOWN = datetime(2026, 3, 1, 3, 0, 0, tzinfo=UTC), datetime(2026, 3, 1, 3, 1, 15, 500_000, tzinfo=UTC)


def test_a_fast_clock_shows_a_later_time_than_it_is():
    assert FAST.camera_time(TRUE) == SHOWN
    assert FAST.true_time(SHOWN) == TRUE


def test_a_slow_clock_shows_an_earlier_one():
    assert replace(FAST, clock_offset_s=-75.5).true_time(TRUE) == SHOWN
