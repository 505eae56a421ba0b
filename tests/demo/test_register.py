"""Cameras and key sites of the demo: the counts of the handbook, valid national ids, everything inside its grid."""

from collections import Counter

import pytest

from console.demo.register import LIVE, hall_numbers
from console.domain.place import COUNTY, VILLAGE, Point, check_device_id, is_near_puyang
from tests.make import CODES


def test_the_city_has_20_000_cameras_and_sixteen_live_ones(whole_city):
    assert len(whole_city.cameras) == 20_000
    assert [camera.code for camera in whole_city.cameras[:16]] == list(hall_numbers("city")) == [f"C{n}" for n in range(301, 317)]
    assert len(LIVE) == 16
    assert len({camera.code for camera in whole_city.cameras}) == 20_000


def test_national_ids_are_valid_and_told_once(whole_city):
    types = CODES.device_ids["type"]
    counties = {area.code[:6] for area in whole_city.divisions if area.level == COUNTY}
    assert len({camera.gb_id for camera in whole_city.cameras}) == 20_000
    for camera in whole_city.cameras:
        assert check_device_id(camera.gb_id, counties, types)[:6] == camera.division[:6]
        assert camera.gb_id[8:10] in CODES.device_ids["industry"]


def test_most_villages_have_six_cameras_and_some_have_not(whole_city):
    villages = [area.code for area in whole_city.divisions if area.level == VILLAGE]
    counts = Counter(camera.division for camera in whole_city.cameras)
    short = sum(counts[code] < 6 for code in villages)
    assert 0.08 * len(villages) < short < 0.16 * len(villages)
    assert any(counts[code] == 0 for code in villages)


@pytest.mark.parametrize("name", ["whole_city", "county"])
def test_things_stand_in_their_grids_and_look_somewhere(request, name):
    city = request.getfixturevalue(name)
    grids = {grid.code: grid for grid in city.grids}
    for camera in city.cameras:
        assert camera.grid.startswith(camera.division)
        assert 0 <= camera.direction_deg < 360
        assert 0 < camera.fov_deg <= 180
    for thing in (*city.cameras[::23], *city.sites):
        spot = Point(thing.lon, thing.lat)
        assert is_near_puyang(spot)
        assert grids[thing.grid].holds(spot)


def test_a_camera_answers_to_the_centre_of_its_village(whole_city):
    centres = {centre.id: centre for centre in whole_city.centres}
    for camera in whole_city.cameras[16:]:
        assert centres[camera.centre_id].division[:9] == camera.division[:9]


def test_the_city_has_715_key_sites_of_the_code_table(whole_city):
    sites = whole_city.sites
    assert len(sites) == 715
    assert len({site.code for site in sites}) == 715
    assert {site.kind for site in sites} == set(CODES.key_sites)
    assert all(site.contact_phone.startswith("1380000") for site in sites)
    assert sum(site.incidents["2026"] for site in sites) < sum(site.incidents["2025"] for site in sites), "均呈下降"
    assert any(site.last_inspected is None for site in sites)


def test_the_county_shows_four_cameras_as_before(county):
    assert [(camera.code, camera.name) for camera in county.cameras] == [
        ("C301", "仓颉路西"), ("C302", "小学西门"), ("C303", "文化路口"), ("C304", "村委会门前"),
    ]  # fmt: skip
    assert {camera.division[:9] for camera in county.cameras} == {"410923102"}
