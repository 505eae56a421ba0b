"""Every way a camera can be bad that we know of, each on loopback, with the state its tile is to tell."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.servers import free_port
from tests.video.odd_cameras import GARBAGE, UNAUTHORISED, OddCamera, over_http, sound_only, transport_stream
from tests.video.rtsp_cameras import RtspCameras
from tests.video.web_cameras import Page, WebCamera, playlist

Make = Callable[[ExitStack], str]
FORBIDDEN = b"RTSP/1.0 403 Forbidden\r\nCSeq: 1\r\n\r\n"
UNKNOWN = b"RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n"
JPEG = b"--frame\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff\xe0" + b"j" * 200_000


@dataclass(frozen=True)
class Bad:
    """A bad camera: how it is made, which gives its address, and what its tile says then."""

    make: Make
    state: str


def rtsp(answer: bytes, *, closes: bool = False, login: str = "") -> Make:
    """One that gives the same RTSP answer to everything."""
    return lambda stack: f"rtsp://{login}127.0.0.1:{stack.enter_context(OddCamera(answer, closes=closes)).port}/live"


def web(*, closes: bool = True, answer: bytes = b"") -> Make:
    """One that gives the same bytes to every HTTP request."""
    return lambda stack: f"http://127.0.0.1:{stack.enter_context(OddCamera(answer, closes=closes)).port}/live"


def page(page: Page, *, login: str = "") -> Make:
    """A proper web server with one page."""
    return lambda stack: stack.enter_context(WebCamera({"/live": page}, login=login)).url("/live", login="admin:wrong")


def dripping(piece: bytes, every_s: float, scheme: str) -> Make:
    """One that says a little for ever."""
    return lambda stack: f"{scheme}://127.0.0.1:{stack.enter_context(_drip(piece, every_s))}/live"


def sound(stack: ExitStack) -> str:
    """An RTSP camera without pictures."""
    return stack.enter_context(RtspCameras()).url("sound")


BAD = {
    "dead": Bad(lambda _: f"rtsp://127.0.0.1:{free_port()}/live", "refused"),
    "dead, by http": Bad(lambda _: f"http://127.0.0.1:{free_port()}/live", "refused"),
    "stalled": Bad(rtsp(b""), "offline"),
    "stalled, by http": Bad(web(closes=False), "offline"),
    "hangs up": Bad(rtsp(b"", closes=True), "broken-off"),
    "hangs up, by http": Bad(web(), "broken-off"),
    "sound only": Bad(sound, "wrong-codec"),
    "sound only, by http": Bad(web(answer=over_http(sound_only(), "audio/wav")), "wrong-codec"),
    "motion jpeg, by http": Bad(web(answer=over_http(JPEG, "multipart/x-mixed-replace; boundary=frame")), "wrong-codec"),
    "a page": Bad(page(Page(b"<html>" + b"camera " * 30_000)), "wrong-codec"),
    "wrong password": Bad(rtsp(UNAUTHORISED, login="admin:wrong@"), "unauthorised"),
    "wrong password, by http": Bad(page(Page(b"x"), login="admin:right"), "unauthorised"),
    "forbidden": Bad(rtsp(FORBIDDEN), "forbidden"),
    "forbidden, by http": Bad(page(Page(status=403)), "forbidden"),
    "unknown path": Bad(rtsp(UNKNOWN), "not-found"),
    "unknown path, by http": Bad(page(Page(status=404)), "not-found"),
    "sends elsewhere": Bad(page(Page(status=302, headers={"Location": "http://192.0.2.1/live"})), "elsewhere"),
    "sends to a file": Bad(page(Page(status=302, headers={"Location": "file:///etc/passwd"})), "elsewhere"),
    "sends nowhere": Bad(page(Page(status=302)), "elsewhere"),
    "sends in circles": Bad(page(Page(status=302, headers={"Location": "/live"})), "elsewhere"),
    "a list of files": Bad(page(Page(playlist(["file:///etc/passwd"]))), "elsewhere"),
    "a list of another host": Bad(page(Page(playlist(["http://192.0.2.1/1.ts"]))), "elsewhere"),
    "a list without end": Bad(page(Page(b"#EXTM3U\n" + b"#\n" * 600_000)), "wrong-codec"),
    "garbage": Bad(rtsp(GARBAGE, closes=True), "broken-off"),
    "garbage, by http": Bad(web(answer=GARBAGE), "broken-off"),
    "garbage behind a good head": Bad(web(answer=over_http(GARBAGE * 20)), "wrong-codec"),
    "headers without end": Bad(dripping(b"RTSP/1.0 200 OK\r\n" + b"X-Y: z\r\n" * 500, 0.0, "rtsp"), "offline"),
    "headers without end, by http": Bad(dripping(b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 500, 0.0, "http"), "broken-off"),
    "a letter now and then": Bad(dripping(b"R", 0.1, "rtsp"), "offline"),
    "a letter now and then, by http": Bad(dripping(b"H", 0.1, "http"), "offline"),
    "pictures byte by byte": Bad(dripping(over_http(b""), 0.2, "http"), "offline"),
}


@contextmanager
def _drip(piece: bytes, every_s: float) -> Iterator[int]:
    over = threading.Event()

    def serve(line: socket.socket) -> None:
        with line:
            try:
                line.recv(4096)
                while not over.wait(every_s):
                    line.sendall(piece)
            except OSError:
                return  # the console hung up

    def accept(server: socket.socket) -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return  # closed
            threading.Thread(target=serve, args=(line,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=accept, args=(server,), daemon=True).start()
        yield server.getsockname()[1]
        over.set()
        server.shutdown(socket.SHUT_RDWR)


@contextmanager
def flapping() -> Iterator[OddCamera]:
    """A camera that shows a second of pictures and hangs up, again and again."""
    with OddCamera(over_http(transport_stream(range(40, 65))), closes=True) as camera:
        yield camera


@contextmanager
def black_hole() -> Iterator[int]:
    """A port where nobody even takes the call: on Linux a full queue of callers swallows every further one."""
    with socket.socket() as server, ExitStack() as stack:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(2):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(server.getsockname())
        yield server.getsockname()[1]
