"""Blocks of running numbers; gaps are allowed, doubles are not."""

from sqlalchemy import insert, select, update

from console.store import tables
from console.store.unit import Unit

N = tables.numbers.c


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
