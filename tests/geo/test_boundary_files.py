"""Boundaries that go out: as the formats want them, and what cannot be written is said."""

import json

import pytest

from console.domain.errors import Invalid
from console.domain.place import Division, rings_of
from console.geo.boundary_files import write_areas
from console.geo.layers import read_layer
from tests.geo.mapfiles import county

CLOCKWISE = [(115.2, 36.1), (115.2, 36.11), (115.21, 36.11), (115.21, 36.1), (115.2, 36.1)]
HOLE = [(115.204, 36.104), (115.204, 36.106), (115.206, 36.106), (115.206, 36.104), (115.204, 36.104)]
AREA = Division("410922100101", 5, "东关村", "410922100000", "/1/", rings_of([CLOCKWISE, HOLE]))
BARE = Division("410922100102", 5, "西关村", "410922100000", "/2/")


def test_geojson_says_its_datum_and_runs_against_the_clock(tmp_path):
    (file,) = write_areas(tmp_path / "out.geojson", [AREA, BARE])
    found = json.loads(file.read_text(encoding="utf-8"))
    assert found["crs"]["properties"]["name"].endswith("CRS84")
    (feature,) = found["features"]
    assert feature["properties"] == {"code": "410922100101", "name": "东关村", "parent": "410922100000", "level": 5}
    outer, hole = feature["geometry"]["coordinates"]
    assert (sorted(map(tuple, outer[:-1])), sorted(map(tuple, hole[:-1]))) == (sorted(CLOCKWISE[:-1]), sorted(HOLE[:-1]))
    x, y = zip(*outer, strict=True)
    assert sum(a * d - b * c for a, b, c, d in zip(x, y, x[1:], y[1:], strict=False)) > 0


@pytest.mark.parametrize("name", ["out.geojson", "out.shp"])
def test_every_point_of_a_county_comes_back_within_a_centimetre(tmp_path, name):
    grids = county().grids
    write_areas(tmp_path / name, grids)
    layer = read_layer(tmp_path / name)
    assert layer.frame.code == "wgs84"
    for grid, drawn in zip(grids, layer.drawn, strict=True):
        want = sorted((spot.lon, spot.lat) for ring in grid.rings for spot in ring[:-1])
        have = sorted(map(tuple, drawn.numbers[:-1].tolist()))
        assert max(abs(a - b) for one, other in zip(want, have, strict=True) for a, b in zip(one, other, strict=True)) <= 1e-7
        assert drawn.properties["parent"] == grid.division


@pytest.mark.parametrize("name", ["out.shp", "out.geojson"])
def test_a_folder_that_is_not_there_is_said(tmp_path, name):
    with pytest.raises(Invalid) as refused:
        write_areas(tmp_path / "nowhere" / name, [AREA])
    assert refused.value.code == "file_unwritable"


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(Invalid) as refused:
        write_areas(tmp_path / "out.kml", [AREA])
    assert (refused.value.code, refused.value.field) == ("unknown_format", "out.kml")
