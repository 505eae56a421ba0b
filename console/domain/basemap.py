"""Base maps: whose pictures lie under the map, how a service is asked for one, and where it belongs in the world.

A base map is one or several layers of square pictures, laid on one another. A layer is a
file of this machine (MBTiles, PMTiles) or the address of a service, with the numbers of
the picture as words in braces. Nothing here opens a connection.
"""

import re
from dataclasses import dataclass
from math import floor
from typing import Literal, TypeAlias, get_args
from urllib.parse import SplitResult, quote, urlsplit

from console.domain.datum import DATUMS, Datum, from_wgs84, spot_at, to_wgs84, world
from console.domain.errors import Invalid
from console.domain.place import Point
from console.domain.texts import check_text

Matrix = Literal["w", "c"]  # web Mercator, or degrees (EPSG:4490); the last letters of Tianditu's layers
Night = Literal["turn", "dim", "as_it_is"]  # what a dark screen does: light and dark change places, darker, nothing
Tile: TypeAlias = tuple[int, int, int]  # level, column, row from the north
Box: TypeAlias = tuple[float, float, float, float]  # west, north, east, south in the world square (0 to 1)

NAME_MAX, ADDRESS_MAX, WORD_MAX, LAYERS_MAX, MAPS_MAX = 40, 1024, 200, 4, 20
LEAST_LEVEL, MOST_LEVEL = 1, 20
FILES = (".mbtiles", ".pmtiles")
LETTERS_OF_S = "abc"  # what {s} stands for where a service does not say otherwise
_MARK = re.compile(r"\{([^{}]*)\}")
_MARKS = frozenset({"z", "x", "y", "-y", "key", "tk", "s"})
_RANGE = re.compile(r"[0-9a-z]-[0-9a-z]|switch:[0-9a-z]+(?:,[0-9a-z]+)*")
_WMTS = re.compile(r"/([A-Za-z0-9]+)_([wc])/wmts/?$")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?|\[[0-9a-f:.]+\]")
_ASKED = (
    "SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default&TILEMATRIXSET={set}&FORMAT=tiles"
    "&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}"
)


@dataclass(frozen=True)
class Basemap:
    """One base map; `layers` lie on one another, the first lowest. The key is kept apart, sealed."""

    name: str
    layers: tuple[str, ...]
    matrix: Matrix = "w"
    datum: Datum = "wgs84"
    least: int = LEAST_LEVEL
    most: int = 18
    night: Night = "turn"
    agent: str = ""
    referer: str = ""


def is_file(layer: str) -> bool:
    """Whether a layer is a file, not the address of a service."""
    return layer.lower().endswith(FILES) and "://" not in layer


def check_basemap(found: Basemap) -> Basemap:
    """The base map in the form it is kept. Raises Invalid, naming the field and what is wrong with it."""
    name = found.name.strip()
    if not name:
        raise Invalid("map_name", "needs_text")
    check_text("map_name", name, NAME_MAX)
    layers = tuple(line.strip() for line in found.layers if line.strip())
    if not layers:
        raise Invalid("map_layers", "no_layer")
    if len(layers) > LAYERS_MAX:
        raise Invalid("map_layers", "too_many_layers", most=LAYERS_MAX)
    if found.matrix not in get_args(Matrix):
        raise Invalid("map_matrix", "unknown_code", value=str(found.matrix)[:20])
    if found.datum not in DATUMS:
        raise Invalid("datum", "unknown_datum", value=str(found.datum)[:20], known=", ".join(DATUMS))
    if found.night not in get_args(Night):
        raise Invalid("map_night", "unknown_code", value=str(found.night)[:20])
    if not LEAST_LEVEL <= found.least <= found.most <= MOST_LEVEL:
        raise Invalid("map_levels", "bad_levels", least=LEAST_LEVEL, most=MOST_LEVEL)
    for field, word in (("map_agent", found.agent), ("map_referer", found.referer)):
        _check_header(field, word.strip())
    layers = tuple(_checked_layer(layer, found.matrix) for layer in layers)
    return Basemap(
        name, layers, found.matrix, found.datum, found.least, found.most, found.night, found.agent.strip(), found.referer.strip(),
    )  # fmt: skip


def wants_key(found: Basemap) -> bool:
    """Whether an address of a map has a place for the key."""
    return any(mark in ("key", "tk") for layer in found.layers for mark in _MARK.findall(layer))


def address_of(layer: str, tile: Tile, key: str = "") -> str:
    """Where a service has one picture of a layer that was checked."""
    level, column, row = tile
    numbers = {"z": level, "x": column, "y": row, "-y": 2**level - 1 - row}

    def put(found: re.Match[str]) -> str:
        mark = found.group(1)
        if mark in numbers:
            return str(numbers[mark])
        if mark in ("key", "tk"):
            return quote(key, safe="")
        hosts = _hosts(mark)
        return hosts[(column + row) % len(hosts)]  # the same picture always from the same host: caches live by that

    return _MARK.sub(put, layer)


