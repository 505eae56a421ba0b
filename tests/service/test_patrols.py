"""Walking a patrol: seconds are proven with an access row behind them, what is broken off goes on, findings become reports."""

from uuid import uuid5

import pytest
from sqlalchemy import select

from console.domain.errors import Denied, Invalid, Missing, Refused
from console.domain.patrol import PlanStop
from console.service.patrol_plans import PlanWish
from console.service.patrols import Finding, Patrols
from console.store import tables
from tests.make import NAMESPACE

WISH = PlanWish("校园周边", "1", (PlanStop(1, 15), PlanStop(2, 30, "大门")))


@pytest.fixture
def patrols(town):
    return Patrols(town.desk, town.reports)


@pytest.fixture
def plan(patrols, town):
    return patrols.plans.keep(town.actor("leader"), WISH)


def look(town, *cameras, login="duty", purpose="V3"):
    return town.video.open_live(town.actor(login), cameras, purpose, "按计划巡查：校园周边")


def states(walk):
    return [(stop.state, stop.shown_ms, stop.why) for stop in walk.stops]


def test_a_walk_is_proven_camera_by_camera_until_all_is_seen(patrols, plan, town):
    duty = town.actor("duty")
    going = patrols.begin(duty, plan.id)
    assert [camera.code for camera in going.cameras] == ["C301", "C302"]
    run = going.walk.run
    look(town, 1, 2)
    town.wait(8)
    assert patrols.prove(duty, run.id, {0: 8_000}).now.place == 0
    town.wait(7)
    assert patrols.prove(duty, run.id, {0: 7_000}).now.place == 1
    town.wait(30)
    walk = patrols.prove(duty, run.id, {1: 30_000})
    assert states(walk) == [("shown", 15_000, ""), ("shown", 30_000, "")]
    ended = patrols.end(duty, run.id)
    assert ended.run.ended_at == town.clock.now()
    assert states(ended) == states(walk)
    with pytest.raises(Missing):
        patrols.prove(duty, run.id, {0: 100})


def test_no_more_is_proven_than_has_passed(patrols, plan, town):
    run = patrols.begin(town.actor("duty"), plan.id).walk.run
    look(town, 1, 2)
    town.wait(5)
    walk = patrols.prove(town.actor("duty"), run.id, {0: 15_000, 1: 30_000})
    # Five seconds passed and one is allowed for two clocks: the first camera takes all of it.
    assert [stop.shown_ms for stop in walk.stops] == [6_000, 0]


def test_seconds_without_a_patrol_look_of_the_same_person_are_refused(patrols, plan, town):
    duty = town.actor("duty")
    run = patrols.begin(duty, plan.id).walk.run
    look(town, 1, login="leader")
    look(town, 1, purpose="V5")
    town.wait(5)
    with pytest.raises(Refused) as refused:
        patrols.prove(duty, run.id, {0: 5_000})
    assert (refused.value.code, refused.value.facts["camera"]) == ("patrol_without_look", 1)
    (view,) = look(town, 1)
    town.video.close_live(duty, (view.access_id,))
    town.wait(5)
    patrols.prove(duty, run.id, {0: 5_000})
    town.wait(5)
    with pytest.raises(Refused):
        patrols.prove(duty, run.id, {0: 5_000})


def test_an_offline_camera_is_noted_and_comes_again_at_the_end(patrols, plan, town):
    duty = town.actor("duty")
    run = patrols.begin(duty, plan.id).walk.run
    walk = patrols.miss(duty, run.id, 0)
    assert (walk.now.place, states(walk)[0]) == (1, ("waiting", 0, "offline"))
    walk = patrols.leave_out(duty, run.id, 1, "树枝遮挡")
    assert walk.now.place == 0
    walk = patrols.miss(duty, run.id, 0)
    assert states(walk) == [("missed", 0, "offline"), ("skipped", 0, "树枝遮挡")]
    with pytest.raises(Invalid):
        patrols.leave_out(duty, run.id, 0, "  ")


def test_a_broken_off_walk_goes_on_with_what_was_proven_and_not_after_a_shift(patrols, plan, town):
    duty = town.actor("duty")
    run = patrols.begin(duty, plan.id).walk.run
    look(town, 1)
    town.wait(9)
    patrols.prove(duty, run.id, {0: 9_000})
    going = Patrols(town.desk, town.reports).going(duty)
    assert (going.walk.run.id, going.walk.now.shown_ms) == (run.id, 9_000)
    assert patrols.going(town.actor("leader")) is None
    town.wait(8 * 3600)
    assert patrols.going(duty) is None


def test_beginning_another_walk_ends_the_one_left_open(patrols, plan, town):
    duty = town.actor("duty")
    first = patrols.begin(duty, plan.id).walk.run
    second = patrols.begin(duty, plan.id).walk.run
    assert patrols.going(duty).walk.run.id == second.id
    with pytest.raises(Missing):
        patrols.end(duty, first.id)


