"""The spells of a case: what shows on a map parts them, what does not is one; lamps turn between lines; hours cut them off."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.errors import Invalid
from console.domain.past import LONGEST, Life, Spell, check_hours, in_order, spells_of
from console.domain.rows import Pin
from tests.domain.test_flow import AT, a_case
from tests.domain.test_replay import lines
from tests.make import CODES

HOUR = timedelta(hours=1)
FIRST = replace(a_case("10", "P4"), due_accept=AT + HOUR)  # P4 intake has 60 work minutes; AT is Monday 10:00 in China


def life(*cases, at=()):
    told = lines(*cases)
    return Life(1, 115.2, 36.1, "井盖缺失", tuple(replace(line, at=instant) for line, instant in zip(told, at, strict=True)))


def told(life, starts_at=AT, ends_at=AT + 12 * HOUR):
    return [(spell.since, spell.until, spell.pin.state, spell.pin.lamp) for spell in spells_of(life, CODES, starts_at, ends_at)]


def test_a_lamp_turns_between_two_lines():
    accepted = replace(FIRST, state="20", due_file=None)
    filed_h = 3

    found = told(life(FIRST, accepted, at=(AT, AT + filed_h * HOUR)))

    assert found == [
        (AT, AT + timedelta(minutes=40), "10", "G"), (AT + timedelta(minutes=40), AT + HOUR, "10", "Y"),
        (AT + HOUR, AT + 2 * HOUR, "10", "R"), (AT + 2 * HOUR, AT + 3 * HOUR, "10", "K"), (AT + 3 * HOUR, None, "20", "G"),
    ]  # fmt: skip


def test_what_does_not_show_on_a_map_parts_nothing():
    urged = replace(FIRST, urged=1)

    assert told(life(FIRST, urged, at=(AT, AT + timedelta(minutes=5))), ends_at=AT + timedelta(minutes=30)) == [(AT, None, "10", "G")]


def test_what_ended_is_there_no_longer_and_what_is_reopened_is_there_again():
    ended = replace(FIRST, state="91", ended_at=AT + timedelta(minutes=5))
    again = replace(ended, state="20", ended_at=None)
    five, ten = AT + timedelta(minutes=5), AT + timedelta(minutes=10)

    assert told(life(FIRST, ended, again, at=(AT, five, ten))) == [(AT, five, "10", "G"), (ten, None, "20", "G")]


def test_hours_cut_a_life_off_and_one_outside_them_has_no_spell():
    found = life(FIRST, replace(FIRST, state="91"), at=(AT, AT + HOUR))
    part = AT + timedelta(minutes=10)

    assert told(found, part, AT + timedelta(minutes=20)) == [(part, None, "10", "G")]
    assert told(found, AT + HOUR, AT + 2 * HOUR) == []
    assert told(found, AT - 2 * HOUR, AT - HOUR) == []
    assert told(Life(1, 115.2, 36.1, "", ())) == []


def test_both_ends_of_the_hours_are_part_of_them():
    later = AT + timedelta(minutes=30)
    found = life(FIRST, replace(FIRST, state="20", due_file=None), at=(AT, later))

    assert told(found, AT - HOUR, AT) == [(AT, None, "10", "G")]
    assert told(found, AT, later) == [(AT, later, "10", "G"), (later, None, "20", "G")]


def test_a_clock_that_was_set_back_never_shows_a_case_twice():
    accepted, filed = replace(FIRST, state="20"), replace(FIRST, state="30")
    at = (AT, AT + timedelta(minutes=20), AT + timedelta(minutes=10))

    found = told(life(FIRST, accepted, filed, at=at), ends_at=AT + timedelta(minutes=30))

    assert found == [(AT, at[1], "10", "G"), (at[1], None, "30", "G")]


def test_spells_come_as_pins_of_the_live_map_do():
    def spell(number, priority):
        return Spell(AT, None, Pin(number, 0.0, 0.0, priority, "10", False, ""))

    found = in_order([spell(1, "P2"), spell(2, "P1"), spell(3, "P2")])

    assert [each.pin.id for each in found] == [2, 3, 1]


@pytest.mark.parametrize(("starts_at", "ends_at", "field"), [
    (AT, AT, "ends_at"), (AT - LONGEST - timedelta(seconds=1), AT, "starts_at"), (AT - HOUR, AT + timedelta(seconds=1), "ends_at"),
    ((AT - HOUR).replace(tzinfo=None), AT, "starts_at"), (AT - HOUR, AT.replace(tzinfo=None), "ends_at"),
])  # fmt: skip
def test_bad_hours_are_refused_and_the_end_that_is_wrong_is_named(starts_at, ends_at, field):
    with pytest.raises(Invalid) as refused:
        check_hours(starts_at, ends_at, AT)
    assert refused.value.field == field


def test_the_longest_hours_until_now_are_taken():
    check_hours(AT - LONGEST, AT, AT)
