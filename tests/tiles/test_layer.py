"""A layer's pictures: kept, asked, asked again, and left alone while a service is out of order."""

import pytest

from console.domain.basemap import Basemap, check_basemap
from console.domain.errors import ConsoleError, Invalid, Unavailable
from console.net.pictures import Pictures
from console.tiles.cache import FRESH_S, Cache
from console.tiles.layer import FIRST_WAIT_S, KEY_WAIT_S, MOST_WAIT_S, FileLayer, Health, Service, layer_of
from tests.tiles.hosts import HTML, KEY, colour, mbtiles, png

TILE, OTHER = (10, 839, 402), (10, 840, 402)


class Time:
    now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def time_():
    return Time()


@pytest.fixture
def cache(tmp_path):
    found = Cache(tmp_path / "tiles.db")
    yield found
    found.close()


def service(host, cache, layer="", key="", health=None):
    return Service(layer or host.xyz, key, cache, Pictures("agent of the hall", "https://hall.example/"), health)


def code(layer, tile=TILE):
    with pytest.raises(ConsoleError) as said:
        layer.get(tile)
    return said.value.code


def test_a_picture_is_asked_once_and_then_kept(host, cache):
    layer = service(host, cache)
    assert layer.get(TILE) == layer.get(TILE) == png(colour(*TILE))
    assert host.asked == ["/xyz/10/839/402.png"]
    assert (host.headers[0]["User-Agent"], host.headers[0]["Referer"]) == ("agent of the hall", "https://hall.example/")
    assert service(host, cache).get(TILE) != b"" and len(host.asked) == 1


def test_a_wmts_service_checks_its_key(host, cache, time_):
    (layer,) = check_basemap(Basemap("街道", (host.wmts,))).layers
    assert service(host, cache, layer, KEY).get(TILE) == png(colour(*TILE))
    refused = service(host, cache, layer, "wrong", Health(time_))
    assert code(refused, OTHER) == code(refused, OTHER) == "map_key_refused"
    assert len(host.asked) == 2  # a key that was refused is not tried again at once
    time_.now += KEY_WAIT_S * 1.3
    assert code(refused, OTHER) == "map_key_refused" and len(host.asked) == 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [((418, {}, b""), "map_key_spent"), ((429, {}, b""), "map_key_spent"), ((401, {}, b""), "map_key_refused"),
     ((500, {}, b""), "map_status"), ((302, {"Location": "http://127.0.0.1:1/"}, b""), "map_status"), ((0, {}, b""), "no_answer"),
     ((200, {}, bytes(3_000_000)), "no_answer"), ((200, {"Content-Length": "9999"}, b"half"), "no_answer")],
)  # fmt: skip
def test_a_service_that_fails_is_named_and_left_alone(host, cache, time_, wrong, said):
    host.wrong = wrong
    layer = service(host, cache, health=Health(time_))
    assert code(layer) == said
    asked = len(host.asked)
    assert code(layer) == code(layer, OTHER) == said and len(host.asked) == asked
    host.wrong = None
    time_.now += KEY_WAIT_S * 1.3
    assert layer.get(TILE) == png(colour(*TILE))
    assert layer.health.fault is None and layer.get(OTHER) != b""


def test_nobody_listens(host, cache):
    layer = service(host, cache, "http://127.0.0.1:1/{z}/{x}/{y}")
    assert code(layer) == "no_answer"


def test_pictures_that_are_pages_are_odd_once_and_the_service_is_left_alone_after_three(host, cache, time_):
    host.wrong = HTML
    layer = service(host, cache, health=Health(time_))
    assert [code(layer, (10, column, 0)) for column in range(2)] == ["map_no_picture"] * 2
    assert layer.health.fault is None
    assert code(layer, (10, 2, 0)) == "map_no_picture"
    assert layer.health.fault is not None and code(layer, (10, 3, 0)) == "map_no_picture" and len(host.asked) == 3
    host.wrong = None
    time_.now += FIRST_WAIT_S * 1.3
    assert layer.get((10, 0, 0)) != b""


def test_where_a_service_has_no_picture_there_is_none_and_it_is_not_asked_again(host, cache):
    host.wrong = (404, {}, b"")
    layer = service(host, cache)
    assert layer.get(TILE) == layer.get(TILE) == b""
    assert len(host.asked) == 1 and layer.health.fault is None


def test_an_old_picture_is_asked_after_and_shown_without_a_network(host, cache, monkeypatch, time_):
    layer = service(host, cache, health=Health(time_))
    layer.get(TILE)
    monkeypatch.setattr("console.tiles.cache.FRESH_S", -1.0)
    assert layer.get(TILE) == png(colour(*TILE)) and len(host.asked) == 2
    assert host.headers[1]["If-None-Match"] == '"10-839-402"'
    host.wrong = (503, {}, b"")
    assert layer.get(TILE) == png(colour(*TILE))
    assert layer.health.fault is not None and FRESH_S > 0


def test_a_service_is_tried_by_one_while_the_others_wait(time_):
    health = Health(time_)
    health.failed(Unavailable("no_answer"))
    with pytest.raises(Unavailable):
        health.check()
    time_.now += FIRST_WAIT_S * 1.3
    health.check()
    with pytest.raises(Unavailable):
        health.check()
    health.failed(Unavailable("no_answer"))
    time_.now += FIRST_WAIT_S * 1.3  # the second wait is twice as long
    with pytest.raises(Unavailable):
        health.check()
    time_.now += FIRST_WAIT_S * 1.3
    health.check()
    health.well()
    health.check()
    health.check()
    for _ in range(20):
        health.failed(Unavailable("no_answer"))
        time_.now += MOST_WAIT_S * 1.3
        health.check()


def test_a_file_that_comes_later_is_opened_then(tmp_path, time_, cache):
    path = str(tmp_path / "late.mbtiles")
    layer = FileLayer(path, Health(time_))
    assert code(layer) == "no_map_file"
    mbtiles(path, [TILE])
    time_.now += MOST_WAIT_S * 2
    assert layer.get(TILE) == png(colour(*TILE)) and layer.get(OTHER) == b""
    layer.close()
    assert isinstance(layer_of(path, "", cache, Pictures()), FileLayer)


def test_a_picture_too_large_is_refused(host, cache):
    host.wrong = (200, {}, png((1, 2, 3), size=2000))
    with pytest.raises(Invalid) as said:
        service(host, cache).get(TILE)
    assert said.value.code == "map_picture_too_large"
