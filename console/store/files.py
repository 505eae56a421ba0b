"""Bytes that live once under their SHA-256, in a folder."""

import hashlib
import os
import re
import tempfile
import time
import uuid
from pathlib import Path

from console.domain.errors import Missing, Unavailable

_NAME = re.compile(r"[0-9a-f]{64}")
_NEW = "new"  # where bytes lie until they are whole
_FORGOTTEN_S = 3600.0


class Files:
    """A folder of files named by their content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, sha256: str, content: bytes) -> None:
        """Keep these bytes; on the disk when this returns. Raises Unavailable when the disk refuses."""
        target = self._target(sha256)
        if target.exists():
            return
        try:
            self._write(target, content)
        except OSError as fault:
            raise Unavailable("disk_refuses", problem=str(fault)) from fault

    def room(self, ending: str) -> Path:
        """A name for a file that is being made; `take` makes it one of these files, whatever is forgotten here goes by itself."""
        new = self._folder / _NEW
        try:
            new.mkdir(parents=True, exist_ok=True)
            _clear(new)
        except OSError as fault:
            raise Unavailable("disk_refuses", problem=str(fault)) from fault
        return new / f"{uuid.uuid4().hex}{ending}"

    def take(self, path: Path) -> str:
        """Keep a file made in `room` under its SHA-256, which is returned; on the disk then. Raises Unavailable when the disk refuses."""
        try:
            digest = self.digest(path)
            target = self._target(digest)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
            _flush(target.parent)
        except OSError as fault:
            raise Unavailable("disk_refuses", problem=str(fault)) from fault
        return digest

    @staticmethod
    def digest(path: Path) -> str:
        """The SHA-256 of a file that is on the disk when this returns."""
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        return found

    def is_whole(self, sha256: str) -> bool:
        """Whether the bytes under a name are still those it was made of. Raises Missing."""
        return self.digest(self.path(sha256)) == sha256

    def path(self, sha256: str) -> Path:
        """Where these bytes lie. Raises Missing."""
        target = self._target(sha256)
        if not target.is_file():
            raise Missing("file", sha256)
        return target

    def remove(self, sha256: str) -> bool:
        """Delete these bytes; false when they are gone already. Raises Unavailable when the disk refuses."""
        try:
            self._target(sha256).unlink()
        except FileNotFoundError:
            return False
        except OSError as fault:
            raise Unavailable("disk_refuses", problem=str(fault)) from fault
        return True

    def _target(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise Missing("file", sha256[:70])
        return self._folder / sha256[:2] / sha256

    def _write(self, target: Path, content: bytes) -> None:
        """Write apart and rename, so that a name always has all its bytes; flush both, so that both survive a power cut."""
        new = self._folder / _NEW
        for needed in (new, target.parent):
            needed.mkdir(parents=True, exist_ok=True)
        _clear(new)
        descriptor, name = tempfile.mkstemp(dir=new)
        try:
            with open(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _flush(target.parent)


def _flush(folder: Path) -> None:
    """Let a name survive a power cut, too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _clear(new: Path) -> None:
    """Remove what killed processes left: nothing refers to it, so nothing else would ever delete these pictures."""
    for path in new.iterdir():
        try:
            if time.time() - path.stat().st_mtime > _FORGOTTEN_S:
                path.unlink()
        except FileNotFoundError:
            continue  # another process was faster: it is done with it, or cleared it too
