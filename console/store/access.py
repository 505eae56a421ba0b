"""Rows that let a unit know of a case outside its own area; only the flow writes them."""

from datetime import datetime

from sqlalchemy import select

from console.store import tables
from console.store.unit import Unit

A = tables.access.c


def grant(unit: Unit, case_id: int, org_id: int, why: str, at: datetime) -> None:
    """Let a unit know of a case; granting twice changes nothing."""
    if unit.row(select(A.case_id).where(A.case_id == case_id, A.org_id == org_id)) is None:
        unit.run(tables.access.insert().values(case_id=case_id, org_id=org_id, why=why, at=at))
