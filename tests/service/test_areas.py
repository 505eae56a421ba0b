"""Cameras by division: counts run up to the county, and nobody sees another county's."""

from dataclasses import replace

import pytest

from console.domain.camera import Camera, CameraArea
from console.domain.errors import Denied
from console.service.areas import Areas
from console.store import tables
from tests.make import COUNTY, TOWN, VILLAGE

IN_TOWN = Camera(3, "C401", "41092301001323000401", "镇政府门前", "fixed", 115.2, 36.1, 0.0, 60.0, TOWN, "", 2)


def add(town, camera):
    with town.store.write() as unit:
        unit.add_many(tables.camera, (camera,))


def test_counts_run_up_to_every_division_above(town):
    add(town, IN_TOWN)
    found = {area.code: area for area in Areas(town.store).counted(town.actor("duty"))}
    # Two cameras of the village have an address, the town's has none.
    assert found[VILLAGE] == CameraArea(VILLAGE, "仓颉村", TOWN, 2, 2, 2)
    assert found[TOWN] == CameraArea(TOWN, "元村镇", COUNTY, 3, 2, 1)
    assert found[COUNTY] == CameraArea(COUNTY, "南乐县", "410900000000", 3, 2, 0)
    assert found["410900000000"].total == 3


def test_a_division_gives_its_own_cameras(town):
    add(town, IN_TOWN)
    found = Areas(town.store).cameras(town.actor("duty"), (TOWN, VILLAGE, "x"))
    codes = {code: [camera.code for camera in cameras] for code, cameras in found.items()}
    assert codes == {TOWN: ["C401"], VILLAGE: ["C301", "C302"], "x": []}


def test_who_may_not_look_sees_no_area(town):
    for login in ("stranger", "d10", "grid001"):
        assert Areas(town.store).counted(town.actor(login)) == ()
        assert Areas(town.store).cameras(town.actor(login), (VILLAGE,)) == {VILLAGE: ()}


def test_cameras_are_found_by_the_initials_of_their_names(town):
    with town.store.write() as unit:
        unit.run(tables.spelling.insert(), [{"name": "小学西门", "letters": "xxxm"}, {"name": "仓颉路西", "letters": "cjlx"}])
    duty = town.actor("duty")
    assert [camera.code for camera in town.ask.cameras(duty, "xm")] == ["C302"]
    assert [camera.code for camera in town.ask.cameras(duty, "CJ 30")] == ["C301"]
    assert town.ask.cameras(duty, "zz") == ()


def test_a_village_with_few_cameras_has_enough_once_the_sixth_is_there(town):
    areas, leader = Areas(town.store), town.actor("leader")
    villages = {one.code: one for one in areas.cover(leader)}
    assert (villages[VILLAGE].cameras, villages[VILLAGE].lacking) == (2, 4)
    assert (villages[COUNTY].cameras, villages[COUNTY].short) == (2, 1)
    for number in range(3, 7):
        add(town, replace(IN_TOWN, id=number, code=f"C40{number}", division=VILLAGE))
    villages = {one.code: one for one in areas.cover(leader)}
    assert (villages[VILLAGE].cameras, villages[VILLAGE].lacking, villages[COUNTY].short) == (6, 0, 0)


def test_the_cover_is_that_of_the_reader_s_area(town):
    areas = Areas(town.store)
    assert areas.cover(town.actor("stranger")) == ()
    assert {one.code for one in areas.cover(town.actor("village"))} == {VILLAGE}
    assert len(areas.cover(town.actor("city"))) == 4
    for login in ("d10", "grid001"):
        with pytest.raises(Denied):
            areas.cover(town.actor(login))
