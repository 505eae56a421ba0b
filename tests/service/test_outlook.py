"""The cameras round a place and on the way, from the register: in the actor's area, openable ones first."""

import pytest

from console.domain.camera import Camera
from console.domain.place import Point
from console.store import tables
from tests.make import SPOT, VILLAGE

BESIDE_C301 = Point(115.2006, 36.101)


def add(town, *cameras):
    with town.store.write() as unit:
        unit.add_many(tables.camera, cameras)


def codes(found):
    return [one.camera.code for one in found]


def test_the_town_s_two_cameras_both_cover_the_place(town):
    """C301 stands 45 m west and looks east, C302 90 m east and looks west (0.001 degrees of longitude are 90 m at 36 degrees)."""
    found = town.ask.outlook.around(town.actor("duty"), SPOT, 4, {})
    told = [(one.camera.code, one.sight, one.health, round(one.distance_m), round(one.bearing_deg)) for one in found]
    assert told == [("C301", "covers", "untried", 45, 270), ("C302", "covers", "untried", 90, 90)]
    assert codes(town.ask.outlook.around(town.actor("duty"), SPOT, 1, {})) == ["C301"]


def test_what_the_seat_knows_of_a_camera_counts(town):
    found = town.ask.outlook.around(town.actor("duty"), SPOT, 4, {1: "down", 2: "live"})
    assert [(one.camera.code, one.health) for one in found] == [("C302", "live"), ("C301", "down")]


def test_cameras_without_an_address_come_last_and_say_so(town):
    add(
        town, Camera(3, "C10003", "41092301001323001003", "村口", "fixed", 115.2006, 36.101, 0.0, 60.0, VILLAGE, f"{VILLAGE}001", 5),
        Camera(4, "C10004", "41092301001323001004", "桥头", "fixed", 115.2007, 36.101, 0.0, 60.0, VILLAGE, f"{VILLAGE}001", 5),
    )  # fmt: skip
    found = town.ask.outlook.around(town.actor("duty"), BESIDE_C301, 3, {3: "live"})
    assert [(one.camera.code, one.health) for one in found] == [("C301", "untried"), ("C302", "untried"), ("C10003", "absent")]
    assert found[0].distance_m == pytest.approx(9.0, abs=0.2)


def test_nothing_is_round_a_place_far_away(town):
    assert town.ask.outlook.around(town.actor("duty"), Point(115.201, 36.2), 4, {}) == ()


def test_from_c301_to_the_east_comes_c302(town):
    """135 m: 12 to 32 seconds at 40 and 15 km/h."""
    duty = town.actor("duty")
    (found,) = town.ask.outlook.ahead(duty, Point(115.2005, 36.101), 90.0)
    assert found.camera.code == "C302"
    assert [round(second) for second in found.vehicle_s] == [12, 32]
    assert town.ask.outlook.ahead(duty, Point(115.2005, 36.101), 270.0) == ()


@pytest.mark.parametrize("login", ["stranger", "d10", "grid001"])
def test_who_may_not_look_finds_none(sqlite_town, login):
    actor = sqlite_town.actor(login)
    assert sqlite_town.ask.outlook.around(actor, SPOT, 4, {}) == ()
    assert sqlite_town.ask.outlook.ahead(actor, SPOT, None) == ()
