"""Case numbers: per county and day, in blocks, never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from sqlalchemy import select

from console.service.desk import Desk
from console.service.serials import BLOCK, Serials
from console.store import tables
from console.store.store import Store
from tests.make import CODES, START


def test_a_number_names_county_day_and_serial(town):
    serials = Serials(town.desk)

    assert serials.case_number("410923", START) == "SJ410923-20261123-000001"
    assert serials.case_number("410923", START) == "SJ410923-20261123-000002"
    assert serials.case_number("410922", START) == "SJ410922-20261123-000001"


def test_the_day_is_chinas(town):
    serials = Serials(town.desk)

    assert serials.case_number("410923", datetime(2026, 11, 23, 16, 0, tzinfo=UTC)) == "SJ410923-20261124-000001"


def test_a_block_is_taken_once_for_fifty_numbers(town):
    serials = Serials(town.desk)
    for _ in range(BLOCK + 1):
        last = serials.case_number("410923", START)

    assert (BLOCK, last) == (50, "SJ410923-20261123-000051")
    with town.store.read() as unit:
        assert unit.scalar(select(tables.numbers.c.next)) == 2 * BLOCK + 1


def test_two_processes_share_no_number(town, town_url):
    other = town.store if town.store.dialect == "sqlite" else Store.open(town_url)
    makers = [Serials(Desk(store, CODES, town.clock)) for store in (town.store, other)]

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda turn: makers[turn % 2].case_number("410923", START), range(240)))

    if other is not town.store:
        other.close()
    assert len(set(numbers)) == 240
