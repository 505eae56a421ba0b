"""Questions about what stood on the map in hours that are over: cases with their journal lines, a page at a time."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import or_, select

from console.domain.case import DRAFT
from console.domain.journal import Entry
from console.domain.past import Life
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit

PAGE = 200  # cases; with their lines they stay below the 2,000 rows that may be decoded at once


def lives(
    unit: Unit, scope: Scope, starts_at: datetime, ends_at: datetime, *, after: int = 0, limit: int = PAGE
) -> tuple[Life, ...]:
    """Cases with a position that were reported before hours ended and did not end before they began, each with its lines until then.

    In the order of their ids, those that follow `after`; fewer than `limit` are the last.
    """
    c, j = tables.case.c, tables.journal.c
    question = select(c.id, c.lon, c.lat, c.title).where(
        scope.cases(), c.id > after, c.lon.is_not(None), c.lat.is_not(None), c.state != DRAFT, c.reported_at <= ends_at,
        or_(c.ended_at.is_(None), c.ended_at >= starts_at),
    )  # fmt: skip
    found = unit.rows(question.order_by(c.id).limit(limit))
    ids = [row[0] for row in found]
    told = select(j.at, j.ref, j.version, j.to_state, j.facts).where(j.kind == "case", j.ref.in_(ids), j.at <= ends_at)
    lines: defaultdict[object, list[Entry]] = defaultdict(list)
    for at, ref, version, state, facts in unit.rows(told.order_by(j.ref, j.version)):
        lines[ref].append(Entry(0, 0, 0, at, 0, "", "", "case", ref, version, "", state, facts))  # type: ignore[arg-type]
    return tuple(Life(*row, tuple(lines[row[0]])) for row in found)  # type: ignore[arg-type]
