"""Base maps: what an address may look like, which picture is asked for, and where it belongs."""

from dataclasses import replace

import pytest

from console.domain.basemap import Basemap, address_of, box_of, check_basemap, is_file, tiles_in, wants_key
from console.domain.datum import distance_m, spot_at, tile, tile_lonlat, wgs_to_gcj, world
from console.domain.errors import Invalid
from console.domain.place import Point

WEB = "https://tiles.example/{z}/{x}/{y}.png"
HERE = Point(115.029, 35.762)


def base(*layers, **other):
    return Basemap("街道", layers or (WEB,), **other)


def refused(found):
    with pytest.raises(Invalid) as said:
        check_basemap(found)
    return said.value.field, said.value.code


def test_a_plain_address_is_kept_as_it_is_and_asks_for_its_picture():
    found = check_basemap(replace(base(f"  {WEB} ", ""), name=" 街道 ", agent=" hall ", referer=" https://hall.example/ "))
    assert (found.name, found.layers, found.agent, found.referer) == ("街道", (WEB,), "hall", "https://hall.example/")
    assert address_of(WEB, (10, 839, 402)) == "https://tiles.example/10/839/402.png"


@pytest.mark.parametrize(
    ("layer", "asked"),
    [
        ("http://a.example/{z}/{x}/{-y}", "http://a.example/3/2/6"),  # 2³ − 1 − 1
        ("http://t{0-7}.a.example/{z}/{x}/{y}?tk={key}", "http://t3.a.example/3/2/1?tk=a%26b%2F"),  # (2 + 1) mod 8
        ("http://{s}.a.example/{z}/{x}/{y}?tk={tk}", "http://a.a.example/3/2/1?tk=a%26b%2F"),  # (2 + 1) mod 3 of a, b, c
        ("http://{switch:one,two}.a.example/{z}/{x}/{y}", "http://two.a.example/3/2/1"),
        ("http://[::1]:8080/{z}/{x}/{y}", "http://[::1]:8080/3/2/1"),
    ],
)
def test_the_words_in_braces_become_numbers_hosts_and_the_key(layer, asked):
    (kept,) = check_basemap(base(layer)).layers
    assert address_of(kept, (3, 2, 1), "a&b/") == asked


def test_a_wmts_service_alone_is_completed_to_a_question_for_one_picture():
    (layer,) = check_basemap(base("http://t0.a.example/vec_c/wmts?tk={key}", matrix="c")).layers
    assert address_of(layer, (9, 419, 77), "K") == (
        "http://t0.a.example/vec_c/wmts?tk=K&SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default"
        "&TILEMATRIXSET=c&FORMAT=tiles&TILEMATRIX=9&TILEROW=77&TILECOL=419"
    )
    whole = "http://t0.a.example/img_w/wmts?LAYER=img&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}"
    assert check_basemap(base(whole)).layers == (whole,)
    assert wants_key(base(whole)) and not wants_key(base())


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (base(" "), ("map_layers", "no_layer")),
        (base(*[WEB] * 5), ("map_layers", "too_many_layers")),
        (replace(base(), name="  "), ("map_name", "needs_text")),
        (replace(base(), name="长" * 41), ("map_name", "too_long")),
        (replace(base(), name="a\x00"), ("map_name", "bad_characters")),
        (base(matrix="q"), ("map_matrix", "unknown_code")),
        (base(datum="utm"), ("datum", "unknown_datum")),
        (base(night="pink"), ("map_night", "unknown_code")),
        (base(least=9, most=8), ("map_levels", "bad_levels")),
        (base(most=21), ("map_levels", "bad_levels")),
        (base(agent="老 Mozilla"), ("map_agent", "plain_letters")),
        (base(referer="a\r\nX-Evil: 1"), ("map_referer", "plain_letters")),
        (base("ftp://a.example/{z}/{x}/{y}"), ("map_layers", "not_an_address")),
        (base("file:///etc/passwd"), ("map_layers", "not_an_address")),
        (base("javascript:alert({z}{x}{y})"), ("map_layers", "not_an_address")),
        (base("tiles.example/{z}/{x}/{y}"), ("map_layers", "not_an_address")),
        (base("http://a.example:99999/{z}/{x}/{y}"), ("map_layers", "not_an_address")),
        (base("http://-a.example/{z}/{x}/{y}"), ("map_layers", "not_an_address")),
        (base("http://me:secret@a.example/{z}/{x}/{y}"), ("map_layers", "login_in_address")),
        (base("http://a.example/{z}/{x}/{y}#part"), ("map_layers", "login_in_address")),
        (base("http://a.example/{z}/{x} /{y}"), ("map_layers", "blank_in_address")),
        (base("http://a.example/{z}/{x}/{y}/{quadkey}"), ("map_layers", "unknown_mark")),
        (base("http://a.example/{z}/{x}/{y}/{"), ("map_layers", "unknown_mark")),
        (base("http://a.example/{z}/{x}.png"), ("map_layers", "no_numbers")),
        (base("http://a.example/wmts"), ("map_layers", "no_numbers")),
        (base("http://a.example/vec_w/wmts", matrix="c"), ("map_matrix", "other_matrix")),
        (base("/maps/city.mbtiles", matrix="c"), ("map_matrix", "file_is_mercator")),
        (base("http://a.example/{z}/{x}/{y}?" + "a" * 1024), ("map_layers", "too_long")),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(found, said):
    assert refused(found) == said


