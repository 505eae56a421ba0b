"""One open transaction: read rows as records, write records as rows, keep the journal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import ClassVar, TypeVar, cast

from sqlalchemy import Connection, Executable, Row, Table, bindparam, func, insert, literal_column, select, update
from sqlalchemy.exc import IntegrityError

from console.domain.errors import Stale
from console.domain.journal import Entry
from console.store import tables
from console.store.copying import copy

R = TypeVar("R")
_XID = literal_column("pg_current_xact_id()::text::bigint")
FEW = 3  # rows; more are worth a COPY of their own


@dataclass(frozen=True)
class Unit:
    """A transaction in progress; it lives no longer than its `with` block.

    Records are matched to columns by name, so a record's fields are its
    table's columns and nothing maps between them.
    """

    connection: Connection
    names: ClassVar[dict[type, tuple[str, ...]]] = {}

    @property
    def dialect(self) -> str:
        """The engine's name: "sqlite" or "postgresql"."""
        return self.connection.dialect.name

    def rows(self, question: Executable, values: Mapping[str, object] | None = None) -> Sequence[Row[tuple[object, ...]]]:
        """All rows of a question."""
        return self.connection.execute(question, values).all()

    def row(self, question: Executable) -> Row[tuple[object, ...]] | None:
        """The first row of a question, or none."""
        return self.connection.execute(question).first()

    def scalar(self, question: Executable) -> object:
        """The first column of the first row, or none."""
        return self.connection.execute(question).scalar()

    def run(self, statement: Executable, values: Sequence[Mapping[str, object]] | None = None) -> int:
        """Carry out a statement; the number of rows it touched."""
        return self.connection.execute(statement, values).rowcount if values is None else self._many(statement, values)

    def _many(self, statement: Executable, values: Sequence[Mapping[str, object]]) -> int:
        if values:
            self.connection.execute(statement, list(values))
        return len(values)

    def record(self, kind: type[R], row: Row[tuple[object, ...]] | None) -> R | None:
        """A row as a record of this kind; None stays None."""
        if row is None:
            return None
        mapping = row._mapping
        return kind(**{name: mapping[name] for name in _names(self, kind)})

    def records(self, kind: type[R], rows: Iterable[Row[tuple[object, ...]]]) -> tuple[R, ...]:
        """Rows as records of this kind, in order."""
        return tuple(cast(R, self.record(kind, row)) for row in rows)

    def get(self, table: Table, kind: type[R], key: object) -> R | None:
        """A record by its primary key."""
        column = next(iter(table.primary_key.columns))
        return self.record(kind, self.row(select(table).where(column == key)))

    def add(self, table: Table, record: R) -> R:
        """Insert a record; the same record with the id the store gave it."""
        # Values travel as parameters beside the statement, so its text is made and compiled once.
        values = {name: getattr(record, name) for name in _names(self, type(record))}
        if "id" in values and not values["id"]:
            del values["id"]
            new = self.connection.execute(insert(table), values).inserted_primary_key
            assert new is not None
            return replace(record, id=new[0])  # type: ignore[type-var]
        self.connection.execute(insert(table), values)
        return record

    def add_many(self, table: Table, records: Sequence[object]) -> None:
        """Insert many records of one kind that carry their ids already."""
        if not records:
            return
        names = tuple([name for name in _names(self, type(records[0])) if name in table.c])
        if len(records) > FEW and self.dialect == "postgresql":
            copy(self.connection, table, names, [[getattr(one, name) for name in names] for one in records])
        else:
            self._many(insert(table), [{name: getattr(one, name) for name in names} for one in records])

    def restart_ids(self, *written: Table) -> None:
        """After rows came with ids of their own, let the next ids follow them (SQLite does so by itself)."""
        if self.dialect == "postgresql":
            for table in written:
                most = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
                self.connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), most, False)))

    def save(self, table: Table, old: R, new: R) -> R:
        """Write what changed between two versions of a record, if nobody was faster.

        The new record's version is the old one's plus one. Raises Stale.
        """
        before, version = cast(tuple[int, int], (getattr(old, "id"), getattr(old, "version")))  # noqa: B009
        grown = replace(new, version=version + 1)  # type: ignore[type-var]
        changed = {n: getattr(grown, n) for n in _names(self, type(grown)) if getattr(grown, n) != getattr(old, n)}
        statement = update(table).where(table.c.id == bindparam("_id"), table.c.version == bindparam("_version"))
        if self.connection.execute(statement, {**changed, "_id": before, "_version": version}).rowcount != 1:
            raise self.stale(table.name, before)
        return cast(R, grown)

    def stale(self, name: str, ref: int) -> Stale:
        """The refusal that says who changed a record last, and when."""
        kind = {"case_file": "case", "person": "user", "boundary_change": "boundary"}.get(name, name)
        j, p = tables.journal.c, tables.user.c
        question = select(j.at, p.name).select_from(tables.journal.outerjoin(tables.user, p.id == j.actor))
        last = self.row(question.where(j.kind == kind, j.ref == ref).order_by(j.version.desc(), j.id.desc()).limit(1))
        at = last[0].isoformat() if last is not None and isinstance(last[0], datetime) else ""
        return Stale(kind, ref, by=str(last[1] or "") if last is not None else "", at=at)

    def log(self, entries: Sequence[Entry]) -> None:
        """Append entries to the journal, each with its digest."""
        names = tuple([name for name in _names(self, Entry) if name not in ("id", "xid")])
        rows = [[getattr(entry, name) for name in names] for entry in map(Entry.sealed, entries)]
        if len(rows) > FEW and self.dialect == "postgresql":
            xid = self.scalar(select(_XID))
            copy(self.connection, tables.journal, (*names, "xid"), [[*row, xid] for row in rows])
        elif rows:
            stamp = _XID if self.dialect == "postgresql" else 0
            self.connection.execute(insert(tables.journal).values(xid=stamp), [dict(zip(names, row, strict=True)) for row in rows])

    def last_entry(self) -> int:
        """The newest journal id this transaction sees."""
        return int(cast(int, self.scalar(select(func.coalesce(func.max(tables.journal.c.id), 0)))))


def _names(unit: Unit, kind: type) -> tuple[str, ...]:
    known = unit.names.get(kind)
    if known is None:
        known = unit.names[kind] = tuple(f.name for f in fields(kind))
    return known


__all__ = ["IntegrityError", "Unit"]
