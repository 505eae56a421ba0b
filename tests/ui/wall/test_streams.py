"""One connection behind several walls: the largest size, the high stream if one wants it, closed with the last wall."""

from dataclasses import replace

import pytest

from console.domain.errors import Invalid
from console.ui.wall.streams import Streams, Wish
from console.video.frames import Frame

SUB, MAIN = "rtsp://127.0.0.1/C301/sub", "rtsp://127.0.0.1/C301/main"


class Ear:
    """Stands where the workers would be and keeps what they are told."""

    def __init__(self):
        self.heard = []
        self.memory = bytearray(b"first picture")
        self.picture = Frame(memoryview(self.memory), 2, 2, 8, 1, 0, 0, memoryview(b""), 0)

    def open(self, key, address):
        self.heard.append(("open", key, address.path))

    def close(self, key):
        self.heard.append(("close", key))

    def show(self, key, width, height):
        self.heard.append(("show", key, width, height))

    def frame(self, key):
        return self.picture

    def hide(self, key):
        self.heard.append(("hide", key))


@pytest.fixture
def ear():
    return Ear()


def test_two_walls_share_a_connection_at_the_larger_size(ear):
    streams = Streams(ear)
    streams.want("desk", 1, Wish(SUB, MAIN, size=(320, 180)))
    streams.want("screen 2", 1, Wish(SUB, MAIN, size=(960, 540)))
    streams.leave("screen 2", 1)
    assert ear.heard == [("open", "1", "/C301/sub"), ("show", "1", 320, 180), ("show", "1", 960, 540), ("show", "1", 320, 180)]


def test_the_high_stream_while_one_of_them_wants_it(ear):
    streams = Streams(ear)
    streams.want("desk", 1, Wish(SUB, MAIN, size=(320, 180)))
    streams.want("screen 2", 1, Wish(SUB, MAIN, "main", (1280, 720)))
    streams.leave("screen 2", 1)
    assert [path for what, _, path in (one[:3] for one in ear.heard) if what == "open"] == ["/C301/sub", "/C301/main", "/C301/sub"]


def test_without_a_size_nothing_is_decoded_and_the_last_one_disconnects(ear):
    streams = Streams(ear)
    streams.want("desk", 1, Wish(SUB, MAIN, size=(320, 180)))
    streams.want("desk", 1, Wish(SUB, MAIN))
    streams.leave("desk", 1)
    streams.leave("desk", 1)
    assert ear.heard[2:] == [("hide", "1"), ("close", "1")]


def test_an_address_no_player_may_have_is_refused_and_nothing_is_open(ear):
    streams = Streams(ear)
    with pytest.raises(Invalid):
        streams.want("desk", 1, Wish("", ""))
    streams.leave("desk", 1)
    assert ear.heard == []
    assert "rtsp" not in repr(Wish(SUB, MAIN))


def test_where_two_walls_show_a_camera_neither_pulls_the_picture_from_under_the_other(ear):
    streams = Streams(ear)
    streams.want("desk", 1, Wish(SUB, MAIN, size=(320, 180)))
    assert streams.frame(1) is ear.picture, "one wall alone paints straight from the worker's memory"
    streams.want("screen 2", 1, Wish(SUB, MAIN, size=(960, 540)))
    held = streams.frame(1)
    ear.memory[:] = b"other picture"
    assert bytes(held.data) == b"first picture"
    assert streams.frame(1) is held
    ear.picture = replace(ear.picture, sequence=2)
    assert bytes(streams.frame(1).data) == b"other picture"
