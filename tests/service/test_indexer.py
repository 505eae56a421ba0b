"""Catching up: an index that is missing or of another form is made anew, and new names get their initials."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select

from console.domain.camera import Camera
from console.domain.grams import Entries
from console.service.indexer import Indexer
from console.store import search, settings, tables
from tests.make import CODES, VILLAGE
from tests.waiting import until


def letters(town) -> dict[str, str]:
    with town.store.read() as unit:
        return {row[0]: row[1] for row in unit.rows(select(tables.spelling.c.name, tables.spelling.c.letters))}


def hits(town, words: str) -> list[int]:
    return [hit.id for hit in town.ask.search.find(town.actor("duty"), words).cases]


@pytest.fixture
def lost(town) -> int:
    """A case whose entries are gone."""
    case_id = town.report("0601").case_id
    with town.store.write() as unit:
        search.forget(unit, [case_id])
    assert hits(town, "井盖") == []
    return case_id


def test_rebuilding_finds_everything_again(town, lost):
    told = []

    assert Indexer(town.store, CODES).rebuild(told.append) == 1
    assert hits(town, "井盖") == [lost]
    assert told == [1]


def test_rebuilding_drops_what_belongs_to_no_case(town, lost):
    with town.store.write() as unit:
        search.put(unit, {9_001: Entries()})
    Indexer(town.store, CODES).rebuild()

    with town.store.write() as unit:
        assert search.forget_lost(unit) == 0


def test_an_index_of_another_form_is_made_anew_at_the_next_start(town, lost):
    Indexer(town.store, CODES).catch_up()
    with town.store.write() as unit:
        search.forget(unit, [lost])
    Indexer(town.store, CODES).catch_up()
    untouched = hits(town, "井盖")
    with town.store.write() as unit:
        settings.keep(unit, "search", 0)
    Indexer(town.store, CODES).catch_up()

    assert (untouched, hits(town, "井盖")) == ([], [lost])


def test_names_are_spelled_once(town):
    indexer = Indexer(town.store, CODES)
    first, second = indexer.spell(), indexer.spell()

    found = letters(town)
    assert (first, second) == (len(found), 0)
    assert (found["仓颉村"], found["小学西门"], found["南乐县"], found["值班员甲"]) == ("cjc", "xxxm", "nlx", "zbyj")


def test_a_new_name_is_spelled_when_it_is_caught_up_with(town):
    indexer = Indexer(town.store, CODES)
    indexer.spell()
    camera = Camera(9, "C309", "41092301001323000309", "单拐路口", "fixed", 115.2, 36.1, 0.0, 60.0, VILLAGE, f"{VILLAGE}001", 2)
    with town.store.write() as unit:
        unit.add_many(tables.camera, [camera])

    assert indexer.spell() == 1
    assert letters(town)["单拐路口"] == "sglk"


def test_a_person_is_spelled_by_the_surname(town):
    with town.store.write() as unit:
        named = {"login": "new", "name": "单小芳", "org_id": 1, "centre_id": 2, "roles": ()}
        unit.run(insert(tables.user).values(id=99, **named))
    Indexer(town.store, CODES).spell()

    assert letters(town)["单小芳"] == "sxf"


def test_it_catches_up_in_a_thread_of_its_own(town, lost):
    indexer = Indexer(town.store, CODES)
    indexer.start()
    until(lambda: hits(town, "井盖") == [lost] and "仓颉村" in letters(town), 10, what="the index")
    indexer.stop()


def test_one_that_was_stopped_writes_nothing_more(town, lost):
    indexer = Indexer(town.store, CODES)
    indexer.stop()
    indexer.catch_up()

    assert hits(town, "井盖") == []
    assert letters(town) == {}


def test_several_consoles_catch_up_at_once(town, lost):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: Indexer(town.store, CODES).catch_up(), range(4)))

    assert hits(town, "井盖") == [lost]
    assert letters(town)["仓颉村"] == "cjc"
