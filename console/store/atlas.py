"""Boundaries, grids and centres: their rows hold polygons as lists of [lon, lat], their records hold points."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from console.domain.place import Centre, Division, Grid, Point, Polygon
from console.store import tables
from console.store.unit import Unit


def put_divisions(unit: Unit, divisions: Sequence[Division]) -> None:
    """Write divisions that are not there yet."""
    rows = [
        {"code": d.code, "level": d.level, "name": d.name, "parent": d.parent, "path": d.path, "polygons": _flat(d.polygons),
         "lon": d.centroid.lon if d.centroid else None, "lat": d.centroid.lat if d.centroid else None}
        for d in divisions
    ]  # fmt: skip
    unit.run(insert(tables.division), rows)


def put_grids(unit: Unit, grids: Sequence[Grid]) -> None:
    """Write grids that are not there yet."""
    rows = [
        {"code": g.code, "kind": g.kind, "level": g.level, "division": g.division, "name": g.name, "leader": g.leader,
         "polygons": _flat(g.polygons)}
        for g in grids
    ]  # fmt: skip
    unit.run(insert(tables.grid), rows)


def put_centres(unit: Unit, centres: Sequence[Centre]) -> None:
    """Write centres that are not there yet."""
    rows = [
        {"id": c.id, "code": c.code, "level": c.level, "division": c.division, "name": c.name, "parent_id": c.parent_id, "path": c.path,
         "has_intake": c.has_intake, "lon": c.spot.lon if c.spot else None, "lat": c.spot.lat if c.spot else None, "phone": c.phone}
        for c in centres
    ]  # fmt: skip
    unit.run(insert(tables.centre), rows)


def centres(unit: Unit) -> tuple[Centre, ...]:
    """Every centre, by id."""
    found = []
    for row in unit.rows(select(tables.centre).order_by(tables.centre.c.id)):
        v = dict(row._mapping)
        lon, lat = v.pop("lon"), v.pop("lat")
        found.append(Centre(**v, spot=None if lon is None else Point(lon, lat)))
    return tuple(found)


def divisions(unit: Unit, *, shapes: bool = True) -> tuple[Division, ...]:
    """Every division, by code; without shapes it is a quick list of names."""
    columns = [column for column in tables.division.columns if shapes or column.name != "polygons"]
    found = []
    for row in unit.rows(select(*columns).order_by(tables.division.c.code)):
        v = dict(row._mapping)
        lon, lat = v.pop("lon"), v.pop("lat")
        v["polygons"] = _points(v.pop("polygons", ()))
        found.append(Division(**v, centroid=None if lon is None else Point(lon, lat)))
    return tuple(found)


def grids(unit: Unit) -> tuple[Grid, ...]:
    """Every grid with its shape, by code."""
    rows = unit.rows(select(tables.grid).order_by(tables.grid.c.code))
    found = (dict(row._mapping) for row in rows)
    return tuple(Grid(**{**v, "polygons": _points(v["polygons"])}) for v in found)


def _flat(polygons: tuple[Polygon, ...]) -> list[list[list[list[float]]]]:
    return [[[[p.lon, p.lat] for p in ring] for ring in polygon] for polygon in polygons]


def _points(polygons: Sequence[Sequence[Sequence[Sequence[float]]]]) -> tuple[Polygon, ...]:
    return tuple(tuple(tuple(Point(x, y) for x, y in ring) for ring in polygon) for polygon in polygons)
