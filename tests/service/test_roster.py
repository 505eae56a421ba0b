"""The roster: only colleagues, only with the role of the part, nobody twice at once."""

from datetime import timedelta

import pytest

from console.domain.errors import Denied, Invalid, Missing, Refused, Stale
from console.service.administration import Administration
from console.service.roster import Roster
from tests.make import START

HOUR = timedelta(hours=1)


@pytest.fixture
def roster(sqlite_town):
    return Roster(sqlite_town.desk)


def refused(kind, call, *values):
    with pytest.raises(kind) as refusal:
        call(*values)
    return refusal.value.code


def test_a_leader_on_duty_is_named_at_every_seat_of_the_centre(sqlite_town, roster):
    sqlite_town.people.set_password(1, "correct horse battery")
    roster.put(sqlite_town.actor("leader"), "director", START, START + 8 * HOUR, "leader")

    assert sqlite_town.people.sign_in("duty", "correct horse battery").leader == "主任丁"


def test_who_cannot_stand_there_is_refused(sqlite_town, roster):
    leader = sqlite_town.actor("leader")

    assert refused(Denied, roster.put, sqlite_town.actor("duty"), "duty", START, START + HOUR, "officer") == "role"
    assert refused(Invalid, roster.put, leader, "stranger", START, START + HOUR, "officer") == "no_such_colleague"
    assert refused(Refused, roster.put, leader, "duty", START, START + HOUR, "leader") == "duty_role"
    assert refused(Invalid, roster.put, leader, "duty", START, START, "officer") == "duty_span"
    assert refused(Invalid, roster.put, leader, "duty", START, START + HOUR, "cook") == "unknown_code"
    roster.put(leader, "duty", START, START + HOUR, "officer")
    assert refused(Refused, roster.put, leader, "duty", START + HOUR / 2, START + 2 * HOUR, "officer") == "duty_twice"


def test_a_duty_is_taken_off_once_and_by_its_own_centre(sqlite_town, roster):
    leader, duty = sqlite_town.actor("leader"), sqlite_town.actor("duty")
    row = roster.put(leader, "duty", START, START + HOUR, "officer")
    questions = Administration(sqlite_town.desk)
    assert [one.name for one in questions.on_duty(duty, 2, START, START + HOUR)] == ["值班员甲"]

    assert refused(Missing, roster.take_off, sqlite_town.actor("stranger"), row.id, 1) == "missing"
    assert refused(Denied, roster.take_off, duty, row.id, 1) == "role"
    assert refused(Stale, roster.take_off, leader, row.id, 2) == "stale"
    roster.take_off(leader, row.id, 1)

    assert questions.on_duty(duty, 2, START, START + HOUR) == ()
    assert refused(Missing, roster.take_off, leader, row.id, 1) == "missing"
