"""Administering units: one that is at work is not closed, a closed one is dispatched to no more."""

import pytest

from console.domain.errors import Denied, Invalid, Missing, Refused, Stale
from console.domain.people import Actor
from console.domain.task import Order
from console.service.units import NewUnit, Units

ADMIN = Actor(90, "系统管理员", 1, 2, "/1/2/", frozenset({"R22"}), "A1", "person", "admin", level=3)
NEW = NewUnit("410923-V1", "平安志愿队", "team", "13800000777")


@pytest.fixture
def units(sqlite_town):
    return Units(sqlite_town.desk)


def refused(kind, call, *values):
    with pytest.raises(kind) as refusal:
        call(*values)
    return refusal.value


def test_a_new_unit_can_be_dispatched_to(sqlite_town, units):
    unit = units.add(ADMIN, 2, NEW)

    assert (unit.level, unit.division, unit.centre_id) == (3, "410923000000", 2)
    receipt = sqlite_town.report()
    sent = sqlite_town.cases.send(sqlite_town.actor("duty"), receipt.case_id, 1, [Order(unit.id, "lead")])
    assert sent.case.lead_org == unit.id


@pytest.mark.parametrize(
    ("unit", "field", "code"),
    [
        (NewUnit("410923-D10", "重", "team"), "code", "code_taken"), (NewUnit("坏", "队", "team"), "code", "bad_code_text"),
        (NewUnit("X-1", " ", "team"), "name", "needs_text"), (NewUnit("X-1", "队", "army"), "kind", "unknown_code"),
        (NewUnit("X-1", "局", "department"), "department", "unknown_code"),
        (NewUnit("X-1", "队", "team", "", "D10"), "department", "unknown_code"),
        (NewUnit("X-1", "队", "team", "电话"), "duty_phone", "bad_phone"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named(units, unit, field, code):
    wrong = refused((Invalid, Refused), units.add, ADMIN, 2, unit)

    assert (wrong.field, wrong.code) == (field, code)


def test_another_name_and_phone_bump_the_version(units):
    changed = units.change(ADMIN, 2, 1, "住建局", "13800000111")

    assert (changed.name, changed.duty_phone, changed.version) == ("住建局", "13800000111", 2)
    assert refused(Stale, units.change, ADMIN, 2, 1, "别名", "").facts["kind"] == "unit"


def test_a_unit_at_work_is_not_closed_and_a_closed_one_gets_nothing(sqlite_town, units):
    busy = refused(Refused, units.set_closed, ADMIN, 2, 1, True)
    assert (busy.code, busy.facts) == ("unit_busy", {"people": 2, "tasks": 0})
    empty = units.add(ADMIN, 2, NEW)
    closed = units.set_closed(ADMIN, empty.id, 1, True)
    receipt = sqlite_town.report()
    with pytest.raises(Invalid, match="unknown_unit"):
        sqlite_town.cases.send(sqlite_town.actor("duty"), receipt.case_id, 1, [Order(empty.id, "lead")])
    assert empty.id not in {unit.id for unit in sqlite_town.ask.units(sqlite_town.actor("duty"))}
    assert not units.set_closed(ADMIN, empty.id, closed.version, False).closed


def test_who_may_not_is_told_so_and_elsewhere_there_is_nothing(sqlite_town, units):
    assert refused(Denied, units.add, sqlite_town.actor("director"), 2, NEW).code == "role"
    assert refused(Missing, units.add, ADMIN, 3, NEW).facts["kind"] == "centre"
    assert refused(Missing, units.change, ADMIN, 6, 1, "别县", "").facts["kind"] == "unit"


def test_a_city_dispatches_to_its_own_departments_only(sqlite_town):
    city = Actor(99, "市值班员", 1, 1, "/1/", frozenset({"R08"}), level=2)

    assert {unit.id for unit in sqlite_town.ask.units(city)} == {1, 5, 7, 8, 9}, "halls, the town and the village, no county's department"
