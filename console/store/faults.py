"""What a database fault means to the people waiting for it: lost a race, locked, full, read-only, busy, gone."""

from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from console.domain.errors import Unavailable

# What the outside may do to us at any moment. Integrity, data and programming errors are not among
# them: the first are answered where they arise, the others are bugs and must be seen as such.
FAULTS = (OperationalError, InterfaceError, InternalError, PoolTimeout)

_BY_STATE = {
    "40001": "try_again", "40P01": "try_again", "55P03": "try_again", "53100": "disk_full", "53300": "database_busy",
    "25006": "database_readonly",
}  # fmt: skip
_BY_WORDS = (("is locked", "database_locked"), ("disk is full", "disk_full"), ("readonly database", "database_readonly"))


def unavailable(fault: BaseException) -> Unavailable:
    """A database fault as a code with its cause; "try_again" means that nothing was done."""
    origin = getattr(fault, "orig", None) or fault
    said = str(origin)
    state = getattr(origin, "sqlstate", None)
    if state in _BY_STATE:
        return Unavailable(_BY_STATE[state], problem=said)
    if isinstance(fault, PoolTimeout):
        return Unavailable("database_busy", problem=said)
    for words, code in _BY_WORDS:
        if words in said:
            return Unavailable(code, problem=said)
    return Unavailable("database_gone", problem=said)


def is_forbidden(fault: DBAPIError) -> bool:
    """Whether the database refused for want of a right."""
    return getattr(fault.orig, "sqlstate", None) == "42501"
