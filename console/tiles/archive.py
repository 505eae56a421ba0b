"""Pictures of a base map in one file: MBTiles (SQLite) and PMTiles."""

import sqlite3
import threading
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, MagicNumberNotFound, SpecVersionUnsupported, TileType

from console.domain.basemap import Tile
from console.domain.errors import Invalid, Unavailable

_PICTURES = (TileType.PNG, TileType.JPEG, TileType.WEBP)


class Archive(Protocol):
    """One open file."""

    def get(self, tile: Tile) -> bytes:
        """A picture, or nothing where the file has none. Raises Unavailable when the file cannot be read any more."""
        ...

    def close(self) -> None:
        """Give the file back."""
        ...


def opened(path: str) -> Archive:
    """An archive by its path, read by what it holds and not by its name.

    Raises Invalid("map_layers"): no_map_file, not_a_map_file, vector_map_file (roads as lines, not as pictures).
    """
    try:
        with open(path, "rb") as file:
            head = file.read(16)
    except OSError as fault:
        raise Invalid("map_layers", "no_map_file", value=path[-80:], problem=fault.strerror or "") from fault
    if head.startswith(b"SQLite format 3\0"):
        return MBTiles(path)
    if head.startswith(b"PMTiles"):
        return PMTiles(path)
    raise Invalid("map_layers", "not_a_map_file", value=path[-80:])


class MBTiles:
    """A file by the MBTiles 1.3 specification; rows are counted from the south."""

    def __init__(self, path: str) -> None:
        """Open it for reading; raises Invalid as `opened` does."""
        self._lock = threading.Lock()
        where = Path(path).absolute().as_uri()
        try:
            self._file = sqlite3.connect(f"{where}?mode=ro", uri=True, check_same_thread=False)
            rows = self._file.execute("SELECT value FROM metadata WHERE name = 'format'").fetchall()
            self._file.execute("SELECT tile_data FROM tiles WHERE zoom_level = 0 AND tile_column = 0 AND tile_row = 0").fetchone()
        except sqlite3.Error as wrong:
            raise Invalid("map_layers", "not_a_map_file", value=path[-80:]) from wrong
        if rows and rows[0][0] == "pbf":
            self._file.close()
            raise Invalid("map_layers", "vector_map_file", value=path[-80:])

    def get(self, tile: Tile) -> bytes:
        """A picture of the file. Raises Unavailable("map_file_broken")."""
        level, column, row = tile
        asked = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
        try:
            with self._lock:
                found = self._file.execute(asked, (level, column, 2**level - 1 - row)).fetchone()
        except sqlite3.Error as fault:
            raise Unavailable("map_file_broken", problem=str(fault)[:80]) from fault
        return bytes(found[0]) if found is not None and isinstance(found[0], bytes) else b""

    def close(self) -> None:
        """Give the file back."""
        self._file.close()


class PMTiles:
    """A file by the PMTiles 3 specification."""

    def __init__(self, path: str) -> None:
        """Open it for reading; raises Invalid as `opened` does."""
        self._lock = threading.Lock()
        self._file = open(path, "rb")  # noqa: SIM115 (read from until it is closed)
        try:
            self._reader = Reader(MmapSource(self._file))
            header = self._reader.header()
        except (MagicNumberNotFound, SpecVersionUnsupported, ValueError, KeyError, IndexError, OSError) as wrong:
            self._file.close()
            raise Invalid("map_layers", "not_a_map_file", value=path[-80:]) from wrong
        if header["tile_type"] not in _PICTURES or header["tile_compression"] not in (Compression.NONE, Compression.UNKNOWN):
            self._file.close()
            raise Invalid("map_layers", "vector_map_file", value=path[-80:])

    def get(self, tile: Tile) -> bytes:
        """A picture of the file. Raises Unavailable("map_file_broken")."""
        try:
            with self._lock:
                return self._reader.get(*tile) or b""
        except (ValueError, KeyError, IndexError, EOFError, OSError, MemoryError, zlib.error) as fault:
            raise Unavailable("map_file_broken", problem=str(fault)[:80]) from fault

    def close(self) -> None:
        """Give the file back."""
        with suppress(BufferError):  # a read still under way keeps its pages until it ends
            self._file.close()