def test_files_are_told_from_services():
    assert is_file("/maps/city.MBTILES") and is_file("city.pmtiles")
    assert not is_file(WEB) and not is_file("https://a.example/city.pmtiles")


@pytest.mark.parametrize("level", [6, 12, 18])
def test_a_picture_lies_where_its_numbers_say(level):
    column, row = tile(HERE, level)
    west, north, east, south = box_of((level, column, row), "w", "wgs84")
    x, y = world(HERE)
    assert west == pytest.approx(column / 2**level, abs=1e-12) and south == pytest.approx((row + 1) / 2**level, abs=1e-12)
    assert west <= x <= east and north <= y <= south


def test_a_picture_in_degrees_spans_the_same_degrees_both_ways():
    column, row = tile_lonlat(HERE, 9)
    west, north, east, south = box_of((9, column, row), "c", "wgs84")
    first, last = spot_at(west, north), spot_at(east, south)
    side = 360 / 512
    assert (last.lon - first.lon, first.lat - last.lat) == pytest.approx((side, side), abs=1e-9)
    assert first.lon <= HERE.lon <= last.lon and last.lat <= HERE.lat <= first.lat


@pytest.mark.parametrize("matrix", ["w", "c"])
def test_a_picture_of_gcj_lies_where_its_ground_is(matrix):
    """The corner of a picture is a GCJ position; the map puts it where that ground is by WGS-84."""
    found = tiles_in((*world(HERE), *world(HERE)), 16, matrix, "gcj02")
    assert len(found) == 1
    west, north, east, south = box_of(found[0], matrix, "gcj02")
    x, y = world(HERE)
    assert west <= x <= east and north <= y <= south
    shown = wgs_to_gcj(spot_at(west, north))  # exact vectors: tests/domain/test_datum.py
    plain = box_of(found[0], matrix, "wgs84")
    assert distance_m(shown, spot_at(*plain[:2])) < 0.001
    assert 499 < distance_m(spot_at(west, north), spot_at(*plain[:2])) < 560


def test_a_part_of_the_world_needs_all_that_touch_it_the_middle_first():
    column, row = tile(HERE, 12)
    side = 1 / 4096
    box = ((column + 0.5) * side, (row + 0.5) * side, (column + 2.5) * side, (row + 2.5) * side)
    found = tiles_in(box, 12, "w", "wgs84")
    assert set(found) == {(12, column + dx, row + dy) for dx in range(3) for dy in range(3)}
    assert found[0] == (12, column + 1, row + 1)


def test_beyond_the_edge_of_the_world_nothing_is_asked():
    assert set(tiles_in((-0.2, -0.2, 1.2, 1.2), 1, "w", "wgs84")) == {(1, 0, 0), (1, 1, 0), (1, 0, 1), (1, 1, 1)}
    assert set(tiles_in((-0.2, 0, 1.2, 1), 1, "c", "wgs84")) == {(1, 0, 0), (1, 1, 0)}
