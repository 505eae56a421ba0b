"""The process that fetches and composes map pictures: `python -m console.tiles.process CACHE`.

It reads lines of JSON and writes frames: a head (`HEAD`), then pixels or JSON. It may die of
a picture or a service; the console then starts another one and shows what it has.
The road not taken is threads of the console: decoding holds the interpreter's lock and
would hold the screen.
"""

import json
import os
import struct
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from console.domain.basemap import Basemap, Night, Tile
from console.domain.errors import ConsoleError, Invalid
from console.media.tile import laid, read
from console.net.pictures import Pictures
from console.tiles.cache import MOST_BYTES, Cache
from console.tiles.layer import Layer, layer_of

HEAD = struct.Struct("<BBIIII")  # what, level, column, row, number of the base map, bytes that follow
PICTURE, PART, NONE, FAILED, NOTE = range(5)  # PART: one of the layers is missing and may come later
WORKERS = 6
IN_A_ROW_MAX = 4096

Send = Callable[[int, Tile, int, bytes], None]


class Painter:
    """Makes the pictures that are wanted, the first ones first, in a few threads."""

    def __init__(self, cache: Cache, send: Send, workers: int = WORKERS) -> None:
        """Begin to wait for work."""
        self._cache, self._send = cache, send
        self._turn = threading.Condition()
        self._wanted: list[Tile] = []
        self._busy: set[Tile] = set()
        self._number = 0
        self._night: Night = "as_it_is"
        self._layers: tuple[Layer, ...] = ()
        self._pictures: Pictures | None = None
        self._fault: ConsoleError | None = None
        self._is_ended = False
        self._threads = [threading.Thread(target=self._work, name=f"tiles-{number}", daemon=True) for number in range(workers)]
        for thread in self._threads:
            thread.start()

    def open(self, number: int, base: Basemap, key: str, *, is_night: bool) -> None:
        """Give pictures of another base map from now on; `number` comes back with each."""
        old = self._pictures, self._layers
        pictures = Pictures(base.agent, base.referer)
        layers = tuple(layer_of(layer, key, self._cache, pictures) for layer in base.layers)
        with self._turn:
            self._number, self._night = number, base.night if is_night else "as_it_is"
            self._pictures, self._layers = pictures, layers
            self._wanted, self._busy, self._fault = [], set(), None
        for part in (*old[1], *([old[0]] if old[0] is not None else [])):
            part.close()

    def want(self, number: int, tiles: list[Tile]) -> None:
        """These pictures are wanted now, in this order, and no others."""
        with self._turn:
            if number == self._number:
                self._wanted = tiles
                self._turn.notify_all()

    def end(self) -> None:
        """Do no more."""
        with self._turn:
            self._is_ended = True
            self._turn.notify_all()

    def _next(self) -> tuple[Tile, int, tuple[Layer, ...], Night] | None:
        with self._turn:
            while not self._is_ended:
                while self._wanted:
                    tile = self._wanted.pop(0)
                    if tile not in self._busy:
                        self._busy.add(tile)
                        return tile, self._number, self._layers, self._night
                self._turn.wait()
        return None

    def _work(self) -> None:
        while (job := self._next()) is not None:
            tile, number, layers, night = job
            what, content = self._made(tile, layers, night)
            with self._turn:
                self._busy.discard(tile)
            self._send(what, tile, number, content)

    def _made(self, tile: Tile, layers: tuple[Layer, ...], night: Night) -> tuple[int, bytes]:
        found = []
        is_whole = True
        for layer in layers:
            try:
                content = layer.get(tile)
                found += [read(content)] if content else []
            except ConsoleError:
                is_whole = False  # told below when the whole layer fails; a bad picture must not take the others with it
        self._tell(next((layer.health.fault for layer in layers if layer.health.fault is not None), None))
        if found:
            return (PICTURE if is_whole else PART), laid(found, night)
        return (NONE if is_whole else FAILED), b""

    def _tell(self, fault: ConsoleError | None) -> None:
        """Say once that pictures cannot be had, and once that they can be had again."""
        with self._turn:
            if (fault.code if fault is not None else "") == (self._fault.code if self._fault is not None else ""):
                return
            self._fault, number = fault, self._number
        said = {} if fault is None else {"field": fault.field, "code": fault.code, "facts": {k: str(v) for k, v in fault.facts.items()}}
        self._send(NOTE, (0, 0, 0), number, json.dumps(said).encode())


def serve(commands: BinaryIO, answers: BinaryIO, cache: Cache) -> None:
    """Follow commands until they end: {"do": "open", …}, {"do": "want", "number": …, "tiles": [[z, x, y], …]}."""
    lock = threading.Lock()

    def send(what: int, tile: Tile, number: int, content: bytes) -> None:
        try:
            with lock:
                answers.write(HEAD.pack(what, *tile, number, len(content)) + content)
                answers.flush()
        except (BrokenPipeError, ValueError):
            painter.end()  # nobody reads any more: the console has gone

    painter = Painter(cache, send)
    for line in commands:
        command = json.loads(line)
        if command["do"] == "open":
            painter.open(command["number"], basemap_of(command["map"]), command["key"], is_night=command["night"])
        elif command["do"] == "want":
            painter.want(command["number"], [(z, x, y) for z, x, y in command["tiles"][:IN_A_ROW_MAX]])
    painter.end()


def basemap_of(said: dict) -> Basemap:
    """A base map as it was sent. Raises Invalid for what is none."""
    try:
        return Basemap(**{**said, "layers": tuple(said["layers"])})
    except (TypeError, KeyError) as wrong:
        raise Invalid("map_layers", "unknown_field", value=str(wrong)[:60]) from wrong


def _end(died: threading.ExceptHookArgs) -> None:
    """A thread that dies of what nobody thought of takes the process along: the console starts another one."""
    sys.__excepthook__(died.exc_type, died.exc_value or died.exc_type(), died.exc_traceback)
    os._exit(70)


if __name__ == "__main__":
    threading.excepthook = _end
    serve(sys.stdin.buffer, sys.stdout.buffer, Cache(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else MOST_BYTES))
