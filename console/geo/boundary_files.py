"""Boundaries as files that go out: WGS-84 in GeoJSON or as a shapefile, with code, name, parent and level of each area."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import shapely

from console.domain.errors import Invalid
from console.domain.place import Division, Grid, Rings
from console.geo.esri import write_shapefile
from console.geo.shapes import shape_of

CRS84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
ENDINGS = (".geojson", ".shp")
Area = Division | Grid


def write_areas(path: Path, areas: Sequence[Area]) -> tuple[Path, ...]:
    """Write areas, in the format of the file's ending; the files that were written. Areas without outline are left out.

    Raises Invalid("unknown_format") for another ending, and Invalid("file_unwritable").
    """
    drawn = [(_properties(area), area.rings) for area in areas if len(area.rings)]
    try:
        if path.suffix.lower() == ".shp":
            return write_shapefile(path, drawn)
        if path.suffix.lower() == ".geojson":
            with path.open("w", encoding="utf-8") as file:
                for part in _text(drawn):
                    file.write(part)
            return (path,)
    except OSError as fault:
        raise Invalid("file", "file_unwritable", problem=fault.strerror or str(fault)) from fault
    raise Invalid(path.name, "unknown_format", known=", ".join(ENDINGS))


def _properties(area: Area) -> dict[str, object]:
    parent = area.division if isinstance(area, Grid) else area.parent
    return {"code": area.code, "name": area.name, "parent": parent, "level": area.level}


def _text(drawn: Iterable[tuple[dict[str, object], Rings]]) -> Iterable[str]:
    """The file piece by piece: an encoder that is handed a whole city would hold every other thread until it is done."""
    yield f'{{"type": "FeatureCollection", "crs": {json.dumps(CRS84)}, "features": ['
    comma = ""
    for properties, rings in drawn:
        shape = shapely.orient_polygons(shape_of(rings), exterior_cw=False)  # outlines against the clock, as RFC 7946 wants them
        geometry = {"type": shape.geom_type, "coordinates": shape.__geo_interface__["coordinates"]}
        yield comma + json.dumps({"type": "Feature", "properties": properties, "geometry": geometry}, ensure_ascii=False)
        comma = ",\n"
    yield "]}"
