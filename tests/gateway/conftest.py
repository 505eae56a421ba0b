"""The town with its gateway answering on a free port, and people who have signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.store.store import Store
from tests.gateway.hall import Hall


@pytest.fixture
def hall(engine_url: str, tmp_path: Path) -> Iterator[Hall]:
    """A running gateway over a fresh town; once on each engine."""
    store = Store.open(engine_url)
    found = Hall(store, tmp_path)
    try:
        yield found
    finally:
        found.close()
        store.close()


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """One gateway for a file of tests that ask about the door and not about what lies behind it."""
    folder = tmp_path_factory.mktemp("door")
    store = Store.open(f"sqlite:///{folder / 'door.sqlite'}")
    found = Hall(store, folder)
    try:
        yield found
    finally:
        found.close()
        store.close()
