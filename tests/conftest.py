"""What every test may ask for: databases of both engines, an X screen, Chromium; and what none may do."""

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from console.store.store import Store
from tests.make import Town
from tests.servers import Display, Postgres

# Widgets in this process paint into memory; what needs a real X screen runs as a
# child with `display.environment()`.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A shared two-core machine makes single examples slow now and then; that is no failure.
settings.register_profile("console", deadline=None, print_blob=True)
settings.load_profile("console")

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


ROUND_S = 30  # what one kill, its judgement and the next start may take


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rounds`: how often tests that kill processes do so; five as a rule, a hundred and more by hand."""
    parser.addoption("--rounds", type=int, default=5, help="kills in each test of kill -9 (default 5)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests that kill the time their rounds need."""
    for item in items:
        if isinstance(item, pytest.Function) and "rounds" in item.fixturenames:
            item.add_marker(pytest.mark.timeout(120 + ROUND_S * item.config.getoption("rounds")))


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often to kill."""
    return int(request.config.getoption("rounds"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL server for the whole run; ask it for a `fresh()` database."""
    with Postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new, empty database; the test runs once on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'console.sqlite'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    address = server.fresh()
    yield address
    server.drop(address)


@pytest.fixture(scope="session")
def sqlite_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database with the small town in it, to be copied: filling one takes longer than most tests."""
    file = tmp_path_factory.mktemp("master") / "console.sqlite"
    store = Store.open(f"sqlite:///{file}")
    Town(store)
    store.close()
    return file


@pytest.fixture(scope="session")
def postgresql_master(postgres: Postgres) -> str:
    """The same on PostgreSQL."""
    address = postgres.fresh()
    store = Store.open(address)
    Town(store)
    store.close()
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def town_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new database with the small town in it; the test runs once on each engine."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_master"), tmp_path / "console.sqlite")
        yield f"sqlite:///{tmp_path / 'console.sqlite'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    address = server.fresh(request.getfixturevalue("postgresql_master"))
    yield address
    server.drop(address)


@pytest.fixture
def town(town_url: str) -> Iterator[Town]:
    """The small town with its services, on each engine."""
    store = Store.open(town_url)
    yield Town(store)
    store.close()


@pytest.fixture(scope="session")
def display() -> Iterator[Display]:
    """An X screen for children that must really paint."""
    with Display() as screen:
        yield screen


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Debian's Chromium; as root it has no sandbox, and it never calls home."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": CHROMIUM_ARGS}


@pytest.fixture(autouse=True)
def no_unexpected_errors(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs at ERROR or above without having said so (`expects_errors`)."""
    marker = request.node.get_closest_marker("expects_errors")
    if marker is not None and not (marker.args and marker.args[0]):
        pytest.fail("expects_errors needs a reason")
    yield
    if marker is not None:
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    lines = [f"{record.name}: {record.getMessage()}" for record in records if record.levelno >= logging.ERROR]
    if lines:
        pytest.fail("unexpected log lines at ERROR:\n" + "\n".join(lines))
