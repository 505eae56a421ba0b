"""A town, the duty officer's seat in it and what the map remembers, for every test of the map that asks for them."""

import pytest
from PySide6.QtCore import QSettings

from console.service.exports import Exports
from console.store.store import Store
from console.ui.memory import Memory
from console.ui.seat import Seat, Services
from tests.make import CODES, Town
from tests.tiles.hosts import serving


@pytest.fixture
def town(tmp_path):
    made = Town(Store.open(f"sqlite:///{tmp_path / 'town.db'}"))
    yield made
    made.store.close()


@pytest.fixture
def seat(town, work, tmp_path):
    services = Services(
        CODES, town.clock, town.ask, town.reports, town.cases, town.tasks, None, town.video, None, *town.flow, town.unmask,
        Exports(town.desk, tmp_path / "exports"), sightings=town.sightings,
    )  # fmt: skip
    return Seat(town.actor("duty"), services, work)


@pytest.fixture
def memory(tmp_path, qapp):
    return Memory(QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat), "duty")


@pytest.fixture
def host():
    """A service of map pictures."""
    with serving() as found:
        yield found
