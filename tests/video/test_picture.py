"""Sizes by hand, and pictures that stand still or are dark."""

import pytest

from console.video.picture import PictureWatch, fitted

SIDE = 64


def grey(level, *, stripe=None):
    picture = bytearray([level, level, level, 255] * SIDE * SIDE)
    if stripe is not None:
        picture[: 4 * SIDE * 3] = bytes([stripe, stripe, stripe, 255] * SIDE * 3)  # a clock at the top
    return memoryview(picture)


def watched(*pictures):
    watch = PictureWatch()
    for second, picture in enumerate(pictures):
        watch.look(picture, float(second))
    return watch


@pytest.mark.parametrize(
    ("source", "tile", "size"),
    [
        ((640, 360), (480, 270), (480, 270)),
        ((640, 360), (480, 400), (480, 270)),
        ((640, 360), (800, 270), (480, 270)),
        ((704, 576), (480, 270), (330, 270)),
        ((640, 360), (1280, 720), (1280, 720)),
        ((640, 360), (272, 153), (272, 154)),
        ((1280, 720), (2, 2), (2, 2)),
        ((640, 360), (9000, 9000), (4096, 2304)),
    ],
)
def test_a_picture_fills_its_tile_and_keeps_its_shape(source, tile, size):
    assert fitted(source, tile) == size


def test_wide_pixels_of_an_analogue_camera_are_respected():
    # 704 x 576 with pixels of 12:11 is 768 x 576: four to three.
    assert fitted((704, 576), (400, 300), pixel_aspect=12 / 11) == (400, 300)


def test_a_picture_is_the_same_since_the_look_that_found_no_change():
    watch = watched(grey(90), grey(91), grey(91), grey(91))
    assert watch.same_since == 2.0


def test_a_change_ends_standing_still():
    assert watched(grey(90), grey(90), grey(92)).same_since is None


def test_a_dark_flat_picture_is_dark_even_below_a_bright_clock():
    assert watched(grey(5), grey(6), grey(5)).dark_since == 0.0
    assert watched(grey(5, stripe=255)).dark_since == 0.0


def test_a_night_street_with_lamps_is_not_dark():
    night = bytearray(grey(8))
    night[len(night) // 2 :: 4] = bytes([120]) * len(night[len(night) // 2 :: 4])
    night[1 + len(night) // 2 :: 4] = bytes([120]) * len(night[1 + len(night) // 2 :: 4])
    assert watched(memoryview(night)).dark_since is None


def test_a_bright_flat_picture_shows_nothing_even_below_a_clock():
    assert (watched(grey(140), grey(141)).flat_since, watched(grey(140)).dark_since) == (0.0, None)
    assert watched(grey(140, stripe=255)).flat_since == 0.0
    assert watched(grey(5)).flat_since is None


def test_a_picture_with_something_in_it_is_not_flat():
    fog = bytearray(grey(140))
    fog[len(fog) * 2 // 3 :] = bytes([152, 152, 152, 255] * (len(fog) // 12 + 1))[: len(fog) - len(fog) * 2 // 3]
    assert watched(memoryview(fog)).flat_since is None
    assert watched(grey(140), memoryview(fog)).flat_since is None


def test_light_ends_the_dark():
    assert watched(grey(5), grey(60)).dark_since is None


def test_one_look_a_second_is_enough():
    watch = PictureWatch()
    watch.look(grey(90), 0.0)
    watch.look(grey(90), 0.5)
    assert watch.same_since is None
