"""The one writing connection of SQLite, passed on in the order of asking, with group commit.

Every act works inside a savepoint, so that one that fails takes nothing of the
others with it; whoever leaves last commits for all, and nobody is told "done"
before that commit is on the disk.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from console.domain.errors import Unavailable
from console.store.faults import FAULTS, unavailable
from console.store.unit import Unit

GROUP = 64


class Ticket:
    """One act's place in a group: set when its commit is on the disk or failed."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.fault: BaseException | None = None


class Writer:
    """Gives the writing connection to one act after the other."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._busy = False
        self._closed = False
        self._group: list[Ticket] = []

    @contextmanager
    def turn(self) -> Iterator[Unit]:
        """Work inside a savepoint, then wait until the group it fell into is committed."""
        self._enter()
        ticket = Ticket()
        try:
            if self._closed:
                raise Unavailable("database_closed")
            with self._savepoint():
                yield Unit(self._connection)
            self._group.append(ticket)
        except FAULTS as fault:
            raise unavailable(fault) from fault
        finally:
            self._leave()
        ticket.done.wait()
        if ticket.fault is not None:
            raise unavailable(ticket.fault) from ticket.fault

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        if not self._connection.in_transaction():
            self._connection.begin()
        nested = self._connection.begin_nested()
        try:
            yield
            nested.commit()
        except BaseException:
            try:
                nested.rollback()
            except SQLAlchemyError as gone:
                # A full disk or a failed write undoes the whole transaction, the others' acts included.
                self._end_group(gone)
            raise

    def _enter(self) -> None:
        with self._lock:
            if not self._busy:
                self._busy = True
                return
            place = threading.Event()
            self._queue.append(place)
        place.wait()

    def _leave(self) -> None:
        try:
            with self._lock:
                is_last = not self._queue
            if is_last or len(self._group) >= GROUP or not self._connection.in_transaction():
                self._commit()
        finally:
            with self._lock:
                if self._queue:
                    self._queue.popleft().set()
                else:
                    self._busy = False

    def _commit(self) -> None:
        try:
            if self._connection.in_transaction():
                self._connection.commit()
        except SQLAlchemyError as problem:
            self._end_group(problem)
        else:
            self._tell(None)

    def _end_group(self, fault: BaseException) -> None:
        """Nothing of the group is on the disk: say so, and go on with a fresh connection."""
        self._connection.invalidate()
        self._connection.rollback()
        self._tell(fault)

    def _tell(self, fault: BaseException | None) -> None:
        group, self._group = self._group, []
        for ticket in group:
            ticket.fault = fault
            ticket.done.set()

    def close(self) -> None:
        """Fold the log into the file and give the connection back; later acts are refused."""
        self._enter()
        try:
            if not self._closed:
                self._closed = True
                self._commit()
                # Past SQLAlchemy, which would open a transaction first, and a checkpoint refuses to run inside one.
                self._connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except FAULTS as fault:
            raise unavailable(fault) from fault
        finally:
            self._connection.close()
            self._leave()
