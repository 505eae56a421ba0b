"""Recordings as files: which there are of a camera, from when to when; the start stands in a file's name, its length inside."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import av

CHINA = timezone(timedelta(hours=8))
SUFFIXES = (".mp4", ".ts", ".m4v", ".mkv")
MOST = 600
_NAME = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)[T_ -]?(\d\d)[-:]?(\d\d)[-:]?(\d\d)(?:[-.](\d{1,6}))?")
_FOLDER = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*")


@dataclass(frozen=True)
class Segment:
    """A file and the stretch of time it shows, in UTC."""

    path: Path
    starts_at: datetime
    ends_at: datetime


class Shelf:
    """The files of every camera; how long one is gets looked up once, a file that still grows again and again."""

    def __init__(self, folder: Path, clock: str, names: dict[str, str]) -> None:
        """`clock` is what the names tell ("utc" or "china"), `names` the folders that are not called like their camera."""
        self._folder, self._names = folder, names
        self._zone = CHINA if clock == "china" else UTC
        self._lengths: dict[tuple[Path, int], timedelta | None] = {}

    def cameras(self) -> int:
        """How many folders there are. Raises OSError."""
        return sum(one.is_dir() for one in self._folder.iterdir())

    def folder_of(self, ref: str) -> Path | None:
        """Where a camera's files lie; None for a name that is none, or leads elsewhere."""
        name = self._names.get(ref, ref)
        if not _FOLDER.fullmatch(name):
            return None
        found = (self._folder / name).resolve()
        return found if found.is_dir() and found.is_relative_to(self._folder.resolve()) else None

    def between(self, ref: str, start: datetime, end: datetime) -> list[Segment]:
        """A camera's files that show anything between two instants, by time."""
        folder = self.folder_of(ref)
        files = sorted(self._starts(folder)) if folder is not None else []
        found = []
        for place, (begins, path) in enumerate(files):
            following = files[place + 1][0] if place + 1 < len(files) else None
            if begins >= end or (following is not None and following <= start):
                continue
            length = self._length(path)
            if length is None:
                continue
            ends = begins + length if following is None else min(begins + length, following)
            if ends > start and len(found) < MOST:
                found.append(Segment(path, begins, ends))
        return found

    def _starts(self, folder: Path) -> list[tuple[datetime, Path]]:
        found = []
        for path in folder.rglob("*"):
            at = self._start(path.stem) if path.suffix.lower() in SUFFIXES else None
            if at is not None and path.is_file() and path.resolve().is_relative_to(self._folder.resolve()):
                found.append((at, path))
        return found

    def _start(self, name: str) -> datetime | None:
        said = _NAME.search(name)
        if said is None:
            return None
        *numbers, part = said.groups()
        try:
            at = datetime(*(int(one) for one in numbers), tzinfo=self._zone)  # type: ignore[misc]
        except ValueError:
            return None
        return (at + timedelta(microseconds=int((part or "0").ljust(6, "0")))).astimezone(UTC)

    def _length(self, path: Path) -> timedelta | None:
        try:
            key = (path, path.stat().st_size)
        except OSError:
            return None
        if key not in self._lengths:
            self._lengths[key] = length_of(path)
        return self._lengths[key]


def length_of(path: Path) -> timedelta | None:
    """How long a file plays; None for one nobody can play (yet)."""
    try:
        with av.open(str(path), options={"protocol_whitelist": "file"}) as source:
            return timedelta(microseconds=source.duration) if source.duration and source.streams.video else None
    except (OSError, ValueError):  # FFmpeg's own faults are both
        return None
