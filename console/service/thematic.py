"""Thematic maps: heat of events, grids by what stands in them, key sites."""

from datetime import datetime, timedelta

from console.domain.people import Actor
from console.domain.site import KeySite
from console.domain.thematic import Cell, check_count, check_days
from console.store.find import sites, thematic
from console.store.scope import Scope
from console.store.store import Store


class Thematic:
    """Questions of thematic maps, each inside the actor's scope."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def heat(self, actor: Actor, days: int, now: datetime) -> tuple[Cell, ...]:
        """Events of the last days by cell. Raises Invalid("days")."""
        since = now - timedelta(days=check_days(days))
        with self._store.read() as unit:
            return thematic.cells(unit, Scope(actor), since)

    def by_grid(self, actor: Actor, what: str) -> dict[str, int]:
        """Open cases, overdue cases or cameras of each grid that has any. Raises Invalid("what")."""
        count = check_count(what)
        with self._store.read() as unit:
            return thematic.by_grid(unit, Scope(actor), count)

    def sites(self, actor: Actor) -> tuple[KeySite, ...]:
        """The key sites of the actor's area."""
        with self._store.read() as unit:
            return sites.key_sites(unit, Scope(actor))
