"""The true age of packets, by hand-made clocks."""

import pytest

from console.video.lateness import Lateness


def lateness(*packets):
    """What each (camera's stamp, our clock) gives."""
    yardstick = Lateness()
    return [pytest.approx(yardstick.late_s(stamp, now), abs=1e-9) for stamp, now in packets]


def test_packets_that_come_as_fast_as_they_were_made_are_not_late():
    assert lateness((100.0, 5.0), (100.04, 5.04), (100.08, 5.08)) == [0, 0, 0]


def test_packets_from_a_queue_are_as_late_as_they_waited():
    # The camera went on while nothing arrived for 4 s; then everything came at once.
    assert lateness((100.0, 5.0), (100.04, 9.04), (102.0, 9.05), (104.05, 9.06)) == [0, 4.0, 2.05, 0.01]


def test_a_burst_at_the_start_sets_the_yardstick_by_its_last_packet():
    assert lateness((98.0, 5.0), (99.0, 5.0), (100.0, 5.0), (100.5, 6.0)) == [0, 0, 0, 0.5]


@pytest.mark.parametrize("step", [3600.0, -3600.0])
def test_a_camera_that_sets_its_clock_is_not_late(step):
    assert lateness((100.0, 5.0), (100.04 + step, 5.04), (100.08 + step, 5.08)) == [0, 0, 0]


def test_a_slow_camera_clock_is_followed_within_a_minute():
    yardstick = Lateness()
    # One part in a thousand slow: after an hour 3.6 s behind, and still never called late for more than a minute's worth.
    assert max(yardstick.late_s(second * 0.999, float(second)) for second in range(3600)) < 0.07


def test_a_lasting_delay_counts_for_a_minute_and_is_then_the_cameras_own():
    yardstick = Lateness()
    yardstick.late_s(0.0, 0.0)
    late = [yardstick.late_s(float(second), second + 2.0) for second in range(1, 90)]
    assert late[0] == pytest.approx(2.0)
    assert late[-1] == pytest.approx(0.0)
