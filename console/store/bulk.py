"""Rows in bulk, past the operations: for filling a database nobody uses yet, never for a hall at work.

SQLite takes one prepared statement over many rows, PostgreSQL a COPY. Values
are encoded apart from the database, so that another process may do it; rows
come in the order of the table's columns as `columns` names them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from operator import itemgetter

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


@dataclass(frozen=True)
class Loose:
    """Encoded rows of one table that lack their number, the first column, and the microsecond each is put in order by."""

    table: str
    at: list[int]
    rows: list[Row] | list[str]


def columns(table: str) -> tuple[str, ...]:
    """The columns of a table, in the order its rows come in."""
    return tuple(column.name for column in _KNOWN[table].columns)


def encoded(dialect: str, table: str, rows: Sequence[Row]) -> Block:
    """Rows as an engine takes them: instants, tuples (as JSON text) and None included."""
    if dialect == "postgresql":
        return Block(table, len(rows), "".join([_line(row) for row in rows]))
    instants = _instants(table)
    return Block(table, len(rows), [_stored(row, instants) for row in rows])


def loose(dialect: str, table: str, rows: Sequence[Row], at: int) -> Loose:
    """Rows without their first column as an engine takes them; `at` is the place of the instant they are put in order by."""
    order = [_microseconds(row[at]) for row in rows]
    if dialect == "postgresql":
        return Loose(table, order, [_line(row) for row in rows])
    instants = [place - 1 for place in _instants(table)]
    return Loose(table, order, [_stored(row, instants) for row in rows])


def in_order(parts: Sequence[Loose], first: int) -> Block:
    """Loose rows of some parts as one block, in the order of time, with numbers from `first` on."""
    placed = sorted(chain.from_iterable(zip(part.at, part.rows, strict=True) for part in parts), key=itemgetter(0))
    if all(isinstance(row, str) for _, row in placed[:1]):
        return Block(parts[0].table, len(placed), "".join([f"{number}\t{row}" for number, (_, row) in enumerate(placed, first)]))
    return Block(parts[0].table, len(placed), [(number, *row) for number, (_, row) in enumerate(placed, first)])


def joined(blocks: Sequence[Block]) -> Block:
    """Blocks of one table as one; SQLite takes its rows fastest in the order of their first column."""
    count = sum(block.count for block in blocks)
    if isinstance(blocks[0].rows, str):
        return Block(blocks[0].table, count, "".join([str(block.rows) for block in blocks]))
    return Block(blocks[0].table, count, sorted(chain.from_iterable(block.rows for block in blocks), key=itemgetter(0)))


def _line(row: Row) -> str:
    return "\t".join([_copied(value) for value in row]) + "\n"


def _instants(table: str) -> list[int]:
    return [place for place, column in enumerate(_KNOWN[table].columns) if isinstance(column.type, tables.Instant)]


def _microseconds(at: object) -> int:
    return (at - _EPOCH) // _MICROSECOND  # type: ignore[operator, no-any-return]


def _stored(row: Row, instants: Sequence[int]) -> Row:
    values = list(row)
    for place in instants:
        at = values[place]
        if at is not None:
            values[place] = _microseconds(at)
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
