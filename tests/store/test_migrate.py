"""Schema steps: from empty to the tables the program knows, once, and never backwards."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from console.domain.errors import Unavailable
from console.domain.place import rings_of
from console.store import atlas, migrate, tables
from console.store.store import Store


def is_described(name: str | None, kind: str, _parents: object) -> bool:
    """The full-text index is no table of the metadata (a virtual one on SQLite); tests/store/test_search.py holds it to its work."""
    return kind != "table" or not str(name).startswith("case_words")


def test_the_steps_lead_to_the_tables_the_program_knows(store):
    with store.write() as unit:
        # SQLite tells every default in quotes of its own, so defaults are compared on PostgreSQL.
        wanted = {"compare_type": True, "compare_server_default": store.dialect == "postgresql", "include_name": is_described}
        context = MigrationContext.configure(unit.connection, opts=wanted)
        difference = compare_metadata(context, tables.metadata)

    assert difference == []


def test_a_table_forgotten_in_the_steps_would_be_noticed(store):
    with store.write() as unit:
        unit.connection.execute(text("drop table setting"))
        difference = compare_metadata(MigrationContext.configure(unit.connection, opts={"include_name": is_described}), tables.metadata)

    assert [kind for kind, *_ in difference] == ["add_table"]


def test_the_newest_step_is_known_by_its_file(store):
    with store.read() as unit:
        assert unit.scalar(text("select version_num from alembic_version")) == migrate.KNOWN[-1]


def test_migrating_twice_changes_nothing(store):
    with store.read() as unit:
        before = unit.rows(text("select version_num from alembic_version"))

    migrate.upgrade(store)

    with store.read() as unit:
        assert unit.rows(text("select version_num from alembic_version")) == before
    assert len(before) == 1


def test_a_database_of_a_later_program_is_refused(store):
    with store.write() as unit:
        unit.run(text("update alembic_version set version_num = '9999'"))

    with pytest.raises(Unavailable) as refused:
        migrate.upgrade(store)

    assert refused.value.code == "schema_newer"
    assert refused.value.facts["found"] == "9999"


def test_two_migrations_at_once_are_one(engine_url):
    first = Store.open(engine_url)
    second = first if first.dialect == "sqlite" else Store.open(engine_url)  # one file has one console anyway

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(migrate.upgrade, (first, second)))

    with first.read() as unit:
        assert "case_file" in inspect(unit.connection).get_table_names()
    second.close()
    first.close()


def test_boundaries_of_an_older_database_are_kept_to_the_last_bit(engine_url):
    opened = Store.open(engine_url)
    rings = [[[115.123456789012, 36.1], [115.2, 36.1], [115.2, 36.2], [115.123456789012, 36.1]]]
    migrate.upgrade(opened, "0003")
    with opened.write() as unit:
        unit.run(
            text("insert into division (code, level, name, parent, path, rings) values ('410923102000', 4, '元村镇', '', '/', :rings)"),
            [{"rings": json.dumps(rings)}],
        )
        unit.run(
            text("insert into grid (code, kind, level, division, name, rings) values ('410923102204001', 'B', 6, '', '', :rings)"),
            [{"rings": "[]"}],
        )

    migrate.upgrade(opened)

    with opened.read() as unit:
        assert [area.rings for area in atlas.divisions(unit)] == [rings_of(rings)]
        assert [grid.rings for grid in atlas.grids(unit)] == [()]
    opened.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(engine_url, monkeypatch):
    opened = Store.open(engine_url)

    def half_way(*_: object) -> None:
        raise RuntimeError("half way")

    with monkeypatch.context() as broken:
        broken.setattr(command, "upgrade", run_then(half_way, command.upgrade))
        with pytest.raises(RuntimeError, match="half way"):
            migrate.upgrade(opened)
    with opened.read() as unit:
        left = inspect(unit.connection).get_table_names()

    migrate.upgrade(opened)
    opened.close()
    assert left == []


def run_then(after, work):
    def both(*values: object) -> None:
        work(*values)
        after()

    return both


def test_postgresql_waits_its_turn_to_migrate(postgresql_url):
    """Without the turn both would create the same tables at once, and one would fail."""
    stores = [Store.open(postgresql_url) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate.upgrade, stores))

    with stores[0].read() as unit:
        assert unit.scalar(text("select count(*) from alembic_version")) == 1
    for opened in stores:
        opened.close()
