"""The ground for intake: which grid holds a point, and which centre takes a case."""

from dataclasses import replace

import pytest

from console.domain.journal import Entry
from console.domain.place import Point
from console.service.ground import Ground, LiveGround
from console.store import tables
from tests.make import CENTRES, OTHER_COUNTY, START, TOWN, VILLAGE


def test_a_point_lies_in_its_grid_or_in_none(sqlite_town):
    ground = sqlite_town.ground

    assert ground.grid_at(Point(115.201, 36.101)) == f"{VILLAGE}001"
    assert ground.grid_at(Point(115.215, 36.101)) == f"{VILLAGE}002"
    assert ground.grid_at(Point(115.21, 36.105)) == f"{VILLAGE}001", "a shared border belongs to the lower code"
    assert ground.grid_at(Point(115.3, 36.1)) == ""


@pytest.mark.parametrize(("division", "centre"), [(VILLAGE, 2), (TOWN, 2), (OTHER_COUNTY, 3), ("410900000000", 1), ("999999999999", None)])
def test_the_nearest_centre_that_takes_reports_in(sqlite_town, division, centre):
    found = sqlite_town.ground.intake_centre(division)

    assert (found.id if found else None) == centre


@pytest.mark.parametrize(("grid", "fallback", "centre"), [(f"{VILLAGE}001", 3, 2), ("", 5, 2), ("unknown", 3, 3), ("", 999, 1)])
def test_a_case_goes_to_its_grids_county_or_the_reporters(sqlite_town, grid, fallback, centre):
    assert sqlite_town.ground.centre_for(grid, fallback).id == centre


def test_a_county_that_takes_nothing_in_passes_it_up(sqlite_town):
    ground: Ground = sqlite_town.ground
    closed = {centre.id: replace(centre, intake=centre.id == 1) for centre in CENTRES}
    passing = replace(ground, centres=closed, by_division={centre.division: centre for centre in closed.values()})

    assert passing.intake_centre(VILLAGE).id == 1


def test_the_ground_is_read_anew_after_boundaries_have_changed(sqlite_town):
    ground = LiveGround(sqlite_town.store)
    first = ground()
    with sqlite_town.store.write() as unit:
        unit.run(tables.grid.update().where(tables.grid.c.code == f"{VILLAGE}001").values(name="改名"))

    def heard(kind, op):
        ground.hear((Entry(1, 1, 0, START, 1, "A1", op, kind, 1, 2, "proposed", "", {}),))
        return ground().grids[f"{VILLAGE}001"].name

    assert ground() is first
    assert [heard("case", "approve"), heard("boundary", "propose"), heard("boundary", "approve")] == ["仓颉村第一网格"] * 2 + ["改名"]
