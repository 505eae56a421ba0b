"""GeoJSON files: what is right is read and written back, what is wrong is named by file and feature."""

import json

import pytest

from console.domain.errors import Invalid
from console.domain.place import Point
from console.geo.geojson import Feature, read_features, write_features

SQUARE = [[115.2, 36.1], [115.21, 36.1], [115.21, 36.11], [115.2, 36.11], [115.2, 36.1]]
HOLE = [[115.204, 36.104], [115.206, 36.104], [115.206, 36.106], [115.204, 36.106], [115.204, 36.104]]
FAR = [[lon + 0.1, lat] for lon, lat in SQUARE]
BOW = [[115.2, 36.1], [115.21, 36.11], [115.21, 36.1], [115.2, 36.11], [115.2, 36.1]]


def area(*rings, kind="Polygon"):
    return {"type": "Feature", "properties": {"code": "410923"}, "geometry": {"type": kind, "coordinates": list(rings)}}


@pytest.fixture
def written(tmp_path):
    def write(*features):
        path = tmp_path / "areas.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
        return path

    return write


def test_areas_lines_and_spots_are_read_in_their_order(written):
    line = {"type": "Feature", "properties": None, "geometry": {"type": "LineString", "coordinates": SQUARE[:3]}}
    spot = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [115.2, 36.1, 51.0]}}
    many = area([SQUARE, HOLE], [FAR], kind="MultiPolygon")
    first, second, third, fourth = read_features(written(area(SQUARE), line, spot, many))
    assert [one.kind for one in (first, second, third, fourth)] == ["area", "line", "point", "area"]
    assert first.properties["code"] == "410923"
    assert second.rings == ((Point(115.2, 36.1), Point(115.21, 36.1), Point(115.21, 36.11)),)
    assert third.rings == ((Point(115.2, 36.1),),)
    assert [len(ring) for ring in fourth.rings] == [5, 5, 5]


def test_what_is_written_is_read_back(written, tmp_path):
    line = {"type": "Feature", "properties": {}, "geometry": {"type": "MultiLineString", "coordinates": [SQUARE[:2], FAR[:2]]}}
    spots = {"type": "Feature", "properties": {"name": "井盖"}, "geometry": {"type": "MultiPoint", "coordinates": SQUARE[:2]}}
    found = read_features(written(area(SQUARE, HOLE), area([SQUARE], [FAR], kind="MultiPolygon"), line, spots))
    again = tmp_path / "again.geojson"
    again.write_text(write_features(found), encoding="utf-8")
    back = read_features(again)
    assert [(one.kind, dict(one.properties)) for one in back] == [(one.kind, dict(one.properties)) for one in found]
    for one, other in zip(found, back, strict=True):
        assert {frozenset(ring) for ring in one.rings} == {frozenset(ring) for ring in other.rings}
    assert "井盖" in again.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("feature", "problem"),
    [
        (area(SQUARE[:2]), "ring_too_short"),
        (area(SQUARE[:4]), "ring_not_closed"),
        (area(BOW), "ring_crosses_itself"),
        (area(), "bad_coordinates"),
        (area([[115.2, 136.1], *SQUARE[1:]]), "bad_coordinate"),
        (area([["115.2", 36.1], *SQUARE[1:]]), "bad_coordinate"),
        (area([[True, 36.1], *SQUARE[1:]]), "bad_coordinate"),
        (area([[115.2], *SQUARE[1:]]), "bad_coordinates"),
        (area([]), "bad_coordinates"),
        ({"type": "Feature", "geometry": None}, "no_geometry"),
        ("a line of text", "no_geometry"),
        ({"type": "Feature", "geometry": {"type": "Circle", "coordinates": []}}, "unknown_geometry"),
        ({**area(SQUARE), "properties": ["a list"]}, "not_a_table"),
    ],
)
def test_a_broken_feature_is_named_by_its_number_and_problem(written, feature, problem):
    with pytest.raises(Invalid) as refused:
        read_features(written(area(SQUARE), feature))
    assert (refused.value.field, refused.value.code) == ("areas.geojson", "broken_geojson")
    assert (refused.value.facts["feature"], refused.value.facts["problem"]) == (2, problem)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "broken_file"),
        ("{", "broken_file"),
        ("[" * 100_000, "broken_file"),
        ("[]", "broken_geojson"),
        ('{"type": "Feature"}', "broken_geojson"),
        ('{"type": "FeatureCollection"}', "broken_geojson"),
    ],
)
def test_a_file_that_is_no_collection_is_refused(tmp_path, text, code):
    path = tmp_path / "areas.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        read_features(path)
    assert refused.value.code == code


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path):
    with pytest.raises(Invalid) as refused:
        read_features(tmp_path / "none.geojson")
    assert refused.value.code == "missing_file"
    path = tmp_path / "areas.geojson"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid) as refused:
        read_features(path)
    assert refused.value.code == "broken_file"


def test_an_empty_collection_has_no_features(written):
    assert read_features(written()) == ()


def test_a_feature_can_be_made_without_properties():
    assert json.loads(write_features([Feature("point", ((Point(115.2, 36.1),),))]))["features"][0]["properties"] == {}
