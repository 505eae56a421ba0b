"""A founded county gets the departments of CT-04 in one go, as they are proposed or as somebody wrote over them."""

from dataclasses import replace

import pytest

from console.domain.errors import Denied, Invalid, Refused
from console.domain.people import Actor
from console.service.administration import Administration
from console.service.departments import read_offices
from tests.make import CODES, ROOT

ADMIN = Actor(90, "系统管理员", 1, 2, "/1/2/", frozenset({"R22"}), "A1", "person", "admin", level=3)
OFFICES = read_offices(ROOT / "resources" / "offices.toml", CODES)


@pytest.fixture
def admin(town):
    return Administration(town.desk, OFFICES)


def test_every_department_has_a_usual_name():
    assert set(OFFICES) == set(CODES.departments) and len(OFFICES) == 39
    assert all(name.strip() for name in OFFICES.values())


def test_what_the_county_lacks_is_proposed_by_the_names_people_say(admin):
    there = {row.unit.department for row in admin.offices(ADMIN, 2)} - {""}

    proposed = {one.department: one for one in admin.departments.proposed(ADMIN, 2)}

    assert set(proposed) == set(CODES.departments) - there
    assert (proposed["D02"].code, proposed["D02"].name, proposed["D02"].kind) == ("410923-D02", "南乐县公安局", "department")


def test_they_are_made_at_once_and_not_proposed_again(admin):
    wanted = admin.departments.proposed(ADMIN, 2)[:3]

    made = admin.departments.add(ADMIN, 2, [replace(wanted[0], name="县政法委", duty_phone="13800000999"), *wanted[1:]])

    assert (made[0].name, made[0].duty_phone, made[0].centre_id) == ("县政法委", "13800000999", 2)
    assert {one.department for one in wanted}.isdisjoint(one.department for one in admin.departments.proposed(ADMIN, 2))


@pytest.mark.parametrize(("change", "field"), [({"name": " "}, "name"), ({"duty_phone": "电话"}, "duty_phone"), ({"code": "坏"}, "code")])
def test_of_a_list_with_a_mistake_nothing_is_made(admin, change, field):
    wanted = admin.departments.proposed(ADMIN, 2)
    before = admin.offices(ADMIN, 2)

    with pytest.raises(Invalid) as refused:
        admin.departments.add(ADMIN, 2, [*wanted[:-1], replace(wanted[-1], **change)])

    assert refused.value.field == field
    assert admin.offices(ADMIN, 2) == before


def test_a_code_twice_is_refused(admin):
    wanted = admin.departments.proposed(ADMIN, 2)
    with pytest.raises(Refused) as refused:
        admin.departments.add(ADMIN, 2, [wanted[0], wanted[0]])
    assert refused.value.code == "code_taken"


def test_a_town_has_none_and_only_the_administrator_makes_them(town, admin):
    assert admin.departments.proposed(ADMIN, 4) == ()
    with pytest.raises(Denied):
        admin.departments.proposed(replace(ADMIN, roles=frozenset({"R19"})), 2)
