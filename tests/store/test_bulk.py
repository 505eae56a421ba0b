"""Rows in bulk come back as rows written one by one do, on both engines."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from console.domain.people import User
from console.domain.report import Report
from console.store import bulk, tables

AT = datetime(2026, 11, 23, 2, 0, 0, 123_456, tzinfo=UTC)
ODD = "制表\t换行\n反斜杠\\ 引号\" 单引号' 空 \\N 完"
REPORT = Report(
    1, "k1", "01", 9, "网格员壬", "", True, "0601", ODD, "", 115.2, 36.1, None, "wgs84", 115.2, 36.1, "", "", None, AT, (), 7, "received"
)


def values(record, table):
    found = {**vars(record), "flags": "[]"}
    return tuple(found[column.name] for column in tables.metadata.tables[table].columns)


def test_columns_come_in_the_order_of_the_table():
    assert bulk.columns("report")[:3] == ("id", "key", "source")
    assert bulk.columns("journal")[-1] == "digest"


def test_every_kind_of_value_comes_back(store):
    other = replace(REPORT, id=2, key="k2", text="短", accuracy_m=12.5, device_at=AT, protected=False)
    with store.write() as unit:
        bulk.put(unit, bulk.encoded(store.dialect, "report", [values(REPORT, "report"), values(other, "report")]))

    with store.read() as unit:
        assert unit.records(Report, unit.rows(select(tables.report).order_by(tables.report.c.id))) == (REPORT, other)


def test_they_equal_rows_written_one_by_one(store):
    with store.write() as unit:
        unit.add(tables.report, replace(REPORT, id=3, key="k3"))
        bulk.put(unit, bulk.encoded(store.dialect, "report", [values(REPORT, "report")]))
        rows = unit.rows(select(tables.report).order_by(tables.report.c.id))

    first, second = ({name: value for name, value in row._mapping.items() if name not in ("id", "key")} for row in rows)
    assert first == second


def test_ids_go_on_after_them(store):
    with store.write() as unit:
        bulk.put(unit, bulk.encoded(store.dialect, "report", [values(replace(REPORT, id=40), "report")]))
        unit.restart_ids(tables.report)

    with store.write() as unit:
        assert unit.add(tables.report, replace(REPORT, id=0, key="new")).id == 41


def test_nothing_is_written_for_no_rows_and_the_planner_is_told(store):
    with store.write() as unit:
        bulk.put(unit, bulk.encoded(store.dialect, "person", []))
        bulk.settle(unit)
        assert unit.records(User, unit.rows(select(tables.user))) == ()


def test_a_broken_block_leaves_nothing(store):
    block = bulk.encoded(store.dialect, "report", [values(REPORT, "report"), values(REPORT, "report")])
    with pytest.raises(Exception, match=r"(?i)unique"), store.write() as unit:
        bulk.put(unit, block)

    with store.read() as unit:
        assert unit.rows(select(tables.report.c.id)) == []
