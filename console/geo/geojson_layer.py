"""GeoJSON files of any size, read feature by feature: a broken feature is named and the others are still there.

`geojson.py` reads the program's own files and refuses them whole. Here the text is
decoded in pieces: a decoder that is handed forty megabytes at once would hold every
other thread, the screen's too, until it is done.
"""

import json
import re
from collections.abc import Callable, Mapping
from json.scanner import py_make_scanner  # type: ignore[attr-defined]  # the decoder's own scanner in Python; it has no stub
from pathlib import Path
from types import MappingProxyType

import numpy as np

from console.domain.errors import Invalid
from console.domain.frame import Frame, frame_of_crs
from console.geo.drawn import Drawn, Layer, Numbers, Tick

MOST_BYTES = 400_000_000
_PIECE = 64_000  # characters of one ring decoded at once: 2,500 positions, a few milliseconds
_DEPTH = {"Polygon": 1, "MultiPolygon": 2}
_PLACES = re.compile(r"\s*\[\s*(?:-?[\d.I]|null|NaN)")  # a list whose first member is a position
_END = re.compile(r"\]\s*\]")
_CLOSED = re.compile(r"\s*\]")


class _Ring:
    """The positions of one ring as an array; it stands in the decoded text where their list stood."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers


class _Decoder(json.JSONDecoder):
    """Decodes in Python, with rings as arrays taken piece by piece; hears how far it has come."""

    def __init__(self, hear: Callable[[int], None]) -> None:
        super().__init__()
        plain = self.parse_array

        def parse_array(opened: tuple[str, int], scan_once: Callable[[str, int], tuple[object, int]]) -> tuple[object, int]:
            text, start = opened
            hear(start)
            if _PLACES.match(text, start):
                return _ring(text, start)
            return plain(opened, scan_once)  # type: ignore[arg-type]

        self.parse_array = parse_array  # type: ignore[assignment]
        self.scan_once = py_make_scanner(self)


def _ring(text: str, start: int) -> tuple[object, int]:
    """The ring whose positions begin at a place, and where it ends. What is no ring of numbers comes back as plain lists."""
    parts: list[Numbers] = []
    at = start
    while True:
        closed = _CLOSED.match(text, at)
        if parts and closed is not None:  # the last piece ended with the ring's last position
            return _Ring(np.concatenate(parts)), closed.end()
        piece = text[at : at + _PIECE]
        end = _END.search(piece)
        cut = end.start() + 1 if end is not None else piece.rfind("]") + 1
        if not cut:
            raise json.JSONDecodeError("Unterminated ring", text, at)
        rows = json.loads("[" + piece[:cut].lstrip(" \t\r\n,") + "]")
        numbers = _numbers(rows)
        if numbers is None:
            return [], _past(text, at)
        parts.append(numbers)
        at += cut
        if end is not None:
            return _Ring(np.concatenate(parts)), at - 1 + len(end.group())


def _numbers(rows: list[object]) -> Numbers | None:
    """Positions as an array, heights left out; None when something is no position."""
    try:
        found = np.array([row[:2] for row in rows], dtype=np.float64)  # type: ignore[index]
    except (ValueError, TypeError):
        return None
    return found if found.ndim == 2 and found.shape[1] == 2 else None


def _past(text: str, start: int) -> int:
    end = _END.search(text, start)
    if end is None:
        raise json.JSONDecodeError("Unterminated ring", text, start)
    return end.end()


def read_geojson(path: Path, tick: Tick = lambda share: None) -> Layer:
    """Every feature of a GeoJSON file, in its order; one that cannot be an area carries its fault.

    Raises Invalid whose field is the file's name: "missing_file", "file_too_large",
    "broken_file", "not_a_collection".
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Invalid(path.name, "file_too_large", most=MOST_BYTES // 1_000_000)
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as absent:
        raise Invalid(path.name, "missing_file", problem=str(path.parent)) from absent
    except (OSError, ValueError) as broken:
        raise Invalid(path.name, "broken_file", problem=str(broken)[:200]) from broken
    found = _decoded(path.name, text, tick)
    rows = found.get("features") if isinstance(found, dict) and found.get("type") == "FeatureCollection" else None
    if not isinstance(rows, list) or not isinstance(found, dict):
        raise Invalid(path.name, "not_a_collection")
    drawn = tuple(_drawn(number, row) for number, row in enumerate(rows, start=1))
    columns = tuple(dict.fromkeys(str(name) for one in drawn for name in one.properties))
    return Layer(path.name, drawn, columns, *_frame(found.get("crs")))


def _decoded(name: str, text: str, tick: Tick) -> object:
    step, heard = max(1, len(text) // 200), -1

    def hear(at: int) -> None:
        nonlocal heard
        if at // step != heard:
            heard = at // step
            tick(at / len(text))

    try:
        return _Decoder(hear).decode(text)
    except (ValueError, RecursionError) as broken:
        raise Invalid(name, "broken_file", problem=str(broken)[:200]) from broken


def _frame(crs: object) -> tuple[Frame | None, Invalid | None]:
    try:
        return frame_of_crs(crs), None
    except Invalid as unknown:
        return None, unknown


def _drawn(number: int, row: object) -> Drawn:
    geometry = row.get("geometry") if isinstance(row, dict) else None
    properties = row.get("properties") if isinstance(row, dict) else None
    named: Mapping[str, object] = MappingProxyType(properties if isinstance(properties, dict) else {})
    if not isinstance(geometry, dict) or not geometry.get("coordinates"):
        return Drawn(number, named, fault=Invalid("geometry", "no_outline"))
    kind = str(geometry.get("type"))
    if kind not in _DEPTH:
        return Drawn(number, named, fault=Invalid("geometry", "not_an_area", value=kind[:40].lower()))
    rings = _rings(geometry["coordinates"], _DEPTH[kind])
    if rings is None:
        return Drawn(number, named, fault=Invalid("geometry", "broken_rings"))
    numbers = np.concatenate([ring.numbers for ring in rings])
    return Drawn(number, named, numbers, tuple(len(ring.numbers) for ring in rings))


def _rings(value: object, depth: int) -> list[_Ring] | None:
    """The rings of an outline in one list; None when there is something else between them."""
    if not isinstance(value, list) or not value:
        return None
    if depth == 1:
        return value if all(isinstance(ring, _Ring) for ring in value) else None
    found: list[_Ring] = []
    for part in value:
        inner = _rings(part, depth - 1)
        if inner is None:
            return None
        found += inner
    return found
