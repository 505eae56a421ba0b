"""The store: two kinds of transaction, on SQLite or PostgreSQL, and nothing else.

SQLite has one writing connection. Writers take turns in the order they came;
work that queued up meanwhile goes into one commit (group commit), and nobody
is told "done" before that commit is on the disk. PostgreSQL groups commits by
itself. Reading never waits for writing on either.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pysqlite3
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import NullPool, QueuePool

from console.domain.errors import Invalid, Unavailable
from console.store.unit import Unit

SQLITE_FIXED = (3, 51, 3)  # older ones may corrupt a WAL shared by two connections
BUSY_MS = 5_000
GROUP = 64


class Store:
    """Opens transactions. Safe to share between threads; the screen's thread is refused."""

    def __init__(self, engine: Engine, writer: "Writer | None") -> None:
        self.engine = engine
        self._writer = writer
        self._banned: set[int] = set()

    @staticmethod
    def open(url: str, *, readers: int = 8) -> "Store":
        """Connect to a database by its SQLAlchemy address.

        Raises Invalid for an address that is none, Unavailable with the
        reason when the database does not answer.
        """
        try:
            parsed = make_url(url)
        except ArgumentError as wrong:
            raise Invalid("database", "bad_address", problem=str(wrong)) from wrong
        if parsed.get_backend_name() == "sqlite":
            return _open_sqlite(parsed.database or "", readers)
        if parsed.get_backend_name() == "postgresql":
            return _open_postgresql(url, readers)
        raise Invalid("database", "unknown_engine", engine=parsed.get_backend_name())

    @property
    def dialect(self) -> str:
        """The engine's name: "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    def ban_this_thread(self) -> None:
        """From now on the calling thread (the screen's) may not open transactions."""
        self._banned.add(threading.get_ident())

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A transaction that only looks; it sees one moment."""
        self._check_thread()
        try:
            with self.engine.connect() as connection, connection.begin():
                yield Unit(connection)
        except OperationalError as fault:
            raise unavailable(fault) from fault

    def write(self) -> AbstractContextManager[Unit]:
        """A transaction that changes things; left without error it is on the disk."""
        self._check_thread()
        return self._writer.turn() if self._writer is not None else self._write()

    @contextmanager
    def _write(self) -> Iterator[Unit]:
        try:
            with self.engine.connect() as connection, connection.begin():
                yield Unit(connection)
        except OperationalError as fault:
            raise unavailable(fault) from fault

    def _check_thread(self) -> None:
        if threading.get_ident() in self._banned:
            raise RuntimeError("the screen's thread may not open a transaction")

    def close(self) -> None:
        """Give back every connection; SQLite folds its log into the file."""
        if self._writer is not None:
            self._writer.close()
        self.engine.dispose()


class Ticket:
    """One writer's place in a group: set when its commit is on the disk or failed."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.fault: BaseException | None = None


class Writer:
    """The one writing connection of SQLite, passed on in the order of asking."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._busy = False
        self._group: list[Ticket] = []

    @contextmanager
    def turn(self) -> Iterator[Unit]:
        """Work inside a savepoint, then wait until the group it fell into is committed."""
        self._enter()
        ticket = Ticket()
        try:
            nested = self._begin()
            try:
                yield Unit(self._connection)
            except BaseException:
                nested.rollback()
                raise
            nested.commit()
            self._group.append(ticket)
        except OperationalError as fault:
            raise unavailable(fault) from fault
        finally:
            self._leave()
        ticket.done.wait()
        if ticket.fault is not None:
            raise unavailable(ticket.fault) from ticket.fault

    def _begin(self):  # type: ignore[no-untyped-def]  # SQLAlchemy's NestedTransaction
        if not self._connection.in_transaction():
            self._connection.begin()
        return self._connection.begin_nested()

    def _enter(self) -> None:
        with self._lock:
            if not self._busy:
                self._busy = True
                return
            place = threading.Event()
            self._queue.append(place)
        place.wait()

    def _leave(self) -> None:
        with self._lock:
            following = self._queue[0] if self._queue else None
        if following is None or len(self._group) >= GROUP or not self._connection.in_transaction():
            self._commit()
        with self._lock:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._busy = False

    def _commit(self) -> None:
        group, self._group = self._group, []
        fault: BaseException | None = None
        try:
            if self._connection.in_transaction():
                self._connection.commit()
        except DBAPIError as problem:
            fault = problem
            self._connection.rollback()
        for ticket in group:
            ticket.fault = fault
            ticket.done.set()

    def close(self) -> None:
        """Fold the log into the file and give the connection back."""
        self._enter()
        try:
            self._commit()
            self._connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            self._connection.rollback()
        finally:
            self._connection.close()


def unavailable(fault: BaseException) -> Unavailable:
    """A database fault as a code: lost a race, locked, full, read-only, gone."""
    said = str(getattr(fault, "orig", fault))
    if getattr(getattr(fault, "orig", None), "sqlstate", "") in ("40001", "40P01", "55P03"):
        return Unavailable("try_again", problem=said)
    for mark, code in (("locked", "database_locked"), ("full", "disk_full"), ("readonly", "database_readonly")):
        if mark in said:
            return Unavailable(code, problem=said)
    return Unavailable("database_gone", problem=said)


def _open_sqlite(path: str, readers: int) -> Store:
    if pysqlite3.sqlite_version_info < SQLITE_FIXED:
        raise Unavailable("sqlite_too_old", found=pysqlite3.sqlite_version, needed=".".join(map(str, SQLITE_FIXED)))
    if not path or path == ":memory:":
        raise Invalid("database", "needs_file")
    Path(path).expanduser().parent.mkdir(parents=True, exist_ok=True)
    address = f"sqlite:///{path}"
    reading = create_engine(address, module=pysqlite3.dbapi2, poolclass=QueuePool, pool_size=readers, max_overflow=readers)
    event.listen(reading, "connect", _prepare_reader)
    event.listen(reading, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    writing = create_engine(address, module=pysqlite3.dbapi2, poolclass=NullPool, connect_args={"check_same_thread": False})
    event.listen(writing, "connect", _prepare_writer)
    event.listen(writing, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        connection = writing.connect()
        return Store(reading, Writer(connection))
    except DBAPIError as fault:
        raise unavailable(fault) from fault


def _prepare_reader(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]
    _pragmas(connection, "query_only=ON")


def _prepare_writer(connection: object, _record: object) -> None:
    # The driver must not open transactions of its own: BEGIN IMMEDIATE is ours.
    connection.isolation_level = None  # type: ignore[attr-defined]
    _pragmas(connection, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def _pragmas(connection: object, *settings: str) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for setting in (f"busy_timeout={BUSY_MS}", *settings):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _open_postgresql(url: str, readers: int) -> Store:
    engine = create_engine(
        url, pool_size=readers, max_overflow=readers, pool_pre_ping=True, pool_timeout=10,
        connect_args={"connect_timeout": 5, "options": "-c idle_in_transaction_session_timeout=10s -c lock_timeout=5s"},
    )  # fmt: skip
    try:
        with engine.connect() as connection:
            connection.execute(text("select 1"))
    except OperationalError as fault:
        raise unavailable(fault) from fault
    return Store(engine, None)
