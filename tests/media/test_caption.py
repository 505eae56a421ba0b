"""Lines over a picture: as wide as asked for, whole, Chinese among them."""

import io

import pytest
from PIL import Image

from console.media.caption import caption


@pytest.mark.parametrize("width", [320, 640, 1920])
def test_lines_fill_a_band_of_that_width_and_none_is_cut(width):
    image = Image.open(io.BytesIO(caption(("南乐县综治中心  值班员甲", "C301  2026-11-23 10:00:00 – 10:01:00  " * 3), width)))
    assert image.size[0] == width
    assert image.size[1] < width // 8
    alpha = image.getchannel("A")
    assert alpha.getextrema()[0] >= 100
    ink = image.convert("RGB").convert("L").point(lambda value: 255 if value > 128 else 0).getbbox()
    assert ink[0] > 0
    assert ink[2] < width - 1
    assert ink[3] < image.size[1]


def test_two_lines_are_higher_than_one():
    one, two = (Image.open(io.BytesIO(caption(lines, 640))) for lines in (("A",), ("A", "B")))
    assert two.size[1] > one.size[1]
