"""Boundaries, grids and centres: what the map and the intake know of the ground; outlines unpack when looked into."""

from collections.abc import Sequence

from sqlalchemy import select

from console.domain.place import Centre, Division, Grid
from console.store import tables
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


def divisions(unit: Unit) -> tuple[Division, ...]:
    """Every division, by code; outlines unpack when looked into."""
    d = tables.division.c
    return tuple(Division(*row) for row in unit.rows(select(d.code, d.level, d.name, d.parent, d.path, d.rings).order_by(d.code)))


def grids(unit: Unit) -> tuple[Grid, ...]:
    """Every grid, by code; outlines unpack when looked into."""
    g = tables.grid.c
    question = select(g.code, g.kind, g.level, g.division, g.name, g.rings, g.leader).order_by(g.code)
    return tuple(Grid(*row) for row in unit.rows(question))
