"""Map files for tests: a county of the demo as GeoJSON, and copies of it with something broken."""

import copy
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from console.domain.place import Rings, numbers_of
from console.geo.gazetteer import CITY_CODE, FILE, read_names
from console.geo.land import Land, build_land
from console.geo.naming import Known
from tests.make import ROOT

GEO = ROOT / "resources" / "geo"
CRS84 = "urn:ogc:def:crs:OGC:1.3:CRS84"
TOWN = "410922100"


@cache
def county() -> Land:
    """The ground of one county, cut as the demo's is."""
    names = read_names(GEO / FILE)
    return build_land(GEO, 1, {name.code for name in names if name.code.startswith("410922")} | {CITY_CODE})


@cache
def known() -> Known:
    """The same as the check takes it."""
    land = county()
    return Known({area.code: area for area in land.divisions}, {area.code: area for area in land.grids})


def town_grids() -> dict[str, dict]:
    """The grids of one town as GeoJSON features, by code."""
    return {
        grid.code: feature(grid.code, grid.name, grid.division, grid.rings)
        for grid in county().grids if grid.code.startswith(TOWN)
    }  # fmt: skip


def feature(code: str, name: str, parent: str, rings: Rings) -> dict:
    """An area of one ring as GeoJSON writes it."""
    numbers = numbers_of(rings)
    assert len(numbers) == 1
    return {
        "type": "Feature", "properties": {"code": code, "name": name, "parent": parent},
        "geometry": {"type": "Polygon", "coordinates": numbers},
    }  # fmt: skip


def write(path: Path, features: list[dict], crs: str = CRS84) -> Path:
    """A collection of features that says what its numbers are, if anything."""
    head = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    path.write_text(json.dumps({"type": "FeatureCollection", **head, "features": features}, ensure_ascii=False), encoding="utf-8")
    return path


def mapped(features: list[dict], turn) -> list[dict]:
    """The same features with every position turned."""
    turned = copy.deepcopy(features)
    for one in turned:
        rings = one["geometry"]["coordinates"]
        one["geometry"]["coordinates"] = [[list(turn(lon, lat)) for lon, lat in ring] for ring in rings]
    return turned


@dataclass(frozen=True)
class Broken:
    """A copy of a town's grids in which ten are broken, and what a check should say of each."""

    features: list[dict]
    expected: dict[str, set[str]]
    mended: str


def broken_copy() -> Broken:
    """Ten grids of ten villages, each broken in another way."""
    grids = town_grids()
    by_village: dict[str, list[str]] = {}
    for code in grids:
        by_village.setdefault(code[:12], []).append(code)
    villages = [codes for codes in by_village.values() if len(codes) >= 3][:10]
    assert len(villages) == 10
    (cross, bow, swap, space, short, stray, line, moved, twice, lost) = (codes[1] for codes in villages)
    ring = {code: grids[code]["geometry"]["coordinates"][0] for code in grids}

    def put(code: str, new: list) -> None:
        grids[code]["geometry"]["coordinates"] = [new]

    put(cross, _spiked(ring[cross]))
    corners = _box(ring[bow])
    put(bow, [corners[0], corners[2], corners[1], corners[3], corners[0]])
    put(swap, [[lat, lon] for lon, lat in ring[swap]])
    put(space, [[lon, lat + 180] if place == 1 else [lon, lat] for place, (lon, lat) in enumerate(ring[space])])
    put(short, [*ring[short][:2], ring[short][0]])
    grids[stray]["properties"] |= {"code": "419999999999001", "parent": "419999999999"}
    grids[line]["geometry"] = {"type": "LineString", "coordinates": ring[line]}
    put(moved, [[lon + 0.0005, lat] for lon, lat in ring[moved]])  # 45 m to the east
    del grids[lost]
    features = [*grids.values(), copy.deepcopy(grids[twice])]
    expected = {
        cross: {"crossing_mended"}, bow: {"crossing_rings"}, swap: {"swapped_axes"}, space: {"off_earth"}, short: {"ring_short"},
        "419999999999001": {"unknown_parent"}, stray: {"not_in_file"}, line: {"not_an_area"}, twice: {"code_twice"},
        lost: {"not_in_file"}, moved: {"areas_overlap", "area_gap"},
    }  # fmt: skip
    return Broken(features, expected, cross)


def _spiked(ring: list) -> list:
    """A ring that makes a loop of a square decimetre at its first point."""
    (x, y), tiny = ring[0], 1e-6
    return [[x, y], [x + tiny, y + tiny], [x + tiny, y], [x, y + tiny], *ring]


def _box(ring: list) -> list:
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    west, south, east, north = min(lons), min(lats), max(lons), max(lats)
    return [[west, south], [east, south], [east, north], [west, north]]
