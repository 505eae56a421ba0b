"""Foreign pictures: ours and upright when they are pictures, refused by name when not, and a dead child is replaced."""

import hashlib
import io
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from console.domain.errors import Invalid, Unavailable
from console.media import photo as photo_file
from console.media.photo import CAP_BYTES, PhotoRoom
from tests.media.pictures import archive, bomb, exif, picture, two_halves


@pytest.fixture(scope="module")
def room():
    made = PhotoRoom()
    yield made
    made.close()


@pytest.fixture
def own_room():
    made = PhotoRoom()
    yield made
    made.close()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_of_each_kind_becomes_our_jpeg_named_by_its_content(room, kind):
    found = room.encode(picture(kind))

    image = opened(found.content)
    assert (image.format, image.size, (found.width, found.height)) == ("JPEG", (64, 48), (64, 48))
    assert found.sha256 == hashlib.sha256(found.content).hexdigest()
    assert image.getpixel((10, 10)) == pytest.approx((200, 30, 30), abs=12)


def test_the_same_picture_twice_has_one_name(room):
    assert room.encode(picture()).sha256 == room.encode(picture()).sha256


@pytest.mark.parametrize(("size", "small"), [((4000, 3000), (1600, 1200)), ((1000, 4000), (400, 1600)), ((1600, 1600), (1600, 1600))])
def test_a_large_picture_is_made_small(room, size, small):
    assert opened(room.encode(picture(size=size)).content).size == small


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_turned_by_its_exif_comes_back_upright_without_it(room, kind):
    """Orientation 6: the camera was turned, the stored left edge is the top."""
    found = room.encode(two_halves(kind, exif=exif(6)))

    image = opened(found.content)
    assert image.size == (40, 80)
    assert image.getpixel((20, 10)) == pytest.approx((200, 0, 0), abs=25), "the red half is on top"
    assert image.getpixel((20, 70)) == pytest.approx((0, 0, 200), abs=25)
    assert dict(image.getexif()) == {}
    assert b"PhoneMaker" not in found.content


@pytest.mark.parametrize(("mode", "colour", "kind"), [("RGBA", (0, 0, 0, 0), "PNG"), ("L", 128, "PNG"), ("P", 3, "PNG"), ("1", 1, "PNG"),
                                                      ("LA", (0, 0), "PNG"), ("CMYK", (0, 200, 200, 0), "JPEG")])  # fmt: skip
def test_pictures_of_every_colour_kind_are_taken(room, mode, colour, kind):
    assert opened(room.encode(picture(kind, mode=mode, colour=colour)).content).mode == "RGB"


def test_what_is_transparent_becomes_white(room):
    image = opened(room.encode(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0))).content)

    assert image.getpixel((5, 5)) == pytest.approx((255, 255, 255), abs=3)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"just words", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "not_a_picture"),
        (picture("GIF"), "not_a_picture"),
        (picture("BMP"), "not_a_picture"),
        (picture("TIFF"), "not_a_picture"),
        (archive(), "not_a_picture"),
        (b"%PDF-1.7", "not_a_picture"),
        (b"\xff\xd8\xff", "broken_picture"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 200, "broken_picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "broken_picture"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "broken_picture"),
        (b"\xff\xd8\xff" + archive(), "broken_picture"),
        (picture(size=(400, 300), quality=95)[:2_000], "broken_picture"),
        (two_halves("PNG", (300, 200))[:-40], "broken_picture"),
        (b"\xff\xd8\xff" + b"\x00" * CAP_BYTES, "too_large"),
        (b"\xff\xd8\xff" + b"\x00" * (20 * 1024 * 1024), "too_large"),
        (bomb(8_000), "too_many_pixels"),
        (bomb(30_000), "too_many_pixels"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_good_picture_is_refused_by_name(room, content, code):
    with pytest.raises(Invalid) as refused:
        room.encode(content)

    assert (refused.value.field, refused.value.code) == ("photo", code)
    assert room.encode(picture()).width == 64, "and the next picture is taken"


def test_a_phones_double_picture_is_taken_as_its_first(room):
    second = Image.new("RGB", (64, 48), (0, 0, 200))

    image = opened(room.encode(picture("MPO", save_all=True, append_images=[second])).content)

    assert (image.format, image.size) == ("JPEG", (64, 48))
    assert image.getpixel((5, 5)) == pytest.approx((200, 30, 30), abs=12)


def test_a_picture_with_an_archive_behind_it_loses_the_archive(room):
    found = room.encode(picture() + archive())

    assert b"a.txt" not in found.content


def test_a_big_honest_picture_is_taken(room):
    """48 million pixels, as phones make them; the file is small because it is of one colour."""
    assert room.encode(picture(size=(8_000, 6_000))).width == 1_600


def test_many_at_once_each_get_their_own(room):
    sizes = [(20 + n, 30 + n) for n in range(12)]

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda size: room.encode(picture(size=size)), sizes))

    assert [(one.width, one.height) for one in found] == sizes


def test_a_child_killed_in_the_middle_costs_nobody_the_picture(own_room):
    own_room.encode(picture())
    child = own_room._child
    os.kill(child.pid, signal.SIGSTOP)

    with ThreadPoolExecutor(1) as pool:
        promise = pool.submit(own_room.encode, picture(size=(50, 50)))
        os.kill(child.pid, signal.SIGKILL)
        assert promise.result(30).width == 50

    assert own_room._child.pid != child.pid
    assert child.returncode == -signal.SIGKILL


def test_a_child_that_hangs_is_ended_and_the_next_picture_works(own_room, monkeypatch):
    own_room.encode(picture())
    os.kill(own_room._child.pid, signal.SIGSTOP)
    monkeypatch.setattr(photo_file, "WAIT_S", 0.2)

    with pytest.raises(Invalid) as refused:
        own_room.encode(picture())

    monkeypatch.setattr(photo_file, "WAIT_S", 20.0)
    assert refused.value.code == "broken_picture"
    assert own_room.encode(picture()).width == 64


def test_a_picture_that_kills_two_children_is_refused(own_room, monkeypatch, tmp_path):
    deadly = tmp_path / "child.py"
    deadly.write_text("import sys; sys.stdin.buffer.read(10); sys.exit(9)")
    monkeypatch.setattr(photo_file, "CHILD", deadly)

    with pytest.raises(Invalid) as refused:
        own_room.encode(picture())

    assert refused.value.code == "broken_picture"


def test_a_child_that_cannot_start_is_unavailable(own_room, monkeypatch):
    monkeypatch.setattr(photo_file.sys, "executable", "/nowhere/python")

    with pytest.raises(Unavailable) as refused:
        own_room.encode(picture())

    assert refused.value.code == "no_photo_child"


def test_the_child_runs_from_any_folder(own_room, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "PIL.py").write_text("raise SystemExit('a file of the folder was imported')")

    assert own_room.encode(picture()).width == 64


def test_closing_ends_the_child_and_the_room_can_be_used_again(own_room):
    own_room.encode(picture())
    child = own_room._child
    own_room.close()
    own_room.close()

    assert child.poll() is not None
    assert own_room.encode(picture()).width == 64
