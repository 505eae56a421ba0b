"""Why a camera hangs on a case's wall, in words of every length."""

import pytest

from console.domain.outlook import Vantage
from console.ui.wall.grounds import in_full, metres, on_band
from tests.make import CAMERAS


def vantage(distance=120.0, bearing=2.0, sight="covers", health="live", can_turn=False):
    return Vantage(CAMERAS[0], distance, bearing, sight, health, can_turn)


@pytest.mark.parametrize(
    ("distance", "words"), [(7.4, "7 米"), (99.4, "99 米"), (187, "190 米"), (994, "990 米"), (996, "1.0 公里"), (2_340, "2.3 公里")]
)
def test_distances_are_read_at_a_glance(distance, words):
    assert metres(distance) == words


def test_the_band_has_shorter_and_shorter_words():
    assert on_band(vantage()) == ("北 120 米，照到现场", "120 米，照到现场", "北 120 米", "120 米")
    assert on_band(vantage(bearing=None)) == ("就在现场，照到现场", "照到现场", "就在现场")
    assert on_band(vantage(sight="beside"))[0] == "北 120 米，未照到现场"


def test_in_full_every_factor_is_said():
    assert in_full(vantage()).split("\n") == ["在现场北方 120 米", "视野照到现场", "选取时画面正常", "固定，不能转动"]
    assert in_full(vantage(bearing=None, sight="turns", health="absent", can_turn=True)).split("\n") == [
        "就在现场", "视野未照到现场，可转过去", "登记中没有取流地址", "可转动",
    ]  # fmt: skip


def test_in_english(english):
    assert on_band(vantage(sight="beside"))[0] == "N 120 m, looks beside it"
    assert in_full(vantage()).split("\n")[0] == "Stands 120 m north of the place"
