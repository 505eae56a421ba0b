"""A page of a long list: its order by name, its place, and how many rows there are in all; on both engines."""

import pytest
from sqlalchemy import insert, select

from console.domain.errors import Invalid
from console.domain.paging import PAGE, Turn
from console.domain.retention import DeletionReport
from console.store import tables
from console.store.leaves import leaf
from tests.make import START

ITEM = tables.deletion_item.c

N = tables.numbers.c


@pytest.fixture
def long(town):
    """A night that took ten thousand things away."""
    with town.store.write() as unit:
        night = unit.add(tables.deletion_report, DeletionReport(0, "2026-11-23", START))
        rows = [{"report_id": night.id, "kind": "report", "ref": n, "number": f"N{n % 7}", "sha256": f"{n:064d}"} for n in range(10_000)]
        unit.run(insert(tables.deletion_item), rows)
    return town, night.id


def refs(town, night, turn):
    with town.store.read() as unit:
        question = select(tables.deletion_item).where(ITEM.report_id == night)
        rows, total = leaf(unit, question, turn, {"sha256": ITEM.sha256, "number": ITEM.number}, ITEM.id)
    assert total == 10_000
    return [row._mapping["ref"] for row in rows]


def test_the_newest_stand_first_and_the_last_page_is_what_is_left(long):
    assert refs(*long, Turn()) == list(range(9_999, 9_999 - PAGE, -1))
    assert refs(*long, Turn(start=9_900)) == list(range(99, -1, -1))
    assert refs(*long, Turn(start=10_000)) == []


def test_an_order_is_asked_for_by_name_both_ways(long):
    assert refs(*long, Turn("sha256"))[:2] == [0, 1]
    assert refs(*long, Turn("number", is_down=True))[:2] == [9_995, 9_988]  # within one number the newest first


def test_an_order_nobody_has_named_is_refused(town):
    with town.store.read() as unit, pytest.raises(Invalid, match="unknown_code"):
        leaf(unit, select(N.next), Turn("series; drop table"), {"next": N.next}, N.next)
