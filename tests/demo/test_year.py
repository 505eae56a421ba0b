"""The year is whole: its journal folds to its rows, it is the same for the same plan, and goes on where it was broken off."""

import pickle
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from console.demo.year import PARTS, halls_of_part, stretches
from console.domain.case import Case
from console.domain.clock import HandClock
from console.domain.journal import digest_of
from console.domain.people import system_actor
from console.domain.rules import NO_CONTACT_AFTER
from console.domain.search import case_query, entries_of
from console.domain.supervision import Supervision
from console.domain.task import Task
from console.service.ask import Ask
from console.store import clocks, outbox, retention, search, tables
from console.store.store import Store
from console.ui.map.reel import Reel
from tests import retold
from tests.bygone import Lines, by_hand, replayed
from tests.demo import years
from tests.make import CODES


@pytest.fixture
def store(engine_url, whole_city):
    opened = Store.open(engine_url)
    years.fill(opened, whole_city)
    yield opened
    opened.close()


def test_the_journal_of_a_year_folds_to_its_rows(store, whole_city):
    assert years.write(store, years.plan_of(whole_city, store.dialect, 300)) > 200
    retold.check(SimpleNamespace(store=store, clock=HandClock(years.UNTIL)))


def test_the_last_day_of_a_year_replayed_is_a_plain_fold_over_its_journal(store, whole_city):
    years.write(store, years.plan_of(whole_city, store.dialect, 1_500))
    ask, everybody, begin = Ask(store, CODES), system_actor("sweep"), years.UNTIL - timedelta(hours=24)
    reel = Reel(ask.past.hours(everybody, begin, years.UNTIL, years.UNTIL))
    moments = [begin + hour * timedelta(minutes=62.5, seconds=hour) for hour in range(23)] + [years.UNTIL]

    lines = Lines(store)
    looks = [by_hand(lines, moment) for moment in moments]

    assert [replayed(reel, moment) for moment in moments] == looks
    assert all(len(look) > 20 for look in looks) and len({str(look) for look in looks}) > 8
    live = {pin.id: (pin.state, pin.priority, pin.acked, pin.lamp or "G") for pin in ask.pins(everybody)}
    assert looks[-1] == live


def test_nothing_of_the_year_is_left_for_the_first_start_to_make_up_for(store, whole_city):
    years.write(store, years.plan_of(whole_city, store.dialect, 300))
    with store.read() as unit:
        assert clocks.lamps_due(unit, years.UNTIL) == ()
        assert clocks.unreached(unit, years.UNTIL - NO_CONTACT_AFTER) == ()
        assert outbox.due_cases(unit, years.UNTIL) == ()
        assert retention.without_a_day(unit) == ()
        assert retention.due_cases(unit, years.UNTIL, 0) == ()
        pressed = unit.records(Supervision, unit.rows(select(tables.supervision).where(tables.supervision.c.category == "2")))
    assert 0.8 < sum(plate.state == "answered" for plate in pressed) / len(pressed) < 1


def test_every_case_is_found_by_what_the_operations_would_have_written(store, whole_city):
    years.write(store, years.plan_of(whole_city, store.dialect, 100))
    with store.read() as unit:
        cases = unit.records(Case, unit.rows(select(tables.case)))
    plan = years.plan_of(whole_city, "sqlite", 100)
    written = {key: words for one in stretches(plan) for block in one.blocks if block.table == "case_words" for key, words in block.rows}
    assert written == {case.id: search.as_tokens(case.id, entries_of(case, CODES.category_names(case.category))) for case in cases}
    with store.read() as unit:
        for case in cases[:20]:
            wanted = search.Wanted(store.dialect)
            (word,) = case_query(case.title, lambda _: ()).words[:1]
            found = search.newest_first(unit, select(tables.case.c.id), wanted.term(word.term, ("h",)), 1_000)
            assert case.id in [row[0] for row in found]


def test_entries_are_in_the_order_of_time_and_carry_their_digest(store, whole_city):
    years.write(store, years.plan_of(whole_city, store.dialect, 150))
    with store.read() as unit:
        at = [row[0] for row in unit.rows(select(tables.journal.c.at).order_by(tables.journal.c.id))]
    assert at == sorted(at)
    assert at[-1] <= years.UNTIL
    assert all(entry.digest == digest_of(entry) for entry in retold.entries_of(SimpleNamespace(store=store)))


def test_what_the_operations_leave_beside_the_rows_is_there(store, whole_city):
    years.write(store, years.plan_of(whole_city, store.dialect, 150))
    with store.read() as unit:
        tasks = unit.records(Task, unit.rows(select(tables.task)))
        outbox = {row.task_id: row for row in unit.rows(select(tables.delivery))}
        granted = {(row.case_id, row.org_id) for row in unit.rows(select(tables.access))}
        reports = unit.scalar(select(func.count()).select_from(tables.report))
        cases = unit.scalar(select(func.count()).select_from(tables.case))
    assert reports == cases
    for task in tasks:
        assert outbox[task.id].state == ("recalled" if task.state == "recalled" else "released" if task.released_at else "held")
        assert (task.case_id, task.org_id) in granted


def test_the_same_plan_gives_the_same_year_and_another_seed_another(whole_city):
    plan = years.plan_of(whole_city, "sqlite", 60)
    first, again = (pickle.dumps(list(stretches(plan))) for _ in range(2))
    assert first == again
    assert pickle.dumps(list(stretches(replace(plan, seed=8)))) != first


def test_stretches_that_are_stored_are_left_out_and_the_others_are_the_same(whole_city):
    plan = years.plan_of(whole_city, "postgresql", 60)
    whole = list(stretches(plan))
    assert [stretch.number for stretch in whole] == list(range(len(whole)))
    assert list(stretches(replace(plan, made=20))) == whole[20:]


def test_the_last_days_case_numbers_are_known_so_that_new_ones_follow(whole_city):
    *_, last = stretches(years.plan_of(whole_city, "sqlite", 3_000))
    numbers = defaultdict(int)
    for series, count in last.numbers.items():
        numbers[series[:8]] += count
    assert {series[-8:] for series in last.numbers} <= {"20261120", "20261121", "20261122", "20261123"}
    assert numbers["SJ410928"] >= 1


def test_the_opening_countys_last_hours_are_left_to_the_operations(whole_city):
    plan = years.plan_of(whole_city, "sqlite", 2_000)
    assert {hall.county for hall in plan.halls} == {"410902", "410922", "410923", "410926", "410927", "410928", "410972"}
    assert {hall.county: hall.reports_until == years.UNTIL for hall in plan.halls}["410923"] is False
    assert sum(hall.reports_until == years.UNTIL for hall in plan.halls) == 6
    assert sum(len(hall.workers) for hall in plan.halls) == 18_000


def test_every_hall_belongs_to_one_part_and_the_parts_are_about_alike(whole_city):
    halls = years.plan_of(whole_city, "sqlite", 60).halls
    parts = [halls_of_part(halls, part) for part in range(PARTS)]
    assert sorted(hall.centre for part in parts for hall in part) == sorted(hall.centre for hall in halls)
    assert {sum(len(hall.workers) for hall in part) // 500 for part in parts} <= {17, 18}, "nine thousand each"
