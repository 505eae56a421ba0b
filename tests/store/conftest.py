"""Stores for the tests of this floor: empty, and of one engine only."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.store import migrate
from console.store.store import Store
from tests.servers import Postgres


@pytest.fixture
def store(engine_url: str) -> Iterator[Store]:
    """An empty database with the present schema, on each engine."""
    opened = Store.open(engine_url)
    migrate.upgrade(opened)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite database."""
    opened = Store.open(f"sqlite:///{tmp_path / 'console.sqlite'}")
    migrate.upgrade(opened)
    yield opened
    opened.close()


@pytest.fixture
def postgresql_url(postgres: Postgres) -> Iterator[str]:
    """A new PostgreSQL database."""
    address = postgres.fresh()
    yield address
    postgres.drop(address)


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Store]:
    """An empty PostgreSQL database."""
    opened = Store.open(postgresql_url)
    migrate.upgrade(opened)
    yield opened
    opened.close()
