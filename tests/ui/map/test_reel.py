"""The reel: pins of a moment found at once among many, cameras of now beside them."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.past import PastHours, Spell
from console.domain.rows import Pin
from console.ui.map.marks import marks_of, places_of
from console.ui.map.reel import Reel, overdue
from tests.make import CAMERAS

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
END = AT + timedelta(hours=24)
MINUTE = timedelta(minutes=1)


def pin(number, lamp="G", priority="P4", acked=True):
    return Pin(number, 115.0 + number / 1e5, 36.0, priority, "50", acked, "…", lamp)


def reel_of(*spells):
    return Reel(PastHours(AT, END, tuple(Spell(since, until, each) for since, until, each in spells)))


def test_a_pin_is_there_from_its_first_instant_until_before_its_last():
    reel = reel_of((AT + MINUTE, AT + 2 * MINUTE, pin(1)), (AT + 2 * MINUTE, None, pin(1, "R")))
    tick = timedelta(microseconds=1)

    assert reel.pins_at(AT + MINUTE - tick) == ()
    assert [each.lamp for each in reel.pins_at(AT + MINUTE)] == ["G"]
    assert [each.lamp for each in reel.pins_at(AT + 2 * MINUTE - tick)] == ["G"]
    assert [each.lamp for each in reel.pins_at(AT + 2 * MINUTE)] == ["R"]
    assert [each.lamp for each in reel.pins_at(END)] == ["R"]


def test_outside_its_hours_a_reel_knows_nothing():
    reel = reel_of((AT, None, pin(1)))

    assert reel.pins_at(AT - MINUTE) == reel.pins_at(END + MINUTE) == ()


def test_a_reel_without_a_case_is_empty():
    assert reel_of().is_empty
    assert reel_of().pins_at(AT) == ()
    assert not reel_of((AT, None, pin(1))).is_empty


def test_marks_are_those_of_pins_made_one_by_one():
    reel = reel_of((AT, None, pin(1, "R", "P1", acked=False)), (AT, AT + MINUTE, pin(2, "Y")), (AT, None, pin(3, "K")))
    live = marks_of((pin(9),), CAMERAS)

    marks, wanted = reel.marks(reel.rows_at(AT + MINUTE), live), marks_of((pin(1, "R", "P1", acked=False), pin(3, "K")), CAMERAS)

    assert (marks.pins, marks.cameras) == (wanted.pins, CAMERAS)
    assert (marks.pin_places == wanted.pin_places).all() and (marks.camera_places == places_of(CAMERAS)).all()
    assert (marks.waiting == wanted.waiting).all() and (marks.lamps == wanted.lamps).all()
    assert overdue(marks) == 2


@pytest.mark.alone
def test_a_moment_of_ten_thousand_open_cases_takes_20_ms_at_most():
    turns = [(AT + turn * timedelta(hours=8), AT + (turn + 1) * timedelta(hours=8)) for turn in range(3)]
    reel = reel_of(*((since, until, pin(number)) for number in range(10_000) for since, until in turns))

    took = []
    for hour in range(20):
        began = time.perf_counter()
        found = reel.pins_at(AT + timedelta(hours=hour))
        took.append(time.perf_counter() - began)
        assert len(found) == 10_000
    assert sorted(took)[len(took) // 2] < 0.02
