"""Questions about key sites (重点部位)."""

from sqlalchemy import select

from console.domain.site import KeySite
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit


def key_sites(unit: Unit, scope: Scope, kind: str = "", limit: int = 1_000) -> tuple[KeySite, ...]:
    """Key sites of the actor's area, of one kind or all; never inspected ones first, then the longest due."""
    s = tables.key_site.c
    question = select(tables.key_site).where(scope.sites())
    if kind:
        question = question.where(s.kind == kind)
    found = unit.records(KeySite, unit.rows(question.limit(limit)))
    return tuple(sorted(found, key=lambda site: (due.timestamp() if (due := site.due()) else 0.0, site.code)))
