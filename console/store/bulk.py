"""Rows in bulk, past the operations: for filling a database nobody uses yet, never for a hall at work.

SQLite takes one prepared statement over many rows, PostgreSQL a COPY. Values
are encoded apart from the database, so that another process may do it; rows
come in the order of the table's columns as `columns` names them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain

from sqlalchemy import Column, Table, text

from console.store import search, tables
from console.store.unit import Unit

Row = tuple[object, ...]
# Rows in one statement. Where a trigger guards a table, SQLite notes at the start of every statement what it might have to undo, and
# that takes the longer the more the transaction has written: row by row a year's journal took minutes.
TOGETHER = 100
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_KNOWN = {
    "report": tables.report, "case_file": tables.case, "task": tables.task, "task_reply": tables.reply, "attachment": tables.attachment,
    "access": tables.access, "delivery": tables.delivery, "journal": tables.journal, "person": tables.user, "secret": tables.secret,
    "supervision": tables.supervision, "remark": tables.remark, "case_words": search.words,
}  # fmt: skip


@dataclass(frozen=True)
class Block:
    """Encoded rows of one table: values for SQLite, a text for PostgreSQL's COPY."""

    table: str
    count: int
    rows: list[Row] | str


def columns(table: str) -> tuple[str, ...]:
    """The columns of a table, in the order its rows come in."""
    return tuple(column.name for column in _KNOWN[table].columns)


def encoded(dialect: str, table: str, rows: Sequence[Row]) -> Block:
    """Rows as an engine takes them: instants, tuples (as JSON text) and None included."""
    if dialect == "postgresql":
        return Block(table, len(rows), "".join(["\t".join([_copied(value) for value in row]) + "\n" for row in rows]))
    instants = [place for place, column in enumerate(_KNOWN[table].columns) if isinstance(column.type, tables.Instant)]
    return Block(table, len(rows), [_stored(row, instants) for row in rows])


def _stored(row: Row, instants: Sequence[int]) -> Row:
    values = list(row)
    for place in instants:
        at = values[place]
        if at is not None:
            values[place] = (at - _EPOCH) // _MICROSECOND  # type: ignore[operator]
    return tuple(values)


def _copied(value: object) -> str:
    if isinstance(value, str):
        return value.translate(_ESCAPED) if ("\\" in value or "\t" in value or "\n" in value or "\r" in value) else value
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return value.isoformat() if isinstance(value, datetime) else str(value)


def put(unit: Unit, block: Block) -> None:
    """Write a block in the open transaction."""
    table: Table = _KNOWN[block.table]
    names = ", ".join(f'"{_name(unit, column)}"' for column in table.columns)
    if not block.count:
        return
    if isinstance(block.rows, str):
        driver = unit.connection.connection.driver_connection
        assert driver is not None
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
            copy.write(block.rows)
        return
    marks = f"({', '.join('?' * len(table.columns))})"
    whole = len(block.rows) - len(block.rows) % TOGETHER
    many = [tuple(chain.from_iterable(block.rows[start : start + TOGETHER])) for start in range(0, whole, TOGETHER)]
    for rows, count in ((many, TOGETHER), (block.rows[whole:], 1)):
        if rows:
            unit.connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES {", ".join([marks] * count)}', rows)


def _name(unit: Unit, column: "Column[object]") -> str:
    """What a column is called; the index is keyed by the row's own number on SQLite."""
    return "rowid" if column is search.words.c.case_id and unit.dialect == "sqlite" else column.name


def settle(unit: Unit) -> None:
    """Let the planner know what is there now; without it the first questions over a filled table are asked badly."""
    unit.run(text("ANALYZE"))
