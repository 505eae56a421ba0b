"""What is shown when the machine cannot follow: evenly less, step by step, and patiently more again."""

import pytest

from console.video.budget import CALM_S, LAST_STEP, Budget, Load, free_mb

WELL, BEHIND = Load(0.0, 0.1, 100), Load(0.6, 0.9, 100)
SLOW_LINE = Load(0.9, 0.1, 100)
LARGE = Load(0.6, 0.9, 900)


def row(load, count=8):
    return {f"C{number}": load for number in range(count)}


def run(budget, loads, seconds, start=0):
    """One look a second; the heats of the last."""
    for second in range(start, start + seconds + 1):
        heats = budget.look(loads, float(second))
    return heats


def counted(heats):
    return {heat: list(heats.values()).count(heat) for heat in ("live", "half", "keys")}


def test_a_machine_that_follows_shows_everything():
    assert counted(run(Budget(), row(WELL), 60)) == {"live": 8, "half": 0, "keys": 0}


def test_what_waits_for_a_slow_line_lowers_nobody():
    assert counted(run(Budget(), row(SLOW_LINE), 60))["live"] == 8


def test_one_camera_of_many_that_is_behind_lowers_nobody():
    assert counted(run(Budget(), row(WELL) | {"C0": BEHIND}, 60))["live"] == 8


def test_after_two_seconds_behind_all_are_halved_then_a_growing_share_gets_key_frames():
    budget = Budget()
    assert counted(run(budget, row(BEHIND), 1))["live"] == 8
    found = [counted(budget.look(row(BEHIND), float(second))) for second in range(2, 13, 2)]
    assert [(each["half"], each["keys"]) for each in found] == [(8, 0), (6, 2), (4, 4), (2, 6), (0, 8), (0, 8)]


def test_the_lowered_ones_are_spread_over_the_row():
    heats = run(Budget(), row(BEHIND), 4)
    assert [name for name, heat in heats.items() if heat == "keys"] == ["C0", "C4"]


def test_the_large_picture_among_small_ones_is_never_lowered_but_a_lone_one_is():
    heats = run(Budget(), row(BEHIND) | {"large": LARGE}, 30)
    assert heats["large"] == "live" and counted(heats)["keys"] == 8
    assert run(Budget(), {"large": LARGE}, 30) == {"large": "keys"}


def test_ten_calm_seconds_raise_by_one_step():
    budget = Budget()
    run(budget, row(BEHIND), 4)
    assert budget.step == 2
    run(budget, row(WELL), 9, start=5)
    assert budget.step == 2
    run(budget, row(WELL), 1, start=15)
    assert budget.step == 1


def test_a_rise_that_came_too_early_makes_the_next_one_wait_twice_as_long():
    budget = Budget()
    run(budget, row(BEHIND), 2)
    run(budget, row(WELL), 10, start=3)
    assert budget.step == 0
    run(budget, row(BEHIND), 2, start=14)
    assert budget.step == 1
    run(budget, row(WELL), 2 * int(CALM_S) - 1, start=17)
    assert budget.step == 1
    run(budget, row(WELL), 1, start=37)
    assert budget.step == 0


def test_without_memory_less_is_shown_and_the_reason_is_another():
    budget = Budget()
    for second in range(3):
        heats = budget.look(row(WELL), float(second), free_mb=100.0)
    assert (counted(heats)["half"], budget.full) == (8, "memory")


def test_an_empty_wall_is_no_trouble_and_no_step_leads_past_the_last():
    assert Budget().look({}, 0.0, free_mb=0.0) == {}
    budget = Budget()
    run(budget, row(BEHIND), 60)
    assert budget.step == LAST_STEP


def test_the_system_tells_its_free_memory():
    assert 0 < free_mb() < float("inf")


@pytest.mark.parametrize(("late", "busy", "is_behind"), [(0.39, 1.0, False), (0.4, 0.49, False), (0.4, 0.5, True)])
def test_behind_is_late_while_at_work(late, busy, is_behind):
    assert Load(late, busy).is_behind is is_behind
