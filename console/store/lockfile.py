"""One console for one SQLite file: a lock beside the file, and no drive that only pretends to lock.

The kernel holds the lock and lets it go when the process ends, however it ends;
what stands in the file only tells the next one who was there.
"""

import fcntl
import json
import os
import socket
from pathlib import Path

from console.domain.errors import Unavailable

MOUNTS = Path("/proc/self/mountinfo")
BOOT = Path("/proc/sys/kernel/random/boot_id")
# SQLite's log needs shared memory and honest locks; neither crosses a network.
NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "davfs", "lustre", "beegfs", "gfs2", "ocfs2",
    "fuse.sshfs", "fuse.glusterfs", "fuse.davfs", "fuse.rclone", "fuse.s3fs",
})  # fmt: skip


class Claim:
    """A process's hold on a database file, until it is let go or the process ends."""

    def __init__(self, database: Path) -> None:
        """Take hold. Raises Unavailable("database_in_use") naming who has it, "no_database_folder" when no lock can be written."""
        path = database.with_name(database.name + ".lock")
        try:
            self._file = path.open("a+", encoding="utf-8")
        except OSError as fault:
            raise Unavailable("no_database_folder", folder=str(database.parent), problem=str(fault)) from fault
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            holder = _read(path)
            self._file.close()
            file, pid, host = database.name, holder.get("pid", "?"), holder.get("host", "?")
            raise Unavailable("database_in_use", file=file, pid=pid, host=host) from held
        self._file.truncate(0)
        self._file.write(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "boot": _boot()}))
        self._file.flush()

    def release(self) -> None:
        """Let go; twice is harmless. The file stays: removing it would let two hold locks of one name."""
        self._file.close()


def refuse_network_drive(database: Path) -> None:
    """Raise Unavailable("network_drive") when a file lies, or would lie, on a drive of another machine."""
    mounts = MOUNTS.read_text(encoding="utf-8") if MOUNTS.is_file() else ""
    kind = drive_kind(database.resolve(), mounts)
    if kind in NETWORK:
        raise Unavailable("network_drive", folder=str(database.parent), drive=kind)


def drive_kind(path: Path, mounts: str) -> str:
    """The kind of the file system a path lies on, by Linux's mountinfo; empty when it does not say."""
    found, depth = "", -1
    for line in mounts.splitlines():
        head, _, tail = line.partition(" - ")
        parts = head.split(" ")
        if len(parts) < 5 or not tail:
            continue
        point = Path(parts[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        if (path == point or point in path.parents) and len(point.parts) >= depth:  # a later mount covers an earlier one
            found, depth = tail.split(" ")[0], len(point.parts)
    return found


def _boot() -> str:
    return BOOT.read_text(encoding="ascii").strip() if BOOT.is_file() else ""


def _read(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
