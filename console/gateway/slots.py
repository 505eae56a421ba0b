"""Buckets in a file that every gateway process of a machine maps: whoever guesses finds the same count at each of them.

A file and not the database, so that a flood of guesses writes nothing there; an account that was guessed at too often
is locked in the database anyway, for all machines. 8192 places of 32 bytes, of which a name may take one of eight: when
all are taken, the name unseen longest is forgotten. Where files cannot be locked (Windows) there is one gateway process.
"""

import hashlib
import mmap
import os
import struct
import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

PLACES, NEAR = 8192, 8
_PLACE = struct.Struct("<16sdd")  # name, tries left, since when; all zero is free
_FREE = bytes(16)


class Slots:
    """What is left in each bucket and since when, by name; safe between threads and processes."""

    def __init__(self, file: Path) -> None:
        """Map the file, making it when it is not there. Raises OSError."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self._file, PLACES * _PLACE.size)
        self._map = mmap.mmap(self._file, PLACES * _PLACE.size)
        self._lock = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else reads or writes meanwhile."""
        with self._lock:
            if fcntl is not None:
                fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                if fcntl is not None:
                    fcntl.flock(self._file, fcntl.LOCK_UN)

    def get(self, name: Hashable) -> tuple[float, float] | None:
        """What is left and since when, or none for a name unknown."""
        key = _key(name)
        return next(((left, since) for _, found, left, since in self._near(key) if found == key), None)

    def put(self, name: Hashable, left: float, since: float) -> None:
        """Remember a bucket."""
        key = _key(name)
        places = list(self._near(key))
        own = [place for place, found, _, _ in places if found in (key, _FREE)]
        own.sort(key=lambda place: self._map[place:place + 16] != key)  # its old place before a free one
        oldest = min(places, key=lambda one: one[3])[0]
        _PLACE.pack_into(self._map, own[0] if own else oldest, key, left, since)

    def drop(self, name: Hashable) -> None:
        """Forget a bucket."""
        key = _key(name)
        for place, found, _, _ in list(self._near(key)):
            if found == key:
                _PLACE.pack_into(self._map, place, _FREE, 0.0, 0.0)

    def close(self) -> None:
        """Give the file back."""
        self._map.close()
        os.close(self._file)

    def _near(self, key: bytes) -> Iterator[tuple[int, bytes, float, float]]:
        first = int.from_bytes(key[:4], "little")
        for step in range(NEAR):
            place = (first + step) % PLACES * _PLACE.size
            yield place, *_PLACE.unpack_from(self._map, place)


def _key(name: Hashable) -> bytes:
    return hashlib.sha256(repr(name).encode("utf-8", "surrogatepass")).digest()[:16]
