"""Many rows of one table in one COPY: what PostgreSQL takes fastest, half the work of statements for driver and server alike.

Values go through the columns' own types, so a row comes back as if it had been inserted.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError

Encode = Callable[[object], object]


def copy(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows whose values stand in the order of the names. Raises as an insert would."""
    dialect, driver = connection.dialect, connection.connection.driver_connection
    assert driver is not None
    encoders = _encoders(dialect, table, tuple(names))
    quoted = ", ".join([f'"{name}"' for name in names])
    statement = f'COPY "{table.name}" ({quoted}) FROM STDIN'
    fault_kind: type[Exception] = dialect.loaded_dbapi.Error  # type: ignore[attr-defined]
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as out:
            for row in rows:
                out.write_row([value if encode is None else encode(value) for value, encode in zip(row, encoders, strict=True)])
    except fault_kind as fault:
        raise DBAPIError.instance(statement, None, fault, fault_kind, dialect=dialect) from fault


@cache
def _encoders(dialect: Dialect, table: Table, names: tuple[str, ...]) -> tuple[Encode | None, ...]:
    return tuple(table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names)
