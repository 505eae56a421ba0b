"""Cameras that misbehave in ways real ones do, on loopback: silent, rude, garbled, changing their picture."""

import queue
import socket
import threading
import time
from fractions import Fraction
from io import BytesIO

import av
import numpy as np

UNAUTHORISED = b'RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nWWW-Authenticate: Basic realm="camera"\r\n\r\n'
GARBAGE = bytes(range(256)) * 64


class OddCamera:
    """A TCP server that accepts, says `answer` to whatever is asked, and then keeps the line open or closes it.

    One that `waits` answers when `begin` is called: a clip runs through in a blink, maybe before anybody wants its pictures.
    """

    def __init__(self, answer: bytes = b"", *, closes: bool = False, waits: bool = False) -> None:
        self._may_answer = threading.Event()
        if not waits:
            self._may_answer.set()
        self._answer, self._closes = answer, closes
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.visits = 0
        self._lines: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def __enter__(self) -> "OddCamera":
        return self

    def begin(self) -> None:
        """Answer from now on."""
        self._may_answer.set()

    def __exit__(self, *_: object) -> None:
        self._may_answer.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for line in self._lines:
            line.close()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return  # closed by __exit__
            self.visits += 1
            self._lines.append(line)
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        try:
            while line.recv(65536):
                self._may_answer.wait()
                line.sendall(self._answer)
                if self._closes:
                    line.shutdown(socket.SHUT_WR)
        except OSError:
            return  # the console hung up


class LongWay:
    """A TCP line to a real camera on which every byte can be made to travel for `delay_s`."""

    def __init__(self, port: int) -> None:
        self._camera = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.delay_s = 0.0
        self._closed = threading.Event()
        self._lines: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "LongWay":
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        for line in (self._listener, *self._lines):
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the other side hung up first
            finally:
                line.close()

    def _accept(self) -> None:
        try:
            line, _ = self._listener.accept()
        except OSError:
            return  # closed by __exit__
        camera = socket.create_connection(("127.0.0.1", self._camera))
        self._lines += [line, camera]
        for here, there in ((line, camera), (camera, line)):
            under_way: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
            threading.Thread(target=self._leave, args=(here, under_way), daemon=True).start()
            threading.Thread(target=self._arrive, args=(there, under_way), daemon=True).start()

    def _leave(self, here: socket.socket, under_way: queue.SimpleQueue) -> None:
        sent = b"?"
        while sent:
            try:
                sent = here.recv(65536)
            except OSError:
                sent = b""  # hung up
            under_way.put((time.monotonic(), sent))

    def _arrive(self, there: socket.socket, under_way: queue.SimpleQueue) -> None:
        while True:
            left_at, sent = under_way.get()
            self._closed.wait(max(0.0, left_at + self.delay_s - time.monotonic()))
            try:
                there.sendall(sent)
            except OSError:
                return  # hung up
            if not sent:
                return


def over_http(body: bytes, kind: str = "video/mp2t") -> bytes:
    """An HTTP answer that streams `body`."""
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n".encode() + body


def transport_stream(
    levels: range, size: tuple[int, int] = (320, 180), *, codec: str = "libx264", first_second: int = 0, b_frames: int = 0,
    gop: int = 12, container: str = "mpegts",
) -> bytes:  # fmt: skip
    """MPEG-TS, or another container, of plain grey pictures, one for each level, 25 a second: brightness tells which picture it is."""
    buffer = BytesIO()
    options = {"movflags": "frag_keyframe+empty_moov+default_base_moof"} if container == "mp4" else {}
    with av.open(buffer, "w", format=container, options=options) as made:
        stream = made.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.codec_context.gop_size = gop
        stream.codec_context.max_b_frames = b_frames
        stream.codec_context.time_base = Fraction(1, 25)
        stream.options = {"preset": "ultrafast", "x265-params": "log-level=none:pools=none", "b-adapt": "0", "qp": "8"}
        for number, level in enumerate(levels):
            frame = av.VideoFrame.from_ndarray(np.full((size[1] * 3 // 2, size[0]), 128, np.uint8), "yuv420p")
            np.frombuffer(frame.planes[0], np.uint8)[:] = level
            frame.pts, frame.time_base = number + first_second * 25, Fraction(1, 25)
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    return buffer.getvalue()


def sound_only() -> bytes:
    """A WAV file: opens well and holds no picture."""
    buffer = BytesIO()
    with av.open(buffer, "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.int16), "s16", "mono")
        frame.sample_rate = 8000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return buffer.getvalue()
