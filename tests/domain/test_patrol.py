"""Video patrol by hand: what comes next, what counts, which shift an instant belongs to."""

from datetime import datetime

import pytest

from console.domain.errors import Invalid, Missing
from console.domain.limits import CHINA
from console.domain.patrol import (
    NamedStop,
    PatrolLine,
    PatrolPlan,
    PatrolRun,
    PatrolStop,
    PlanStop,
    Walk,
    check_route,
    read_stops,
    shift_at,
    write_stop,
)
from tests.make import CODES, START

RUN = PatrolRun(1, 1, 2, "校园周边", "1", START, 1, "值班员甲", "A1", START, START)


def walk(*seconds: int) -> Walk:
    return Walk(RUN, tuple(PatrolStop(at + 1, 1, at, 10 + at, s) for at, s in enumerate(seconds)))


def test_a_camera_is_done_when_it_was_seen_as_long_as_planned():
    going = walk(15, 10).seen(0, 14_999)
    assert going.now.place == 0
    going = going.seen(0, 1)
    assert (going.now.place, going.stop(0).state) == (1, "shown")
    assert (going.shown_s, going.planned_s) == (15, 25)


def test_a_camera_without_a_picture_comes_again_after_the_others_and_is_missed_the_second_time():
    going = walk(15, 10).seen(0, 4_000).absent(0)
    assert going.now.place == 1
    going = going.seen(1, 10_000)
    assert (going.now.place, going.now.shown_ms) == (0, 4_000)
    going = going.absent(0)
    assert going.now is None
    assert (going.stop(0).state, going.stop(0).why, going.stop(0).shown_ms) == ("missed", "offline", 4_000)


def test_a_camera_that_comes_back_at_the_end_is_seen():
    going = walk(15, 10).absent(0).seen(1, 10_000).seen(0, 15_000)
    assert (going.now, going.stop(0).state) == (None, "shown")


def test_what_is_left_out_stays_left_out_with_its_reason():
    going = walk(15, 10).passed(0, "树枝遮挡")
    assert (going.stop(0).state, going.stop(0).why, going.now.place) == ("skipped", "树枝遮挡", 1)
    assert going.passed(0, "别的").absent(0) == going


def test_breaking_off_misses_what_is_left_and_nothing_else():
    going = walk(15, 10, 5).seen(0, 15_000).absent(1).broken_off()
    assert [(stop.state, stop.why) for stop in going.stops] == [("shown", ""), ("missed", "offline"), ("missed", "ended")]
    assert (going.count("shown"), going.count("missed", "skipped")) == (1, 2)


def test_a_place_outside_the_walk_is_missing():
    with pytest.raises(Missing):
        walk(15).seen(3, 100)


@pytest.mark.parametrize(
    ("clock", "code", "starts", "ends"),
    [
        ("2026-11-23 00:00", "3", "2026-11-23 00:00", "2026-11-23 08:00"),
        ("2026-11-23 07:59", "3", "2026-11-23 00:00", "2026-11-23 08:00"),
        ("2026-11-23 08:00", "1", "2026-11-23 08:00", "2026-11-23 16:00"),
        ("2026-11-23 23:59", "2", "2026-11-23 16:00", "2026-11-24 00:00"),
    ],
)  # fmt: skip
def test_a_shift_is_that_of_ct_27(clock, code, starts, ends):
    at, first, last = (datetime.fromisoformat(text).replace(tzinfo=CHINA) for text in (clock, starts, ends))
    shift = shift_at(at, CODES.shifts)
    assert (shift.code, shift.starts, shift.ends) == (code, first, last)


@pytest.mark.parametrize(
    ("route", "code"),
    [
        ((), "patrol_without_cameras"), ((PlanStop(1, 2),), "dwell_seconds"), ((PlanStop(1, 601),), "dwell_seconds"),
        ((PlanStop(1, 15),) * 101, "too_many"), ((PlanStop(1, 15, "门" * 41),), "too_long"),
    ],
)  # fmt: skip
def test_what_cannot_be_walked_is_no_plan(route, code):
    with pytest.raises(Invalid) as wrong:
        check_route(route)
    assert wrong.value.code == code


def test_a_plan_knows_its_route_and_how_long_it_takes():
    plan = PatrolPlan(1, 2, "校园周边", "1", ((1, 15, ""), (2, 30, "大门")), 1, START)
    assert plan.route == (PlanStop(1, 15), PlanStop(2, 30, "大门"))
    assert plan.planned_s == 45


def test_a_line_counts_whole_seconds():
    line = PatrolLine(1, 1, 0, "南乐县综治中心", "校园周边", "值班员甲", START, "C301", "仓颉路西", 15, 14_999, "waiting", "", 0)
    assert (line.shown_s, line.is_missed) == (14, True)


def test_stops_are_read_as_they_are_typed():
    typed = "301 302:30 305:20@大门"
    assert read_stops(typed, 15) == (NamedStop("301", 15), NamedStop("302", 30), NamedStop("305", 20, "大门"))
    assert [write_stop("301", PlanStop(1, 15)), write_stop("305", PlanStop(5, 20, "大门"))] == ["301:15", "305:20@大门"]


@pytest.mark.parametrize("word", ["C301", "301:", "301:x", "301:²", "٣", "301:999999", "@大门"])
def test_a_word_that_is_no_stop_is_named(word):
    with pytest.raises(Invalid) as wrong:
        read_stops(f"301 {word}", 15)
    assert (wrong.value.code, wrong.value.facts["value"]) == ("patrol_stop_unread", word)
