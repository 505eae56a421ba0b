"""Recordings for tests: every picture holds its own number in bars, so that painted pixels tell which picture of which camera they are.

And a server for them that can do what recorders do wrong: stall, redirect, refuse, answer without ranges.
"""

import http.server
import itertools
import threading
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

BITS, FPS = 16, 25
GROUND = (40, 60, 90)
_NOISE = np.kron(np.random.default_rng(7).integers(0, 256, (90, 160, 3), np.uint8), np.ones((8, 8, 1), np.uint8))


def record(path: Path, seconds: float, *, first: int = 0, size: tuple[int, int] = (640, 360), gop: int = 50, fps: int = FPS) -> Path:
    """Write a recording whose first picture is number `first`; the file's ending names the container."""
    kind = {".ts": "mpegts", ".m3u8": "hls"}.get(path.suffix)
    options = {"hls_time": "2", "hls_list_size": "0", "hls_playlist_type": "vod"} if kind == "hls" else {}
    with av.open(str(path), "w", format=kind, options=options) as sink:
        stream = sink.add_stream("libx264", rate=fps, options={"preset": "ultrafast", "bf": "0", "tune": "zerolatency"})
        (stream.width, stream.height), stream.pix_fmt, stream.gop_size = size, "yuv420p", gop
        stream.codec_context.time_base = Fraction(1, fps)
        for number in range(round(seconds * fps)):
            picture = av.VideoFrame.from_ndarray(_drawn(first + number, size), format="rgb24")
            picture.pts = number
            sink.mux(stream.encode(picture))
        sink.mux(stream.encode(None))
    return path


def _drawn(number: int, size: tuple[int, int]) -> np.ndarray:
    width, height = size
    made = np.full((height, width, 3), GROUND, np.uint8)
    made[height // 2 :] = np.roll(_NOISE, number * 97)[: height - height // 2, :width]  # as large as recordings are
    for bit in range(BITS):
        made[: height // 6, bit * width // BITS : (bit + 1) * width // BITS] = 235 if number >> bit & 1 else 16
    return made


def read_number(image: Image.Image) -> int:
    """The number of the picture that an image shows from edge to edge."""
    grey = image.convert("L")
    width, high = grey.width, max(1, grey.height // 12)
    return sum((grey.getpixel((round((bit + 0.5) * width / BITS), high)) > 128) << bit for bit in range(BITS))


class Recorder:
    """An HTTP server over a folder, with ranges; `stall`, `go_on`, `answers` make it behave badly."""

    def __init__(self, folder: Path) -> None:
        recorder = self
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.answers: dict[str, tuple[int, dict[str, str]]] = {}
        self.asked: list[str] = []
        self.free_bytes = 0  # what each answer sends even while it may not go on
        self.has_ranges = True

        class Handler(http.server.SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def __init__(self, *args: object) -> None:
                super().__init__(*args, directory=str(folder))

            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                recorder.serve(self, folder)

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self) -> "Recorder":
        return self

    def __exit__(self, *_: object) -> None:
        self.may_go_on.set()
        self._server.shutdown()
        self._server.server_close()

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"

    def serve(self, handler: http.server.SimpleHTTPRequestHandler, folder: Path) -> None:
        self.asked.append(handler.path)
        if handler.path in self.answers:
            status, headers = self.answers[handler.path]
            handler.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                handler.send_header(name, value)
            handler.end_headers()
            return
        content = Path(handler.translate_path(handler.path)).read_bytes()
        first, last = 0, len(content) - 1
        asked = handler.headers.get("Range", "") if self.has_ranges else ""
        if asked:
            start, _, end = asked.removeprefix("bytes=").partition("-")
            first, last = int(start), min(int(end or last), last)
        handler.send_response(206 if asked else 200)
        if asked:
            handler.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        if self.has_ranges:
            handler.send_header("Accept-Ranges", "bytes")
        handler.send_header("Content-Length", str(max(0, last - first + 1)))
        handler.end_headers()
        try:
            for at in itertools.takewhile(lambda at: at <= last, itertools.count(first, 32768)):
                if at - first >= self.free_bytes:
                    self.may_go_on.wait()
                handler.wfile.write(content[at : min(at + 32768, last + 1)])
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True
