"""The store: two kinds of transaction, on SQLite or PostgreSQL, and nothing else.

SQLite has one writing connection (`writer.py`). PostgreSQL groups commits by
itself. Reading never waits for writing on either.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pysqlite3
from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from console.domain.errors import Invalid, Unavailable
from console.store.faults import FAULTS, unavailable
from console.store.lockfile import Claim, refuse_network_drive
from console.store.unit import Unit
from console.store.writer import Writer

SQLITE_FIXED = (3, 51, 3)  # older ones may corrupt a WAL shared by two connections
BUSY_MS = 5_000


class Store:
    """Opens transactions. Safe to share between threads; the screen's thread is refused."""

    def __init__(self, engine: Engine, writer: Writer | None = None, claim: Claim | None = None) -> None:
        self.engine = engine
        # On PostgreSQL only a repeatable read sees one moment; the default sees another with every statement.
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reading = engine.execution_options(**options) if writer is None else engine
        self._writer = writer
        self._claim = claim
        self._closed = False
        self._banned: set[int] = set()
        self._writing: set[int] = set()

    @staticmethod
    def open(url: str, *, readers: int = 8) -> "Store":
        """Connect to a database by its SQLAlchemy address.

        Raises Invalid for an address that is none, Unavailable with the
        reason when the database does not answer, or a SQLite file lies on a
        network drive or belongs to another console.
        """
        try:
            parsed = make_url(url)
        except (ArgumentError, ValueError) as wrong:
            raise Invalid("database", "bad_address", problem=str(wrong)) from wrong
        if parsed.get_backend_name() == "sqlite":
            return _open_sqlite(parsed.database or "", readers)
        if parsed.get_backend_name() == "postgresql":
            return _open_postgresql(parsed.set(drivername="postgresql+psycopg"), readers)
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
        self._check()
        try:
            with self._reading.connect() as connection, connection.begin():
                yield Unit(connection)
        except FAULTS as fault:
            raise unavailable(fault) from fault

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A transaction that changes things; left without error it is on the disk."""
        self._check()
        me = threading.get_ident()
        if me in self._writing:
            raise RuntimeError("a write inside a write would wait for itself")
        self._writing.add(me)
        try:
            with self._write() if self._writer is None else self._writer.turn() as unit:
                yield unit
        finally:
            self._writing.discard(me)

    @contextmanager
    def _write(self) -> Iterator[Unit]:
        try:
            with self.engine.connect() as connection, connection.begin():
                yield Unit(connection)
        except FAULTS as fault:
            raise unavailable(fault) from fault

    def _check(self) -> None:
        if self._closed:
            raise Unavailable("database_closed")
        if threading.get_ident() in self._banned:
            raise RuntimeError("the screen's thread may not open a transaction")

    def close(self) -> None:
        """Give back every connection; SQLite folds its log into the file. Later transactions are refused."""
        self._closed = True
        try:
            if self._writer is not None:
                self._writer.close()
        finally:
            self.engine.dispose()
            if self._claim is not None:
                self._claim.release()


def _open_sqlite(path: str, readers: int) -> Store:
    if pysqlite3.sqlite_version_info < SQLITE_FIXED:
        raise Unavailable("sqlite_too_old", found=pysqlite3.sqlite_version, needed=".".join(map(str, SQLITE_FIXED)))
    if not path or path == ":memory:":
        raise Invalid("database", "needs_file")
    file = Path(path).expanduser()
    refuse_network_drive(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Unavailable("no_database_folder", folder=str(file.parent), problem=str(fault)) from fault
    claim = Claim(file)
    try:
        file.touch(mode=0o600)  # names and phones are inside; SQLite gives its log the same rights
        return _sqlite(file, readers, claim)
    except OSError as fault:
        claim.release()
        raise Unavailable("no_database_folder", folder=str(file.parent), problem=str(fault)) from fault
    except DBAPIError as fault:
        claim.release()
        raise unavailable(fault) from fault


def _sqlite(file: Path, readers: int, claim: Claim) -> Store:
    address = URL.create("sqlite", database=str(file))
    reading = create_engine(address, module=pysqlite3.dbapi2, poolclass=QueuePool, pool_size=readers, max_overflow=readers)
    event.listen(reading, "connect", _prepare_reader)
    event.listen(reading, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    writing = create_engine(address, module=pysqlite3.dbapi2, poolclass=NullPool, connect_args={"check_same_thread": False})
    event.listen(writing, "connect", _prepare_writer)
    event.listen(writing, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return Store(reading, Writer(writing.connect()), claim)


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


def _open_postgresql(url: URL, readers: int) -> Store:
    engine = create_engine(
        url, pool_size=readers, max_overflow=readers, pool_pre_ping=True, pool_timeout=10,
        connect_args={"connect_timeout": 5, "options": "-c idle_in_transaction_session_timeout=10s -c lock_timeout=5s"},
    )  # fmt: skip
    try:
        with engine.connect() as connection:
            connection.execute(text("select 1"))
    except FAULTS as fault:
        raise unavailable(fault) from fault
    return Store(engine)
