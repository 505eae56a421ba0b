"""Rows that let a unit know of a case outside its own area; only the flow writes them."""

from datetime import datetime

from sqlalchemy import select

from console.store import tables
from console.store.unit import Unit

A = tables.access.c
OBSERVER = "observer"


def grant(unit: Unit, case_id: int, org_id: int, why: str, at: datetime) -> None:
    """Let a unit know of a case; granting twice changes nothing, and watching outlasts a task."""
    known = unit.row(select(A.why).where(A.case_id == case_id, A.org_id == org_id))
    if known is None:
        unit.run(tables.access.insert().values(case_id=case_id, org_id=org_id, why=why, at=at))
    elif why == OBSERVER and known[0] != OBSERVER:
        unit.run(tables.access.update().where(A.case_id == case_id, A.org_id == org_id).values(why=why, at=at))


def watch(unit: Unit, case_id: int, centre_id: int, at: datetime) -> None:
    """Let a whole centre go on knowing of a case that left it (T21, T25): its own offices, not the departments beside it."""
    o = tables.org.c
    for row in unit.rows(select(o.id).where(o.centre_id == centre_id, o.kind != "department")):
        grant(unit, case_id, int(str(row[0])), OBSERVER, at)
