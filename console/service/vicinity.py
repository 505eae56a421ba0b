"""What happened and what is open round a place: each question inside the actor's scope, distances exact."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from console.domain.people import Actor
from console.domain.vicinity import HISTORY, MOST, Area, CaseHere, Circle, Gathering, Placed, counted, inside
from console.store.find import vicinity
from console.store.scope import Scope
from console.store.store import Store
from console.store.unit import Unit

Page = Callable[[int], tuple[Placed, ...]]  # what follows an id


class Vicinity:
    """Questions about an area of the map. They never change anything and may be asked from any thread but the screen's."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def history(self, actor: Actor, circle: Circle, now: datetime) -> Gathering:
        """Cases, open and ended, reported within a circle in the last 365 days; the newest 200 and the count of all. Raises Invalid."""
        circle.checked()
        with self._store.read() as unit:
            scope = Scope(actor)
            found = _all(lambda after: vicinity.placed_since(unit, scope, circle.box, now - HISTORY, after=after))
            return _gathered(unit, scope, circle, found)

    def open_cases(self, actor: Actor, area: Area) -> Gathering:
        """Open cases inside a circle or an outline; the newest 200 and the count of all, by priority. Raises Invalid."""
        area.checked()
        with self._store.read() as unit:
            scope = Scope(actor)
            found = _all(lambda after: vicinity.placed_open(unit, scope, area.box, after=after))
            return _gathered(unit, scope, area, found)


def _all(page: Page) -> tuple[Placed, ...]:
    found, last = list[Placed](), 0
    while len(part := page(last)) == vicinity.PAGE:
        found += part
        last = part[-1].case_id
    return (*found, *part)


def _gathered(unit: Unit, scope: Scope, area: Area, found: tuple[Placed, ...]) -> Gathering:
    here = inside(area, found)
    metres = {one.case_id: reach if isinstance(area, Circle) else None for one, reach in here[:MOST]}
    known = {row.id: row for row in vicinity.cases_here(unit, scope, tuple(metres))}
    rows: tuple[CaseHere, ...] = tuple(replace(known[case_id], distance_m=reach) for case_id, reach in metres.items() if case_id in known)
    return Gathering(rows, len(here), counted(one for one, _ in here))
