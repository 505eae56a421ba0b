"""GeoJSON feature by feature: what is broken is named, the rest is there."""

import json

import numpy as np
import pytest

from console.domain.errors import Invalid
from console.geo import geojson_layer
from console.geo.geojson_layer import read_geojson
from tests.geo.mapfiles import write

SQUARE = [[115.2, 36.1], [115.21, 36.1], [115.21, 36.11], [115.2, 36.11], [115.2, 36.1]]


def area(*rings, kind="Polygon"):
    return {"type": "Feature", "properties": {"code": "1"}, "geometry": {"type": kind, "coordinates": list(rings)}}


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ({"type": "Feature", "properties": {"code": "2"}, "geometry": None}, "no_outline"),
        (area(), "no_outline"),
        ("a line of text", "no_outline"),
        (area(SQUARE[0], kind="Point"), "not_an_area"),
        ({**area(), "geometry": {"type": "LineString", "coordinates": SQUARE}}, "not_an_area"),
        (area([["115", "36"], [1, 2]]), "broken_rings"),
        (area([[115.2], [36.1]]), "broken_rings"),
        (area([[115.2, 36.1], [36.1]]), "broken_rings"),
        (area([SQUARE], kind="Polygon"), "broken_rings"),
        (area(SQUARE, kind="MultiPolygon"), "broken_rings"),
        (area("text"), "broken_rings"),
    ],
)
def test_a_broken_feature_carries_its_fault_and_the_next_is_read(tmp_path, broken, fault):
    layer = read_geojson(write(tmp_path / "a.geojson", [broken, area(SQUARE)]))
    first, second = layer.drawn
    assert first.fault.code == fault
    assert (second.fault, second.number, second.lengths) == (None, 2, (5,))
    assert second.numbers.tolist() == SQUARE


def test_rings_of_all_parts_come_in_their_order_without_heights(tmp_path):
    high = [[lon, lat, 51.0] for lon, lat in SQUARE]
    layer = read_geojson(write(tmp_path / "a.geojson", [area([high, SQUARE], [SQUARE[:4]], kind="MultiPolygon")]))
    assert layer.drawn[0].lengths == (5, 5, 4)
    assert layer.drawn[0].numbers.tolist() == [*SQUARE, *SQUARE, *SQUARE[:4]]


@pytest.mark.parametrize("piece", range(53, 170, 7))
def test_where_a_long_ring_is_cut_into_pieces_makes_no_difference(tmp_path, monkeypatch, piece):
    monkeypatch.setattr(geojson_layer, "_PIECE", piece)
    ring = [[115 + number * 1e-6, 36.0] for number in range(200)]
    for spaces in (None, 1):
        text = json.dumps({"type": "FeatureCollection", "features": [area(ring, ring)]}, indent=spaces)
        (tmp_path / "a.geojson").write_text(text)
        layer = read_geojson(tmp_path / "a.geojson")
        assert layer.drawn[0].lengths == (200, 200)
        assert np.array_equal(layer.drawn[0].numbers[200:], np.array(ring))


def test_nothing_but_numbers_becomes_no_number(tmp_path):
    layer = read_geojson(write(tmp_path / "a.geojson", [area([[None, 1], [float("nan"), 2], [float("inf"), 3], [4, 5]])]))
    assert np.isfinite(layer.drawn[0].numbers).all(axis=1).tolist() == [False, False, False, True]


@pytest.mark.parametrize(("crs", "frame", "fault"), [("", None, None), ("EPSG:4547", "epsg:4547", None), ("EPSG:1", None, "unknown_frame")])
def test_what_the_file_says_of_its_numbers_is_kept(tmp_path, crs, frame, fault):
    layer = read_geojson(write(tmp_path / "a.geojson", [area(SQUARE)], crs=crs))
    assert (layer.frame.code if layer.frame else None, layer.frame_fault.code if layer.frame_fault else None) == (frame, fault)


def test_columns_are_those_of_all_features(tmp_path):
    other = {**area(SQUARE), "properties": {"名称": "甲", "bounds": [[1, 2], [3, 4]]}}
    assert read_geojson(write(tmp_path / "a.geojson", [area(SQUARE), other, {**area(SQUARE), "properties": []}])).columns == (
        "code", "名称", "bounds",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "broken_file"), (b"{", "broken_file"), (b"[" * 100_000, "broken_file"), (b"\xff\xfe\x00", "broken_file"),
        (b'{"type": "FeatureCollection", "features": [{"geometry": {"coordinates": [[[1, 2], [3', "broken_file"),
        (b"[]", "not_a_collection"), (b'{"type": "Feature"}', "not_a_collection"), (b'{"type": "FeatureCollection"}', "not_a_collection"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_collection_is_refused(tmp_path, content, code):
    (tmp_path / "a.geojson").write_bytes(content)
    with pytest.raises(Invalid) as refused:
        read_geojson(tmp_path / "a.geojson")
    assert (refused.value.field, refused.value.code) == ("a.geojson", code)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path, monkeypatch):
    with pytest.raises(Invalid) as refused:
        read_geojson(tmp_path / "none.geojson")
    assert refused.value.code == "missing_file"
    monkeypatch.setattr(geojson_layer, "MOST_BYTES", 10)
    with pytest.raises(Invalid) as refused:
        read_geojson(write(tmp_path / "a.geojson", []))
    assert refused.value.code == "file_too_large"
