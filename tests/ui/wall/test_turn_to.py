"""A camera whose turn has come is sent to its preset, and nobody's hand is pushed away."""

from dataclasses import replace

import pytest

from console.domain.patrol import PlanStop
from console.domain.saved_wall import Step
from console.service.patrol_plans import PlanWish
from console.service.ptz import Purpose

OVER = "处置现场需要看另一侧"


def sent(wall):
    return [line for line in wall.told() if line.startswith("goto")]


@pytest.fixture
def wall(turning_wall):
    return turning_wall


def test_a_carousel_turns_its_camera_when_its_turn_comes(wall, qtbot):
    wall.touring.begin_carousel((Step(1, 10, "门口"), Step(5, 10)))
    qtbot.waitUntil(lambda: sent(wall) == ["goto_preset a 1"])


def test_a_patrol_turns_its_camera_by_name_and_lets_it_go(wall, qtbot):
    town = wall.hall.town
    wish = PlanWish("校园周边", "1", (PlanStop(1, 15, "门口"),))
    wall.patrols.patrol.begin(wall.hall.seat.services.patrols.plans.keep(town.actor("leader"), wish))
    qtbot.waitUntil(lambda: sent(wall) == ["goto_preset a 1"])
    qtbot.waitUntil(lambda: not wall.work.busy)
    assert wall.ptz.holder(town.actor("duty"), 1) is None


def test_who_turns_a_camera_keeps_it_and_that_is_said_once(wall, qtbot):
    wall.ptz.hold(replace(wall.hall.town.actor("leader"), seat="B1"), 1, Purpose("V3", OVER))
    for _ in range(2):
        wall.touring.begin_carousel((Step(1, 10, "1"), Step(5, 10)))
        qtbot.waitUntil(lambda: not wall.work.busy)
    assert [line for line in wall.hall.said if "未转到预置位 1" in line and "B1" in line] == wall.hall.said[-1:]
    assert sent(wall) == []
