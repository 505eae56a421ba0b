"""Patrol plans: who writes them, what they may hold, that the centre's people walk them."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from console.domain.errors import Denied, Invalid, Missing, Refused, Stale
from console.domain.patrol import PlanStop
from console.service.patrol_plans import PatrolPlans, PlanWish, may_plan
from console.store import tables

WISH = PlanWish("校园周边", "1", (PlanStop(1, 15), PlanStop(2, 30, "大门")))


@pytest.fixture
def plans(town):
    return PatrolPlans(town.desk)


def test_a_leader_s_plan_is_there_for_the_centre_and_nobody_else(plans, town):
    kept = plans.keep(town.actor("leader"), WISH)
    assert kept.route == WISH.route
    assert [(plan.name, plan.shift, plan.route) for plan in plans.plans(town.actor("duty"))] == [("校园周边", "1", WISH.route)]
    assert plans.plans(town.actor("stranger")) == ()
    assert plans.plans(town.actor("checker")) == ()


def test_who_leads_or_watches_writes_plans_and_nobody_else(plans, town):
    assert may_plan(town.actor("leader")) and may_plan(town.actor("director")) and may_plan(town.actor("stranger"))
    for login in ("duty", "checker", "supervisor", "d10", "grid001"):
        assert not may_plan(town.actor(login))
        with pytest.raises(Denied):
            plans.keep(town.actor(login), WISH)


@pytest.mark.parametrize(
    ("wish", "error", "code"),
    [
        (replace(WISH, name=" "), Invalid, "needs_text"), (replace(WISH, name="名" * 41), Invalid, "too_long"),
        (replace(WISH, shift="9"), Invalid, "unknown_code"), (replace(WISH, route=()), Invalid, "patrol_without_cameras"),
        (replace(WISH, route=(PlanStop(99, 15),)), Missing, "missing"), (replace(WISH, route=(PlanStop(1, 2),)), Invalid, "dwell_seconds"),
    ],
)  # fmt: skip
def test_what_cannot_be_walked_is_not_kept(plans, town, wish, error, code):
    with pytest.raises(error) as refused:
        plans.keep(town.actor("leader"), wish)
    assert refused.value.code == code
    assert plans.plans(town.actor("leader")) == ()


def test_a_name_stands_for_one_plan_of_a_centre(plans, town):
    kept = plans.keep(town.actor("leader"), WISH)
    with pytest.raises(Refused):
        plans.keep(town.actor("director"), WISH)
    changed = plans.change(town.actor("director"), kept.id, kept.version, replace(WISH, shift="3"))
    assert (changed.shift, changed.version) == ("3", 2)


def test_two_who_change_a_plan_at_once_do_not_overwrite_each_other(plans, town):
    kept = plans.keep(town.actor("leader"), WISH)
    plans.change(town.actor("leader"), kept.id, 1, replace(WISH, shift="2"))
    with pytest.raises(Stale):
        plans.change(town.actor("director"), kept.id, 1, WISH)
    with pytest.raises(Stale):
        plans.remove(town.actor("director"), kept.id, 1)
    plans.remove(town.actor("director"), kept.id, 2)
    with pytest.raises(Missing):
        plans.remove(town.actor("director"), kept.id, 2)


def test_the_journal_tells_cameras_and_times_without_the_name(plans, town):
    kept = plans.keep(town.actor("leader"), WISH)
    plans.remove(town.actor("leader"), kept.id, 1)
    j = tables.journal.c
    with town.store.read() as unit:
        rows = unit.rows(select(j.op, j.actor, j.version, j.facts).where(j.kind == "patrol_plan").order_by(j.id))
    assert [tuple(row) for row in rows] == [
        ("keep", 3, 1, {"shift": "1", "cameras": [1, 2], "planned_s": 45}), ("remove", 3, 2, {}),
    ]  # fmt: skip
