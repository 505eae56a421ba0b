"""Bytes that live once under their SHA-256, in a folder."""

import os
import re
import tempfile
from pathlib import Path

from console.domain.errors import Missing, Unavailable

_NAME = re.compile(r"[0-9a-f]{64}")


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
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, content)
        except OSError as fault:
            raise Unavailable("disk_refuses", problem=str(fault)) from fault

    def path(self, sha256: str) -> Path:
        """Where these bytes lie. Raises Missing."""
        target = self._target(sha256)
        if not target.is_file():
            raise Missing("file", sha256)
        return target

    def _target(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise Missing("file", sha256[:70])
        return self._folder / sha256[:2] / sha256


def _write(target: Path, content: bytes) -> None:
    """Write beside and rename, so that a name always has all its bytes; flush both, so that both survive a power cut."""
    descriptor, name = tempfile.mkstemp(dir=target.parent)
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
