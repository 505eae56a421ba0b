"""Files of map pictures: written by other programs, broken in several ways."""

import os

import pytest
from pmtiles.tile import TileType

from console.domain.errors import Invalid, Unavailable
from console.tiles.archive import opened
from tests.tiles.hosts import colour, mbtiles, pmtiles, png

TILES = [(0, 0, 0), (10, 839, 402), (10, 840, 402), (12, 3356, 1608)]


@pytest.mark.parametrize("write", [mbtiles, pmtiles])
def test_every_picture_of_a_file_is_found_by_its_number(tmp_path, write):
    archive = opened(write(tmp_path / "city.bin", TILES))
    assert [archive.get(tile) for tile in TILES] == [png(colour(*tile)) for tile in TILES]
    assert archive.get((10, 839, 403)) == b""
    archive.close()


def test_a_file_whose_name_has_odd_letters_opens(tmp_path):
    archive = opened(mbtiles(tmp_path / "濮阳 50%?#a.mbtiles", TILES))
    assert archive.get(TILES[1]) != b""
    archive.close()


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "no_map_file"), (b"", "not_a_map_file"), (b"PK\3\4 a zip", "not_a_map_file"), (b"PMTiles\x03", "not_a_map_file"),
     (b"PMTiles\x01" + bytes(200), "not_a_map_file"), (b"SQLite format 3\0" + bytes(200), "not_a_map_file")],
)  # fmt: skip
def test_what_is_no_map_file_is_said(tmp_path, content, code):
    path = tmp_path / "a.mbtiles"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Invalid) as said:
        opened(str(path))
    assert (said.value.field, said.value.code) == ("map_layers", code)


def test_roads_as_lines_are_told_from_pictures(tmp_path):
    for path in (mbtiles(tmp_path / "v.mbtiles", TILES, form="pbf"), pmtiles(tmp_path / "v.pmtiles", TILES, kind=TileType.MVT)):
        with pytest.raises(Invalid) as said:
            opened(path)
        assert said.value.code == "vector_map_file"


def test_a_file_that_breaks_in_use_says_so(tmp_path):
    path = pmtiles(tmp_path / "a.pmtiles", [(12, x, 0) for x in range(500)])
    with open(path, "r+b") as file:
        file.seek(127)  # the head stays, its index is overwritten
        file.write(os.urandom(400))
    with pytest.raises(Unavailable) as said:
        opened(path).get((12, 3, 0))
    assert said.value.code == "map_file_broken"
