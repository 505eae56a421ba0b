"""The table of rights: columns of roles, places, and the steps that are for one level alone (handbook 3.5)."""

from dataclasses import replace

import pytest

from console.domain import rights
from console.domain.case import CASE_FLOW
from console.domain.flow import Step, any_of
from console.domain.people import Actor, system_actor
from tests.domain.test_flow import a_case

CLOSE = Step("T32", "close", ("A32",), frozenset({"70"}), "80", any_of("R07", "R16", "R17"))
DISPATCH = Step("T13", "dispatch", ("A07",), frozenset({"30"}), "40", any_of("R08"))
CHECK = Step("T30", "check", ("A30",), frozenset({"60"}), "70", any_of("R11"))


def at(role: str, level: int, centre: int = 2, path: str = "/1/2/") -> Actor:
    return Actor(50, "某人", 1, centre, path, frozenset({role}), level=level)


@pytest.mark.parametrize(
    ("role", "level", "column"),
    [("R06", 3, "county"), ("R06", 4, "town"), ("R05", 5, "village"), ("R17", 2, "city"), ("R01", 5, "grid"), ("R09", 3, "dept"),
     ("R18", 2, "supervisor"), ("R06", 0, "")],
)  # fmt: skip
def test_the_column_a_role_stands_in(role, level, column):
    assert rights.column(role, level) == column


def test_no_level_limits_who_has_none():
    assert rights.allows("close_urgent", "R17", 0)
    assert not rights.allows("close_urgent", "R17", 4)
    assert rights.allows("close_urgent", "R17", 3)


@pytest.mark.parametrize(
    ("level", "priority", "may"), [(4, "P4", True), (4, "P1", False), (3, "P1", True), (2, "P2", True), (5, "P4", False)],
)  # fmt: skip
def test_a_town_closes_ordinary_cases_only(level, priority, may):
    assert rights.fits(CLOSE, a_case("70", priority), at("R17", level)) is may


@pytest.mark.parametrize(("centre", "path", "may"), [(2, "/1/2/", True), (1, "/1/", False), (4, "/1/2/4/", False), (3, "/1/3/", False)])
def test_a_dispatch_is_the_owner_centres(centre, path, may):
    assert rights.fits(DISPATCH, a_case("30", "P4"), at("R08", 3, centre, path)) is may


@pytest.mark.parametrize(("centre", "path", "may"), [(2, "/1/2/", True), (5, "/1/2/4/5/", True), (1, "/1/", False), (3, "/1/3/", False)])
def test_a_checker_may_come_from_below(centre, path, may):
    assert rights.fits(CHECK, a_case("60", "P4"), at("R11", 5, centre, path)) is may


@pytest.mark.parametrize(
    ("action", "role", "level", "delayed", "may"),
    [("delay", "R08", 4, 0, True), ("delay", "R08", 3, 0, True), ("delay", "R17", 4, 1, False), ("delay", "R17", 3, 1, True),
     ("suspend", "R17", 4, 0, False), ("suspend", "R17", 3, 0, True), ("suspend", "R17", 2, 0, True)],
)  # fmt: skip
def test_a_town_decides_first_delays_and_neither_second_ones_nor_suspensions(action, role, level, delayed, may):
    """Delay decide 1st/2nd: town ●/–, county ●/●; suspend decide: town –, county ●, city ●."""
    case = replace(a_case("50", "P4"), delayed=delayed)
    (step,) = [step for step in CASE_FLOW.steps if step.action == action]
    assert rights.fits(step, case, at(role, level)) is may


@pytest.mark.parametrize(("centre", "path", "may"), [(2, "/1/2/", True), (1, "/1/", True), (4, "/1/2/4/", False)])
def test_what_a_centre_may_not_decide_is_decided_above_it(centre, path, may):
    (suspend,) = [step for step in CASE_FLOW.steps if step.action == "suspend"]
    assert rights.fits(suspend, a_case("50", "P4"), at("R17", 3, centre, path)) is may


@pytest.mark.parametrize(
    ("via", "role", "level", "may"),
    [("task", "R09", 3, True), ("task", "R10", 3, True), ("application", "R16", 3, True), ("application", "R16", 4, True),
     ("application", "R16", 5, False)],
)  # fmt: skip
def test_the_unit_returns_once_and_the_shift_leader_decides_the_second_time(via, role, level, may):
    (step,) = [step for step in CASE_FLOW.steps if step.action == "return" and step.via == via]
    assert rights.fits(step, a_case("40", "P4"), at(role, level)) is may


def test_a_step_the_table_does_not_know_is_the_owner_centres_alone():
    strange = replace(DISPATCH, id="X99")

    assert rights.fits(strange, a_case("30", "P4"), at("R08", 3))
    assert not rights.fits(strange, a_case("30", "P4"), at("R08", 3, 1, "/1/"))


def test_the_upper_centre_takes_what_was_escalated_and_the_lower_ones_do_not():
    case = a_case("30", "P4")

    assert rights.stands(rights.ABOVE, case, at("R06", 2, 1, "/1/"))
    assert not rights.stands(rights.ABOVE, case, at("R06", 4, 4, "/1/2/4/"))
    assert rights.stands(rights.ANYWHERE, case, at("R06", 3, 3, "/1/3/"))


def test_the_program_itself_is_at_every_centre():
    assert rights.fits(DISPATCH, a_case("30", "P4"), system_actor("sweep"))
    assert rights.is_at_owner(a_case("30", "P4"), system_actor("sweep"))
    assert not rights.is_at_owner(a_case("30", "P4"), at("R08", 2, 1, "/1/"))