def test_a_walk_is_its_walker_s_alone_and_takes_somebody_who_looks_at_video(patrols, plan, town):
    run = patrols.begin(town.actor("duty"), plan.id).walk.run
    with pytest.raises(Missing):
        patrols.leave_out(town.actor("leader"), run.id, 0, "树枝遮挡")
    with pytest.raises(Denied):
        patrols.begin(town.actor("checker"), plan.id)
    with pytest.raises(Missing):
        patrols.begin(town.actor("stranger"), plan.id)


def test_a_camera_that_left_the_area_is_missed_from_the_beginning(patrols, plan, town):
    with town.store.write() as unit:
        unit.run(tables.camera.update().where(tables.camera.c.id == 1).values(centre_id=3))
    walk = patrols.begin(town.actor("duty"), plan.id).walk
    assert states(walk) == [("missed", 0, "gone"), ("waiting", 0, "")]


def test_a_finding_is_a_report_at_the_camera_s_place_with_the_source_of_video_patrol(patrols, plan, town):
    duty = town.actor("duty")
    run = patrols.begin(duty, plan.id).walk.run
    finding = Finding(str(uuid5(NAMESPACE, "finding")), "0601", "井盖缺失")
    receipt = patrols.find(duty, run.id, 0, finding)
    assert patrols.find(duty, run.id, 0, finding) == receipt
    case = town.case(receipt.case_id)
    assert (case.source, case.category, case.lon, case.lat, case.grid) == ("06", "0601", 115.2005, 36.101, "410923102204001")
    assert case.content == "C301 仓颉路西：井盖缺失"
    shift = patrols.shift(duty)
    assert [line.findings for line in patrols.coverage(town.actor("leader"), shift)] == [1, 0]
    with pytest.raises(Invalid):
        patrols.find(duty, run.id, 0, Finding(str(uuid5(NAMESPACE, "other")), "0601", " "))


def test_the_coverage_of_a_shift_names_what_was_seen_missed_and_never_walked(patrols, plan, town):
    leader, duty = town.actor("leader"), town.actor("duty")
    patrols.plans.keep(leader, PlanWish("夜间路口", "3", (PlanStop(1, 20),)))
    unwalked = patrols.plans.keep(leader, PlanWish("医院周边", "1", (PlanStop(2, 20),)))
    run = patrols.begin(duty, plan.id).walk.run
    look(town, 1)
    town.wait(15)
    patrols.prove(duty, run.id, {0: 15_000})
    patrols.leave_out(duty, run.id, 1, "树枝遮挡")
    lines = patrols.coverage(leader, patrols.shift(leader))
    assert [(line.plan, line.code, line.planned_s, line.shown_s, line.state, line.why, line.operator) for line in lines] == [
        ("校园周边", "C301", 15, 15, "shown", "", "值班员甲"), ("校园周边", "C302", 30, 0, "skipped", "树枝遮挡", "值班员甲"),
        ("医院周边", "C302", 20, 0, "missed", "", ""),
    ]  # fmt: skip
    assert (lines[2].run_id, lines[2].plan_id) == (0, unwalked.id)


def test_a_shift_back_is_the_one_before_and_plans_made_later_are_no_fault_of_it(patrols, plan, town):
    leader = town.actor("leader")
    night = patrols.shift(leader, back=1)
    assert (night.code, night.ends) == ("3", patrols.shift(leader).starts)
    assert patrols.coverage(leader, patrols.shift(leader, back=3)) == ()


def test_coverage_is_for_whoever_leads_and_of_the_own_area(patrols, plan, town):
    shift = patrols.shift(town.actor("leader"))
    patrols.begin(town.actor("duty"), plan.id)
    assert patrols.coverage(town.actor("stranger"), shift) == ()
    assert len(patrols.coverage(town.actor("city"), shift)) == 2
    for login in ("duty", "checker", "d10"):
        with pytest.raises(Denied):
            patrols.coverage(town.actor(login), shift)


def test_every_step_is_a_line_of_the_journal_without_words(patrols, plan, town):
    duty = town.actor("duty")
    run = patrols.begin(duty, plan.id).walk.run
    look(town, 1)
    town.wait(4)
    patrols.prove(duty, run.id, {0: 4_000})
    patrols.leave_out(duty, run.id, 1, "树枝遮挡")
    patrols.end(duty, run.id)
    j = tables.journal.c
    with town.store.read() as unit:
        rows = unit.rows(select(j.op, j.version, j.to_state, j.facts).where(j.kind == "patrol_run").order_by(j.id))
    assert [tuple(row) for row in rows] == [
        ("begin", 1, "going", {"plan": plan.id, "shift": "1"}), ("prove", 2, "going", {"stops": [[0, 1, 4_000, "waiting", 0]]}),
        ("leave_out", 3, "going", {"stops": [[1, 2, 0, "skipped", 0]]}), ("end", 4, "ended", {"stops": [[0, 1, 4_000, "missed", 0]]}),
    ]  # fmt: skip
