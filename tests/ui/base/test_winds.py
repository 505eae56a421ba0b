"""The eight winds: each is 45° wide, and north is found on both sides of 0."""

import pytest

from console.ui.base.winds import wind, wind_letters


@pytest.mark.parametrize(
    ("bearing", "word"),
    [(0.0, "北"), (22.0, "北"), (23.0, "东北"), (90.0, "东"), (135.0, "东南"), (180.0, "南"), (225.0, "西南"), (270.0, "西"),
     (315.0, "西北"), (338.0, "北"), (359.9, "北")],
)  # fmt: skip
def test_a_direction_in_chinese(bearing, word):
    assert wind(bearing) == wind_letters(bearing) == word


def test_a_direction_in_english(english):
    assert (wind(200), wind_letters(200)) == ("south", "S")
    assert (wind(300), wind_letters(300)) == ("north-west", "NW")
