"""The demo's county: whole, the same for the same seed, and named as people there would name it."""

import hashlib
import os
import subprocess
import sys
from collections import defaultdict

import pytest

from console.demo.city import COUNTY_CODE, build_city, called
from console.domain.errors import Invalid
from console.domain.place import COUNTY, TOWN, VILLAGE, Point, check_device_id, check_grid_code, is_near_puyang
from console.geo.coverage import check_tiling
from console.geo.grid_index import GridIndex
from console.geo.shapes import area_m2, shape_of
from tests.make import CODES, ROOT

RESOURCES = ROOT / "resources"


@pytest.fixture(scope="module")
def city():
    return build_city(RESOURCES, CODES, 7)


def test_towns_villages_and_grids_each_tile_what_they_lie_in(city):
    inside = defaultdict(dict)
    for area in city.divisions:
        if area.level in (TOWN, VILLAGE):
            inside[area.parent][area.code] = area.rings
    for grid in city.grids:
        inside[grid.division][grid.code] = grid.rings
    areas = {area.code: area for area in city.divisions}
    assert len(inside) == 1 + 12 + 329  # the county, its towns, its villages
    for code, parts in inside.items():
        check_tiling(areas[code].name, parts, areas[code].rings)


def test_all_grids_together_tile_the_county(city):
    county = next(area for area in city.divisions if area.code == COUNTY_CODE)
    check_tiling("grids", {grid.code: grid.rings for grid in city.grids}, county.rings)


def test_every_spot_of_the_county_has_one_grid_in_its_own_village(city):
    index, areas = GridIndex(city.grids), {area.code: area for area in city.divisions}
    for village in (area for area in city.divisions if area.level == VILLAGE):
        middle = shape_of(village.rings).point_on_surface()
        code = index.at(Point(middle.x, middle.y))
        assert code is not None
        assert areas[code[:12]].holds(Point(middle.x, middle.y))


def test_a_grid_has_a_size_a_worker_can_walk(city):
    sizes = [area_m2(shape_of(grid.rings)) / 1e6 for grid in city.grids]
    assert min(sizes) > 0.03
    assert max(sizes) < 4


def test_codes_and_paths_are_well_formed(city):
    paths = {area.code: area.path for area in city.divisions}
    for area in city.divisions:
        assert area.path == f"{paths.get(area.parent, '/')}{area.code}/"
    assert len({grid.code for grid in city.grids}) == len(city.grids)
    for grid in city.grids:
        assert check_grid_code(grid.code).startswith(grid.division)
    centres = {centre.id: centre for centre in city.centres}
    for centre in city.centres:
        above = centres[centre.parent_id].path if centre.parent_id else "/"
        assert centre.path == f"{above}{centre.id}/"


def test_people_belong_to_units_and_have_invented_numbers(city):
    orgs = {org.id: org for org in city.orgs}
    assert len({user.login for user in city.users}) == len(city.users)
    assert len({org.code for org in city.orgs}) == len(city.orgs)
    grids = {grid.code: grid for grid in city.grids}
    for user in city.users:
        assert user.centre_id == orgs[user.org_id].centre_id
        assert user.work_phone.startswith("1380000")
        assert all(role in CODES.roles for role in user.roles)
        if user.grid:
            assert grids[user.grid].division == orgs[user.org_id].division
    assert sum(1 for user in city.users if user.grid) == 329
    assert all(org.duty_phone.startswith("1380000") for org in city.orgs)


def test_the_county_has_every_department_and_a_desk_for_each(city):
    county = next(centre for centre in city.centres if centre.division == COUNTY_CODE)
    here = [org for org in city.orgs if org.centre_id == county.id and org.department]
    assert {org.department for org in here} == set(CODES.departments)
    desks = {user.org_id for user in city.users if user.roles == ("R09",)}
    assert all(org.id in desks for org in here)


def test_units_are_named_as_people_there_say(city):
    names = {org.code: org.name for org in city.orgs}
    assert names["410923-D10"] == "南乐县住房和城乡建设局"
    assert names["410923-D04"] == "南乐县人民法院"
    assert names["410922-D02"] == "清丰县公安局"
    assert not [name for name in names.values() if "/" in name or "(" in name]


@pytest.mark.parametrize(
    ("official", "short"),
    [
        ("光明路居委会", "光明路社区"), ("林海社区居民委员会", "林海社区"), ("佛堂村村委会", "佛堂村"), ("齐庄村委会", "齐庄村"),
        ("元村镇", "元村镇"),
    ],
)  # fmt: skip
def test_a_village_has_the_name_people_call_it(official, short):
    assert called(official) == short


def test_no_name_in_the_county_is_a_committee(city):
    names = [area.name for area in city.divisions] + [centre.name for centre in city.centres] + [grid.name for grid in city.grids]
    assert not [name for name in names if "委会" in name or "委员会" in name]
    assert "光明路社区第一网格" in names


def test_cameras_stand_in_the_county_with_national_ids(city):
    types = CODES.device_ids["type"]
    for camera in city.cameras:
        assert is_near_puyang(Point(camera.lon, camera.lat))
        check_device_id(camera.gb_id, ("410923",), types)
        assert camera.grid.startswith(camera.division)
        assert camera.division.startswith("410923")


def test_levels_are_those_of_the_handbook(city):
    assert {area.level for area in city.divisions} == {2, COUNTY, TOWN, VILLAGE}


def test_another_seed_gives_another_county(city):
    other = build_city(RESOURCES, CODES, 8)
    assert other.grids != city.grids
    assert other.users != city.users


def test_the_same_seed_gives_the_same_county_in_every_process():
    code = (
        "import hashlib; from pathlib import Path; from console.demo.city import build_city; from console.domain.codes import Codes\n"
        "r = Path('resources'); print(hashlib.sha256(repr(build_city(r, Codes.load(r / 'codes'), 7)).encode()).hexdigest())"
    )
    said = set()
    for hashing in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hashing, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        said.add(done.stdout.strip())
    here = hashlib.sha256(repr(build_city(RESOURCES, CODES, 7)).encode()).hexdigest()
    assert said == {here}


@pytest.mark.parametrize("broken", ["geo/puyang_divisions.csv", "geo/puyang_schematic_wgs84.geojson", "demo/offices.toml"])
def test_a_broken_file_is_named(tmp_path, broken):
    for name in ("geo/puyang_divisions.csv", "geo/puyang_schematic_wgs84.geojson", "demo/offices.toml"):
        copy = tmp_path / name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(b"\xff\xfe{" if name == broken else (RESOURCES / name).read_bytes())
    with pytest.raises(Invalid) as refused:
        build_city(tmp_path, CODES, 7)
    assert (refused.value.field, refused.value.code) == (broken.rpartition("/")[2], "broken_file")
