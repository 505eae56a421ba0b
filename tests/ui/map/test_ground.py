"""The surveyed ground: outlines as numbers, and what lies at a spot."""

import numpy as np
import pytest

from console.domain.datum import world
from console.domain.place import Point
from console.geo.geojson import Feature
from console.service.ask import Atlas
from console.ui.map.ground import GRID_LEVEL, outline, survey
from tests.make import COUNTY, DIVISIONS, GRIDS, TOWN, VILLAGE

TOWN_GROUND = survey(Atlas(DIVISIONS, GRIDS, ()))


def test_an_outline_keeps_every_ring_and_where_it_begins():
    found = outline(area.rings for area in GRIDS)
    assert list(found.starts) == [0, 5]
    assert found.places.shape == (10, 2)
    assert tuple(found.places[0]) == pytest.approx(world(GRIDS[0].rings[0][0]))


def test_an_outline_of_nothing_is_empty():
    assert outline(()).box is None
    assert len(outline(()).places) == 0


def test_home_is_the_box_of_the_grids():
    west, south = world(Point(115.2, 36.1))
    east, north = world(Point(115.22, 36.11))
    assert TOWN_GROUND.box == pytest.approx((west, north, east, south))


def test_an_area_is_found_by_its_code():
    assert TOWN_GROUND.outline_of(GRIDS[1].code).places[0].tolist() == pytest.approx(world(GRIDS[1].rings[0][0]))
    assert TOWN_GROUND.outline_of("419999999999001") is None
    assert TOWN_GROUND.box_of(GRIDS[1].code) == TOWN_GROUND.outline_of(GRIDS[1].code).box


def test_home_is_the_own_area_where_one_is_named():
    west, south = world(Point(115.2, 36.1))
    east, north = world(Point(115.22, 36.12))
    assert survey(Atlas(DIVISIONS, GRIDS, ()), home=COUNTY).box == pytest.approx((west, north, east, south))
    assert survey(Atlas(DIVISIONS, GRIDS, ()), home="410900000000").box == TOWN_GROUND.box, "a division without an outline has no home"


def test_the_names_inside_a_box_are_those_that_stand_there():
    whole = TOWN_GROUND.box
    assert whole is not None
    assert [name.text for name in TOWN_GROUND.names_in(GRID_LEVEL, whole)] == ["仓颉村第一网格", "仓颉村第二网格"]
    west, north, east, south = whole
    assert [name.text for name in TOWN_GROUND.names_in(GRID_LEVEL, (west, north, (west + east) / 2, south))] == ["仓颉村第一网格"]
    assert TOWN_GROUND.names_in(2, whole) == []


def test_a_spot_has_its_chain_of_divisions_and_its_grid():
    here = TOWN_GROUND.here(Point(115.215, 36.105))
    assert [one.code for one in here.divisions] == ["410900000000", COUNTY, TOWN, VILLAGE]
    assert here.grid is not None
    assert here.grid.code == f"{VILLAGE}002"


def test_a_spot_without_a_grid_still_has_its_divisions():
    here = TOWN_GROUND.here(Point(115.215, 36.115))
    assert here.grid is None
    assert [one.name for one in here.divisions] == ["濮阳市", "南乐县", "元村镇", "仓颉村"]


def test_a_spot_far_away_has_nothing():
    assert TOWN_GROUND.here(Point(116.4, 39.9)).divisions == ()


def test_an_atlas_without_outlines_is_an_empty_ground():
    empty = survey(Atlas((), (), ()))
    assert empty.is_empty
    assert empty.box is None
    assert empty.here(Point(115, 36)).grid is None


def test_water_is_kept_apart_from_towns_of_the_same_file():
    line = ((Point(115.0, 36.0), Point(115.4, 36.2)),)
    lake = ((Point(115.1, 36.0), Point(115.2, 36.0), Point(115.2, 36.1), Point(115.1, 36.0)),)
    wet = (Feature("line", line, {"kind": "river"}), Feature("area", lake, {"kind": "lake"}), Feature("area", lake, {"kind": "urban"}))
    ground = survey(Atlas(DIVISIONS, GRIDS, ()), wet)
    assert len(ground.rivers.places) == 2
    assert len(ground.water.places) == 4


def test_every_area_below_the_city_has_a_name_inside_it():
    levels = np.bincount([name.level for name in TOWN_GROUND.names])
    assert levels[GRID_LEVEL] == 2
    for name in TOWN_GROUND.names:
        west, north, east, south = outline([DIVISIONS[1].rings]).box or (0, 0, 0, 0)
        assert west < name.x < east
        assert north < name.y < south
