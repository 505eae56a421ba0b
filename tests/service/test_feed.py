"""The feed tells every listener every entry once, in commit order, soon, and goes on whatever happens."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from console.domain.errors import Missing
from console.domain.journal import Entry
from console.service.feed import Feed
from console.store.store import Store
from tests.make import START
from tests.waiting import until


class Ear:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[Entry] = []

    def __call__(self, entries: tuple[Entry, ...]) -> None:
        self.heard.extend(entries)

    def ops(self) -> list[str]:
        return [entry.op for entry in self.heard]


@pytest.fixture
def feed(town):
    made = Feed(town.store)
    town.desk.wake = made.wake
    yield made
    made.stop()


def an_entry(op: str) -> Entry:
    return Entry(0, 0, 0, START, 1, "A1", op, "case", 1, 1, "", "", {})


def test_a_new_entry_is_told_to_every_listener(town, feed):
    ears = [Ear(), Ear()]
    for ear in ears:
        feed.listen(ear)
    feed.start()
    receipt = town.report()

    for ear in ears:
        until(lambda ear=ear: len(ear.heard) == 2, what="both entries of the report")
        assert ear.ops() == ["submit", "receive"]
        assert ear.heard[0].ref == receipt.case_id


def test_what_was_there_before_the_start_is_not_told(town, feed):
    town.report()
    ear = Ear()
    feed.listen(ear)
    feed.start()
    town.report()

    until(lambda: len(ear.heard) == 2)
    assert [entry.ref for entry in ear.heard] == [2, 2]


def test_who_has_left_hears_nothing_more(town, feed):
    stays, leaves = Ear(), Ear()
    feed.listen(stays)
    leave = feed.listen(leaves)
    feed.start()
    leave()
    leave()
    town.report()

    until(lambda: len(stays.heard) == 2)
    assert leaves.heard == []


@pytest.mark.expects_errors("a failing listener is logged")
def test_a_listener_that_fails_keeps_nobody_from_hearing(town, feed):
    def deaf(_entries: tuple[Entry, ...]) -> None:
        raise ValueError("deaf")

    ear = Ear()
    feed.listen(deaf)
    feed.listen(ear)
    feed.start()
    town.report()
    until(lambda: len(ear.heard) == 2)
    town.report()

    until(lambda: len(ear.heard) == 4)


def test_many_writers_and_nothing_is_missed_or_doubled(town, feed):
    ear = Ear()
    feed.listen(ear)
    feed.start()
    drafts = [town.draft() for _ in range(40)]

    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda draft: town.reports.receive(town.actor("grid001"), draft), drafts))

    until(lambda: len(ear.heard) >= 80, what="all entries")
    assert sorted(entry.ref for entry in ear.heard if entry.kind == "case") == sorted(receipt.case_id for receipt in receipts)
    assert len({entry.id for entry in ear.heard}) == len(ear.heard)


def test_an_entry_behind_an_open_transaction_is_told_as_soon_as_that_ends(postgresql_town):
    """Without a second look the wake would find nothing, and the entry would wait for the poll."""
    town = postgresql_town
    feed = Feed(town.store)
    ear = Ear()
    feed.listen(ear)
    feed.start()
    try:
        with town.store.write() as unit:
            unit.scalar(text("select pg_current_xact_id()"))  # an older transaction of somebody else's
            with ThreadPoolExecutor(1) as pool:
                pool.submit(log, town.store, "behind").result(30)
            feed.wake()
            until(lambda: feed._news.is_set() is False, what="the wake is taken")
            assert ear.heard == []
        until(lambda: ear.ops() == ["behind"], 1.5, what="told within a fraction of the poll")
    finally:
        feed.stop()


def log(store: Store, op: str) -> None:
    with store.write() as unit:
        unit.log([an_entry(op)])


def test_without_a_wake_the_poll_finds_it(town):
    feed = Feed(town.store)
    ear = Ear()
    feed.listen(ear)
    feed.start()
    log(town.store, "unannounced")
    try:
        until(lambda: ear.ops() == ["unannounced"], 10)
    finally:
        feed.stop()


def test_a_database_that_is_away_does_not_end_the_feed(postgresql_town, caplog):
    town = postgresql_town
    feed = Feed(town.store)
    ear = Ear()
    feed.listen(ear)
    feed.start()
    closed = threading.Event()
    try:
        town.store._closed = True
        feed.wake()
        until(lambda: "cannot be read" in caplog.text, what="the feed has noticed")
        town.store._closed = False
        closed.set()
        log(town.store, "after")
        feed.wake()
        until(lambda: ear.ops() == ["after"])
    finally:
        town.store._closed = False
        feed.stop()


def test_a_listener_that_was_away_gets_what_it_missed(town):
    feed = Feed(town.store)
    for op in ("one", "two", "three"):
        log(town.store, op)

    assert [entry.op for entry in feed.missed(1)] == ["two", "three"]
    assert feed.missed(3) == ()
    with pytest.raises(Missing):
        feed.missed(99)
    with pytest.raises(Missing):
        feed.missed(1, most=1)


def test_the_age_of_the_last_look_is_known(town, feed):
    feed.start()

    assert 0 <= feed.age_s() < 60
