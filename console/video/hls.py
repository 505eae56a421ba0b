"""An HLS playlist played on: its parts one behind the other as one stream of bytes, the list read again while it is live."""

from collections.abc import Callable
from http.client import HTTPException, HTTPResponse

from console.video.fetch import CHUNK, Failed, Patience, fetch
from console.video.playlist import MAX_BYTES, Playlist, read
from console.video.source import Address

DEEPEST = 3  # a playlist of playlists of playlists is nobody's camera
SILENT_PARTS = 3
Wait = Callable[[float], object]


class Channel:
    """The parts as one file to read from; `wait` is slept with, so that a closed stream need not sit out a pause."""

    def __init__(self, address: Address, content: bytes, patience: Patience, wait: Wait) -> None:
        """Take a playlist whose text was read already. Raises Failed as `playlist.read` does."""
        self._patience, self._wait = patience, wait
        self._address, self._list = self._media(address, content)
        patience.silence_s = max(patience.silence_s, SILENT_PARTS * self._list.target_s)
        self._next = self._list.begin()
        self.behind_s = 0.0 if self._list.is_over else (self._list.last + 1 - self._next) * self._list.target_s
        self._head = self._list.head
        self._part: HTTPResponse | None = self._fetch(self._head) if self._head is not None else None

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes; none when a list that is over has come to its end. Raises Failed, OSError."""
        while True:
            if self._part is None and not self._turn():
                return b""
            assert self._part is not None
            if got := read_some(self._part, size):
                return got
            self._part.close()
            self._part = None

    def close(self) -> None:
        """Hang up."""
        if self._part is not None:
            self._part.close()

    def _turn(self) -> bool:
        while self._next > self._list.last:
            if self._list.is_over:
                return False
            self._wait(min(self._list.target_s / 2, self._patience.left_s()))
            self._refresh()
        self._part = self._fetch(self._list.parts[self._next - self._list.first])
        self._next += 1
        return True

    def _refresh(self) -> None:
        _, now = self._media(self._address, whole(self._fetch(self._address)))
        if now.head != self._head:
            raise Failed("ended")  # another encoder: the stream begins anew
        if now.last < self._list.last or self._next < now.first:
            self._next = now.begin()  # the camera began anew, or we have missed what is no longer kept
        self._list = now

    def _media(self, address: Address, content: bytes) -> tuple[Address, Playlist]:
        for _ in range(DEEPEST):
            found = read(content, address)
            if not found.variants:
                return address, found
            address = found.variants[0]
            content = whole(self._fetch(address))
        raise Failed("wrong_codec")

    def _fetch(self, address: Address) -> HTTPResponse:
        try:
            return fetch(address, self._patience)
        except Failed as said:
            raise Failed("elsewhere" if said.reason == "redirected" else said.reason) from said


def whole(answer: HTTPResponse) -> bytes:
    """A playlist's whole text. Raises Failed("wrong_codec") for one without an end."""
    content = bytearray()
    while got := read_some(answer, CHUNK):
        content += got
        if len(content) > MAX_BYTES:
            raise Failed("wrong_codec")
    answer.close()
    return bytes(content)


def read_some(answer: HTTPResponse, size: int) -> bytes:
    """What is there of an answer, at least a byte before its end. Raises Failed("lost") for broken transfer coding."""
    try:
        return answer.read1(size)
    except (HTTPException, ValueError) as broken:
        raise Failed("lost") from broken
