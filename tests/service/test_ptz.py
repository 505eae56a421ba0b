"""Turning cameras: one hand at a time, each with its row, taken over with a reason, and never left turning."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from console.domain.camera import VideoAccess
from console.domain.errors import Invalid, Missing, Refused, Unavailable
from console.domain.journal import Entry
from console.domain.ptz import Move
from console.service.ptz import Ptz, Purpose
from console.store import tables
from tests.service.turning import turning
from tests.waiting import until

WHY = Purpose("V3", "跟看路口车流情况")
LEFT = Move(pan=-0.5)


@pytest.fixture
def hall(town, tmp_path):
    with turning(town, tmp_path) as (plugins, told):
        ptz = Ptz(town.desk, plugins)
        ptz.start()
        yield town, ptz, told
        ptz.close()


def rows(town) -> tuple[VideoAccess, ...]:
    with town.store.read() as unit:
        return unit.records(VideoAccess, unit.rows(select(tables.video_access).order_by(tables.video_access.c.id)))


def other(town):
    return replace(town.actor("leader"), seat="B2")


def test_a_camera_is_held_turned_stopped_and_let_go_with_its_row(hall):
    town, ptz, told = hall
    duty = town.actor("duty")
    case_id = town.report().case_id
    lease = ptz.hold(duty, 1, Purpose("V1", " 查看井盖现场 ", case_id))
    ptz.move(duty, 1, LEFT)
    ptz.move(duty, 1, Move())
    town.wait(5)
    ptz.release(duty, 1)

    assert told() == ["move a -0.5 0.0 0.0", "stop a"]
    (row,) = rows(town)
    assert row == VideoAccess(lease.access_id, 1, "PTZ", "V1", case_id, "查看井盖现场", 1, "值班员甲", 1, "A1", lease.since,
                              lease.since + timedelta(seconds=5))  # fmt: skip
    assert ptz.holder(duty, 1) is None
    with town.store.read() as unit:
        j = tables.journal.c
        lines = unit.rows(select(j.op, j.version, j.facts).where(j.kind == "video").order_by(j.id))
    assert [tuple(line) for line in lines] == [
        ("ptz_hold", 1, {"camera": 1, "purpose": "V1", "case": case_id}), ("ptz_end", 2, {"camera": 1}),
    ]  # fmt: skip


def test_who_holds_it_is_told_and_the_second_hand_is_refused(hall):
    town, ptz, _ = hall
    ptz.hold(town.actor("duty"), 1, WHY)

    with pytest.raises(Refused) as refused:
        ptz.hold(other(town), 1, WHY)
    assert (refused.value.code, refused.value.facts["by"], refused.value.facts["seat"]) == ("ptz_held", "值班员甲", "A1")
    assert ptz.holder(other(town), 1).user_name == "值班员甲"
    with pytest.raises(Refused) as refused:
        ptz.move(other(town), 1, LEFT)
    assert refused.value.code == "ptz_not_held"


def test_all_holders_of_a_wall_are_told_at_once_but_for_what_one_may_not_see(hall):
    town, ptz, _ = hall
    lease = ptz.hold(town.actor("duty"), 1, WHY)

    assert ptz.holders(other(town), (1, 2, 3)) == (lease,)
    assert ptz.holders(other(town), ()) == ptz.holders(town.actor("stranger"), (1,)) == ()
    town.wait(30)
    assert ptz.holders(other(town), (1, 2, 3)) == ()


def test_a_take_over_ends_the_other_s_row_and_movement_and_says_from_whom(hall):
    town, ptz, told = hall
    duty = town.actor("duty")
    ptz.hold(duty, 1, WHY)
    ptz.move(duty, 1, LEFT)
    town.wait(4)
    ptz.take_over(other(town), 1, Purpose("V3", "处置现场需要看另一侧"))

    assert told()[-1] == "stop a"
    with pytest.raises(Refused):
        ptz.move(duty, 1, LEFT)
    ptz.move(other(town), 1, LEFT)
    first, second = rows(town)
    assert (first.closed_at - first.opened_at, second.reason, second.closed_at) == (timedelta(seconds=4), "处置现场需要看另一侧", None)
    with town.store.read() as unit:
        j = tables.journal.c
        assert unit.scalar(select(j.facts).where(j.op == "ptz_take_over"))["from"] == 1


def test_a_take_over_at_another_console_stops_the_movement_of_this_one(hall):
    town, ptz, told = hall
    there = Ptz(town.desk, ptz._plugins)
    duty = town.actor("duty")
    ptz.hold(duty, 1, WHY)
    ptz.move(duty, 1, LEFT)
    there.take_over(other(town), 1, Purpose("V3", "处置现场需要看另一侧"))
    with town.store.read() as unit:
        entries = unit.records(Entry, unit.rows(select(tables.journal).where(tables.journal.c.op == "ptz_take_over")))

    ptz.hear(entries)

    until(lambda: told().count("stop a") == 2)
    assert ptz._moving == {}


def test_a_move_nobody_renews_is_stopped_after_three_seconds(hall, monkeypatch):
    monkeypatch.setattr("console.service.ptz.DEAD_MAN_S", 0.3)
    town, ptz, told = hall
    duty = town.actor("duty")
    ptz.hold(duty, 1, WHY)
    ptz.move(duty, 1, LEFT)

    until(lambda: told() == ["move a -0.5 0.0 0.0", "stop a"])


def test_what_still_turns_is_stopped_when_the_console_closes(hall):
    town, ptz, told = hall
    ptz.hold(town.actor("duty"), 1, WHY)
    ptz.move(town.actor("duty"), 1, LEFT)

    ptz.close()

    assert told()[-1] == "stop a"


def test_a_lease_runs_out_when_nothing_is_done_and_lives_on_with_use(hall):
    town, ptz, _ = hall
    duty = town.actor("duty")
    ptz.hold(duty, 1, WHY)
    town.wait(25)
    ptz.move(duty, 1, LEFT)
    town.wait(25)
    assert ptz.holder(duty, 1) is not None
    town.wait(6)

    assert ptz.holder(duty, 1) is None
    with pytest.raises(Refused):
        ptz.move(duty, 1, LEFT)
    ptz.hold(other(town), 1, WHY)
    assert rows(town)[0].closed_at - rows(town)[0].opened_at == timedelta(seconds=55)


def test_holding_again_is_the_same_lease(hall):
    town, ptz, _ = hall
    assert ptz.hold(town.actor("duty"), 1, WHY) == ptz.hold(town.actor("duty"), 1, WHY)
    assert len(rows(town)) == 1


def test_presets_are_listed_and_called_and_home_is_gone_to(hall):
    town, ptz, told = hall
    duty = town.actor("duty")
    (preset,) = ptz.presets(duty, 1)
    ptz.hold(duty, 1, WHY)
    ptz.goto_preset(duty, 1, preset.id)
    ptz.home(duty, 1)

    assert (preset.id, preset.name) == ("1", "门口")
    assert told() == ["presets a", "goto_preset a 1", "home a"]


@pytest.mark.parametrize("login", ["d10", "grid001", "stranger", "checker", "viewer"])
def test_who_may_not_look_may_not_turn(hall, login):
    town, ptz, _ = hall
    for act in (ptz.hold, ptz.take_over):
        with pytest.raises(Missing):
            act(town.actor(login), 1, WHY)
    for ask in (ptz.holder, ptz.presets):
        with pytest.raises(Missing):
            ask(town.actor(login), 1)
    assert rows(town) == ()


@pytest.mark.parametrize(
    ("why", "field", "code"),
    [(Purpose("V9", "跟看路口车流情况"), "purpose", "unknown_code"), (Purpose("V3", "短"), "reason", "reason_length"),
     (Purpose("V1", "跟看路口车流情况"), "case", "purpose_needs_case"), (Purpose("V3", "字" * 201), "reason", "too_long")],
)  # fmt: skip
def test_without_a_reason_nobody_turns_anything(hall, why, field, code):
    town, ptz, _ = hall
    for act in (ptz.hold, ptz.take_over):
        with pytest.raises(Invalid) as refused:
            act(town.actor("duty"), 1, why)
        assert (refused.value.field, refused.value.code) == (field, code)
    assert rows(town) == ()


def test_a_camera_that_does_not_turn_is_refused(hall):
    town, ptz, _ = hall
    for camera_id in (2, 3):
        with pytest.raises(Refused) as refused:
            ptz.hold(town.actor("duty"), camera_id, WHY)
        assert refused.value.code == "no_ptz"
        with pytest.raises(Refused):
            ptz.holder(town.actor("duty"), camera_id)


def test_a_plugin_that_is_off_is_said_and_nothing_is_thought_to_turn(hall):
    town, ptz, _ = hall
    duty = town.actor("duty")
    ptz.hold(duty, 1, WHY)
    ptz._plugins.runner.stop("trial")

    with pytest.raises(Unavailable) as refused:
        ptz.move(duty, 1, LEFT)
    assert refused.value.code == "plugin_off"
    with pytest.raises(Invalid):
        ptz.move(duty, 1, Move(pan=2.0))


def test_a_round_sends_a_camera_to_a_preset_by_number_or_name_and_keeps_nothing(hall):
    town, ptz, told = hall
    duty = town.actor("duty")
    ptz.turn_to(duty, 1, "门口", WHY)
    ptz.turn_to(duty, 1, "1", WHY)

    assert [line for line in told() if "goto" in line] == ["goto_preset a 1", "goto_preset a 1"]
    assert ptz.holder(duty, 1) is None
    assert [(row.kind, row.reason, row.closed_at is not None) for row in rows(town)] == [("PTZ", WHY.reason, True)] * 2


def test_a_round_turns_nothing_to_where_it_cannot_go_nor_out_of_another_s_hand(hall):
    town, ptz, told = hall
    with pytest.raises(Refused) as refused:
        ptz.turn_to(town.actor("duty"), 1, "后门", WHY)
    assert (refused.value.code, refused.value.facts["preset"]) == ("no_such_preset", "后门")
    lease = ptz.hold(other(town), 1, WHY)
    with pytest.raises(Refused):
        ptz.turn_to(town.actor("duty"), 1, "门口", WHY)

    assert ptz.holder(other(town), 1) == lease
    assert not [line for line in told() if "goto" in line]


def test_who_holds_a_camera_and_sends_it_in_a_round_holds_it_still(hall):
    town, ptz, _ = hall
    lease = ptz.hold(town.actor("duty"), 1, WHY)
    ptz.turn_to(town.actor("duty"), 1, "门口", WHY)
    assert ptz.holder(town.actor("duty"), 1).access_id == lease.access_id
