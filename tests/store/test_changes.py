"""The journal's change feed under concurrent writers: nothing missed, nothing doubled, versions in order.

On PostgreSQL a naive reader ("id greater than the last") is shown to lose an
entry, so that nobody simplifies the horizon away.
"""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select, text

from console.domain.case import Case
from console.domain.journal import Entry
from console.store import changes, lock, tables
from console.store.changes import Mark
from console.store.scope import Scope
from console.store.store import Store
from console.store.unit import Unit
from tests.make import Town

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WRITERS, ACTS, RECORDS = 12, 25, 6
J = tables.journal


def entry(ref: int, version: int, op: str = "act") -> Entry:
    return Entry(0, 0, 0, AT, 1, "A1", op, "case", ref, version, "10", "20", {})


class Tail:
    """A reader that goes on until it is told that the writers are done and nothing is left."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.seen: list[Entry] = []
        self.is_last_round = threading.Event()
        self.mark = Mark()

    def look(self) -> int:
        with self.store.read() as unit:
            found = changes.changes(unit, self.mark, limit=7)  # small, so that batches cut through transactions
        if found:
            self.mark = changes.mark_of(found[-1])
            self.seen.extend(found)
        return len(found)

    def run(self) -> None:
        while True:
            ending = self.is_last_round.is_set()
            if not self.look() and ending:
                return


def act(town: Town, case_id: int, chance: random.Random) -> None:
    """What every operation does: lock the case, change it, write entries, commit after a while or give up."""
    with town.store.write() as unit:
        case = unit.record(Case, lock.case(unit, Scope(town.actor("duty")), case_id))
        assert case is not None
        grown = unit.save(tables.case, case, replace(case, returned=case.returned + 1))
        unit.log([entry(case_id, grown.version), entry(1_000 + case_id, grown.version, "beside")])
        threading.Event().wait(chance.choice((0, 0, 0.001, 0.004, 0.02)))
        if chance.random() < 0.1:
            raise GaveUp


class GaveUp(Exception):
    pass


def write_much(town: Town, seed: int) -> int:
    chance = random.Random(seed)
    done = 0
    for _ in range(ACTS):
        try:
            act(town, chance.randrange(RECORDS) + 1, chance)
            done += 1
        except GaveUp:
            continue
    return done


def test_twelve_writers_at_once_and_the_reader_misses_and_doubles_nothing(town):
    for _ in range(RECORDS):
        town.report()
    tail = Tail(town.store)
    reader = threading.Thread(target=tail.run)
    reader.start()

    with ThreadPoolExecutor(WRITERS) as pool:
        done = sum(pool.map(lambda seed: write_much(town, seed), range(WRITERS)))
    tail.is_last_round.set()
    reader.join(60)

    assert not reader.is_alive()
    with town.store.read() as unit:
        stored = [int(row[0]) for row in unit.rows(select(J.c.id))]
    assert len(stored) == 2 * done + 2 * RECORDS
    assert Counter(found.id for found in tail.seen) == Counter(stored)
    for ref in range(1, RECORDS + 1):
        versions = [found.version for found in tail.seen if (found.kind, found.ref) == ("case", ref)]
        assert versions == list(range(1, len(versions) + 1)), f"case {ref} out of order"


def naive(unit: Unit, after: int) -> list[int]:
    return [int(row[0]) for row in unit.rows(select(J.c.id).where(J.c.id > after).order_by(J.c.id))]


class LateCommit:
    """A transaction that takes the first id and commits after the second one has."""

    def __init__(self, store: Store) -> None:
        self.wrote, self.may_commit = threading.Event(), threading.Event()
        self.pool = ThreadPoolExecutor(1)
        self.promise = self.pool.submit(self._run, store)
        assert self.wrote.wait(30)

    def _run(self, store: Store) -> None:
        with store.write() as unit:
            unit.log([entry(1, 1, "early id")])
            self.wrote.set()
            assert self.may_commit.wait(30)

    def commit(self) -> None:
        self.may_commit.set()
        self.promise.result(30)
        self.pool.shutdown()


def test_a_naive_reader_loses_the_entry_that_commits_late(postgresql):
    late = LateCommit(postgresql)
    with postgresql.write() as unit:
        unit.log([entry(2, 1, "late id")])

    with postgresql.read() as unit:
        first = naive(unit, 0)
    late.commit()
    with postgresql.read() as unit:
        second = naive(unit, first[-1])

    assert (first, second) == ([2], []), "entry 1 is lost for the naive reader: this is why changes() waits at the horizon"


def test_behind_the_horizon_the_same_entry_is_found(postgresql):
    tail = Tail(postgresql)
    late = LateCommit(postgresql)
    with postgresql.write() as unit:
        unit.log([entry(2, 1, "late id")])

    assert tail.look() == 0, "what a still open transaction may yet precede is not told"
    late.commit()
    tail.look()

    assert [found.op for found in tail.seen] == ["early id", "late id"]


def test_entries_of_one_act_stay_in_their_order(store):
    with store.write() as unit:
        unit.log([entry(1, version) for version in range(1, 20)])

    tail = Tail(store)
    while tail.look():
        pass

    assert [found.version for found in tail.seen] == list(range(1, 20))


def test_an_act_that_fails_leaves_no_entry(store):
    try:
        with store.write() as unit:
            unit.log([entry(1, 1)])
            raise GaveUp
    except GaveUp:
        pass

    assert Tail(store).look() == 0


def test_the_newest_mark_is_where_a_new_reader_begins(store):
    with store.read() as unit:
        assert changes.newest(unit) == Mark()
    with store.write() as unit:
        unit.log([entry(1, 1), entry(1, 2)])

    with store.read() as unit:
        mark = changes.newest(unit)
        assert changes.changes(unit, mark) == ()
        assert changes.mark_at(unit, mark.id) == mark
        assert changes.mark_at(unit, 999) == Mark()


def test_a_reader_that_returns_with_an_id_goes_on_behind_it(store):
    for version in (1, 2, 3):
        with store.write() as unit:
            unit.log([entry(1, version)])
    with store.read() as unit:
        second = changes.changes(unit, Mark())[1]

    with store.read() as unit:
        after = changes.changes(unit, changes.mark_at(unit, second.id))

    assert [found.version for found in after] == [3]


def test_an_open_reader_does_not_hold_the_horizon_back(postgresql):
    with postgresql.read() as looking:
        looking.scalar(text("select 1"))
        with postgresql.write() as unit:
            unit.log([entry(1, 1)])

        assert Tail(postgresql).look() == 1
