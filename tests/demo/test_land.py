"""The city's ground: every level tiles the one above, to the square metre, and neighbours share their borders to the last bit."""

from collections import Counter, defaultdict

import numpy as np
import pytest
import shapely

from console.demo.land import COUNTY_CODE, demo_land
from console.domain.errors import Invalid
from console.domain.packed import pack
from console.domain.place import COUNTY, TOWN, VILLAGE, Point, check_grid_code
from console.geo.coverage import check_tiling, faults
from console.geo.gazetteer import CITY_CODE, PARK, URBAN, ZONE, read_names
from console.geo.geojson import read_features
from console.geo.grid_index import GridIndex
from console.geo.land import GRIDS, grid_counts
from console.geo.shapes import area_m2, shape_of, shapes_of
from tests.make import ROOT

GEO = ROOT / "resources" / "geo"


def parts_of(city):
    """What lies in each area: divisions in divisions, grids in villages."""
    inside = defaultdict(dict)
    for area in city.divisions:
        if area.parent:
            inside[area.parent][area.code] = area.rings
    for grid in city.grids:
        inside[grid.division][grid.code] = grid.rings
    return inside


def test_the_city_has_the_divisions_and_grids_of_the_handbook(whole_city):
    levels = Counter(area.level for area in whole_city.divisions)
    assert levels == {2: 1, COUNTY: 8, TOWN: 89, VILLAGE: 3_197}
    assert len(whole_city.grids) == GRIDS == 16_385


def test_every_level_tiles_the_one_above(whole_city):
    areas, inside = {area.code: area for area in whole_city.divisions}, parts_of(whole_city)
    assert len(inside) == 1 + 8 + 89 + 3_197
    broken = [(areas[code].name, found) for code, parts in inside.items() if (found := faults(parts, areas[code].rings))]
    assert broken == []


def test_all_grids_tile_the_drawn_outline_of_the_city(whole_city):
    outline = next(one.rings for one in read_features(GEO / "puyang_schematic_wgs84.geojson") if one.properties["code"] == "410900")
    assert faults({grid.code: grid.rings for grid in whole_city.grids}, outline) == ()


def test_neighbours_share_their_borders_to_the_last_bit(whole_city):
    shapes = shapes_of([grid.rings for grid in whole_city.grids])
    assert shapely.coverage_is_valid(shapes)
    below = defaultdict(list)
    for grid, shape in zip(whole_city.grids, shapes, strict=True):
        below[grid.division].append(shape)
    for village in whole_city.divisions:
        if village.level == VILLAGE:
            assert shapely.coverage_union_all(np.array(below[village.code])).equals_exact(shape_of(village.rings), 0, normalize=True)


def test_a_broken_polygon_in_a_copy_is_named_with_its_neighbours(whole_city):
    parts = {grid.code: grid.rings for grid in whole_city.grids}
    code = whole_city.grids[8_000].code
    outline = next(area.rings for area in whole_city.divisions if area.code == CITY_CODE)
    moved = tuple(tuple(Point(spot.lon + 0.0004, spot.lat) for spot in ring) for ring in parts[code])
    found = faults({**parts, code: pack(moved)}, outline)
    assert {fault.problem for fault in found} == {"overlapping_areas", "uncovered_area"}
    assert all(code in fault.areas for fault in found)
    assert all(fault.area_m2 > 1 for fault in found if fault.problem == "overlapping_areas")
    with pytest.raises(Invalid) as refused:
        check_tiling("grids", {**parts, code: pack(moved)}, outline)
    assert code in refused.value.facts.values()


def test_a_missing_grid_is_a_gap_named_by_those_round_it(whole_city):
    parts = {grid.code: grid.rings for grid in whole_city.grids}
    village = whole_city.grids[9_000].division
    inside = {code: rings for code, rings in parts.items() if code.startswith(village)}
    gone, rings = inside.popitem()
    (gap,) = faults(inside, next(area.rings for area in whole_city.divisions if area.code == village))
    assert gap.problem == "uncovered_area"
    assert gap.area_m2 == pytest.approx(area_m2(shape_of(rings)), rel=1e-6)
    assert set(gap.areas) <= set(inside)
    assert gap.areas
    assert gone not in gap.areas


def test_every_spot_has_one_grid_in_its_own_village(whole_city):
    index, areas = GridIndex(whole_city.grids), {area.code: area for area in whole_city.divisions}
    for village in [area for area in whole_city.divisions if area.level == VILLAGE][::7]:
        middle = shape_of(village.rings).point_on_surface()
        code = index.at(Point(middle.x, middle.y))
        assert code is not None
        assert areas[code[:12]].holds(Point(middle.x, middle.y))


def test_grids_are_smaller_in_towns_and_small_enough_to_walk(whole_city):
    sizes = [area_m2(shape) / 1e6 for shape in shapes_of([grid.rings for grid in whole_city.grids])]
    urban = [size for size, grid in zip(sizes, whole_city.grids, strict=True) if int(grid.code[9:12]) < 200]
    assert min(sizes) > 0.005
    assert max(sizes) < 4
    assert sum(urban) / len(urban) < 0.75 * sum(sizes) / len(sizes)


def test_codes_are_well_formed_and_each_grid_has_one_village(whole_city):
    villages = {area.code for area in whole_city.divisions if area.level == VILLAGE}
    assert len({grid.code for grid in whole_city.grids}) == GRIDS
    for grid in whole_city.grids:
        assert check_grid_code(grid.code).startswith(grid.division)
        assert grid.division in villages
        assert (grid.level, grid.kind) == (6, "B")


def test_the_park_lies_inside_and_the_zone_beside_the_urban_district(whole_city):
    areas = {area.code: area for area in whole_city.divisions}
    assert areas[PARK].path == f"/{CITY_CODE}/{URBAN}/{PARK}/"
    assert areas[ZONE].path == f"/{CITY_CODE}/{ZONE}/"
    assert shape_of(areas[URBAN].rings).covers(shape_of(areas[PARK].rings))
    outline = next(one.rings for one in read_features(GEO / "puyang_schematic_wgs84.geojson") if one.properties["code"] == "410902")
    both = shape_of(areas[URBAN].rings).union(shape_of(areas[ZONE].rings))
    assert area_m2(both.symmetric_difference(shape_of(outline))) < 1


def test_no_name_repeats_its_county_or_is_a_committee(whole_city):
    names = {area.code: area.name for area in whole_city.divisions}
    assert names["410928106000"] == "徐镇镇"
    assert names["410971001000"] == "昌湖街道"
    assert not [name for name in names.values() if "委会" in name or "委员会" in name]


def test_grids_are_shared_out_to_the_last_one_for_every_seed():
    names = read_names(GEO / "puyang_divisions.csv")
    for seed in range(5):
        counts = grid_counts(names, seed)
        assert sum(counts.values()) == GRIDS
        assert len(counts) == 3_197
        assert 3 <= min(counts.values()) <= max(counts.values()) <= 12


def test_the_county_alone_is_whole(county):
    areas, inside = {area.code: area for area in county.divisions}, parts_of(county)
    assert Counter(area.level for area in county.divisions) == {2: 1, COUNTY: 2, TOWN: 12, VILLAGE: 329}
    here = [code for code in inside if code.startswith(COUNTY_CODE[:6])]
    assert len(here) == 1 + 12 + 329
    assert [code for code in here if faults(inside[code], areas[code].rings)] == []


def test_progress_is_told_and_never_falls():
    told = []
    demo_land(GEO, 3, "county", told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
