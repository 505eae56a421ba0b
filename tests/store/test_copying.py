"""Rows copied come back as rows inserted do, and what the table refuses is refused alike."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from console.domain.journal import Entry
from console.store import keys, tables
from console.store.keys import Seen
from console.store.unit import FEW, IntegrityError

AT = datetime(2026, 11, 23, 2, 0, 0, 123_456, tzinfo=UTC)
ODD = "制表\t换行\n反斜杠\\ 引号\" 单引号' 空 \\N 完"
MANY = [Seen(f"1:{number}", "0" * 64, {"text": ODD, "flags": [number], "none": None}, AT) for number in range(FEW + 1)]


def test_every_kind_of_value_comes_back(store):
    with store.write() as unit:
        keys.remember(unit, *MANY)

    with store.read() as unit:
        assert keys.answers(unit, [one.key for one in MANY]) == {one.key: one for one in MANY}


def test_a_key_that_is_there_is_refused_and_nothing_is_written(store):
    with store.write() as unit:
        keys.remember(unit, MANY[2])

    with pytest.raises(IntegrityError), store.write() as unit:
        keys.remember(unit, *MANY)

    with store.read() as unit:
        assert set(keys.answers(unit, [one.key for one in MANY])) == {"1:2"}


def test_many_lines_of_the_journal_carry_the_mark_of_their_transaction_as_few_do(store):
    line = Entry(0, 0, 0, AT, 5, "A1", "submit", "case", 7, 1, "", "01", {"flags": ["late"]})
    with store.write() as unit:
        unit.log([line])
        unit.log([replace(line, version=number) for number in range(2, FEW + 4)])

    with store.read() as unit:
        found = unit.records(Entry, unit.rows(select(tables.journal).order_by(tables.journal.c.id)))
    assert [one.version for one in found] == list(range(1, FEW + 4))
    assert len({one.xid for one in found}) == 1
    assert all(one.digest == replace(one, digest="").sealed().digest for one in found)
