"""The small town on one engine alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.store.store import Store
from tests.make import Town
from tests.retold import check as retold_check
from tests.servers import Postgres


@pytest.fixture
def sqlite_town(sqlite_master: Path, tmp_path: Path) -> Iterator[Town]:
    """The small town on SQLite, for rules that no engine can change."""
    shutil.copy(sqlite_master, tmp_path / "console.sqlite")
    store = Store.open(f"sqlite:///{tmp_path / 'console.sqlite'}")
    yield Town(store)
    store.close()


@pytest.fixture
def retold(town: Town) -> Iterator[None]:
    """Whatever a test did to the town: afterwards the journal tells every record whole (handbook 3.2, invariant 5)."""
    yield
    retold_check(town)


@pytest.fixture
def postgresql_town(postgres: Postgres, postgresql_master: str) -> Iterator[Town]:
    """The small town on PostgreSQL."""
    address = postgres.fresh(postgresql_master)
    store = Store.open(address)
    yield Town(store)
    store.close()
    postgres.drop(address)
