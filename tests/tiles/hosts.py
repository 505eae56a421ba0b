"""A tile service on loopback that answers well, badly, slowly or not at all, and files of map pictures."""

import io
import re
import sqlite3
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

KEY = "tk-of-the-hall"
HTML = (200, {"Content-Type": "image/png"}, b"<!DOCTYPE html><title>Sign in</title>")
DEAD = (0, {}, b"")  # the connection is cut without an answer


def colour(level, column, row):
    """The colour of a picture: what was asked can be read from it."""
    return level * 10, column % 251, row % 251


def png(rgb, *, size=256, alpha=255):
    out = io.BytesIO()
    Image.new("RGBA", (size, size), (*rgb, alpha)).save(out, "PNG")
    return out.getvalue()


def pixel(content, x=128, y=128):
    """Red, green, blue of a composed picture."""
    at = (y * 256 + x) * 4
    blue, green, red = content[at : at + 3]
    return red, green, blue


@dataclass
class Host:
    """What the service answers (`wrong` instead of the truth), and what was asked of it."""

    port: int = 0
    wrong: tuple | None = None
    asked: list = field(default_factory=list)
    headers: list = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def xyz(self):
        return f"{self.base}/xyz/{{z}}/{{x}}/{{y}}.png"

    @property
    def wmts(self):
        return f"{self.base}/vec_w/wmts?tk={{key}}"


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        host = self.server.host
        host.gate.wait(20)
        host.asked.append(self.path)
        host.headers.append(dict(self.headers))
        status, headers, content = host.wrong or self.truth()
        self.close_connection = host.wrong is not None
        if not status:
            return
        with suppress(OSError):
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

    def truth(self):
        parts = urlsplit(self.path)
        asked = {name.upper(): values[0] for name, values in parse_qs(parts.query).items()}
        found = re.fullmatch(r"/xyz/(\d+)/(\d+)/(\d+)\.png", parts.path)
        if found:
            numbers = tuple(int(part) for part in found.groups())
        elif parts.path == "/vec_w/wmts":
            if asked.get("TK") != KEY:
                return 403, {}, b"<html>key</html>"
            if asked.get("LAYER") != "vec" or asked.get("REQUEST") != "GetTile":
                return 400, {}, b""
            numbers = tuple(int(asked[name]) for name in ("TILEMATRIX", "TILECOL", "TILEROW"))
        else:
            return 404, {}, b""
        mark = f'"{"-".join(map(str, numbers))}"'
        if self.headers.get("If-None-Match") == mark:
            return 304, {"ETag": mark}, b""
        return 200, {"ETag": mark, "Content-Type": "image/png"}, png(colour(*numbers))

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def serving():
    host = Host()
    host.gate.set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.host, host.port = host, server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.gate.set()
        server.shutdown()
        server.server_close()
        thread.join()


def mbtiles(path, tiles, *, form="png"):
    """An MBTiles file of single-coloured pictures, rows counted from the south as its specification says."""
    file = sqlite3.connect(path)
    file.execute("CREATE TABLE metadata (name text, value text)")
    file.execute("CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)")
    file.executemany("INSERT INTO metadata VALUES (?, ?)", [("name", "try"), ("format", form)])
    rows = [(z, x, 2**z - 1 - y, png(colour(z, x, y))) for z, x, y in tiles]
    file.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
    file.commit()
    file.close()
    return str(path)


def pmtiles(path, tiles, *, kind=TileType.PNG):
    """A PMTiles file written by its own library."""
    with open(path, "wb") as file:
        writer = Writer(file)
        for tile in sorted(tiles, key=lambda tile: zxy_to_tileid(*tile)):
            writer.write_tile(zxy_to_tileid(*tile), png(colour(*tile)))
        levels = [tile[0] for tile in tiles]
        head = {"tile_type": kind, "tile_compression": Compression.NONE, "min_zoom": min(levels), "max_zoom": max(levels)}
        edges = dict.fromkeys(("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7", "center_zoom", "center_lon_e7", "center_lat_e7"), 0)
        writer.finalize({**head, **edges}, {"name": "try"})
    return str(path)
