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
