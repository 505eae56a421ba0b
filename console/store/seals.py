"""Seals and the entries under them, in commit order; only behind the horizon, so that what is sealed is complete."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Row, func, literal_column, select, text, tuple_
from sqlalchemy.sql.elements import ColumnElement

from console.domain.journal import Entry
from console.domain.seal import Seal, Signer
from console.store import tables
from console.store.changes import HORIZON, Mark
from console.store.store import Store
from console.store.unit import Unit

SEAT = 0x5A5A_0003  # the advisory lock the elected sealer holds
PAGE = 1_000
START = Mark(-(2**62), -(2**62))  # an entry pushed in with a negative id is found too
J, S = tables.journal.c, tables.seal.c


def mark_of(seal: Seal | None) -> Mark:
    """Where a seal's range ends; the start of the journal without one."""
    return Mark() if seal is None else Mark(seal.last_xid, seal.last_id)


def newest(unit: Unit) -> Seal | None:
    """The last seal, or none."""
    return unit.record(Seal, unit.row(select(tables.seal).order_by(S.id.desc()).limit(1)))


def by_id(unit: Unit, seal_id: int) -> Seal | None:
    """A seal by its number, or none."""
    return unit.get(tables.seal, Seal, seal_id)


def signers(unit: Unit) -> tuple[Signer, ...]:
    """Every key that has sealed, in the order of their first seals."""
    return unit.records(Signer, unit.rows(select(tables.signer).order_by(tables.signer.c.first_seal)))


def add_signer(unit: Unit, signer: Signer) -> None:
    """Record a public key."""
    unit.add(tables.signer, signer)


def add(unit: Unit, seal: Seal) -> None:
    """Append a seal. Raises IntegrityError when another sealer was faster."""
    unit.add(tables.seal, seal)


def may_seal(unit: Unit) -> bool:
    """Whether the database lets this connection add seals."""
    return unit.dialect != "postgresql" or bool(unit.scalar(text("select has_table_privilege('seal', 'INSERT')")))


def _after(unit: Unit, mark: Mark) -> ColumnElement[bool]:
    return tuple_(J.xid, J.id) > (mark.xid, mark.id) if unit.dialect == "postgresql" else J.id > mark.id


def _order(unit: Unit) -> tuple[ColumnElement[int], ...]:
    return (J.xid, J.id) if unit.dialect == "postgresql" else (J.id,)


def unsealed(unit: Unit, after: Mark, limit: int = 2_000) -> Sequence[Row[tuple[object, ...]]]:
    """(xid, id, digest) of entries that follow a mark and that no open transaction may still precede."""
    question = select(J.xid, J.id, J.digest).where(_after(unit, after)).order_by(*_order(unit)).limit(limit)
    if unit.dialect == "postgresql":
        question = question.where(J.xid < literal_column(HORIZON))
    return unit.rows(question)


def walk_entries(store: Store, after: Mark) -> Iterator[Entry]:
    """Every entry after a mark in commit order, a page at a time, each page in a transaction of its own."""
    while True:
        with store.read() as unit:
            question = select(tables.journal).where(_after(unit, after)).order_by(*_order(unit)).limit(PAGE)
            page = unit.records(Entry, unit.rows(question))
        yield from page
        if len(page) < PAGE:
            return
        after = Mark(page[-1].xid, page[-1].id)


def walk_seals(store: Store, after: int, until: int) -> Iterator[Seal]:
    """The seals with numbers in (after, until], in order, a page at a time."""
    while True:
        question = select(tables.seal).where(S.id > after, S.id <= until).order_by(S.id).limit(PAGE)
        with store.read() as unit:
            page = unit.records(Seal, unit.rows(question))
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].id


def before_newest(unit: Unit, entries: int) -> Seal | None:
    """The last seal with at least so many entries behind it; none when the journal is shorter."""
    late = select(S.id, S.count).order_by(S.id.desc()).limit(entries).subquery()  # a seal covers one entry at least
    sums = select(late.c.id, func.sum(late.c.count).over(order_by=late.c.id.desc()).label("behind")).subquery()
    first = unit.scalar(select(func.max(sums.c.id)).where(sums.c.behind >= entries))
    return by_id(unit, int(str(first)) - 1) if first is not None else None


def count(unit: Unit) -> int:
    """How many entries the journal has; on a large one this takes a moment."""
    return int(str(unit.scalar(select(func.count()).select_from(tables.journal))))
