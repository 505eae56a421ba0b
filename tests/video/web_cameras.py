"""A camera that is a web server: whole streams, playlists with their parts, logins, redirects; on loopback."""

import base64
import hashlib
import re
import ssl
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.video.odd_cameras import transport_stream

PLAYLIST = "application/vnd.apple.mpegurl"


@dataclass(frozen=True)
class Page:
    """One answer."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Page | Callable[[], Page]


class WebCamera:
    """Answers each path as the table says, anything else with 404; `asked` is every path in its order."""

    def __init__(
        self, pages: Mapping[str, Answer], *, login: str = "", is_digest: bool = False, own_certificate: Path | None = None
    ) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []
        self.logins: list[str] = []
        camera = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                camera.asked.append(self.path)
                said = self.headers.get("Authorization", "")
                camera.logins.append(said)
                page = camera.pages.get(self.path, Page(status=404))
                page = page if isinstance(page, Page) else page()
                if login and not (_is_digest_of(said, login) if is_digest else said == _basic(login)):
                    kind = 'Digest realm="camera", nonce="n1", qop="auth", opaque="o"' if is_digest else 'Basic realm="camera"'
                    page = Page(status=401, headers={"WWW-Authenticate": kind})
                self.send_response(page.status)
                for name, value in page.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(page.body)

            def log_message(self, *_: object) -> None:
                """Tests look at `asked`."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._scheme = "https" if own_certificate is not None else "http"
        if own_certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(own_certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> "WebCamera":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, path: str, *, login: str = "", host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"{self._scheme}://{f'{login}@' if login else ''}{host}:{self.port}{path}"


def _basic(login: str) -> str:
    return "Basic " + base64.b64encode(login.encode()).decode()


def _is_digest_of(said: str, login: str) -> bool:
    """RFC 7616, reckoned here by hand for MD5 and qop=auth."""
    told = dict(re.findall(r'(\w+)="?([^",]*)"?', said.partition(" ")[2]))
    user, _, password = login.partition(":")
    if not said.startswith("Digest ") or told.get("nonce") != "n1" or told.get("opaque") != "o":
        return False
    mine = hashlib.md5(f"{user}:camera:{password}".encode()).hexdigest()
    this = hashlib.md5(f"GET:{told['uri']}".encode()).hexdigest()
    return told["response"] == hashlib.md5(f"{mine}:n1:{told['nc']}:{told['cnonce']}:auth:{this}".encode()).hexdigest()


def playlist(parts: list[str], *, first: int = 0, head: str = "", is_over: bool = True, target_s: int = 1) -> bytes:
    """A media playlist as RFC 8216 writes it."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{target_s}", f"#EXT-X-MEDIA-SEQUENCE:{first}"]
    lines += [f'#EXT-X-MAP:URI="{head}"'] if head else []
    for part in parts:
        lines += [f"#EXTINF:{target_s:.3f},", part]
    return "\n".join([*lines, *(["#EXT-X-ENDLIST"] if is_over else []), ""]).encode()


def second(number: int) -> bytes:
    """One second of a stream, 25 pictures of rising brightness, with the time stamps of that second."""
    return transport_stream(range(40 + number * 25, 65 + number * 25), first_second=number)


def fragments(movie: bytes) -> tuple[bytes, list[bytes]]:
    """A fragmented MP4 cut into its head and its fragments (ISO 14496-12: each box begins with its length and name)."""
    head, found, at = b"", [], 0
    while at < len(movie):
        size, name = struct.unpack(">I4s", movie[at : at + 8])
        box = movie[at : at + size]
        if name == b"moof":
            found.append(box)
        elif found and name != b"mfra":
            found[-1] += box
        elif not found:
            head += box
        at += size
    return head, found
