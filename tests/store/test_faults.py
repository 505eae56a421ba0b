"""Faults of a database as codes: which of them may be tried again, and what the others ask of people."""

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from console.store.faults import is_forbidden, unavailable


class Said(Exception):
    """What a driver raises: words, and on PostgreSQL a state."""

    def __init__(self, words: str, sqlstate: str | None = None) -> None:
        super().__init__(words)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("origin", "code"),
    [
        (Said("could not serialize access", "40001"), "try_again"),
        (Said("deadlock detected", "40P01"), "try_again"),
        (Said("canceling statement due to lock timeout", "55P03"), "try_again"),
        (Said("No space left on device", "53100"), "disk_full"),
        (Said("sorry, too many clients already", "53300"), "database_busy"),
        (Said("cannot execute INSERT in a read-only transaction", "25006"), "database_readonly"),
        (Said("terminating connection due to administrator command", "57P01"), "database_gone"),
        (Said("database is locked"), "database_locked"),
        (Said("database table is locked: case_file"), "database_locked"),
        (Said("database or disk is full"), "disk_full"),
        (Said("attempt to write a readonly database"), "database_readonly"),
        (Said("disk I/O error"), "database_gone"),
        (Said("the full name of a locked door"), "database_gone"),
    ],
)
def test_a_fault_has_its_code_and_keeps_its_cause(origin, code):
    refusal = unavailable(OperationalError("insert", {}, origin))

    assert refusal.code == code
    assert refusal.facts["problem"] == str(origin)


def test_a_pool_without_a_free_connection_is_busy_not_gone():
    assert unavailable(PoolTimeout("QueuePool limit of size 8 overflow 8 reached")).code == "database_busy"


@pytest.mark.parametrize(("state", "is_so"), [("42501", True), ("25006", False), (None, False)])
def test_a_missing_right_is_told_from_everything_else(state, is_so):
    assert is_forbidden(OperationalError("insert", {}, Said("permission denied", state))) is is_so
