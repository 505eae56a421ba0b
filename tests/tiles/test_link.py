"""The console's end: a real process, killed and stopped in the middle, and pictures all the same."""

import json
import os
import signal

import pytest

from console.domain.basemap import Basemap, check_basemap
from console.tiles.link import Link
from console.tiles.process import NOTE, PICTURE
from tests.tiles.hosts import KEY, colour, pixel
from tests.waiting import until

TILES = [(10, 839, 402), (10, 840, 402), (10, 841, 402)]


@pytest.fixture
def heard():
    return []


@pytest.fixture
def link(tmp_path, heard):
    found = Link(tmp_path / "tiles.db", heard.append)
    yield found
    found.stop()
    assert found.process_id == 0


def pictures(heard, number):
    return {tile: pixel(content) for what, tile, of, content in heard if what == PICTURE and of == number}


def test_pictures_come_from_the_process_and_from_what_it_kept(link, heard, host):
    base = check_basemap(Basemap("街道", (host.wmts,)))
    link.open(1, base, KEY, is_night=False)
    link.want(TILES)
    until(lambda: set(pictures(heard, 1)) == set(TILES), what="three pictures")
    assert pictures(heard, 1) == {tile: colour(*tile) for tile in TILES}
    host.wrong = (0, {}, b"")
    link.open(2, base, KEY, is_night=True)
    link.want(TILES)
    until(lambda: set(pictures(heard, 2)) == set(TILES), what="the kept ones, turned for the night")
    assert pictures(heard, 2)[TILES[0]] != colour(*TILES[0]) and link.starts == 1


def test_a_process_that_is_killed_is_started_again_and_told_what_is_wanted(link, heard, host):
    link.open(1, check_basemap(Basemap("街道", (host.xyz,))), "", is_night=False)
    link.want(TILES[:1])
    until(lambda: pictures(heard, 1), what="a first picture")
    host.gate.clear()
    link.want(TILES)
    os.kill(link.process_id, signal.SIGKILL)
    host.gate.set()
    until(lambda: set(pictures(heard, 1)) == set(TILES), what="the others, by another process")
    assert link.starts == 2


def test_the_reason_is_told(link, heard, host):
    link.open(1, check_basemap(Basemap("街道", (host.wmts,))), "wrong", is_night=False)
    link.want(TILES)
    until(lambda: any(what == NOTE for what, *_ in heard), what="a note")
    note = next(json.loads(content) for what, _, _, content in heard if what == NOTE)
    assert (note["code"], note["facts"]["status"]) == ("map_key_refused", "403")


def test_one_that_never_began_stops(tmp_path):
    Link(tmp_path / "tiles.db", lambda _: None).stop()
