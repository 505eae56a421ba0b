"""A camera reached by HTTP that sends pictures and a tone as time goes by; what it shows tells who looks."""

import http.server
import threading
import time
from fractions import Fraction
from io import BytesIO

import av
import numpy as np

SECONDS, RATE = 30, 48_000
TO_PLAYERS, TO_OTHERS = 200, 80  # how bright it is for libvlc, and for everybody else
AHEAD_S = 1.0


def stream(level: int, *, has_sound: bool) -> bytes:
    """MPEG-TS of one grey, 25 pictures a second, with a tone or without."""
    buffer = BytesIO()
    with av.open(buffer, "w", format="mpegts") as made:
        video = made.add_stream("libx264", rate=25, options={"preset": "ultrafast", "bf": "0", "tune": "zerolatency"})
        video.width, video.height, video.pix_fmt, video.gop_size = 320, 180, "yuv420p", 25
        audio = made.add_stream("aac", rate=RATE, layout="mono") if has_sound else None
        grey, said = np.full((180, 320, 3), level, np.uint8), 0
        for number in range(SECONDS * 25):
            picture = av.VideoFrame.from_ndarray(grey, format="rgb24")
            picture.pts, picture.time_base = number, Fraction(1, 25)
            made.mux(video.encode(picture))
            while audio is not None and said < (number + 1) * RATE // 25:
                wave = np.sin(np.arange(said, said + 1024) * (2 * np.pi * 440 / RATE)).astype(np.float32) * 0.2
                tone = av.AudioFrame.from_ndarray(wave[None], format="fltp", layout="mono")
                tone.sample_rate, tone.pts, tone.time_base = RATE, said, Fraction(1, RATE)
                said += 1024
                made.mux(audio.encode(tone))
        made.mux(video.encode(None))
        if audio is not None:
            made.mux(audio.encode(None))
    return buffer.getvalue()


class TalkingCamera:
    """Sends its stream from the beginning to each who asks, no faster than it is filmed."""

    def __init__(self, *, has_sound: bool = True) -> None:
        streams = {is_player: stream(TO_PLAYERS if is_player else TO_OTHERS, has_sound=has_sound) for is_player in (True, False)}
        closed = self._closed = threading.Event()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "video/mp2t")
                self.end_headers()
                content = streams["VLC" in self.headers.get("User-Agent", "")]
                began, sent = time.monotonic(), 0
                try:
                    while sent < len(content) and not closed.wait(0.02):
                        due = int(len(content) * (time.monotonic() - began + AHEAD_S) / SECONDS)
                        self.wfile.write(content[sent:due])
                        sent = due
                except (BrokenPipeError, ConnectionResetError):
                    return  # hung up

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/live.ts"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> "TalkingCamera":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
