"""Rows that let a unit know of a case."""

from sqlalchemy import select

from console.store import access, tables


def test_a_unit_let_in_twice_stays_as_it_was_let_in_first(town):
    case_id = town.report().case_id
    with town.store.write() as unit:
        access.grant(unit, case_id, 5, "observer", town.clock.now())
        access.grant(unit, case_id, 5, "lead", town.clock.now())

    with town.store.read() as unit:
        a = tables.access.c
        assert unit.rows(select(a.case_id, a.org_id, a.why)) == [(case_id, 5, "observer")]
