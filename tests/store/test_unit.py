"""A transaction's own work: records in and out, versions, the journal."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from console.domain.case import Case
from console.domain.errors import Stale
from console.domain.journal import Entry, digest_of
from console.store import tables
from console.store.unit import Unit

AT = datetime(2026, 11, 23, 2, 0, 0, 654321, tzinfo=UTC)


@pytest.fixture
def case(town) -> Case:
    return town.case(town.report().case_id)


def test_a_record_comes_back_as_it_went_in(town, case):
    rich = replace(case, id=0, number="SJ410923-20261123-000999", flags=("late", "no_grid"), handler_ids=(6, 7), occurred_at=AT)
    with town.store.write() as unit:
        stored = unit.add(tables.case, rich)

    with town.store.read() as unit:
        found = unit.get(tables.case, Case, stored.id)
    assert found == stored == replace(rich, id=stored.id)


def test_saving_makes_the_next_version(town, case):
    with town.store.write() as unit:
        saved = unit.save(tables.case, case, replace(case, returned=1))

    assert saved.version == case.version + 1
    assert town.case(case.id) == saved


def test_the_second_to_save_one_version_is_told_who_was_faster_and_when(town, case):
    changed = replace(case, returned=1)
    with town.store.write() as unit:
        unit.save(tables.case, case, changed)
        unit.log([Entry(0, 0, 0, AT, 4, "A2", "return", "case", case.id, 2, "40", "30", {})])

    with pytest.raises(Stale) as late, town.store.write() as unit:
        unit.save(tables.case, case, changed)

    assert late.value.facts == {"kind": "case", "ref": case.id, "by": "主任丁", "at": "2026-11-23T02:00:00.654321+00:00"}


def test_an_entry_gets_its_digest_and_reads_back_to_the_same(store):
    facts = {"flags": ["late"], "centre": 2, "grid": "410923102204001", "case": None, "due": "2026-11-23T02:00:00+00:00", "b": True}
    entry = Entry(0, 0, 0, AT, 1, "座席一", "submit", "case", 1, 1, "00", "10", facts)
    with store.write() as unit:
        unit.log([entry])

    with store.read() as unit:
        stored = read(unit)
    assert stored.digest == digest_of(stored) == digest_of(entry)


def test_an_entry_of_another_zone_is_the_same_instant_and_digest(store):
    entry = Entry(0, 0, 0, AT.astimezone(timezone(timedelta(hours=8))), 1, "", "submit", "case", 1, 1, "00", "10", {})
    with store.write() as unit:
        unit.log([entry])

    with store.read() as unit:
        stored = read(unit)
    assert stored.at == AT
    assert stored.digest == digest_of(stored)


def read(unit: Unit) -> Entry:
    entry = unit.record(Entry, unit.row(select(tables.journal)))
    assert entry is not None
    return entry


def test_the_last_entry_is_zero_before_the_first(store):
    with store.write() as unit:
        assert unit.last_entry() == 0
        unit.log([Entry(0, 0, 0, AT, 1, "", "submit", "case", 1, 1, "00", "10", {})])
        assert unit.last_entry() == 1
