"""The decoding child's own work, without the pipe."""

import io
import struct
import subprocess
import sys

import pytest
from PIL import Image

from console.media import child
from tests.media.pictures import bomb, picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_good_picture_has_status_zero_and_its_size(kind):
    status, width, height, jpeg = child.encode(picture(kind, (30, 20)))

    assert (status, width, height) == (0, 30, 20)
    assert Image.open(io.BytesIO(jpeg)).size == (30, 20)


@pytest.mark.parametrize("content", [b"", b"no picture", picture("GIF"), picture("BMP"), picture()[:100]])
def test_what_is_not_ours_to_read_is_broken(content):
    assert child.encode(content) == (1, 0, 0, b"")


def test_too_many_pixels_are_not_even_unpacked():
    assert child.encode(bomb(30_000)) == (2, 0, 0, b"")


def test_the_child_answers_frame_by_frame_until_its_input_ends():
    one, two = picture(size=(10, 10)), b"no picture"
    given = b"".join(struct.pack("<I", len(content)) + content for content in (one, two, one))

    done = subprocess.run([sys.executable, "-I", child.__file__], input=given, capture_output=True, timeout=60, check=True)

    answers, rest = [], done.stdout
    while rest:
        size, status, width, _ = struct.unpack("<IIII", rest[:16])
        answers.append((status, width))
        rest = rest[4 + size :]
    assert answers == [(0, 10), (1, 0), (0, 10)]
    assert done.stderr == b""


def test_the_child_knows_nothing_of_the_program():
    """What eats foreign pictures imports nothing of ours, so it has no database, no secrets and no network of ours."""
    probe = f"import runpy, sys; runpy.run_path({child.__file__!r}); print([name for name in sys.modules if name.startswith('console')])"

    done = subprocess.run([sys.executable, "-I", "-c", probe], capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout.strip() == "[]"
