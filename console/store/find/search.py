"""Questions of the one search box: cases by their words, and cameras and people by name, code or initials.

Everything found lies inside the scope; boundaries are no secret and are found in `store/atlas.py`.
"""

from collections.abc import Iterator

from sqlalchemy import Row, Select, func, select

from console.domain.camera import Camera
from console.domain.case import OPEN_STATES
from console.domain.grams import SECTIONS, Section
from console.domain.masking import mask_phone
from console.domain.search import FOUND_IN, OPEN, CaseHit, CaseQuery, FoundIn, NameQuery, PersonHit, category_mark, tail_mark
from console.store import search, spelling, tables
from console.store.scope import Scope
from console.store.search import Wanted
from console.store.unit import Unit

C = tables.case.c
PAGE, NUMBERS = 20, 5
_COLUMNS = (C.id, C.number, C.title, C.category, C.address, C.priority, C.state, C.reported_at)


def cases(unit: Unit, scope: Scope, query: CaseQuery, limit: int = PAGE) -> tuple[CaseHit, ...]:
    """Cases that hold every word: by number, then title, address, content; open ones first, then the newest."""
    found: dict[int, CaseHit] = {}
    for hit in _in_order(unit, scope, query, limit):
        found.setdefault(hit.id, hit)
        if len(found) == limit:
            break
    return tuple(found.values())


def _in_order(unit: Unit, scope: Scope, query: CaseQuery, limit: int) -> Iterator[CaseHit]:
    if query.number:
        rows = unit.rows(select(*_COLUMNS).where(C.number == query.number, scope.cases()))
        yield from (CaseHit(*row, found_in="number") for row in rows)
    wanted = Wanted(unit.dialect)
    if query.tail:
        # The last digits come round every day: a few of them must not hide what else the digits may mean.
        yield from _newest(unit, scope, wanted.entry(tail_mark(query.tail), is_prefix=True), "number", min(NUMBERS, limit))
    before = ""
    for count, found_in in enumerate(FOUND_IN, 1):
        asked = _asked(wanted, query, SECTIONS[:count])
        if asked and asked != before:
            # What an earlier round has brought is brought again; a whole page of new ones stays possible.
            yield from _newest(unit, scope, asked, found_in, limit * count)
        before = asked


def _asked(wanted: Wanted, query: CaseQuery, sections: tuple[Section, ...]) -> str:
    return wanted.all_of(
        wanted.any_of([wanted.term(word.term, sections), *(wanted.entry(category_mark(code)) for code in word.categories)])
        for word in query.words
    )


def _newest(unit: Unit, scope: Scope, asked: str, found_in: FoundIn, limit: int) -> Iterator[CaseHit]:
    question = select(*_COLUMNS).where(scope.cases())
    wanted = Wanted(unit.dialect)
    open_ones = wanted.all_of([asked, wanted.entry(OPEN)])
    for asks, which in ((open_ones, C.state.in_(OPEN_STATES)), (asked, C.state.not_in(OPEN_STATES))):
        for row in search.newest_first(unit, question.where(which), asks, limit):
            yield CaseHit(*row, found_in=found_in)


def cameras(unit: Unit, scope: Scope, query: NameQuery, limit: int = 6) -> tuple[Camera, ...]:
    """Cameras by hall number, name or initials, the best fit first."""
    c = tables.camera.c
    fits, rank = spelling.fit(query, c.name, c.code)
    question = select(tables.camera).where(fits, scope.cameras()).order_by(rank, func.length(c.name), c.code).limit(limit)
    return unit.records(Camera, unit.rows(question))


def people(unit: Unit, scope: Scope, query: NameQuery, limit: int = 6) -> tuple[PersonHit, ...]:
    """Colleagues by name, initials or sign-in name, the best fit first."""
    p = tables.user.c
    fits, rank = spelling.fit(query, p.name, p.login)
    rows = unit.rows(_people().where(fits, scope.people()).order_by(rank, p.name, p.login).limit(limit))
    return tuple(_person(row) for row in rows)


def workers(unit: Unit, scope: Scope, grid: str, limit: int = 6) -> tuple[PersonHit, ...]:
    """Colleagues whose own grid this is, by name."""
    p = tables.user.c
    rows = unit.rows(_people().where(p.grid == grid, p.status == "active", scope.people()).order_by(p.name, p.login).limit(limit))
    return tuple(_person(row) for row in rows)


def _people() -> Select[tuple[object, ...]]:
    p, o = tables.user.c, tables.org.c
    return select(p.id, p.name, o.name, p.work_phone, o.duty_phone).join_from(tables.user, tables.org, o.id == p.org_id)


def _person(row: Row[tuple[object, ...]]) -> PersonHit:
    return PersonHit(row[0], row[1], row[2], mask_phone(row[3]), row[4])  # type: ignore[arg-type]
