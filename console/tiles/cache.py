"""Pictures of services kept on this machine: what was seen once is there without a network, up to a cap."""

import hashlib
import logging
import sqlite3
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from console.domain.basemap import Tile

log = logging.getLogger(__name__)
FRESH_S = 30 * 86_400.0
MOST_BYTES = 512 * 1024 * 1024
_ROOM = 0.9  # how full the cache is left when it was over its cap
_TABLE = """
    CREATE TABLE IF NOT EXISTS picture (
        source TEXT NOT NULL, level INTEGER NOT NULL, col INTEGER NOT NULL, row INTEGER NOT NULL,
        content BLOB NOT NULL, etag TEXT NOT NULL, got_at REAL NOT NULL, used_at REAL NOT NULL, PRIMARY KEY (source, level, col, row)
    ) WITHOUT ROWID
"""


@dataclass(frozen=True)
class Kept:
    """A kept picture; empty bytes say that the service had none."""

    content: bytes
    etag: str
    got_at: float

    def is_fresh(self, now: float) -> bool:
        """Whether the service need not be asked again."""
        return 0 <= now - self.got_at < FRESH_S


class Cache:
    """One file of kept pictures; a broken one is set aside and begun anew, for nothing in it is lost to anybody."""

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES) -> None:
        """Open or begin it; a folder that cannot be written leaves a cache that keeps nothing."""
        self._lock = threading.Lock()
        self._most = most_bytes
        self._written = 0
        self._file: sqlite3.Connection | None = None
        for is_last in (False, True):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._open(path)
                return
            except OSError as full:
                log.warning("map pictures are not kept: %s", full)
                return
            except sqlite3.DatabaseError as broken:
                if is_last or isinstance(broken, sqlite3.OperationalError):
                    log.warning("map pictures are not kept: %s", broken)
                    return
                log.warning("the cache of map pictures is begun anew: %s", broken)
                for part in ("", "-wal", "-shm"):
                    path.with_name(path.name + part).unlink(missing_ok=True)

    @staticmethod
    def source(layer: str, key: str) -> str:
        """The name a layer's pictures are kept under; neither address nor key is written down."""
        return hashlib.sha256(f"{layer}\n{bool(key)}".encode()).hexdigest()[:16]

    def get(self, source: str, tile: Tile) -> Kept | None:
        """A kept picture."""
        asked = "SELECT content, etag, got_at FROM picture WHERE source = ? AND level = ? AND col = ? AND row = ?"
        found = self._do(asked, (source, *tile))
        if not found:
            return None
        content, etag, got_at = found[0]
        return Kept(bytes(content), str(etag), float(got_at))

    def put(self, source: str, tile: Tile, content: bytes, etag: str) -> None:
        """Keep a picture."""
        now = time.time()
        self._do("INSERT OR REPLACE INTO picture VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (source, *tile, content, etag, now, now))
        self._written += len(content)
        if self._written > self._most // 16:
            self.trim()

    def touch(self, source: str, tile: Tile, *, is_asked: bool = False) -> None:
        """Note that a picture was used, or that the service said it is still the same."""
        now = time.time()
        column = "got_at = ?, used_at" if is_asked else "used_at"
        values = (now, now) if is_asked else (now,)
        self._do(f"UPDATE picture SET {column} = ? WHERE source = ? AND level = ? AND col = ? AND row = ?", (*values, source, *tile))

    def size(self) -> int:
        """Bytes of all pictures."""
        found = self._do("SELECT coalesce(sum(length(content) + 100), 0) FROM picture", ())
        return int(found[0][0]) if found else 0

    def trim(self) -> None:
        """Let go of the pictures nobody used for longest, when there are too many."""
        self._written = 0
        over = self.size() - self._most
        if over <= 0:
            return
        over += int(self._most * (1 - _ROOM))
        last = 0.0
        for used_at, size in self._do("SELECT used_at, length(content) + 100 FROM picture ORDER BY used_at", ()):
            last, over = used_at, over - size
            if over <= 0:
                break
        self._do("DELETE FROM picture WHERE used_at <= ?", (last,))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        file = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=2.0)
        try:
            file.execute("PRAGMA journal_mode = WAL")
            file.execute("PRAGMA synchronous = OFF")  # lost pictures are asked again
            file.execute(_TABLE)
        except sqlite3.DatabaseError:
            file.close()
            raise
        return file

    def _do(self, words: str, values: tuple[object, ...]) -> list[tuple]:
        with self._lock:
            if self._file is None:
                return []
            try:
                return self._file.execute(words, values).fetchall()
            except sqlite3.Error as fault:
                log.warning("the cache of map pictures: %s", fault)  # full disk, another console at it: go on without
                return []
