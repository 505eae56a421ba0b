"""Pictures at the size of their tile: the same colours whichever way is quicker, and stills that appear whole."""

import av
import pytest
from PIL import Image

from console.video.scale import Scaler, save_jpeg

RED, GREY = (200, 30, 40), (128, 128, 128)


def picture(colour, shape, size=(640, 360)):
    return av.VideoFrame.from_image(Image.new("RGB", size, colour)).reformat(format=shape)


def middle(scaled):
    plane, at = scaled.planes[0], scaled.height // 2 * scaled.planes[0].line_size + scaled.width // 2 * 4
    blue, green, red = bytes(plane)[at : at + 3]
    return red, green, blue


@pytest.mark.parametrize("shape", ["yuv420p", "yuvj420p", "yuv422p", "yuv420p10le"])
@pytest.mark.parametrize("size", [(272, 154), (640, 360), (960, 540), (2, 2)])
@pytest.mark.parametrize("colour", [RED, GREY])
def test_a_picture_has_the_size_it_is_shown_at_and_its_own_colours(shape, size, colour):
    scaled = Scaler().bgra(picture(colour, shape), *size)
    assert (scaled.format.name, scaled.width, scaled.height) == ("bgra", *size)
    assert middle(scaled) == pytest.approx(colour, abs=4)


def test_the_way_in_two_steps_gives_what_one_step_would():
    source = av.VideoFrame.from_image(Image.linear_gradient("L").convert("RGB").resize((640, 360))).reformat(format="yuv420p")
    one = bytes(source.reformat(320, 180, "bgra").planes[0])
    two = bytes(Scaler().bgra(source, 320, 180).planes[0])
    assert max(abs(a - b) for a, b in zip(one, two, strict=True)) <= 4


def test_a_still_has_the_full_size_and_no_part_of_it_is_left(tmp_path):
    save_jpeg(picture(RED, "yuv420p"), tmp_path / "still.jpg")
    still = Image.open(tmp_path / "still.jpg")
    assert still.size == (640, 360)
    assert still.getpixel((320, 180)) == pytest.approx(RED, abs=6)
    assert [path.name for path in tmp_path.iterdir()] == ["still.jpg"]
