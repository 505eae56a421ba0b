"""The tables in force: every centre its own, every instant its own, on every console, and never an empty hand."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.code_change import CodeChange
from console.domain.errors import Unavailable
from console.domain.limits import CHINA
from console.service.code_book import CodeBook
from console.service.feed import Feed
from console.store import tables
from console.store.store import Store
from tests.make import START, Town
from tests.service.halls import CITY, COUNTY, MANHOLE, OTHER, SHIPPED, TOMORROW, CodeHall
from tests.waiting import until


@pytest.fixture
def hall(town: Town) -> CodeHall:
    return CodeHall(town)


@pytest.fixture
def small(sqlite_town: Town) -> CodeHall:
    return CodeHall(sqlite_town)


def test_a_centre_without_changes_has_the_shipped_tables_themselves(small):
    assert small.book.of(COUNTY) is small.book.of(OTHER) is small.book.of(0) is small.book.of(777)


def test_a_snapshot_that_was_taken_never_changes(small):
    taken = small.book.of(COUNTY)
    small.decided(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    small.town.clock.at = TOMORROW
    assert str(taken.categories["0601"].limit) == "4H"
    assert small.limit("0601", COUNTY) == "2H"


def test_another_console_learns_of_a_change_by_the_feed_and_turns_at_the_same_instant(hall, town_url):
    """The second console has its own store and feed, as on another machine; nothing restarts."""
    other = hall.town.store if hall.town.store.dialect == "sqlite" else Store.open(town_url)
    book, feed = CodeBook(other, SHIPPED, hall.town.clock), Feed(other)
    feed.listen(book.hear)
    feed.start()
    try:
        hall.decided(hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
        feed.wake()
        until(lambda: book.below(CITY) == (CITY, COUNTY), 10, what="the news")
        hall.town.clock.at = TOMORROW - timedelta(microseconds=1)
        assert str(book.of(COUNTY).categories["0601"].limit) == "4H"
        hall.town.clock.at = TOMORROW
        assert str(book.of(COUNTY).categories["0601"].limit) == "2H"
        assert str(book.of(OTHER).categories["0601"].limit) == "4H"
    finally:
        feed.stop()
        if other is not hall.town.store:
            other.close()


def test_a_console_that_starts_later_reads_what_is_decided(small):
    small.decided(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    small.town.clock.at = TOMORROW + timedelta(days=30)
    assert str(CodeBook(small.town.store, SHIPPED, small.town.clock).of(COUNTY).categories["0601"].limit) == "2H"


def test_several_changes_take_turns(small):
    for days, limit in ((1, "2H"), (2, "3H"), (3, "1H")):
        small.decided(small.leader, "categories", "0601", {**MANHOLE, "limit": limit}, at=START + timedelta(days=days))
    seen = []
    for hours in (0, 24, 47, 48, 72, 500):
        small.town.clock.at = START + timedelta(hours=hours)
        seen.append(small.limit("0601", COUNTY))
    assert seen == ["4H", "2H", "2H", "3H", "1H", "1H"]


def test_a_clock_set_back_gets_the_tables_of_then(small):
    small.decided(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    small.town.clock.at = TOMORROW
    assert small.limit("0601", COUNTY) == "2H"
    small.town.clock.at = START
    assert small.limit("0601", COUNTY) == "4H"


def test_a_day_off_moves_limits_from_then_on(small):
    small.decided(small.leader, "work_calendar", "2026-11-25", {"day": "off"}, at=START + timedelta(minutes=1))
    small.town.wait(60)
    start = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # Tuesday, half past five in China: half a work hour is left
    assert small.book.of(COUNTY).calendar.add(start, timedelta(hours=1)) == datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    assert small.book.of(OTHER).calendar.add(start, timedelta(hours=1)) == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def test_a_year_without_holidays_is_asked_for_until_somebody_enters_a_day(small):
    assert small.book.years_missing(COUNTY) == (2027,)  # it is November, and the library ends with 2026
    small.decided(small.leader, "work_calendar", "2027-01-01", {"day": "off"})
    assert small.book.years_missing(COUNTY) == ()
    assert small.book.years_missing(OTHER) == (2027,)


def test_a_start_warns_of_a_year_that_has_come_and_notes_one_that_is_coming(small, caplog):
    caplog.set_level("INFO")
    CodeBook(small.town.store, SHIPPED, small.town.clock)
    small.town.clock.at = datetime(2027, 1, 1, 0, 30, tzinfo=CHINA)
    CodeBook(small.town.store, SHIPPED, small.town.clock)
    told = [(record.levelname, "the holidays of 2027 are not known" in record.getMessage()) for record in caplog.records]
    assert ("INFO", True) in told
    assert ("WARNING", True) in told


def test_rows_say_what_is_the_centres_own(small):
    small.decided(small.city_director, "categories", "0601", {**MANHOLE, "limit": "3H"})
    small.decided(small.leader, "categories", "0603", {**small.book.rows(0)["categories"]["0603"], "limit": "20H", "active": True})
    small.town.clock.at = TOMORROW
    assert small.book.own(COUNTY) == {("categories", "0603")}
    assert small.book.rows_above(COUNTY)["categories"]["0601"]["limit"] == "3H"
    assert small.book.rows_above(CITY)["categories"]["0601"]["limit"] == "4H"
    assert small.book.is_within(COUNTY, CITY)
    assert not small.book.is_within(OTHER, COUNTY)


def test_what_does_not_fit_is_left_out_and_said_and_the_rest_stands(small, caplog):
    """Written past the checks, as two centres at the same second might: the hall keeps its limits."""
    broken = CodeChange(0, "categories", "0601", COUNTY, {}, {**MANHOLE, "lead": "D99"}, 3, START, TOMORROW, state="approved")
    good = replace(broken, code="0603", after={**small.book.rows(0)["categories"]["0603"], "limit": "20H"})
    with small.town.store.write() as unit:
        unit.add(tables.code_change, broken)
        unit.add(tables.code_change, good)
    small.book.reload()
    small.town.clock.at = TOMORROW

    assert (small.limit("0601", COUNTY), small.limit("0603", COUNTY)) == ("4H", "20H")
    assert "does not fit" in caplog.text


def test_while_the_store_is_away_the_tables_known_so_far_stay(small, monkeypatch, caplog):
    small.decided(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    entries = small.town.store.read
    news = Feed(small.town.store).missed(0)

    def away():
        raise Unavailable("database_gone")

    monkeypatch.setattr(small.town.store, "read", away)
    small.book.hear(news)
    small.town.clock.at = TOMORROW
    assert small.limit("0601", COUNTY) == "2H"
    assert "cannot be read now" in caplog.text
    monkeypatch.setattr(small.town.store, "read", entries)
    small.book.hear(news[:0])
    assert small.limit("0601", COUNTY) == "2H"


def test_readers_on_many_threads_get_whole_tables_while_changes_come_in(small):
    small.decided(small.leader, "categories", "0601", {**MANHOLE, "limit": "2H", "lead": "D11", "co": []})
    seen, stop = set(), threading.Event()

    def read() -> None:
        while not stop.is_set():
            category = small.book.of(COUNTY).categories["0601"]
            seen.add((str(category.limit), category.lead))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for hours in range(48):
        small.town.clock.at = START + timedelta(hours=hours)
        small.book.reload()
    until(lambda: ("2H", "D11") in seen, 10, what="the new row")
    stop.set()
    for reader in readers:
        reader.join()
    assert seen <= {("4H", "D10"), ("2H", "D11")}
