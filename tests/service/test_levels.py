"""Between centres: who owns a case, who watches it, and the hops in its timeline (AC-9)."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from console.domain.errors import Denied, Invalid, Missing, Refused
from console.domain.task import Order
from console.service.levels import Levels
from console.store import tables
from tests.make import Town
from tests.service.halls import COUNTY, TOMORROW, CodeHall


@pytest.fixture
def told(retold: None) -> None:
    """Most tests here check the journal too; those that place a case by hand cannot."""


def test_an_escalated_case_stays_ours_until_the_upper_centre_takes_it(town, told):
    case, _ = town.worked()
    asked = town.levels.escalate(town.actor("leader"), case.id, case.version, "超出本级权限")
    assert (asked.state, asked.owner_centre, asked.target_centre, asked.prev_state) == ("55", 2, 1, "50")
    assert town.tasks_of(case.id)[0].state == "handling"
    with pytest.raises(Denied):
        town.levels.take_over(town.actor("duty"), case.id, asked.version)

    taken = town.levels.take_over(town.actor("city"), case.id, asked.version)

    assert (taken.state, taken.owner_centre, taken.owner_path, taken.lead_org, taken.target_centre) == ("30", 1, "/1/", None, None)
    assert town.ask.case(town.actor("duty"), case.id).id == case.id, "the old owner goes on watching"
    assert [row.task.state for row in town.ask.case_desk(town.actor("city"), case.id).tasks] == ["recalled"]
    with pytest.raises(Denied):
        town.cases.dispatch(town.actor("duty"), case.id, taken.version, [Order(2, "lead")])
    with pytest.raises(Missing):
        town.ask.case(town.actor("stranger"), case.id)


def test_what_the_upper_centre_hands_back_goes_on_where_it_stood(town, told):
    case, _ = town.worked()
    asked = town.levels.escalate(town.actor("duty"), case.id, case.version, "超出本级权限")
    with pytest.raises(Refused):
        town.levels.hand_back(town.actor("city"), case.id, asked.version, "")
    back = town.levels.hand_back(town.actor("city"), case.id, asked.version, "本级可办")

    assert (back.state, back.owner_centre, back.target_centre, back.due_handle) == ("50", 2, None, case.due_handle)
    town.answer("d10", town.tasks_of(case.id)[0], "progress", text="正在更换")


def test_a_case_sent_down_begins_with_the_intake_of_the_lower_centre(town, told):
    case, _ = town.sent("0602")
    case = town.cases.recall(town.actor("duty"), case.id, case.version, "改由属地办理")
    for wrong in (3, 5, 1, 777):
        with pytest.raises(Invalid):
            town.levels.send_down(town.actor("duty"), case.id, case.version, wrong, "属地办理")
    down = town.levels.send_down(town.actor("duty"), case.id, case.version, 4, "属地办理")

    assert (down.state, down.owner_centre, down.owner_path, down.acked_at, down.due_dispatch) == ("10", 4, "/1/2/4/", None, None)
    assert town.cases.accept(town.actor("town"), case.id, down.version).state == "20"


def test_a_case_that_changes_hands_gets_the_limits_of_its_new_centre(sqlite_town):
    """The county and the city differ in both stages a case begins with at another centre."""
    hall, town = CodeHall(sqlite_town), sqlite_town
    rest = {"P2": "2H", "P3": "2H", "P4": "2H"}
    for centre, (dispatch, accept) in {hall.city_director: ("40M", "50M"), hall.leader: ("7M", "3M")}.items():
        hall.decided(centre, "stage_limits", "dispatch", {"P1": dispatch, **rest})
        hall.decided(centre, "stage_limits", "accept", {"P1": accept, **rest})
    case, _ = town.sent("0601")
    town.clock.at = TOMORROW
    asked = town.levels.escalate(town.actor("leader"), case.id, case.version, "超出本级权限")
    taken = town.levels.take_over(town.actor("city"), case.id, asked.version)
    down = town.levels.send_down(town.actor("city"), case.id, taken.version, COUNTY, "属地办理")

    assert (taken.due_dispatch, down.due_accept) == (TOMORROW + timedelta(minutes=40), TOMORROW + timedelta(minutes=3))


def test_three_hops_stand_in_the_timeline(town):
    """A village reports up to its town, the town sends to another village and flows to a department of its level."""
    case_id = town.sent("0601")[0].id
    with town.store.write() as unit:
        unit.run(update(tables.case).where(tables.case.c.id == case_id).values(owner_centre=5, owner_path="/1/2/4/5/"))
        unit.run(update(tables.org).where(tables.org.c.id == 4).values(centre_id=4, level=4))
    city = town.actor("city")
    town.levels.escalate(town.actor("village"), case_id, town.case(case_id).version, "需镇级协调")
    town.levels.take_over(town.actor("town"), case_id, town.case(case_id).version)
    town.levels.send_down(town.actor("town"), case_id, town.case(case_id).version, 5, "属地办理")
    with town.store.write() as unit:
        unit.run(update(tables.case).where(tables.case.c.id == case_id).values(owner_centre=4, owner_path="/1/2/4/"))
    town.cases.send(town.actor("town"), case_id, town.case(case_id).version, [Order(4, "lead")])

    hops = [line.facts["hop"] for line in town.ask.case_desk(city, case_id).timeline if "hop" in line.facts]
    assert hops[1:] == ["U5R1U4", "U4S1U5", "U4F0D4"]


def test_an_emergency_passes_a_level_by_and_an_ordinary_matter_waits_three_days(town):
    ordinary, _ = town.worked()
    director = town.actor("director")
    with pytest.raises(Refused) as early:
        town.levels.pass_by(director, ordinary.id, ordinary.version, "拖延")
    urgent = town.report("0601", urgent=True).case_id
    with town.store.write() as unit:
        unit.run(update(tables.case).where(tables.case.c.id == urgent).values(owner_centre=5, owner_path="/1/2/4/5/"))

    assert early.value.code == "skip_too_early"
    asked = town.levels.pass_by(town.actor("grid001"), urgent, 1, "有人被困")
    assert (asked.state, asked.target_centre, asked.prev_state) == ("55", 2, "10")
    town.wait(4 * 86_400)
    with pytest.raises(Refused) as top:
        town.levels.pass_by(director, ordinary.id, ordinary.version, "拖延")
    assert top.value.code == "no_upper_centre"
    assert isinstance(town.levels, Levels)
    with town.store.write() as unit:
        unit.run(update(tables.case).where(tables.case.c.id == urgent).values(owner_centre=2, owner_path="/1/2/"))


def test_an_observer_sees_and_does_nothing(town: Town, told):
    case, _ = town.worked()
    asked = town.levels.escalate(town.actor("duty"), case.id, case.version, "超出本级权限")
    taken = town.levels.take_over(town.actor("city"), case.id, asked.version)
    with pytest.raises(Denied):
        town.supervisions.urge(town.actor("duty"), case.id, taken.version)
