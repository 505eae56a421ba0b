"""What a camera of a review says without a picture; every reason a player gives has its words."""

from dataclasses import dataclass

import pytest

from console.ui.review.words import _REASONS, trouble
from console.video.player import HOPELESS, Playing


@dataclass
class Reel:
    """As much of a reel as its words need."""

    playing: Playing
    piece: object = "piece"
    fault: str = ""


@pytest.mark.parametrize(
    ("reel", "headline"),
    [
        (Reel(Playing("shown"), piece=None), "此时没有录像"),
        (Reel(Playing("failed", "not_found")), "录像机上已没有这段录像"),
        (Reel(Playing("failed", "something new")), "与录像机的连接中断"),
        (Reel(Playing("none"), fault="bad_address"), "录像地址不被允许"),
        (Reel(Playing("stalled")), "录像机没有送来数据"),
        (Reel(Playing("ended")), "录像到此为止"),
        (Reel(Playing("opening")), "正在打开"),
    ],
)
def test_a_camera_without_its_picture_says_why(reel, headline):
    assert trouble(reel).headline == headline


def test_a_picture_is_covered_by_nothing_while_it_is_shown_or_made_anew():
    assert trouble(Reel(Playing("shown"))) is None
    assert trouble(Reel(Playing("opening", pictures=3))) is None


def test_every_reason_that_is_not_tried_again_has_words_of_its_own():
    assert _REASONS.keys() >= HOPELESS
