"""Blocks of numbers: gaps are allowed, doubles are not."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy.exc import IntegrityError

from console.domain.errors import Unavailable
from console.store import serials, tables
from console.store.store import Store


def reserve(store: Store, series: str, count: int) -> int:
    while True:
        try:
            with store.write() as unit:
                return serials.reserve(unit, series, count)
        except (IntegrityError, Unavailable):
            continue  # two began the series at once: the loser asks again, as every operation does


def test_a_series_begins_at_one_and_goes_on_behind_the_block(store):
    assert [reserve(store, "a", 50), reserve(store, "a", 50), reserve(store, "b", 1)] == [1, 51, 1]


def test_blocks_of_two_stores_at_once_never_overlap(engine_url, store):
    other = store if store.dialect == "sqlite" else Store.open(engine_url)

    def take(turn: int) -> int:
        return reserve((store, other)[turn % 2], "SJ410923-20261123", 50)

    with ThreadPoolExecutor(8) as pool:
        firsts = list(pool.map(take, range(40)))

    if other is not store:
        other.close()
    numbers = [number for first in firsts for number in range(first, first + 50)]
    assert sorted(numbers) == list(range(1, 40 * 50 + 1))


def test_an_act_that_fails_gives_its_block_back(store):
    reserve(store, "a", 10)
    try:
        with store.write() as unit:
            serials.reserve(unit, "a", 10)
            raise ValueError
    except ValueError:
        pass

    assert reserve(store, "a", 10) == 11


def test_ids_taken_ahead_are_nobody_elses(town):
    case = town.case(town.report().case_id)
    with town.store.write() as unit:
        ids = serials.new_ids(unit, tables.case, 3)
        unit.add_many(tables.case, [replace(case, id=id_, number=f"N{id_}") for id_ in ids])
        after = unit.add(tables.case, replace(case, id=0, number="N"))

    assert case.id < ids[0] < ids[1] < ids[2] < after.id
