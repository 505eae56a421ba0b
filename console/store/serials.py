"""Blocks of running numbers and ids; gaps are allowed, doubles are not."""

from typing import cast

from sqlalchemy import Table, column, func, insert, select, table, update

from console.store import tables
from console.store.unit import Unit

N = tables.numbers.c
_sequence = table("sqlite_sequence", column("name"), column("seq"))


def reserve(unit: Unit, series: str, count: int) -> int:
    """Take `count` numbers of a series; the first of them. Starts at 1.

    Two processes starting a series at once collide on its key, and the
    loser's transaction is done again by its caller.
    """
    taken = unit.run(update(tables.numbers).where(N.series == series).values(next=N.next + count))
    if taken == 0:
        unit.run(insert(tables.numbers).values(series=series, next=count + 1))
        return 1
    after = unit.scalar(select(N.next).where(N.series == series))
    assert isinstance(after, int)
    return after - count


def new_ids(unit: Unit, home: Table, count: int) -> list[int]:
    """Ids for rows still to be written, in order; nobody else is given them.

    SQLite hands them out by the rows there are, so they must be written before this transaction asks again.
    """
    if unit.dialect == "postgresql":
        each = select(func.nextval(func.pg_get_serial_sequence(home.name, "id"))).select_from(func.generate_series(1, count))
        return [int(cast(int, row[0])) for row in unit.rows(each)]
    last = select(func.coalesce(func.max(home.c.id), 0))
    if home.dialect_options["sqlite"]["autoincrement"]:  # the id of a row that was deleted is not given again
        last = select(func.coalesce(func.max(_sequence.c.seq), 0)).where(_sequence.c.name == home.name)
    first = int(cast(int, unit.scalar(last))) + 1
    return list(range(first, first + count))
