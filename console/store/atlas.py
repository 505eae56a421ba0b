"""Boundaries, grids and centres: what the map and the intake know of the ground; outlines unpack when looked into."""

from collections.abc import Sequence

from sqlalchemy import func, select

from console.domain.place import Centre, Division, Grid
from console.domain.search import NameQuery, PlaceHit
from console.store import spelling, tables
from console.store.unit import Unit


def put_divisions(unit: Unit, divisions: Sequence[Division]) -> None:
    """Write divisions that are not there yet."""
    unit.add_many(tables.division, divisions)


def put_grids(unit: Unit, grids: Sequence[Grid]) -> None:
    """Write grids that are not there yet."""
    unit.add_many(tables.grid, grids)


def put_centres(unit: Unit, centres: Sequence[Centre]) -> None:
    """Write centres that are not there yet."""
    unit.add_many(tables.centre, centres)


def is_empty(unit: Unit) -> bool:
    """Whether no centre is there yet."""
    return unit.row(select(tables.centre.c.id).limit(1)) is None


def centres(unit: Unit) -> tuple[Centre, ...]:
    """Every centre, by id."""
    c = tables.centre.c
    question = select(c.id, c.code, c.level, c.division, c.name, c.parent_id, c.path, c.intake).order_by(c.id)
    return tuple(Centre(*row) for row in unit.rows(question))


def centres_below(unit: Unit, centre_id: int) -> tuple[Centre, ...]:
    """The centres directly below one, by code."""
    c = tables.centre.c
    return unit.records(Centre, unit.rows(select(tables.centre).where(c.parent_id == centre_id).order_by(c.code)))


def divisions(unit: Unit) -> tuple[Division, ...]:
    """Every division, by code; outlines unpack when looked into."""
    d = tables.division.c
    return tuple(Division(*row) for row in unit.rows(select(d.code, d.level, d.name, d.parent, d.path, d.rings).order_by(d.code)))


def grids(unit: Unit) -> tuple[Grid, ...]:
    """Every grid, by code; outlines unpack when looked into."""
    g = tables.grid.c
    question = select(g.code, g.kind, g.level, g.division, g.name, g.rings, g.leader).order_by(g.code)
    return tuple(Grid(*row) for row in unit.rows(question))


def named(unit: Unit, query: NameQuery, limit: int = 6) -> tuple[PlaceHit, ...]:
    """Divisions and then grids by name, code or initials, the best fit first; outlines are not read."""
    d, g, above = tables.division.c, tables.grid.c, tables.division.alias("above")
    fits, rank = spelling.fit(query, d.name, d.code)
    question = select(d.code, d.name, d.level, func.coalesce(above.c.name, "")).where(fits).order_by(rank, d.level, d.code).limit(limit)
    rows = list(unit.rows(question.select_from(tables.division.outerjoin(above, above.c.code == d.parent))))
    if len(rows) < limit:
        fits, rank = spelling.fit(query, g.name, g.code)
        question = select(g.code, g.name, g.level, func.coalesce(above.c.name, "")).where(fits).order_by(rank, g.code)
        rows += unit.rows(question.select_from(tables.grid.outerjoin(above, above.c.code == g.division)).limit(limit - len(rows)))
    return tuple(PlaceHit(*row) for row in rows)
