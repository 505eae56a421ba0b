"""The past of the map: a recorded day, asked at sampled moments, is what a plain fold over the raw journal lines gives."""

from collections import defaultdict
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from console.domain.errors import ConsoleError, Invalid
from console.store import tables, uploads
from console.store.find import past
from console.store.uploads import Upload
from console.ui.map.reel import Reel
from tests.bygone import Lines, by_hand, replayed
from tests.make import START, Town
from tests.service.test_replay import KINDS_REPORTED, PHOTOS, deciding_moves, hall_moves, unit_moves

DAY = timedelta(hours=24)
STEPS = 240


def record_day(town: Town) -> None:
    """A day of the hall from START on: a report every hour or so, and every few minutes the rarest act that is legal somewhere."""
    with town.store.write() as unit:
        for login, name in PHOTOS.items():
            uploads.remember(unit, Upload(name, town.actor(login).user_id, 1, 4, 3, town.clock.now()))
    cases, taken, hand = [], defaultdict(int), 20261123
    for step in range(STEPS):
        hand = (hand * 1_103_515_245 + 12_345) % 2**31
        choice = hand >> 8
        town.clock.at = START + step * DAY / STEPS + timedelta(seconds=choice % 100)
        if step % 10 == 0:
            category, urgent = KINDS_REPORTED[choice % 4]
            cases.append(town.report(category, urgent=urgent, lon=115.2 + step / 30_000).case_id)
        town.sweep.round()
        town.timers.round()
        case = town.ask.case(town.actor("city"), cases[choice % len(cases)])
        moves = [*hall_moves(town, case, choice), *unit_moves(town, choice), *deciding_moves(town, choice)]
        if moves:
            name, move = min(moves, key=lambda move: taken[move[0]])
            taken[name] += 1
            try:
                move()
            except ConsoleError:
                continue  # what still lacks something is refused and changes nothing
    town.clock.at = START + DAY


@pytest.mark.timeout(300)
def test_a_recorded_day_replayed_is_a_fold_over_its_journal(town):
    record_day(town)
    reel = Reel(town.ask.past.hours(town.actor("duty"), START, START + DAY, town.clock.now()))

    moments = [START + timedelta(hours=hour, minutes=hour * 37 % 60, seconds=hour * 17 % 60) for hour in range(22)]
    j = tables.journal.c
    with town.store.read() as unit:
        instants = [row[0] for row in unit.rows(select(j.at).where(j.kind == "case").order_by(j.at))]
    moments += [instants[len(instants) // 2], instants[-1]]  # at the very instant of an act as well
    lines = Lines(town.store)
    looks = [by_hand(lines, moment) for moment in moments]

    assert len(moments) == 24
    assert [replayed(reel, moment) for moment in moments] == looks
    assert {lit for moment in looks for _, _, _, lit in moment.values()} >= {"G", "Y", "R"}
    assert len({state for moment in looks for state, _, _, _ in moment.values()}) >= 6
    assert max(len(moment) for moment in looks) > 12
    assert set().union(*looks) - set(looks[21])  # some ended in the course of the day


def test_the_last_moment_is_the_live_map(town):
    first, second = town.worked()[0].id, town.report("0601").case_id
    town.cases.ack(town.actor("duty"), second, 1)
    town.report("0603", lon=None, lat=None)
    now = town.clock.now()
    reel = Reel(town.ask.past.hours(town.actor("duty"), now - DAY, now, now))

    live = town.ask.pins(town.actor("duty"))
    assert [(pin.id, pin.state, pin.priority, pin.acked, pin.title, pin.lon) for pin in reel.pins_at(now)] == [
        (pin.id, pin.state, pin.priority, pin.acked, pin.title, pin.lon) for pin in live
    ]
    assert {pin.id for pin in live} == {first, second}


def test_a_case_that_ended_is_there_until_its_end_and_one_reported_later_is_not(town):
    ended = town.report("0601").case_id
    town.wait(3_600)
    town.intake.withdraw(town.actor("grid001"), ended, 1, "误报")
    town.wait(3_600)
    town.report("0601")
    town.wait(60)
    now = town.clock.now()
    reel = Reel(town.ask.past.hours(town.actor("duty"), START, now - timedelta(minutes=10), now))

    assert [pin.id for pin in reel.pins_at(START)] == [ended]
    assert [pin.id for pin in reel.pins_at(START + timedelta(minutes=59))] == [ended]
    assert reel.pins_at(START + timedelta(hours=1)) == ()
    assert reel.pins_at(now - timedelta(minutes=10)) == ()
    assert town.ask.past.hours(town.actor("duty"), START + timedelta(minutes=61), START + timedelta(minutes=62), now).spells == ()


def test_many_pages_are_one_answer(town, monkeypatch):
    monkeypatch.setattr(past, "PAGE", 2)
    monkeypatch.setattr(past.lives, "__kwdefaults__", {"after": 0, "limit": 2})
    ids = {town.report("0601").case_id for _ in range(5)}
    now = town.clock.now()

    spells = town.ask.past.hours(town.actor("duty"), now - DAY, now, now).spells

    assert {spell.pin.id for spell in spells} == ids


def test_title_and_place_are_those_of_today(town):
    case_id = town.report("0601").case_id
    with town.store.write() as unit:
        unit.run(update(tables.case).where(tables.case.c.id == case_id).values(title="改过的标题", lon=115.21))
    now = town.clock.now()

    (spell,) = town.ask.past.hours(town.actor("duty"), now - DAY, now, now).spells

    assert (spell.pin.title, spell.pin.lon) == ("改过的标题", 115.21)


@pytest.mark.parametrize(("starts_h", "ends_h", "field", "code"), [
    (-1, -1, "ends_at", "ends_before_start"), (-1, -2, "ends_at", "ends_before_start"), (-25, 0, "starts_at", "past_too_long"),
    (-1, 1, "ends_at", "past_not_over"),
])  # fmt: skip
def test_hours_that_cannot_be_replayed_are_refused_by_name(town, starts_h, ends_h, field, code):
    now = town.clock.now()
    with pytest.raises(Invalid, match=code) as refused:
        town.ask.past.hours(town.actor("duty"), now + timedelta(hours=starts_h), now + timedelta(hours=ends_h), now)
    assert refused.value.field == field


def test_hours_without_a_zone_are_refused(town):
    now = town.clock.now()
    with pytest.raises(Invalid, match="naive_instant") as refused:
        town.ask.past.hours(town.actor("duty"), (now - DAY).replace(tzinfo=None), now, now)
    assert refused.value.field == "starts_at"
