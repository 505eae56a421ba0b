"""The demo's city and county: centres as the handbook counts them, the same for the same seed, broken files named."""

import hashlib
import os
import subprocess
import sys
from collections import Counter

import pytest

from console.demo.city import build_city, shared_centres
from console.domain.errors import Invalid
from console.domain.place import COUNTY, TOWN, VILLAGE
from console.geo.gazetteer import PARK, URBAN
from console.geo.land import Land
from tests.demo.conftest import SEED
from tests.make import CODES, ROOT

RESOURCES = ROOT / "resources"


def test_centres_are_one_seven_ninety_one_and_2952(whole_city):
    assert Counter(centre.level for centre in whole_city.centres) == {2: 1, COUNTY: 7, TOWN: 91, VILLAGE: 2_952}
    assert len({centre.code for centre in whole_city.centres}) == 3_051


def test_the_zone_has_a_county_centre_and_the_park_is_served_by_the_urban_district(whole_city):
    by_division = {centre.division: centre for centre in whole_city.centres}
    assert {code for code, centre in by_division.items() if centre.level == COUNTY} == {
        "410902000000", "410922000000", "410923000000", "410926000000", "410927000000", "410928000000", "410972000000",
    }  # fmt: skip
    assert PARK not in by_division
    assert by_division["410971001000"].path.startswith(by_division[URBAN].path)


def test_two_placeholders_without_ground_make_ninety_one_towns(whole_city):
    ground = {area.code for area in whole_city.divisions}
    bare = [centre for centre in whole_city.centres if centre.division not in ground]
    assert [(centre.level, centre.division) for centre in bare] == [(TOWN, "410902480000"), (TOWN, "410971480000")]


def test_a_path_leads_down_the_centres(whole_city, county):
    for city in (whole_city, county):
        centres = {centre.id: centre for centre in city.centres}
        for centre in city.centres:
            above = centres[centre.parent_id].path if centre.parent_id else "/"
            assert centre.path == f"{above}{centre.id}/"
            assert centre.intake == (centre.level in (2, COUNTY))


def test_245_villages_share_the_centre_of_a_village_of_their_town(whole_city):
    served = shared_centres(Land(whole_city.divisions, whole_city.grids, _middles(whole_city)))
    own = {centre.division for centre in whole_city.centres}
    villages = {area.code for area in whole_city.divisions if area.level == VILLAGE}
    assert len(served) == 3_197 - 2_952
    assert villages - own == set(served)
    assert all(other in own and other[:9] == code[:9] for code, other in served.items())


def _middles(city):
    return {area.code: next(iter(area.rings))[0] for area in city.divisions if area.rings}


def test_every_village_has_a_unit_that_answers_to_its_centre(whole_city):
    own = {centre.division: centre.id for centre in whole_city.centres}
    units = {org.division: org for org in whole_city.orgs if org.kind == "village"}
    assert len(units) == 3_197
    for code, org in units.items():
        assert org.centre_id == own.get(code, org.centre_id)


def test_another_seed_gives_another_county(county):
    other = build_city(RESOURCES, CODES, SEED + 1, "county")
    assert other.grids != county.grids
    assert other.users != county.users


def test_the_same_seed_gives_the_same_city_in_every_process(county):
    code = (
        "import hashlib; from pathlib import Path; from console.demo.city import build_city; from console.domain.codes import Codes\n"
        "from tests.demo.test_city import digest\nr = Path('resources'); print(digest(build_city(r, Codes.load(r / 'codes'), 7, 'county')))"
    )
    said = set()
    for hashing in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hashing, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        said.add(done.stdout.strip())
    assert said == {digest(county)}


def digest(city):
    """All of a city as one number."""
    found = hashlib.sha256(repr((city.centres, city.orgs, city.users, city.cameras, city.sites)).encode())
    for area in (*city.divisions, *city.grids):
        found.update(repr((area.code, area.name)).encode() + getattr(area.rings, "packed", b""))
    return found.hexdigest()


@pytest.mark.parametrize("broken", ["geo/puyang_divisions.csv", "geo/puyang_schematic_wgs84.geojson", "offices.toml"])
def test_a_broken_file_is_named(tmp_path, broken):
    for name in ("geo/puyang_divisions.csv", "geo/puyang_schematic_wgs84.geojson", "offices.toml"):
        copy = tmp_path / name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(b"\xff\xfe{" if name == broken else (RESOURCES / name).read_bytes())
    with pytest.raises(Invalid) as refused:
        build_city(tmp_path, CODES, 7, "county")
    assert (refused.value.field, refused.value.code) == (broken.rpartition("/")[2], "broken_file")
