"""Foreign pictures go through a child process and come back as our own JPEG, or not at all.

A picture is hostile until it has been decoded, and decoding is where it would
bite; so the decoder is a child that may crash, hang or eat memory, and only
pixels come back.
"""

import hashlib
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from console.domain.errors import Invalid, Unavailable

CAP_BYTES = 15 * 1024 * 1024
WAIT_S = 20.0
CHILD = Path(__file__).with_name("child.py")
MAGIC = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png", b"RIFF": "webp"}


@dataclass(frozen=True)
class Photo:
    """A clean JPEG and the SHA-256 of its bytes."""

    sha256: str
    content: bytes
    width: int
    height: int


class PhotoRoom:
    """Keeps one decoding child at hand; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def encode(self, content: bytes) -> Photo:
        """The picture as our own JPEG, at most 1600 px, upright, without EXIF.

        Raises Invalid("photo", code): empty, too_large, not_a_picture,
        broken_picture, too_many_pixels; Unavailable when the child cannot start.
        """
        if not content:
            raise Invalid("photo", "empty_file")
        if len(content) > CAP_BYTES:
            raise Invalid("photo", "too_large", size=len(content), most=CAP_BYTES)
        if not any(content.startswith(mark) for mark in MAGIC):
            raise Invalid("photo", "not_a_picture")
        with self._lock:
            answer = self._ask(content)
        status, width, height = struct.unpack("<III", answer[:12])
        if status:
            raise Invalid("photo", {1: "broken_picture", 2: "too_many_pixels"}.get(status, "broken_picture"))
        jpeg = answer[12:]
        return Photo(hashlib.sha256(jpeg).hexdigest(), jpeg, width, height)

    def _ask(self, content: bytes) -> bytes:
        # A child that dies may have died of anything; one that dies again died of this picture.
        for _ in range(2):
            answer = self._try(content)
            if answer is not None:
                return answer
        raise Invalid("photo", "broken_picture")

    def _try(self, content: bytes) -> bytes | None:
        child = self._running()
        late = threading.Event()

        def end() -> None:
            late.set()
            child.kill()

        alarm = threading.Timer(WAIT_S, end)
        alarm.start()
        try:
            assert child.stdin is not None and child.stdout is not None
            child.stdin.write(struct.pack("<I", len(content)) + content)
            child.stdin.flush()
            size = struct.unpack("<I", _exactly(child, 4))[0]
            return _exactly(child, size)
        except (OSError, EOFError) as died:
            self._drop()
            if late.is_set():
                raise Invalid("photo", "broken_picture") from died
            return None
        finally:
            alarm.cancel()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            self._drop()
            command = [sys.executable, "-I", str(CHILD)]  # by its path: the program may run in any folder
            try:
                self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            except OSError as fault:
                raise Unavailable("no_photo_child", problem=str(fault)) from fault
        return self._child

    def _drop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # the bytes the dead child never read are of no use to anyone

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._drop()


def _exactly(child: "subprocess.Popen[bytes]", size: int) -> bytes:
    assert child.stdout is not None
    content = child.stdout.read(size)
    if len(content) < size:
        raise EOFError
    return content
