"""Times as the band of a tile writes them; what a hold does is tested at the wall, in `test_turning.py`."""

import pytest

from console.ui.wall.hold import short


@pytest.mark.parametrize(("seconds", "words"), [(20.9, "0:20"), (0, "0:00"), (-3, "0:00"), (61, "1:01"), (3600, "60:00")])
def test_a_time_is_minutes_and_seconds(seconds, words):
    assert short(seconds) == words
