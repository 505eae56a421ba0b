"""The four roles of a PostgreSQL database: what each may do, and that it may do nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from console.domain.errors import Denied, Refused
from console.domain.journal import Entry
from console.domain.seal import Seal
from console.store import migrate, roles, seals, tables
from console.store.faults import is_forbidden
from console.store.store import Store
from console.store.unit import Unit
from tests.servers import Postgres

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SEAL = Seal(1, AT, 1, 0, 1, 1, "a" * 64, "k", "s")


@pytest.fixture
def hall(postgresql: Store) -> Store:
    """A database with the roles in it."""
    with postgresql.write() as unit:
        roles.create(unit)
        unit.log([Entry(0, 0, 0, AT, 1, "A1", "act", "case", 1, 1, "10", "20", {})])
        for role in roles.ROLES:
            name = role.replace("console_", "test_")
            if not unit.scalar(text("select 1 from pg_roles where rolname = :name").bindparams(name=name)):
                unit.run(text(f"create role {name} login password 'word' in role {role}"))
    return postgresql


@pytest.fixture
def as_role(hall: Store) -> Iterator:
    """The database as a login of a role sees it."""
    opened = []

    def login(role: str, address: str = "") -> Store:
        url = make_url(address or hall.engine.url).set(username=role.replace("console_", "test_"), password="word")
        store = Store.open(url.render_as_string(hide_password=False))
        opened.append(store)
        return store

    yield login
    for store in opened:
        store.close()


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(DBAPIError) as fault:
        yield
    assert is_forbidden(fault.value)


def refuses(store: Store, *statements: str) -> None:
    for statement in statements:
        with refused(), store.write() as unit:
            unit.run(text(statement))


def act(unit: Unit) -> None:
    unit.log([Entry(0, 0, 0, AT, 1, "A1", "act", "case", 1, 2, "20", "30", {})])


def test_the_app_writes_and_reads_but_changes_no_journal_and_seals_nothing(as_role):
    app = as_role(roles.APP)

    with app.write() as unit:
        act(unit)
        unit.run(tables.setting.insert().values(name="a", value=1))
        unit.run(tables.setting.update().values(value=2))
        unit.run(tables.setting.delete())
        unit.restart_ids(tables.report)
        assert seals.count(unit) == 2
        assert not seals.may_seal(unit)

    refuses(
        app, "UPDATE journal SET actor = 2", "DELETE FROM journal", "TRUNCATE journal", "INSERT INTO signer VALUES ('k','ab',1,now())",
        "ALTER TABLE journal DISABLE TRIGGER USER", "DROP TABLE setting", "CREATE TABLE more (id int)",
        "UPDATE alembic_version SET version_num = '1'", "SET ROLE console_migrator",
    )  # fmt: skip
    with refused(), app.write() as unit:
        seals.add(unit, SEAL)


def test_the_sealer_can_only_seal(as_role):
    sealer = as_role(roles.SEALER)

    with sealer.write() as unit:
        assert seals.may_seal(unit)
        assert len(seals.unsealed(unit, seals.mark_of(seals.newest(unit)))) == 1
        seals.add(unit, SEAL)

    refuses(
        sealer, "UPDATE seal SET head = ''", "DELETE FROM seal", "UPDATE journal SET actor = 2", "DELETE FROM journal",
        "SELECT * FROM report", "SELECT * FROM person", "SELECT * FROM secret", "UPDATE setting SET name = 'a'",
    )  # fmt: skip
    with refused(), sealer.write() as unit:
        act(unit)


def test_the_reader_looks_and_writes_nothing(as_role):
    reader = as_role(roles.READER)

    with reader.read() as unit:
        assert seals.count(unit) == 1
        assert unit.rows(text("select * from report")) == []
    for table in tables.metadata.tables:
        refuses(reader, f"DELETE FROM {table}", f"INSERT INTO {table} DEFAULT VALUES")
    refuses(reader, "SELECT * FROM secret", "SELECT * FROM session", "SELECT * FROM camera_address")


def test_not_even_the_owner_changes_the_journal_by_accident(as_role):
    migrator = as_role(roles.MIGRATOR)

    for statement in ("UPDATE journal SET actor = 2", "DELETE FROM journal", "TRUNCATE journal", "DELETE FROM seal"):
        with pytest.raises(DBAPIError, match="only grows"), migrator.write() as unit:
            unit.run(text(statement))


def test_everybody_starts_on_the_present_schema(as_role):
    for role in roles.ROLES:
        migrate.upgrade(as_role(role))


def test_only_the_migrator_takes_a_step_and_what_it_makes_is_granted(as_role, postgres):
    address = postgres.fresh()
    older = Store.open(address)
    migrate.upgrade(older, migrate.KNOWN[-2])
    with older.write() as unit:
        roles.create(unit)
    older.close()

    with pytest.raises(Denied) as denied:
        migrate.upgrade(as_role(roles.APP, address))
    assert denied.value.code == "needs_migrator"
    migrate.upgrade(as_role(roles.MIGRATOR, address))

    with as_role(roles.SEALER, address).write() as unit:
        seals.add(unit, SEAL)
        owners = unit.rows(text("select distinct tableowner from pg_tables where schemaname = 'public'"))
    assert [row[0] for row in owners] == [roles.MIGRATOR]
    with as_role(roles.APP, address).write() as unit:
        for table in sorted(tables.metadata.tables):
            unit.rows(text(f"select * from {table}"))


def test_making_the_roles_twice_changes_nothing(hall):
    question = text("select relname, relacl::text from pg_class where relnamespace = 'public'::regnamespace order by 1")
    with hall.read() as unit:
        before = unit.rows(question)
    with hall.write() as unit:
        roles.create(unit)
    with hall.read() as unit:
        assert unit.rows(question) == before


def test_who_may_not_make_roles_is_told(as_role):
    with pytest.raises(Denied) as denied, as_role(roles.APP).write() as unit:
        roles.create(unit)

    assert denied.value.code == "may_not_make_roles"


def test_a_database_without_roles_migrates_as_before(postgres: Postgres, hall):
    """The roles belong to the whole server; another database of it need not use them."""
    address = postgres.fresh()
    store = Store.open(address)
    migrate.upgrade(store)
    with store.read() as unit:
        assert not roles.are_in_use(unit)
    store.close()
    postgres.drop(address)


def test_sqlite_has_no_roles(sqlite):
    with sqlite.write() as unit, pytest.raises(Refused) as refused:
        roles.create(unit)
    assert refused.value.code == "roles_need_postgresql"
    with sqlite.read() as unit:
        assert not roles.are_in_use(unit)
