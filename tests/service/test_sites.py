"""Key sites are asked inside the own area, the longest due first."""

from datetime import timedelta

import pytest

from console.service.sites import Sites
from tests.make import CODES, SITES, START


@pytest.fixture
def listed(town):
    return lambda login, kind="": [site.code[-4:] for site in Sites(town.store).listed(town.actor(login), kind)]


def test_never_inspected_ones_come_first_then_the_longest_due(listed):
    assert listed("duty") == ["0002", "0001", "0003"]


def test_one_kind_alone(listed):
    assert listed("duty", "07") == ["0001"]


@pytest.mark.parametrize("login", ["stranger", "d10", "grid001"])
def test_another_county_a_department_and_a_grid_worker_see_none(listed, login):
    assert listed(login) == []


def test_they_come_back_as_they_were_put_in(town):
    found = {site.id: site for site in Sites(town.store).listed(town.actor("director"))}
    assert found == {site.id: site for site in SITES}


def test_every_kind_is_of_the_code_table():
    assert {site.kind for site in SITES} <= set(CODES.key_sites)
    assert CODES.key_sites["07"].zh == "加油加气站"


def test_what_is_due_and_how_the_years_compare():
    fuel, school, clinic = SITES
    assert fuel.due() == START - timedelta(days=5)
    assert (fuel.is_overdue(START), school.is_overdue(START), clinic.is_overdue(START)) == (True, True, False)
    assert (fuel.change(2026), clinic.change(2026), school.change(2026)) == (-0.25, None, None)
