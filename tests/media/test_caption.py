"""Lines over a picture: as wide as asked for, whole, Chinese among them."""

import io

import pytest
from PIL import Image

from console.media.caption import caption

LINES = ("南乐县综治中心  值班员甲", "C301  2026-11-23 10:00:00 – 10:01:00  " * 3)


@pytest.mark.parametrize(("width", "height"), [(320, 180), (640, 360), (1920, 1080)])
def test_lines_stand_whole_in_a_margin_below_the_picture(width, height):
    image = Image.open(io.BytesIO(caption(LINES, (width, height))))
    assert image.size[0] == width
    assert height < image.size[1] < height + width // 8
    margin = image.crop((0, height, width, image.size[1]))
    assert margin.getchannel("A").getextrema() == (255, 255)
    ink = margin.convert("RGB").convert("L").point(lambda value: 255 if value > 128 else 0).getbbox()
    assert ink[0] > 0
    assert ink[2] < width - 1
    assert ink[3] < margin.size[1]


def test_the_picture_is_covered_by_nothing_but_faint_letters_across_its_middle():
    image = Image.open(io.BytesIO(caption(LINES, (640, 360))))
    alpha = image.crop((0, 0, 640, 360)).getchannel("A")
    box = alpha.getbbox()
    assert alpha.getextrema()[1] <= 130
    assert 150 < box[1] < 180 < box[3] < 210
    assert 0 < box[0] < 320 < box[2] < 640


def test_two_lines_are_higher_than_one():
    one, two = (Image.open(io.BytesIO(caption(lines, (640, 360)))) for lines in (("A",), ("A", "B")))
    assert two.size[1] > one.size[1]
