"""LISTEN and NOTIFY, kept away from every write transaction (a NOTIFY inside serialises all commits)."""

import select as sockets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from console.store.faults import unavailable
from console.store.store import Store

CHANNEL = "console_news"
SEAT = 0x5A5A_0001  # the advisory lock the elected notifier holds


@contextmanager
def election(store: Store, seat: int = SEAT) -> Iterator[bool]:
    """Whether this process holds a seat (the notifier's by default) as long as the block runs; it holds one connection for it."""
    try:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            elected = bool(connection.execute(text("select pg_try_advisory_lock(:seat)"), {"seat": seat}).scalar())
            try:
                yield elected
            finally:
                if elected:
                    connection.execute(text("select pg_advisory_unlock(:seat)"), {"seat": seat})
    except DBAPIError as fault:
        raise unavailable(fault) from fault


def give(store: Store) -> None:
    """Tell every process that there is news."""
    try:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"NOTIFY {CHANNEL}"))
    except DBAPIError as fault:
        raise unavailable(fault) from fault


def hear(store: Store, wake: Callable[[], None], stop: threading.Event) -> None:
    """Call `wake` for every hint until `stop` is set."""
    try:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"LISTEN {CHANNEL}"))
            driver = connection.connection.driver_connection
            assert driver is not None
            while not stop.is_set():
                if not sockets.select([driver.fileno()], [], [], 0.5)[0]:
                    continue
                for _ in driver.notifies(timeout=0):
                    wake()
    except DBAPIError as fault:
        raise unavailable(fault) from fault
