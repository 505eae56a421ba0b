"""The process of map pictures by its pipes: order, layers, notes said once."""

import io
import json
import os
import threading
from dataclasses import asdict

import pytest

from console.domain.basemap import Basemap, check_basemap
from console.domain.errors import Invalid
from console.tiles.cache import Cache
from console.tiles.process import FAILED, HEAD, NONE, NOTE, PART, PICTURE, basemap_of, serve
from tests.tiles.hosts import HTML, KEY, colour, mbtiles, pixel
from tests.waiting import until

TILES = [(10, 839, 402), (10, 840, 402), (10, 841, 402)]


class Talk:
    """A served process in this one: real pipes, its real code."""

    def __init__(self, cache):
        there, self.commands = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
        self.heard, out = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
        self.frames = []
        self.threads = [threading.Thread(target=serve, args=(there, out, cache)), threading.Thread(target=self.hear)]
        self.ends = (there, out)
        for thread in self.threads:
            thread.start()

    def say(self, **command):
        self.commands.write(json.dumps(command).encode() + b"\n")
        self.commands.flush()

    def open(self, base, key="", *, number=1, night=False):
        self.say(do="open", number=number, map=asdict(check_basemap(base)), key=key, night=night)

    def want(self, *tiles, number=1):
        self.say(do="want", number=number, tiles=tiles)

    def hear(self):
        while len(head := self.heard.read(HEAD.size)) == HEAD.size:
            what, level, column, row, number, size = HEAD.unpack(head)
            self.frames.append((what, (level, column, row), number, self.heard.read(size)))

    def get(self, *tiles, what=PICTURE, number=1):
        def found():
            return {tile: content for kind, tile, of, content in self.frames if kind == what and of == number}

        until(lambda: set(tiles) <= set(found()), what=f"{what} of {tiles}")
        return found()

    def notes(self):
        return [json.loads(content) for what, _, _, content in self.frames if what == NOTE]

    def end(self):
        self.commands.close()
        self.threads[0].join(10)
        self.ends[1].close()
        self.threads[1].join(10)
        self.heard.close()
        self.ends[0].close()


@pytest.fixture
def talk(tmp_path):
    cache = Cache(tmp_path / "tiles.db")
    found = Talk(cache)
    yield found
    found.end()
    cache.close()


def test_wanted_pictures_come_as_pixels(talk, host):
    talk.open(Basemap("街道", (host.wmts,)), KEY)
    talk.want(*TILES)
    found = talk.get(*TILES)
    assert [pixel(found[tile]) for tile in TILES] == [colour(*tile) for tile in TILES]
    assert talk.notes() == []


def test_layers_lie_on_one_another_and_one_that_fails_leaves_the_others(talk, host, tmp_path):
    file = mbtiles(tmp_path / "below.mbtiles", [(10, 839, 402)])
    talk.open(Basemap("叠加", (file, f"{host.base}/none/{{z}}/{{x}}/{{y}}", "http://127.0.0.1:1/{z}/{x}/{y}")))
    talk.want(*TILES)
    assert pixel(talk.get(TILES[0], what=PART)[TILES[0]]) == colour(*TILES[0])
    talk.get(*TILES[1:], what=FAILED)  # nothing below, nothing above, and one does not answer
    assert [note["code"] for note in talk.notes()] == ["no_answer"]


def test_a_service_out_of_order_is_noted_once_and_once_again_when_it_is_well(talk, host):
    host.wrong = (418, {}, b"")
    talk.open(Basemap("街道", (host.xyz,)))
    many = [(12, column, 9) for column in range(40)]
    talk.want(*many)
    talk.get(*many, what=FAILED)
    (note,) = talk.notes()
    assert (note["code"], note["facts"]) == ("map_key_spent", {"status": "418"})
    host.wrong = None
    talk.open(Basemap("街道", (host.xyz,)), number=2)
    talk.want(*many, number=2)
    talk.get(*many, number=2)
    assert len(talk.notes()) == 1  # a base map opened anew has nothing to take back


def test_a_page_instead_of_a_picture_fails_alone(talk, host):
    host.wrong = HTML
    talk.open(Basemap("街道", (host.xyz,)))
    talk.want(TILES[0])
    talk.get(TILES[0], what=FAILED)
    host.wrong = None
    talk.want(*TILES)
    talk.get(*TILES)
    assert talk.notes() == []


def test_where_there_is_nothing_nothing_is_said(talk, host):
    talk.open(Basemap("街道", (f"{host.base}/none/{{z}}/{{x}}/{{y}}",)))
    talk.want(*TILES)
    talk.get(*TILES, what=NONE)
    assert talk.notes() == []


def test_what_is_no_longer_wanted_is_not_asked(talk, host):
    host.gate.clear()
    talk.open(Basemap("街道", (host.xyz,)))
    talk.want(*[(14, column, 0) for column in range(300)])
    until(lambda: talk.threads[0].is_alive(), what="a serving thread")
    talk.want(*TILES)
    host.gate.set()
    talk.get(*TILES)
    assert len(host.asked) < 30


def test_what_is_no_basemap_is_named():
    with pytest.raises(Invalid):
        basemap_of({"layers": [], "nome": "x"})


def test_a_console_that_has_gone_ends_the_work(tmp_path, host):
    class Gone(io.BytesIO):
        def write(self, _):
            raise BrokenPipeError

    base = asdict(check_basemap(Basemap("街道", (host.xyz,))))
    lines = [{"do": "open", "number": 1, "map": base, "key": "", "night": False}, {"do": "want", "number": 1, "tiles": TILES}]
    serve(io.BytesIO(b"\n".join(json.dumps(line).encode() for line in lines)), Gone(), Cache(tmp_path / "tiles.db"))
