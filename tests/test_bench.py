"""The figures of a benchmark: percentiles by the nearest rank."""

import pytest

from tests.bench.frame import percentile


@pytest.mark.parametrize(("share", "value"), [(0.5, 2), (0.95, 4), (1.0, 4), (0.0, 1)])
def test_a_percentile_is_the_nearest_rank(share, value):
    assert percentile([3, 1, 4, 2], share) == value
