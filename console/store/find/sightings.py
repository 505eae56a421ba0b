"""Questions about marks on the way."""

from sqlalchemy import select

from console.domain.sighting import Sighting
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

S = tables.sighting.c


def of_case(unit: Unit, scope: Scope, case_id: int) -> tuple[Sighting, ...]:
    """The marks of a case, earliest first."""
    visible = select(tables.case.c.id).where(tables.case.c.id == case_id, scope.cases())
    return unit.records(Sighting, unit.rows(select(tables.sighting).where(S.case_id.in_(visible)).order_by(S.at, S.id)))
