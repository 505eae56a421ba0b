"""Bytes that live once under their SHA-256, in a folder."""

import os
import re
import tempfile
import time
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
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _clear(new: Path) -> None:
    """Remove what killed processes left: nothing refers to it, so nothing else would ever delete these pictures."""
    for path in new.iterdir():
        try:
            if time.time() - path.stat().st_mtime > _FORGOTTEN_S:
                path.unlink()
        except FileNotFoundError:
            continue  # another process was faster: it is done with it, or cleared it too
