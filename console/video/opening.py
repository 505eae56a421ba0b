"""How a camera, a stream of a web server, a playlist or a file becomes packets, and by what name each failure goes."""

import io
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from errno import EHOSTDOWN, EHOSTUNREACH, ENETUNREACH
from http.client import HTTPResponse
from socket import gaierror

import av
from av.container import InputContainer
from av.error import FFmpegError

from console.video.fetch import CHUNK, Failed, Patience, fetch
from console.video.hls import Channel, Wait, read_some
from console.video.peers import Peers
from console.video.playlist import MAX_BYTES, is_playlist
from console.video.source import AV_OPTIONS, parse

_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (av.error.ExitError, "timeout"),
    (av.error.HTTPUnauthorizedError, "unauthorised"),
    (av.error.HTTPForbiddenError, "forbidden"),
    (av.error.HTTPNotFoundError, "not_found"),
    (av.error.HTTPOtherClientError, "wrong_codec"),  # asked for its pictures, a camera that has only sound says 455
    (FileNotFoundError, "not_found"),
    (ConnectionRefusedError, "refused"),
    (TimeoutError, "timeout"),
    (av.error.ArgumentError, "wrong_codec"),  # a container that is not on the list
    (av.error.LookupError, "wrong_codec"),
    (av.error.InvalidDataError, "wrong_codec"),
    (av.error.PatchWelcomeError, "wrong_codec"),
    (OSError, "lost"),
    (FFmpegError, "lost"),
)
PEERS = Peers()
_NO_WAY = frozenset({EHOSTUNREACH, ENETUNREACH, EHOSTDOWN})


class NoVideo(Exception):
    """The stream opened, and nothing in it can be decoded as pictures."""


ENDINGS = (FFmpegError, NoVideo, Failed, OSError)


def reason_of(error: BaseException, *, asked_rtsp_s: float | None = None, within_s: float) -> str:
    """The code the console shows for what FFmpeg or the network raised; its text may hold the address.

    `asked_rtsp_s` is how long an RTSP opening took that failed: there FFmpeg
    calls silence, a closed line and nonsense all "invalid data".
    """
    if isinstance(error, Failed):
        return error.reason
    if isinstance(error, NoVideo):
        return "wrong_codec"
    if isinstance(error, OSError) and (error.errno in _NO_WAY or isinstance(error, gaierror)):
        return "timeout"
    if asked_rtsp_s is not None and isinstance(error, av.error.InvalidDataError):
        return "timeout" if asked_rtsp_s >= within_s else "lost"
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), "fault")


@dataclass(frozen=True)
class Opened:
    """A stream that has begun. What is stored comes faster than it is to be shown; a camera keeps its own pace."""

    container: InputContainer
    is_stored: bool
    renew: Callable[[], None]
    behind_s: float = 0.0


@contextmanager
def opened(address: str, within_s: float, silence_s: float, wait: Wait) -> Iterator[Opened]:
    """Open an address that `source.py` has written; ends with it. Raises one of ENDINGS."""
    scheme = address.partition(":")[0]
    options = dict(AV_OPTIONS[scheme])
    if scheme == "file":
        with av.open(address, options=options) as container:
            yield Opened(container, True, lambda: None)
        return
    with PEERS.allow(parse(address).host) as has_stranger:
        if scheme in ("http", "https"):
            patience = Patience.of(within_s, silence_s)
            body = _body(address, patience, wait)
            with closing(body), av.open(body, options=options) as container:
                patience.renew()
                yield Opened(container, isinstance(body, Channel), patience.renew, body.behind_s)
            return
        with av.open(address, options=options, timeout=(within_s, silence_s)) as container:
            if has_stranger():
                raise Failed("elsewhere")
            yield Opened(container, False, lambda: None)


def _body(address: str, patience: Patience, wait: Wait) -> "Channel | _Body":
    place = parse(address)
    answer = fetch(place, patience)
    begin = read_some(answer, CHUNK)
    if not is_playlist(begin):
        return _Body(answer, begin)
    while len(begin) <= MAX_BYTES and (more := read_some(answer, CHUNK)):
        begin += more
    return Channel(place, begin, patience, wait)


class _Body:
    """An answer to read from, with what was looked at already."""

    behind_s = 0.0

    def __init__(self, answer: HTTPResponse, begin: bytes) -> None:
        self._answer, self._begin = answer, io.BytesIO(begin)

    def read(self, size: int = CHUNK) -> bytes:
        return self._begin.read(size) or read_some(self._answer, size)

    def close(self) -> None:
        self._answer.close()
