"""Files over HTTP on this machine alone, each under a word nobody can guess, for some hours; with ranges, so that players can seek."""

import re
import secrets
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

KEPT_S, MOST, PIECE = 3 * 3600.0, 5_000, 256 * 1024
TYPES = {".ts": "video/mp2t", ".mkv": "video/x-matroska"}
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class Served:
    """The files that may be fetched now."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[Path, float]] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, name="files", daemon=True).start()

    def offer(self, path: Path) -> str:
        """A file's address."""
        word, now = secrets.token_urlsafe(24), time.monotonic()
        with self._lock:
            self._files = {name: one for name, one in self._files.items() if one[1] > now}
            while len(self._files) >= MOST:
                del self._files[next(iter(self._files))]
            self._files[word] = (path, now + KEPT_S)
        return f"http://127.0.0.1:{self._server.server_address[1]}/{word}/{'clip' + path.suffix.lower()}"

    def find(self, word: str) -> Path | None:
        """The file of an address, while it is offered."""
        with self._lock:
            path, until = self._files.get(word, (None, 0.0))
        return path if until > time.monotonic() else None

    def stop(self) -> None:
        """Serve nothing any more."""
        self._server.shutdown()
        self._server.server_close()


def part_of(said: str | None, size: int) -> tuple[int, int] | None:
    """First and last byte of a wanted range; the whole file where none is named, None for one outside it."""
    if not said:
        return 0, size - 1
    wanted = _RANGE.fullmatch(said.strip())
    if wanted is None or wanted.groups() == ("", ""):
        return None
    first, last = wanted.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    found = int(first), min(int(last), size - 1) if last else size - 1
    return found if found[0] <= found[1] else None


def _handler(served: Served) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(is_wanted=True)

        def do_HEAD(self) -> None:
            self._answer(is_wanted=False)

        def log_message(self, *_: object) -> None:
            """The address is a secret: it is written nowhere."""

        def _answer(self, *, is_wanted: bool) -> None:
            path = served.find(self.path.strip("/").partition("/")[0])
            try:
                size = path.stat().st_size if path is not None else 0
                part = part_of(self.headers.get("Range"), size)
                if path is None or not size or part is None:
                    self._refuse(HTTPStatus.NOT_FOUND if path is None or not size else HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                    return
                self._head(path, part, size)
                if is_wanted:
                    self._send(path, part)
            except OSError:
                self.close_connection = True  # whoever fetched it has gone, or the file has

        def _refuse(self, status: HTTPStatus) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _head(self, path: Path, part: tuple[int, int], size: int) -> None:
            is_part = self.headers.get("Range") is not None
            self.send_response(HTTPStatus.PARTIAL_CONTENT if is_part else HTTPStatus.OK)
            self.send_header("Content-Type", TYPES.get(path.suffix.lower(), "video/mp4"))
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Connection", "close")  # FFmpeg would ask again on a connection that is gone, and take that for the end
            self.send_header("Content-Length", str(part[1] - part[0] + 1))
            if is_part:
                self.send_header("Content-Range", f"bytes {part[0]}-{part[1]}/{size}")
            self.end_headers()

        def _send(self, path: Path, part: tuple[int, int]) -> None:
            with path.open("rb") as source:
                source.seek(part[0])
                left = part[1] - part[0] + 1
                while left and (piece := source.read(min(PIECE, left))):
                    self.wfile.write(piece)
                    left -= len(piece)

    return Handler