def box_of(tile: Tile, matrix: Matrix, datum: Datum) -> Box:
    """Where a picture lies in the world square of WGS-84; those of another datum a few hundred metres off their own numbers."""
    level, column, row = tile
    west, north = world(to_wgs84(_corner(level, column, row, matrix), datum))
    east, south = world(to_wgs84(_corner(level, column + 1, row + 1, matrix), datum))
    return west, north, east, south


def tiles_in(box: Box, level: int, matrix: Matrix, datum: Datum) -> tuple[Tile, ...]:
    """The pictures of a level that a part of the world needs, those in its middle first."""
    across, down = 2**level, 2**level if matrix == "w" else max(1, 2 ** (level - 1))
    west, north = _numbers(box[0], box[1], level, matrix, datum)
    east, south = _numbers(box[2], box[3], level, matrix, datum)
    columns = range(max(0, floor(west)), min(across - 1, floor(east)) + 1)
    rows = range(max(0, floor(north)), min(down - 1, floor(south)) + 1)
    x, y = (west + east) / 2 - 0.5, (north + south) / 2 - 0.5
    found = [(level, column, row) for row in rows for column in columns]
    return tuple(sorted(found, key=lambda tile: (tile[1] - x) ** 2 + (tile[2] - y) ** 2))


def _corner(level: int, column: int, row: int, matrix: Matrix) -> Point:
    if matrix == "c":
        side = 360 / 2**level
        return Point(column * side - 180, 90 - row * side)
    return spot_at(column / 2**level, row / 2**level)


def _numbers(x: float, y: float, level: int, matrix: Matrix, datum: Datum) -> tuple[float, float]:
    """Column and row of a place of the world, with their fractions."""
    spot = from_wgs84(spot_at(x, y), datum)
    across = 2**level
    if matrix == "c":
        return (spot.lon + 180) / 360 * across, (90 - spot.lat) / 360 * across
    east, south = world(spot)
    return east * across, south * across


def _checked_layer(layer: str, matrix: Matrix) -> str:
    if len(layer) > ADDRESS_MAX:
        raise Invalid("map_layers", "too_long", length=len(layer), most=ADDRESS_MAX)
    if is_file(layer):
        if matrix != "w":
            raise Invalid("map_matrix", "file_is_mercator", value=layer[-60:])
        return layer
    parts = _parts(layer)
    ending = _WMTS.search(parts.path)
    if ending is not None and ending.group(2) != matrix:
        raise Invalid("map_matrix", "other_matrix", value=ending.group(2))
    if ending is not None and not {"x", "z"} & set(_MARK.findall(layer)):  # the service alone, as its provider writes it
        asked = _ASKED.format(layer=ending.group(1), set=ending.group(2))
        layer = f"{layer}{'&' if parts.query else '?'}{asked}"
    _check_marks(layer)
    return layer


def _parts(layer: str) -> SplitResult:
    shown = layer[:60]
    if any(ord(letter) < 33 or ord(letter) == 127 for letter in layer):
        raise Invalid("map_layers", "blank_in_address", value=shown)
    try:
        parts = urlsplit(address_of(layer, (3, 4, 5), "key") if not _unknown(layer) else layer)
        port = parts.port
    except ValueError as wrong:
        raise Invalid("map_layers", "not_an_address", value=shown) from wrong
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise Invalid("map_layers", "not_an_address", value=shown)
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Invalid("map_layers", "login_in_address", value=parts.hostname)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if not _unknown(layer) and _HOST.fullmatch(host) is None:
        raise Invalid("map_layers", "not_an_address", value=shown)
    return parts


def _unknown(layer: str) -> str:
    return next((mark for mark in _MARK.findall(layer) if mark not in _MARKS and _RANGE.fullmatch(mark) is None), "")


def _check_marks(layer: str) -> None:
    unknown = _unknown(layer)
    if unknown or "{" in _MARK.sub("", layer) or "}" in _MARK.sub("", layer):
        raise Invalid("map_layers", "unknown_mark", value=f"{{{unknown[:40]}}}", known="{z} {x} {y} {-y} {s} {0-7} {switch:a,b} {key}")
    marks = set(_MARK.findall(layer))
    if not {"z", "x"} <= marks or not {"y", "-y"} & marks:
        raise Invalid("map_layers", "no_numbers", value=layer[:60], known="{z} {x} {y}")


def _hosts(mark: str) -> tuple[str, ...]:
    if mark.startswith("switch:"):
        return tuple(mark.removeprefix("switch:").split(","))
    if mark == "s":
        return tuple(LETTERS_OF_S)
    first, last = sorted((ord(mark[0]), ord(mark[2])))
    return tuple(chr(code) for code in range(first, last + 1))


def _check_header(field: str, word: str) -> None:
    if len(word) > WORD_MAX:
        raise Invalid(field, "too_long", length=len(word), most=WORD_MAX)
    if any(not 32 <= ord(letter) < 127 for letter in word):
        raise Invalid(field, "plain_letters")
