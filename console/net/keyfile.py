"""A secret in a file for its owner alone: read, or left there whole, once."""

import os
import tempfile
from pathlib import Path


def read(path: Path) -> bytes:
    """The secret; empty when there is none. Raises OSError, ValueError."""
    try:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return b""


def write(path: Path, secret: bytes) -> None:
    """Leave the whole secret at its place or nothing; one that stands there stays."""
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # for its owner alone
    with os.fdopen(handle, "w", encoding="ascii") as sink:
        sink.write(secret.hex())
        sink.flush()
        os.fsync(sink.fileno())
    try:
        os.link(part, path)
    except FileExistsError:
        return
    finally:
        os.unlink(part)
