"""Pictures in shared memory: one writer (the worker), one reader (the console), three slots.

The file lies in /dev/shm where there is one. The writer never touches the
slot it published last nor the one the reader holds, so nobody waits for
anybody. `multiprocessing.shared_memory` was not taken: its resource tracker
unlinks segments that another process still paints from.
"""

import mmap
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from console.domain.errors import Invalid, Unavailable

SLOTS = 3
_PAGE = 4096
_MAGIC = 0x314D41524656  # "VFRAM1"
# The first page as 64-bit words; each word written by one side only sits in a cache line of its own.
_MAGIC_AT, _CAPACITY_AT, _LATEST_AT, _HELD_AT, _SLOT_AT, _SLOT_WORDS = 0, 1, 8, 16, 24, 8
_SEQUENCE, _WIDTH, _HEIGHT, _STRIDE, _CAPTURED, _WALL = range(6)
_NONE = SLOTS  # a slot number that is none


@dataclass(frozen=True)
class Frame:
    """One picture, BGRA, in memory that stays put until the camera's next frame is asked for."""

    data: memoryview = field(repr=False, compare=False)
    width: int
    height: int
    stride: int
    sequence: int
    captured_ns: int
    wall_ns: int
    _words: memoryview = field(repr=False, compare=False)
    _slot: int = field(repr=False, compare=False)

    @property
    def age_s(self) -> float:
        """Seconds since the camera's packet of this picture arrived."""
        return max(0.0, (time.monotonic_ns() - self.captured_ns) / 1e9)

    @property
    def is_whole(self) -> bool:
        """Whether the memory still holds this picture; ask after painting when in doubt."""
        return self._words[_SLOT_AT + self._slot * _SLOT_WORDS + _SEQUENCE] == self.sequence


class FrameWriter:
    """The worker's side: makes the file and publishes pictures one after another."""

    def __init__(self, path: Path, capacity: int, *, sequence: int = 0) -> None:
        """Make a file for pictures of up to `capacity` bytes; raises Unavailable when memory is short."""
        self.path = path
        self.capacity = -(-capacity // _PAGE) * _PAGE
        self.sequence = sequence
        size = _PAGE + SLOTS * self.capacity
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            # A sparse file on a full /dev/shm would kill the worker at its first write.
            os.posix_fallocate(handle, 0, size)
            self._memory = mmap.mmap(handle, size)
        except OSError as full:
            path.unlink()
            raise Unavailable("no_picture_memory", wanted=size) from full
        finally:
            os.close(handle)
        self._words = memoryview(self._memory)[:_PAGE].cast("Q")
        self._words[_CAPACITY_AT] = self.capacity
        self._words[_LATEST_AT] = _NONE
        self._words[_HELD_AT] = _NONE
        self._words[_MAGIC_AT] = _MAGIC

    def write(self, picture: memoryview, width: int, height: int, stride: int, captured_ns: int) -> int:
        """Publish one picture and return its sequence number; raises Invalid if it does not fit."""
        if len(picture) > self.capacity or len(picture) < stride * height or stride < width * 4:
            raise Invalid("picture", "wrong_picture_size", bytes=len(picture), capacity=self.capacity)
        words = self._words
        taken = (words[_LATEST_AT], words[_HELD_AT])
        slot = next(number for number in range(SLOTS) if number not in taken)
        head = _SLOT_AT + slot * _SLOT_WORDS
        words[head + _SEQUENCE] = 0
        start = _PAGE + slot * self.capacity
        self._memory[start : start + len(picture)] = picture
        words[head + _WIDTH], words[head + _HEIGHT], words[head + _STRIDE] = width, height, stride
        words[head + _CAPTURED], words[head + _WALL] = captured_ns, time.time_ns()
        self.sequence += 1
        words[head + _SEQUENCE] = self.sequence
        words[_LATEST_AT] = slot
        return self.sequence

    def close(self) -> None:
        """Take the file away; a reader that still has it open keeps its last picture."""
        self.path.unlink(missing_ok=True)


class FrameReader:
    """The console's side: the newest picture, never half a one. One reader a file, one thread."""

    def __init__(self, path: Path) -> None:
        """Open a writer's file; raises Unavailable if it is gone or not ours."""
        try:
            with path.open("r+b") as file:
                self._memory = mmap.mmap(file.fileno(), 0)
        except (OSError, ValueError) as gone:
            raise Unavailable("no_picture_memory") from gone
        self._bytes = memoryview(self._memory).toreadonly()
        self._words = memoryview(self._memory)[:_PAGE].cast("Q")
        capacity = self._words[_CAPACITY_AT]
        if self._words[_MAGIC_AT] != _MAGIC or len(self._memory) != _PAGE + SLOTS * capacity:
            raise Unavailable("no_picture_memory")
        self._capacity = capacity
        self._last: Frame | None = None

    def newest(self) -> Frame | None:
        """The newest picture or None before the first; the same object while nothing new came.

        The frame handed out before may be overwritten from now on.
        """
        words = self._words
        for _ in range(SLOTS * 4):
            slot = words[_LATEST_AT]
            if slot == _NONE:
                return None
            sequence = words[_SLOT_AT + slot * _SLOT_WORDS + _SEQUENCE]
            if self._last is not None and self._last.sequence == sequence:
                return self._last
            words[_HELD_AT] = slot
            # Still the latest after we took hold: from here on the writer sees that it is held.
            if words[_LATEST_AT] == slot and sequence and words[_SLOT_AT + slot * _SLOT_WORDS] == sequence:
                self._last = self._framed(slot, sequence)
                return self._last
        return self._last  # the writer outran us twelve times: the machine is saturated, try next time

    def sequence(self) -> int:
        """The number of the newest picture, 0 before the first; nothing is taken by asking."""
        slot = self._words[_LATEST_AT]
        return 0 if slot == _NONE else self._words[_SLOT_AT + slot * _SLOT_WORDS]

    def captured_at(self) -> float:
        """When the newest picture was taken, in monotonic seconds; 0.0 before the first. Any thread may ask."""
        slot = self._words[_LATEST_AT]
        return 0.0 if slot == _NONE else self._words[_SLOT_AT + slot * _SLOT_WORDS + _CAPTURED] / 1e9

    def _framed(self, slot: int, sequence: int) -> Frame:
        head = _SLOT_AT + slot * _SLOT_WORDS
        width, height, stride, captured, wall = self._words[head + _WIDTH : head + _WALL + 1]
        start = _PAGE + slot * self._capacity
        data = self._bytes[start : start + stride * height]
        return Frame(data, width, height, stride, sequence, captured, wall, self._words, slot)


def picture_folder() -> Path:
    """A private folder for picture files, in memory where the system has such a place."""
    shared = Path("/dev/shm")
    place = shared if shared.is_dir() and os.access(shared, os.W_OK) else Path(tempfile.gettempdir())
    _sweep(place)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))


_PREFIX = "command-console-pictures-"


def _sweep(place: Path) -> None:
    """Remove what killed consoles of this user left behind."""
    for folder in place.glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if not owner.isdigit() or folder.stat().st_uid != os.getuid() or _lives(int(owner)):
            continue
        empty(folder)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def empty(folder: Path) -> None:
    """Remove a picture folder with its files; what another process removed first is no problem."""
    for path in folder.glob("*"):
        path.unlink(missing_ok=True)
    try:
        folder.rmdir()
    except FileNotFoundError:
        return
