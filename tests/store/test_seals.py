"""Journal and seals only grow, on both engines, and the questions about them keep commit order."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from console.domain.journal import Entry
from console.domain.seal import Seal, Signer
from console.store import seals, tables
from console.store.changes import Mark
from console.store.unit import IntegrityError

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SEAL = Seal(1, AT, 1, 0, 1, 1, "a" * 64, "k", "s")


def log(store, count, first=1):
    for version in range(first, first + count):
        with store.write() as unit:
            unit.log([Entry(0, 0, 0, AT, 1, "A1", "act", "case", 1, version, "10", "20", {})])


def fill(store):
    log(store, 2)
    with store.write() as unit:
        seals.add_signer(unit, Signer("k", "ab", 1, AT))
        seals.add(unit, SEAL)


CHANGES = [
    statement
    for table in ("journal", "seal", "signer")
    for statement in (
        f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"UPDATE {table} SET id = id WHERE 1 = 0 OR id IS NOT NULL",
    )
]  # fmt: skip


@pytest.mark.parametrize("statement", CHANGES)
def test_neither_journal_nor_seals_can_be_changed(store, statement):
    fill(store)

    with pytest.raises(DBAPIError, match="only grows"), store.write() as unit:
        unit.run(text(statement))

    with store.read() as unit:
        assert (seals.count(unit), seals.newest(unit)) == (2, SEAL)


@pytest.mark.parametrize("table", ["journal", "seal", "signer"])
def test_postgresql_does_not_truncate_them_either(postgresql, table):
    with pytest.raises(DBAPIError, match="only grows"), postgresql.write() as unit:
        unit.run(text(f"TRUNCATE {table}"))


@pytest.mark.parametrize("table", ["journal", "seal", "signer"])
def test_sqlite_does_not_replace_their_rows_either(sqlite, table):
    fill(sqlite)

    with pytest.raises(DBAPIError, match="only grows"), sqlite.write() as unit:
        unit.run(text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))


def test_a_seal_has_one_number_once(store):
    fill(store)

    with pytest.raises(IntegrityError), store.write() as unit:
        seals.add(unit, SEAL)


def test_what_is_unsealed_comes_in_commit_order_behind_the_last_seal(store):
    log(store, 5)

    with store.read() as unit:
        everything = seals.unsealed(unit, Mark())
        rest = seals.unsealed(unit, Mark(int(everything[1][0]), int(everything[1][1])), limit=2)

    assert [row[1] for row in everything] == [1, 2, 3, 4, 5]
    assert [row[1] for row in rest] == [3, 4]


def test_entries_an_open_transaction_may_precede_are_not_sealed_yet(postgresql):
    with postgresql.engine.connect() as late, late.begin():
        late.execute(text("select pg_current_xact_id()"))
        log(postgresql, 1)
        with postgresql.read() as unit:
            assert seals.unsealed(unit, Mark()) == []
    with postgresql.read() as unit:
        assert len(seals.unsealed(unit, Mark())) == 1


def test_walking_pages_through_entries_and_seals(store, monkeypatch):
    monkeypatch.setattr(seals, "PAGE", 2)
    log(store, 5)
    with store.write() as unit:
        for number in range(1, 6):
            seals.add(unit, Seal(number, AT, number, 0, number, 1, "a" * 64, "k", "s"))

    assert [entry.version for entry in seals.walk_entries(store, Mark())] == [1, 2, 3, 4, 5]
    assert [seal.id for seal in seals.walk_seals(store, 1, 4)] == [2, 3, 4]


@pytest.mark.parametrize(("entries", "start"), [(1, 4), (3, 3), (4, 2), (10, 0), (11, None)])
def test_the_newest_entries_begin_at_a_seal(store, entries, start):
    with store.write() as unit:
        for number, count in enumerate((3, 1, 3, 2, 1), 1):
            seals.add(unit, Seal(number, AT, number, 0, number, count, "a" * 64, "k", "s"))

    with store.read() as unit:
        found = seals.before_newest(unit, entries)

    assert (found.id if found is not None else None) == (start or None)


def test_a_superuser_and_sqlites_only_user_may_seal(store):
    with store.read() as unit:
        assert seals.may_seal(unit)
        assert seals.by_id(unit, 1) is None
        assert seals.signers(unit) == ()


def test_the_digest_in_the_row_is_the_entrys_own(store):
    log(store, 1)

    with store.read() as unit:
        entry = unit.get(tables.journal, Entry, 1)

    assert entry == entry.sealed()
