"""Counts of thematic maps from real reports, on both engines."""

from datetime import timedelta

import pytest

from console.domain.errors import Invalid
from console.service.thematic import Thematic
from tests.make import SPOT


@pytest.fixture
def thematic(town):
    return Thematic(town.store)


def test_events_are_counted_by_cell(town, thematic):
    duty, now = town.actor("duty"), town.clock.now()
    near = SPOT.lon + 0.02
    for lon in (SPOT.lon, SPOT.lon, near):
        town.report(lon=lon, lat=SPOT.lat)
    town.report(lon=None, lat=None, address="没有位置的一件")
    found = thematic.heat(duty, 7, now + timedelta(minutes=1))
    assert [cell.count for cell in found] == [2, 1]
    assert abs(found[0].lon - SPOT.lon) <= 1 / 800 and abs(found[0].lat - SPOT.lat) <= 1 / 800
    assert thematic.heat(duty, 7, now + timedelta(days=8)) == ()
    with pytest.raises(Invalid):
        thematic.heat(duty, 9, now)


def test_grids_are_counted_by_what_stands_in_them(town, thematic):
    duty = town.actor("duty")
    case = town.case(town.report().case_id)
    town.report()
    assert thematic.by_grid(duty, "open") == {case.grid: 2}
    assert thematic.by_grid(duty, "overdue") == {}
    assert sum(thematic.by_grid(duty, "cameras").values()) <= 2
    with pytest.raises(Invalid):
        thematic.by_grid(duty, "people")


def test_key_sites_are_those_of_the_area(town, thematic):
    found = thematic.sites(town.actor("duty"))
    assert found and all(site.division.startswith("410923") for site in found)
    assert thematic.sites(town.actor("stranger")) != found
