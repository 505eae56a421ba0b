"""A dispatch in the making: parts, categories, and finding a unit by a few letters."""

from dataclasses import replace

import pytest

from console.service.ask import Suggestion
from console.ui.case.plan import Plan, find_units, first_plan, resorted, template_for
from console.ui.wording import name_units
from tests.make import CODES, ORGS
from tests.ui.case.cards import CASE, SUGGESTION

UNITS = name_units(ORGS, 2, CODES)


def test_a_plan_begins_with_what_the_code_table_proposes():
    plan = first_plan(CASE, SUGGESTION)
    assert plan.chosen == ((2, "lead"), (3, "co"), (4, "co"))
    assert plan.instruction == "立即现场设围挡，更换井盖，到场后反馈。"
    assert (plan.dispatch().category, plan.dispatch().priority) == ("0601", "P1")


def test_another_lead_makes_the_old_one_help():
    plan = first_plan(CASE, SUGGESTION).with_lead(4)
    assert plan.chosen == ((4, "lead"), (2, "co"), (3, "co"))


def test_the_lead_cannot_be_unticked_as_a_helper():
    assert first_plan(CASE, SUGGESTION).with_co(2, False).lead == 2


def test_a_unit_that_is_not_ticked_gets_no_task():
    orders = first_plan(CASE, SUGGESTION).with_co(3, False).dispatch().orders
    assert [(order.org_id, order.kind) for order in orders] == [(2, "lead"), (4, "co")]


def test_the_first_unit_of_an_empty_plan_leads_and_the_next_helps():
    plan = Plan("0604", "P1").with_unit(2).with_unit(3)
    assert plan.chosen == ((2, "lead"), (3, "co"))


def test_another_category_brings_its_priority_units_and_words():
    other = Suggestion((), ("D29",))
    plan = resorted(first_plan(CASE, SUGGESTION), "0602", other, CODES)
    assert (plan.category, plan.priority, plan.parts, plan.instruction) == ("0602", "P4", (), "请维修路灯，并反馈修复盏数。")


def test_what_the_officer_chose_and_wrote_survives_another_category():
    plan = replace(first_plan(CASE, SUGGESTION).with_lead(4), instruction="带发电机")
    again = resorted(plan, "0602", Suggestion((), ()), CODES)
    assert (again.lead, again.instruction) == (4, "带发电机")


@pytest.mark.parametrize("typed", ["zj", "ZJ", "住建", "D10", "d10", "410923-D10", "南乐县住房", "Housing"])
def test_a_unit_is_found_by_code_name_or_initials(typed):
    assert find_units(typed, UNITS)[0].id == 2


def test_units_already_in_the_plan_are_not_found_again():
    assert 2 not in [unit.id for unit in find_units("住", UNITS, frozenset({2}))]


def test_nothing_is_found_by_nothing():
    assert find_units("  ", UNITS) == ()


def test_a_category_without_words_of_its_own_has_those_of_its_group():
    assert template_for("0603") == "请做好现场防护并修复，附照片反馈。"
    assert template_for("9999") == ""
