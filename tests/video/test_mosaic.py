"""Covered pictures: blocks of mean colours, one value each; parts that stay clear are as they were, to the pixel."""

import numpy as np
import pytest

from console.domain.redaction import Clear
from console.video.mosaic import ACROSS, covered, covered_rgb32


@pytest.fixture
def noise():
    return np.random.default_rng(7).integers(0, 256, (180, 320, 3), np.uint8)


def test_a_block_is_the_mean_of_what_it_covers_and_nothing_of_it(noise):
    found = covered(noise)
    side = 14  # 320 / 24, rounded up
    assert found.shape == noise.shape
    assert len(np.unique(found[:side, :side].reshape(-1, 3), axis=0)) == 1
    assert tuple(found[0, 0]) == tuple(noise[:side, :side].reshape(-1, 3).astype(int).sum(0) // side**2)
    assert len(np.unique(found.reshape(-1, 3), axis=0)) <= ACROSS * 13
    low = 180 // side * side  # the last row of blocks is lower
    assert tuple(found[-1, 0]) == tuple(noise[low:, :side].reshape(-1, 3).astype(int).sum(0) // (side * (180 - low)))


def test_letters_smaller_than_a_block_cannot_be_told_apart():
    one, other = (np.full((360, 640, 3), 100, np.uint8) for _ in range(2))
    one[100:108, 100:104], other[100:104, 100:108] = 255, 255  # as many bright points, in another shape
    assert (covered(one) == covered(other)).all()


def test_a_clear_part_is_whole_pixels_inside_its_sides(noise):
    found = covered(noise, (Clear(0.25, 0.5, 0.5, 1.0, 0, 1),))
    assert (found[90:180, 80:160] == noise[90:180, 80:160]).all()
    outside = np.ones(noise.shape[:2], bool)
    outside[90:180, 80:160] = False
    assert (found[outside] == covered(noise)[outside]).all()
    part = Clear(0.2505, 0, 0.4995, 0.5, 0, 1)  # 80.16 … 159.84
    found = covered(noise, (part,))
    assert (found[:90, 81:159] == noise[:90, 81:159]).all()
    assert (found[:90, 80] == covered(noise)[:90, 80]).all()


def test_pictures_of_four_bytes_and_longer_rows(noise):
    four = np.zeros((180, 324, 4), np.uint8)
    four[:, :320, :3] = noise
    told = covered_rgb32(four.tobytes(), (320, 180, 324 * 4))
    assert (np.frombuffer(told, np.uint8).reshape(180, 320, 4)[..., :3] == covered(noise)).all()


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (25, 7)])
def test_the_smallest_pictures(size):
    picture = np.full((size[1], size[0], 3), 9, np.uint8)
    assert (covered(picture) == 9).all()
