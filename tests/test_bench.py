"""The figures of a benchmark: percentiles by the nearest rank, slopes by least squares."""

import pytest

from tests.bench.frame import percentile
from tests.bench.gauge import Load, Sample, figures


@pytest.mark.parametrize(("share", "value"), [(0.5, 2), (0.95, 4), (1.0, 4), (0.0, 1)])
def test_a_percentile_is_the_nearest_rank(share, value):
    assert percentile([3, 1, 4, 2], share) == value


def held(minute, console_mb, handles):
    return Sample(minute * 60.0, Load(console_mb, console_mb / 2, handles, 20), Load(100.0, 60.0, 50, 10), Load(), 8.0)


def test_growth_is_told_without_the_first_ten_minutes():
    samples = [held(minute, 300.0 - minute, 90 - minute) for minute in range(10)]  # settling
    samples += [held(minute, 200.0 + minute / 30, 70 + minute % 2) for minute in range(10, 70)]
    found = figures(samples)
    assert found["rss_slope_mb_h"] == found["console_rss_slope_mb_h"] == 2.0  # a thirtieth of a megabyte a minute
    assert (found["private_slope_mb_h"], found["console_private_slope_mb_h"]) == (1.0, 1.0)
    assert (found["workers_rss_slope_mb_h"], found["handles_growth"], found["samples"]) == (0.0, 0.0, 60)


def test_handles_that_are_never_given_back_are_growth():
    found = figures([held(minute, 200.0, 70 + minute) for minute in range(10, 70)])
    assert (found["console_handles_growth"], found["console_threads_growth"]) == (50.0, 0.0)
