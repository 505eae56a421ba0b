"""GeoJSON in and out, with errors that name the file, the feature and the problem."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from shapely.validation import explain_validity

from console.domain.errors import Invalid
from console.domain.place import Point, Ring, Rings, check_point, numbers_of
from console.geo.shapes import shape_of

FeatureKind = Literal["area", "line", "point"]

_KINDS: dict[str, tuple[FeatureKind, int]] = {  # what it is, and how deep its positions lie
    "Point": ("point", 0), "MultiPoint": ("point", 1), "LineString": ("line", 1), "MultiLineString": ("line", 2),
    "Polygon": ("area", 2), "MultiPolygon": ("area", 3),
}


@dataclass(frozen=True)
class Feature:
    """Something drawn in a GeoJSON file, in WGS-84: an area's rings, a line's parts, or spots as rings of one."""

    kind: FeatureKind
    rings: Rings
    properties: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def read_features(path: Path) -> tuple[Feature, ...]:
    """Every feature of a file, in its order.

    Raises Invalid whose field is the file's name: `missing_file`, `broken_file`, or
    `broken_geojson` with the number of the feature (counted from 1) and the problem.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as absent:
        raise Invalid(path.name, "missing_file", problem=str(path.parent)) from absent
    except (OSError, ValueError, RecursionError) as broken:
        raise Invalid(path.name, "broken_file", problem=str(broken)) from broken
    rows = found.get("features") if isinstance(found, dict) and found.get("type") == "FeatureCollection" else None
    if not isinstance(rows, list):
        raise _broken(path.name, 0, "not_a_collection", found.get("type") if isinstance(found, dict) else found)
    return tuple(_feature(path.name, number, row) for number, row in enumerate(rows, start=1))


def write_features(features: Iterable[Feature]) -> str:
    """A GeoJSON text of areas, lines and spots that `read_features` reads back."""
    rows = []
    for one in features:
        numbers = numbers_of(one.rings)
        if one.kind == "area":
            shape = shape_of(one.rings)
            geometry = {"type": shape.geom_type, "coordinates": _as_lists(shape.__geo_interface__["coordinates"])}
        elif one.kind == "line":
            geometry = {"type": "MultiLineString", "coordinates": numbers}
        else:
            geometry = {"type": "MultiPoint", "coordinates": [ring[0] for ring in numbers]}
        rows.append({"type": "Feature", "properties": dict(one.properties), "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": rows}, ensure_ascii=False)


def _broken(name: str, number: int, problem: str, value: object) -> Invalid:
    return Invalid(name, "broken_geojson", feature=number, problem=problem, value=str(value)[:80])


def _feature(name: str, number: int, row: object) -> Feature:
    geometry = row.get("geometry") if isinstance(row, dict) else None
    if not isinstance(geometry, dict):
        raise _broken(name, number, "no_geometry", row)
    if geometry.get("type") not in _KINDS:
        raise _broken(name, number, "unknown_geometry", geometry.get("type"))
    kind, depth = _KINDS[geometry["type"]]
    try:
        rings = tuple(_rings(geometry.get("coordinates"), depth))
    except Invalid as wrong:
        raise _broken(name, number, wrong.code, wrong.facts.get("value")) from wrong
    if kind == "area":
        _check_area(name, number, rings)
    elif kind == "point":
        rings = tuple((spot,) for ring in rings for spot in ring)
    properties = row.get("properties") or {}
    if not isinstance(properties, dict):
        raise _broken(name, number, "not_a_table", properties)
    return Feature(kind, rings, MappingProxyType(properties))


def _rings(value: object, depth: int) -> Iterable[Ring]:
    if depth == 0:
        yield (_position(value),)
        return
    if not isinstance(value, list) or not value:
        raise Invalid("coordinates", "bad_coordinates", value=value)
    if depth == 1 and not isinstance(value[0], list):
        raise Invalid("coordinates", "bad_coordinates", value=value)
    if depth == 1:
        yield tuple(_position(one) for one in value)
        return
    for part in value:
        yield from _rings(part, depth - 1)


def _position(value: object) -> Point:
    if not isinstance(value, list) or len(value) < 2:
        raise Invalid("coordinates", "bad_coordinates", value=value)
    return check_point(value[0], value[1])


def _check_area(name: str, number: int, rings: Rings) -> None:
    for ring in rings:
        if len(ring) < 4:
            raise _broken(name, number, "ring_too_short", len(ring))
        if ring[0] != ring[-1]:
            raise _broken(name, number, "ring_not_closed", f"{ring[0].lon}, {ring[0].lat}")
        outline = shape_of((ring,))
        if not outline.is_valid:
            raise _broken(name, number, "ring_crosses_itself", explain_validity(outline))


def _as_lists(value: object) -> object:
    return [_as_lists(one) for one in value] if isinstance(value, tuple) else value
