"""ESRI shapefiles in and out: `.shp` with its `.dbf`, `.prj` and `.cpg` beside it, each named when it is missing or broken.

Only the library's file objects are used: given a name, it would also open addresses and archives.
"""

import io
import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType

import numpy as np
import shapefile
import shapely

from console.domain.errors import Invalid
from console.domain.frame import Frame, frame_of_prj
from console.domain.place import Rings
from console.geo.drawn import Drawn, Layer, Tick
from console.geo.shapes import rings_of_shape, shape_of

AREAS = frozenset({shapefile.POLYGON, shapefile.POLYGONZ, shapefile.POLYGONM})
MOST_BYTES = 400_000_000
_AT_ONCE = 20_000  # points turned into an array at once, so that no other thread waits for long
# What a `.cpg` may say; Chinese programs without one write GBK.
_PAGES = {"utf8": "utf-8", "65001": "utf-8", "gbk": "gb18030", "936": "gb18030", "cp936": "gb18030", "gb2312": "gb18030",
          "gb18030": "gb18030", "54936": "gb18030", "ansi936": "gb18030", "oem": "gb18030",
          "iso88591": "latin-1", "88591": "latin-1"}  # fmt: skip
_BROKEN = (shapefile.ShapefileException, struct.error, ValueError, KeyError, IndexError, EOFError, OverflowError, MemoryError)
_TEXT = 254  # the longest text a column holds, in bytes
WGS84_PRJ = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)


def read_shapefile(path: Path, tick: Tick = lambda share: None) -> Layer:
    """Every feature of a shapefile, in its order; one that cannot be an area carries its fault.

    Raises Invalid whose field is the file's name: "missing_file", "broken_file",
    "file_too_large", or "no_attributes" without a readable `.dbf`.
    """
    shp, dbf = _content(path, ".shp"), _content(path, ".dbf")
    if shp is None:
        raise Invalid(path.name, "missing_file", problem=str(path.parent))
    if dbf is None:
        raise Invalid(path.name, "no_attributes", file=path.with_suffix(".dbf").name)
    try:
        reader = shapefile.Reader(shp=io.BytesIO(_whole(shp)), dbf=io.BytesIO(dbf), encoding=_encoding(path, dbf), encodingErrors="replace")
        columns = tuple(str(column[0]) for column in reader.fields if column[0] != "DeletionFlag")
        rows = [MappingProxyType(dict(zip(columns, row or (), strict=row is not None))) for row in reader.iterRecords()]
        drawn = tuple(_drawn(reader, rows, len(shp), tick))
    except _BROKEN as broken:
        raise Invalid(path.name, "broken_file", problem=str(broken)[:200] or type(broken).__name__) from broken
    return Layer(path.name, drawn, columns, *_frame(path))


def _whole(shp: bytes) -> bytes:
    """The file as long as its head says it is. Raises ValueError for one that was torn off."""
    (half,) = struct.unpack_from(">i", shp, 24)
    if 2 * half > len(shp):
        raise ValueError(f"{len(shp)} < {2 * half} bytes")
    return shp[: 2 * half]


def _drawn(reader: "shapefile.Reader", rows: Sequence[Mapping[str, object]], size: int, tick: Tick) -> Iterable[Drawn]:
    """Shapes with their rows; what has only one of the two is told as well, so that nothing is lost."""
    done = 0
    for number, (shape, row) in enumerate(zip_longest(reader.iterShapes(), rows), start=1):
        properties = row if row is not None else MappingProxyType({})
        if shape is None or shape.shapeType == shapefile.NULL or not shape.points:
            yield Drawn(number, properties, fault=Invalid("geometry", "no_outline"))
        elif shape.shapeType not in AREAS:
            yield Drawn(number, properties, fault=Invalid("geometry", "not_an_area", value=shape.shapeTypeName.lower()))
        else:
            yield _area(number, properties, shape)
            done += 16 * len(shape.points)
        tick(min(1.0, done / size))


def _area(number: int, properties: Mapping[str, object], shape: "shapefile.Shape") -> Drawn:
    count = len(shape.points)
    lengths = np.diff([*shape.parts, count])
    if (lengths < 0).any() or shape.parts[0] != 0:
        return Drawn(number, properties, fault=Invalid("geometry", "broken_rings"))
    chunks = [np.array(shape.points[at : at + _AT_ONCE], dtype=float)[:, :2] for at in range(0, count, _AT_ONCE)]
    return Drawn(number, properties, np.concatenate(chunks), tuple(lengths.tolist()))


def _content(path: Path, suffix: str) -> bytes | None:
    """A part of the shapefile, in small or capital letters; None when it is not there."""
    found = next((one for one in (path.with_suffix(suffix), path.with_suffix(suffix.upper())) if one.is_file()), None)
    if found is None:
        return None
    try:
        if found.stat().st_size > MOST_BYTES:
            raise Invalid(found.name, "file_too_large", most=MOST_BYTES // 1_000_000)
        return found.read_bytes()
    except OSError as fault:
        raise Invalid(found.name, "broken_file", problem=fault.strerror or str(fault)) from fault


def _frame(path: Path) -> tuple[Frame | None, Invalid | None]:
    prj = _content(path, ".prj")
    if prj is None:
        return None, None
    try:
        return frame_of_prj(prj.decode("utf-8", "replace")), None
    except Invalid as unknown:
        return None, unknown


def _encoding(path: Path, dbf: bytes) -> str:
    told = (_content(path, ".cpg") or b"").decode("ascii", "replace").strip().lower()
    known = _PAGES.get("".join(letter for letter in told if letter.isalnum()))
    if known is not None:
        return known
    try:
        dbf[32:].decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def write_shapefile(path: Path, areas: Sequence[tuple[Mapping[str, object], Rings]]) -> tuple[Path, ...]:
    """Areas in WGS-84 with their properties as a shapefile; the files that were written.

    Texts are UTF-8 and said to be; outlines run clockwise and holes against it, as the
    format wants. Raises OSError.
    """
    parts = {suffix: io.BytesIO() for suffix in (".shp", ".shx", ".dbf")}
    columns = list(areas[0][0]) if areas else ["code"]
    with shapefile.Writer(
        shp=parts[".shp"], shx=parts[".shx"], dbf=parts[".dbf"], shapeType=shapefile.POLYGON, encoding="utf-8"
    ) as writer:  # fmt: skip
        for column in columns:
            writer.field(column, "C", size=_TEXT)
        for properties, rings in areas:
            shape = shapely.orient_polygons(shape_of(rings), exterior_cw=True)
            if shape.is_empty:
                writer.null()
            else:
                writer.poly([[(spot.lon, spot.lat) for spot in ring] for ring in rings_of_shape(shape)])
            writer.record(*(str(properties[column]) for column in columns))
        writer.close()
        files = {suffix: part.getvalue() for suffix, part in parts.items()} | {".prj": WGS84_PRJ.encode(), ".cpg": b"UTF-8"}
    for suffix, content in files.items():
        path.with_suffix(suffix).write_bytes(content)
    return tuple(path.with_suffix(suffix) for suffix in files)
