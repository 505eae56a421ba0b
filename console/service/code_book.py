"""The code tables in force at every centre, at every instant: the shipped rows with each centre's own changes over them.

`Codes` stay immutable snapshots. Whoever needs them asks `of(centre)` anew for each act or
repaint and gets the snapshot of that very instant; a change that was approved for tomorrow
08:00 is in the first answer after 08:00, on every console and gateway, without a message and
without a restart. News only bring the book up to date about what has been decided.

Due times that were computed stay as they were computed: a running stage keeps its instant, the
next stage to begin takes the new table. Only a lamp's warning distance and the names on
screens follow at once.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from console.domain.clock import Clock
from console.domain.code_change import APPROVED, CodeChange, next_turn, standing_at
from console.domain.code_files import Raw
from console.domain.code_rows import CALENDAR, applied
from console.domain.codes import Codes
from console.domain.errors import Invalid, Unavailable
from console.domain.journal import Entry
from console.domain.limits import CHINA
from console.service import holidays
from console.store import code_changes
from console.store.store import Store

log = logging.getLogger(__name__)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Page:
    """The tables of one centre and how long they hold."""

    since: datetime
    until: datetime
    raw: Raw
    codes: Codes


@dataclass(frozen=True)
class _Shelf:
    """All that is decided, as of one look at the store; pages are filled in as they are asked for."""

    changes: tuple[CodeChange, ...] = ()
    chains: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    pages: dict[int, _Page] = field(default_factory=dict)


class CodeBook:
    """A `Book` over the store. `of` and `rows` may be called from any thread and never open a transaction."""

    def __init__(self, store: Store, shipped: Raw, clock: Clock) -> None:
        """Read the shipped rows (with holidays) and what is decided. Raises Invalid for broken files."""
        self._store = store
        self._clock = clock
        self._raw = shipped
        self._codes = Codes.build(shipped)
        self._shelf = _Shelf()
        self._is_behind = False
        self.reload()
        for year in self.years_missing(0):
            # A coming year's are published in its last November: until then nothing is amiss, and the calendar's page asks for them.
            level = logging.WARNING if year <= clock.now().astimezone(CHINA).year else logging.INFO
            log.log(level, "the holidays of %d are not known: its limits follow the week alone until somebody enters them", year)

    def of(self, centre_id: int) -> Codes:
        """The tables of a centre now; 0 and unknown centres have the shipped ones."""
        return self._page(centre_id).codes

    def rows(self, centre_id: int) -> Raw:
        """The rows those tables are made of, for editors."""
        return self._page(centre_id).raw

    def rows_at(self, centre_id: int, at: datetime, *more: CodeChange) -> Raw:
        """The rows of a centre as they will be at a later instant, with these changes on top as if they were approved."""
        chain = self._shelf.chains.get(centre_id, ())
        coming = tuple(replace(one, state=APPROVED) for one in more)
        return applied(self._raw, standing_at((*self._shelf.changes, *coming), chain, at))

    def rows_above(self, centre_id: int) -> Raw:
        """The rows of the centre above, or the shipped ones: what a centre follows when it has none of its own."""
        chain = self._shelf.chains.get(centre_id, ())
        return self._page(chain[-2]).raw if len(chain) > 1 else self._raw

    def own(self, centre_id: int) -> frozenset[tuple[str, str]]:
        """Table and code of the rows in which a centre now differs by a change of its own."""
        chain = self._shelf.chains.get(centre_id, ())
        counted = standing_at(self._shelf.changes, chain, self._clock.now())
        return frozenset((one.table_name, one.code) for one in counted if one.centre_id == centre_id)

    def below(self, centre_id: int) -> tuple[int, ...]:
        """The centre and those below it that have changes of their own: whom a change concerns."""
        touched = {one.centre_id for one in self._shelf.changes} | {centre_id}
        return tuple(sorted(one for one in touched if centre_id in self._shelf.chains.get(one, (one,))))

    def is_within(self, centre_id: int, above: int) -> bool:
        """Whether a centre is another one or lies below it."""
        return above in self._shelf.chains.get(centre_id, ())

    def years_missing(self, centre_id: int) -> tuple[int, ...]:
        """Years whose holidays should be known by now and are not: neither the library nor the centre has any."""
        days = self._page(centre_id).raw[CALENDAR]
        said = {str(day)[:4] for kind in ("off", "worked") for day in days[kind]}  # type: ignore[attr-defined]
        chain = self._shelf.chains.get(centre_id, ())
        said |= {one.code[:4] for one in self._shelf.changes if one.table_name == CALENDAR and one.centre_id in chain}
        return tuple(year for year in holidays.years_wanted(self._clock.now().astimezone(CHINA).date()) if str(year) not in said)

    def hear(self, entries: tuple[Entry, ...]) -> None:
        """News from the feed, on the feed's thread: look again when a change was decided."""
        if self._is_behind or any(entry.kind == "code_change" for entry in entries):
            try:
                self.reload()
            except Unavailable:
                # The tables known so far stay in force; the next news of any kind brings another look.
                self._is_behind = True
                log.warning("the changes of code tables cannot be read now", exc_info=True)

    def reload(self) -> None:
        """Read what is decided. Raises Unavailable."""
        with self._store.read() as unit:
            self._shelf = _Shelf(code_changes.standing(unit), code_changes.chains(unit))
        self._is_behind = False

    def _page(self, centre_id: int) -> _Page:
        shelf, now = self._shelf, self._clock.now()
        page = shelf.pages.get(centre_id)
        if page is None or not page.since <= now < page.until:
            page = shelf.pages[centre_id] = self._made(shelf, centre_id, now)
        return page

    def _made(self, shelf: _Shelf, centre_id: int, now: datetime) -> _Page:
        chain = shelf.chains.get(centre_id, ())
        counted = standing_at(shelf.changes, chain, now)
        until = next_turn(shelf.changes, chain, now) or FOREVER
        if not counted:
            return _Page(now, until, self._raw, self._codes)
        raw = applied(self._raw, counted)
        try:
            return _Page(now, until, raw, Codes.build(raw))
        except Invalid:
            # Each was checked when it was approved, but two centres may have decided what does not fit together.
            raw, codes = self._fitting(counted)
            return _Page(now, until, raw, codes)

    def _fitting(self, counted: tuple[CodeChange, ...]) -> tuple[Raw, Codes]:
        """The rows with every change that fits to those before it; a hall must never stand without limits."""
        raw, codes = self._raw, self._codes
        for change in counted:
            tried = applied(raw, (change,))
            try:
                codes = Codes.build(tried)
            except Invalid:
                log.warning("change %d of %s %s does not fit and is left out", change.id, change.table_name, change.code, exc_info=True)
            else:
                raw = tried
        return raw, codes
