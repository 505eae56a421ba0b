"""Patrol plans in the menu: for the leader to write, for everybody who watches to walk."""

import pytest
from PySide6.QtWidgets import QMenu

from console.domain.patrol import PlanStop
from console.service.patrol_plans import PlanWish
from tests.ui.wall.walls import shown


@pytest.fixture
def led(hall, qtbot):
    """The wall of the shift leader."""
    hall.seat.actor = hall.town.actor("leader")
    return shown(hall, qtbot)


def entries(panel, qtbot):
    menu = QMenu()
    qtbot.addWidget(menu)
    panel.patrols.fill(menu)
    return [action.text() for action in menu.actions()]


def plans(hall):
    return hall.seat.services.patrols.plans.plans(hall.town.actor("duty"))


def test_a_leader_writes_a_plan_by_numbers(hall, led, qtbot):
    led.patrols.ask_new()
    line = led.patrols.line
    assert line.shift.code == "1"
    line.name.setText("校园周边")
    line.stops.setText("301 302:30@大门")
    line.done.click()
    qtbot.waitUntil(lambda: len(led.patrols.plans) == 1)
    assert plans(hall)[0].route == (PlanStop(1, 15), PlanStop(2, 30, "大门"))
    assert line.isHidden()
    assert entries(led, qtbot) == ["巡查“校园周边”（早班，2 路，1 分钟）", "新建巡查计划…", "修改巡查计划", "删除巡查计划"]


def test_a_plan_is_shown_as_it_was_typed_and_changed(hall, led, qtbot):
    plan = hall.seat.services.patrols.plans.keep(hall.seat.actor, PlanWish("校园周边", "1", (PlanStop(1, 15), PlanStop(2, 30, "大门"))))
    led.patrols.ask_change(plan)
    line = led.patrols.line
    qtbot.waitUntil(lambda: not line.isHidden())
    assert (line.name.text(), line.stops.text()) == ("校园周边", "301:15 302:30@大门")
    line.stops.setText("302:20")
    line.done.click()
    qtbot.waitUntil(lambda: plans(hall)[0].route == (PlanStop(2, 20),))


@pytest.mark.parametrize(
    ("stops", "said"),
    [("", "还没有摄像机"), ("301 C3", "“C3”看不懂"), ("999", "没有编号为 999"), ("30", "没有编号为 30"), ("301:1", "3 到 600")],
)
def test_what_is_wrong_stands_on_the_line_and_the_text_stays(hall, led, qtbot, stops, said):
    led.patrols.ask_new()
    led.patrols.line.name.setText("校园周边")
    led.patrols.line.stops.setText(stops)
    led.patrols.line.done.click()
    qtbot.waitUntil(lambda: said in led.patrols.line.problem.text())
    assert led.patrols.line.stops.text() == stops
    assert plans(hall) == ()


def test_who_does_not_plan_finds_only_what_can_be_walked(hall, panel, qtbot):
    assert entries(panel, qtbot) == ["还没有巡查计划：由值班长或视频值班员编制"]
    hall.seat.services.patrols.plans.keep(hall.town.actor("leader"), PlanWish("校园周边", "3", (PlanStop(1, 61),)))
    panel.changed(frozenset({"patrol_plan"}))
    qtbot.waitUntil(lambda: len(panel.patrols.plans) == 1)
    assert entries(panel, qtbot) == ["巡查“校园周边”（夜班，1 路，2 分钟）"]
    panel.patrols.patrol.begin(panel.patrols.plans[0])
    qtbot.waitUntil(lambda: panel.patrols.patrol.walk is not None)
    assert entries(panel, qtbot) == ["巡查暂停或继续（P）", "结束巡查"]


def test_a_plan_is_taken_away(hall, led, qtbot):
    plan = hall.seat.services.patrols.plans.keep(hall.seat.actor, PlanWish("校园周边", "1", (PlanStop(1, 15),)))
    led.patrols._remove(plan)
    qtbot.waitUntil(lambda: plans(hall) == ())


def test_the_key_offers_the_patrols_and_then_makes_them_wait(hall, panel, qtbot):
    hall.seat.services.patrols.plans.keep(hall.town.actor("leader"), PlanWish("校园周边", "3", (PlanStop(1, 61),)))
    panel.patrols.refresh()
    qtbot.waitUntil(lambda: len(panel.patrols.plans) == 1)
    with qtbot.waitSignal(panel.patrols.popped) as heard:
        panel.patrols.choose()
    heard.args[0].actions()[0].trigger()
    qtbot.waitUntil(lambda: panel.patrols.patrol.walk is not None)
    panel.patrols.choose()
    assert panel.patrols.patrol.is_paused


def test_the_patrols_of_this_shift_come_first(hall, panel, qtbot):
    keep, leader = hall.seat.services.patrols.plans.keep, hall.town.actor("leader")
    for name, shift in (("甲", "2"), ("乙", "3"), ("丙", "1")):
        keep(leader, PlanWish(name, shift, (PlanStop(1, 60),)))
    panel.patrols.refresh()
    qtbot.waitUntil(lambda: len(panel.patrols.plans) == 3)
    assert [words.split("”")[0] for words in entries(panel, qtbot)] == ["巡查“丙", "巡查“甲", "巡查“乙"]
