"""Boundaries, grids and centres: their rows hold rings as lists of [lon, lat], their records hold points."""

from collections.abc import Sequence

from sqlalchemy import func, insert, select

from console.domain.place import Centre, Division, Grid, numbers_of, rings_of
from console.domain.search import NameQuery, PlaceHit
from console.store import spelling, tables
from console.store.unit import Unit


def put_divisions(unit: Unit, divisions: Sequence[Division]) -> None:
    """Write divisions that are not there yet."""
    unit.run(insert(tables.division), [{**vars(area), "rings": numbers_of(area.rings)} for area in divisions])


def put_grids(unit: Unit, grids: Sequence[Grid]) -> None:
    """Write grids that are not there yet."""
    unit.run(insert(tables.grid), [{**vars(area), "rings": numbers_of(area.rings)} for area in grids])


def put_centres(unit: Unit, centres: Sequence[Centre]) -> None:
    """Write centres that are not there yet."""
    unit.run(insert(tables.centre), [vars(centre) for centre in centres])


def centres(unit: Unit) -> tuple[Centre, ...]:
    """Every centre, by id."""
    return unit.records(Centre, unit.rows(select(tables.centre).order_by(tables.centre.c.id)))


def centres_below(unit: Unit, centre_id: int) -> tuple[Centre, ...]:
    """The centres directly below one, by code."""
    c = tables.centre.c
    return unit.records(Centre, unit.rows(select(tables.centre).where(c.parent_id == centre_id).order_by(c.code)))


def divisions(unit: Unit) -> tuple[Division, ...]:
    """Every division, by code."""
    rows = (dict(row._mapping) for row in unit.rows(select(tables.division).order_by(tables.division.c.code)))
    return tuple(Division(**{**values, "rings": rings_of(values["rings"])}) for values in rows)


def grids(unit: Unit) -> tuple[Grid, ...]:
    """Every grid, by code."""
    rows = (dict(row._mapping) for row in unit.rows(select(tables.grid).order_by(tables.grid.c.code)))
    return tuple(Grid(**{**values, "rings": rings_of(values["rings"])}) for values in rows)


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
