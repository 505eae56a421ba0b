"""Questions about cases inside a box on the ground; what lies in a circle or an outline is told apart above."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from console.domain.case import DRAFT, OPEN_STATES
from console.domain.place import Point
from console.domain.vicinity import Box, CaseHere, Placed
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

PAGE = 1_000  # no more rows are decoded at once
C = tables.case.c


def placed_since(unit: Unit, scope: Scope, box: Box, since: datetime, *, after: int = 0) -> tuple[Placed, ...]:
    """Cases in a box, open or ended, that were reported since an instant: a page in the order of their ids, those that follow `after`."""
    return _page(unit, scope, box, after, C.state != DRAFT, C.reported_at >= since)


def placed_open(unit: Unit, scope: Scope, box: Box, *, after: int = 0) -> tuple[Placed, ...]:
    """Open cases in a box: a page in the order of their ids, those that follow `after`."""
    return _page(unit, scope, box, after, C.state.in_(OPEN_STATES))


def _page(unit: Unit, scope: Scope, box: Box, after: int, *conditions: object) -> tuple[Placed, ...]:
    west, south, east, north = box
    question = select(C.id, C.lon, C.lat, C.priority, C.reported_at).where(
        scope.cases(), C.id > after, C.lon.between(west, east), C.lat.between(south, north), *conditions,  # type: ignore[arg-type]
    )  # fmt: skip
    rows = unit.rows(question.order_by(C.id).limit(PAGE))
    return tuple(Placed(id_, Point(lon, lat), priority, at) for id_, lon, lat, priority, at in rows)  # type: ignore[arg-type]


def cases_here(unit: Unit, scope: Scope, ids: Collection[int]) -> tuple[CaseHere, ...]:
    """Those of these cases the actor may know of, as a list shows them, in any order; their distance is not known here."""
    question = select(C.id, C.number, C.title, C.category, C.priority, C.state, C.reported_at, C.address)
    rows = unit.rows(question.where(scope.cases(), C.id.in_(sorted(ids)))) if ids else ()
    return tuple(CaseHere(*row, None) for row in rows)  # type: ignore[arg-type,misc]
