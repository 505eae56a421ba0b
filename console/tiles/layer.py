"""One layer of a base map: where a picture of it comes from, and when a service that fails is asked again."""

import random
import threading
import time
from collections.abc import Callable
from typing import Protocol

from console.domain.basemap import Tile, address_of, is_file
from console.domain.errors import ConsoleError, Invalid, Unavailable
from console.media import tile as pictures
from console.net.pictures import Pictures
from console.tiles.archive import Archive, opened
from console.tiles.cache import Cache

FIRST_WAIT_S, MOST_WAIT_S = 2.0, 60.0
KEY_WAIT_S = 300.0  # a key that is refused will be refused in a second too
_OF_THE_KEY = ("map_key_refused", "map_key_spent")
ODD_IN_A_ROW = 3  # so many answers that are no pictures, and the service itself is taken to be out of order


class Health:
    """Whether a service is asked now: after a failure not before some time has passed, longer each time."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._failures = self._odd = 0
        self._until = 0.0
        self._is_tried = False
        self._fault: ConsoleError | None = None

    @property
    def fault(self) -> ConsoleError | None:
        """What it failed with last, until it does well again."""
        return self._fault

    def check(self) -> None:
        """Raises what the service failed with while it is left alone; afterwards one asks, and the others wait for how it fares."""
        with self._lock:
            if self._fault is not None and (self._is_tried or self._now() < self._until):
                raise self._fault
            self._is_tried = self._fault is not None

    def failed(self, fault: ConsoleError) -> None:
        """It did not answer, or refused; of several asked at once the first one counts."""
        with self._lock:
            if self._fault is not None and not self._is_tried:
                return
            wait = KEY_WAIT_S if fault.code in _OF_THE_KEY else min(MOST_WAIT_S, FIRST_WAIT_S * 2**self._failures)
            self._failures = min(self._failures + 1, 10)
            self._until = self._now() + wait * random.uniform(0.8, 1.2)
            self._fault, self._is_tried = fault, False

    def odd(self, fault: ConsoleError) -> None:
        """It answered with what is no picture: once may be this picture, again and again it is the service."""
        with self._lock:
            self._odd += 1
            is_service = self._is_tried or self._odd >= ODD_IN_A_ROW
        if is_service:
            self.failed(fault)

    def well(self) -> None:
        """It answered as it should."""
        with self._lock:
            self._failures = self._odd = 0
            self._fault, self._is_tried = None, False


class Layer(Protocol):
    """Gives pictures."""

    health: Health

    def get(self, tile: Tile) -> bytes:
        """A picture, or nothing where there is none. Raises ConsoleError while it cannot be had."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class Service:
    """A layer of a service, with what this machine kept of it."""

    def __init__(self, layer: str, key: str, cache: Cache, pictures: Pictures, health: Health | None = None) -> None:
        self._layer, self._key = layer, key
        self._cache, self._pictures = cache, pictures
        self._source = cache.source(layer, key)
        self.health = health or Health()

    def get(self, tile: Tile) -> bytes:
        """The kept picture while it is fresh, else the service's, else the kept one however old. Raises ConsoleError."""
        kept = self._cache.get(self._source, tile)
        if kept is not None and kept.is_fresh(time.time()):
            self._cache.touch(self._source, tile)
            return kept.content
        try:
            self.health.check()
            found = self._asked(tile, kept.etag if kept is not None else "")
        except ConsoleError:
            if kept is None:
                raise
            return kept.content
        return kept.content if found is None and kept is not None else found or b""

    def close(self) -> None:
        """Nothing of its own."""

    def _asked(self, tile: Tile, etag: str) -> bytes | None:
        """What the service has now; None when it is what is kept."""
        try:
            answer = self._pictures.get(address_of(self._layer, tile, self._key), etag)
            if answer.is_same:
                self._cache.touch(self._source, tile, is_asked=True)
                self.health.well()
                return None
            if answer.content:
                pictures.read(answer.content)
        except Invalid as odd:
            self.health.odd(odd)
            raise
        except Unavailable as fault:
            self.health.failed(fault)
            raise
        self.health.well()
        self._cache.put(self._source, tile, answer.content, answer.etag)
        return answer.content


class FileLayer:
    """A layer of a file, opened when it is first asked and again when it could not be opened."""

    def __init__(self, path: str, health: Health | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._archive: Archive | None = None
        self.health = health or Health()

    def get(self, tile: Tile) -> bytes:
        """A picture of the file. Raises ConsoleError."""
        self.health.check()
        try:
            with self._lock:
                if self._archive is None:
                    self._archive = opened(self._path)
            found = self._archive.get(tile)
        except ConsoleError as fault:
            self.health.failed(fault)
            raise
        self.health.well()
        return found

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            if self._archive is not None:
                self._archive.close()


def layer_of(layer: str, key: str, cache: Cache, pictures: Pictures) -> Layer:
    """The way to the pictures of a layer's address or path."""
    return FileLayer(layer) if is_file(layer) else Service(layer, key, cache, pictures)
