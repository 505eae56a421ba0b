"""What a wall paints of its cameras: the newest picture where it lies, and a cheap answer whether there is another."""

import time
from types import SimpleNamespace

import pytest

from console.ui.wall.pictures import Pictures
from console.video.frames import FrameReader, FrameWriter

SIZE = 64 * 36 * 4


class Camera:
    """A look whose pictures are written here."""

    def __init__(self, folder):
        self._writer = FrameWriter(folder / "one", SIZE, sequence=7 << 32)
        self._reader = FrameReader(folder / "one")

    def send(self, level):
        self._writer.write(memoryview(bytes([level]) * SIZE), 64, 36, 256, time.monotonic_ns())

    def looks(self):
        return SimpleNamespace(
            get=lambda camera: self if camera == 1 else None,
            frame=lambda look: look._reader.newest(),
            sequence=lambda camera: self._reader.sequence() if camera == 1 else 0,
        )


@pytest.fixture
def camera(tmp_path):
    return Camera(tmp_path)


@pytest.fixture
def pictures(camera):
    return Pictures(camera.looks())


def test_before_the_first_picture_there_is_nothing_and_no_news(pictures):
    assert not pictures.has_news(1) and not pictures.has_news(2)
    assert pictures.take(1, 1.0) == (None, False)
    assert 1 not in pictures and pictures.image(1) is None and pictures.taken(1) is None


def test_each_picture_is_news_once(pictures, camera):
    camera.send(90)
    assert pictures.has_news(1)
    frame, is_new = pictures.take(1, 1.0)
    assert (is_new, pictures.image(1).pixelColor(5, 5).red(), pictures.taken(1)) == (True, 90, frame)
    assert not pictures.has_news(1)
    assert pictures.take(1, 1.0) == (frame, False)
    camera.send(120)
    assert pictures.has_news(1)
    assert pictures.take(1, 1.0)[1] and pictures.image(1).pixelColor(5, 5).red() == 120


def test_on_a_fine_screen_a_picture_is_as_many_points_as_its_tile(pictures, camera):
    camera.send(90)
    pictures.take(1, 2.0)
    assert pictures.image(1).deviceIndependentSize().toTuple() == (32, 18)


def test_a_camera_that_left_the_wall_is_forgotten(pictures, camera):
    camera.send(90)
    pictures.take(1, 1.0)
    pictures.keep({2})
    assert 1 not in pictures
