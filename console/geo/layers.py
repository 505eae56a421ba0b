"""Reading a map file of any kind that boundaries come in."""

from collections.abc import Callable, Mapping
from pathlib import Path

from console.domain.errors import Invalid
from console.geo.drawn import Layer, Tick
from console.geo.esri import read_shapefile
from console.geo.geojson_layer import read_geojson

READERS: Mapping[str, Callable[[Path, Tick], Layer]] = {".geojson": read_geojson, ".json": read_geojson, ".shp": read_shapefile}


def read_layer(path: Path, tick: Tick = lambda share: None) -> Layer:
    """A file's features by its ending; `tick` hears the share that is read, and may raise to stop.

    Raises Invalid("unknown_format") for another ending, and what the reader of the format raises.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise Invalid(path.name, "unknown_format", known=", ".join(READERS))
    return reader(path, tick)
