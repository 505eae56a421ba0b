"""The verbs of a case: those of the flow table for this officer, no others."""

from dataclasses import replace

import pytest

from console.service.applications import Wish
from console.ui.case.choices import choices, seldom
from tests.ui.case.cards import CASE

pytest_plugins = ("tests.ui.stage",)


def actions(stage, login, case=CASE, tasks=()):
    return [verb.action for verb in choices(case, stage.town.actor(login), tasks)]


@pytest.mark.parametrize(
    ("login", "state", "expected"),
    [
        ("duty", "10", ["order", "ack", "cameras", "locate", "accept", "more"]),
        ("intake", "10", ["order", "ack", "cameras", "locate", "accept", "more"]),
        ("viewer", "40", ["cameras", "locate"]),
        ("duty", "40", ["cameras", "locate", "recall", "more"]),
        ("checker", "60", ["cameras", "locate", "check", "rework"]),
        ("director", "70", ["cameras", "locate", "close", "more"]),
        ("duty", "70", ["cameras", "locate", "more"]),  # P1 is closed by the director only
        ("intake", "80", ["cameras", "locate", "evaluate", "more"]),
    ],
)
def test_each_officer_sees_the_legal_verbs_only(stage, login, state, expected):
    assert actions(stage, login, replace(CASE, state=state)) == expected


def test_what_is_acknowledged_is_not_acknowledged_again(stage):
    assert "ack" not in actions(stage, "duty", replace(CASE, acked_at=CASE.reported_at))


def test_a_case_without_a_position_keeps_the_verb_and_says_why_not(stage):
    verbs = {verb.action: verb for verb in choices(replace(CASE, lon=None, lat=None), stage.town.actor("duty"), ())}
    assert not verbs["locate"].is_enabled
    assert verbs["locate"].why_not == "案件没有位置"


def test_a_held_dispatch_can_be_let_go_by_who_may(stage):
    receipt = stage.town.report("0601")
    stage.town.cases.send(stage.town.actor("duty"), receipt.case_id, 1, stage.town.ask.suggestion(
        stage.town.actor("duty"), stage.town.case(receipt.case_id)).orders)  # fmt: skip
    desk = stage.desk(receipt.case_id)
    assert "release" in actions(stage, "duty", desk.case, desk.tasks)
    assert "release" not in actions(stage, "intake", desk.case, desk.tasks)


def test_two_plates_are_answered_by_two_buttons_that_say_which(stage):
    town, case_id = stage.town, stage.town.report("0602").case_id
    for plate in ("1", "2"):
        town.supervisions.supervise(town.actor("director"), case_id, town.case(case_id).version, plate, "尽快受理")

    verbs = choices(town.case(case_id), town.actor("leader"), (), stage.desk(case_id))
    said = [verb.label for verb in verbs if verb.action.startswith("answer:")]

    assert said == ["督办回复：黄牌", "督办回复：红牌"]


def test_only_who_may_carry_it_out_is_offered_to_grant(stage):
    town = stage.town
    case, _ = town.sent("0602")
    stage.services.applications.ask_on_case(town.actor("duty"), case.id, town.case(case.id).version, "ask_void", Wish("2", "误报"))
    desk = stage.desk(case.id)

    def offered(login):
        return [verb.action.partition(":")[0] for verb in choices(town.case(case.id), town.actor(login), (), desk)]

    assert "grant" in offered("leader")
    assert "grant" not in offered("director")


@pytest.mark.parametrize(
    ("login", "kept", "expected"),
    [("director", "", ["hold"]), ("director", "D", ["hold", "unhold"]), ("duty", "D", []), ("stranger", "D", [])],
)
def test_only_a_director_of_the_area_holds_a_case_back(stage, login, kept, expected):
    offered = [verb.action for verb in seldom(replace(CASE, state="70", retention_class=kept), stage.town.actor(login))]
    assert [action for action in offered if "hold" in action] == expected
