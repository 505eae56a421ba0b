"""The small town, on each engine, and on each alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.store.store import Store
from tests.make import Town
from tests.servers import Postgres


@pytest.fixture
def town(engine_url: str) -> Iterator[Town]:
    """The small town, on each engine."""
    store = Store.open(engine_url)
    yield Town(store)
    store.close()


@pytest.fixture
def sqlite_town(tmp_path: Path) -> Iterator[Town]:
    """The small town on SQLite, for rules that no engine can change."""
    store = Store.open(f"sqlite:///{tmp_path / 'console.sqlite'}")
    yield Town(store)
    store.close()


@pytest.fixture
def postgresql_town(postgres: Postgres) -> Iterator[Town]:
    """The small town on PostgreSQL."""
    address = postgres.fresh()
    store = Store.open(address)
    yield Town(store)
    store.close()
    postgres.drop(address)
