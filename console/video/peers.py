"""Whom this process is really connected to, by the kernel's own list: FFmpeg follows an RTSP redirect to any host and tells nobody.

Where there is no such list (not Linux) nothing is known and nobody is refused.
"""

import os
import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from pathlib import Path

_TABLES = (Path("/proc/self/net/tcp"), Path("/proc/self/net/tcp6"))
_HANDLES = Path("/proc/self/fd")


_ESTABLISHED = "01"


class Peers:
    """The hosts that the streams of this process may be connected to."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._allowed: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def allow(self, host: str) -> Iterator[Callable[[], bool]]:
        """A stream of a host begins; gives a question: has anybody been called since who is no stream's host.

        Of several openings at the same moment all hear a yes; the innocent ones try again.
        """
        mine, before = addresses_of(host), frozenset(connections())
        with self._lock:
            self._allowed.update(mine)
        try:
            yield lambda: bool(mine) and self._has_stranger(before, host)
        finally:
            with self._lock:
                self._allowed.subtract(mine)

    def _has_stranger(self, before: frozenset[int], host: str) -> bool:
        called = {address for inode, address in connections().items() if inode not in before}
        called -= addresses_of(host) if called else set()  # asked again: a name may have several, told in turns
        with self._lock:
            return any(self._allowed[address] <= 0 for address in called)


def connections() -> dict[int, str]:
    """Every TCP connection of this process by its inode, with the address at its other end."""
    inodes = set(_own())
    found: dict[int, str] = {}
    for table in _TABLES:
        try:
            lines = table.read_text().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            if fields[3] == _ESTABLISHED and int(fields[9]) in inodes:
                found[int(fields[9])] = _address(fields[2].partition(":")[0])
    return found


def addresses_of(host: str) -> frozenset[str]:
    """The addresses a host has; none when it cannot be found out."""
    try:
        return frozenset(plain(str(entry[4][0])) for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
    except OSError:
        return frozenset()


def plain(address: str) -> str:
    """An address in one spelling; an IPv4 address inside an IPv6 one is itself."""
    found = ip_address(address.partition("%")[0])
    inner = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(inner or found)


def _own() -> Iterator[int]:
    try:
        names = os.listdir(_HANDLES)
    except OSError:
        return
    for name in names:
        try:
            target = os.readlink(_HANDLES / name)
        except OSError:
            continue  # closed meanwhile
        if target.startswith("socket:["):
            yield int(target[8:-1])


def _address(written: str) -> str:
    """The kernel writes words of 32 bits in the machine's own order."""
    raw = bytes.fromhex(written)
    if sys.byteorder == "little":
        raw = b"".join(raw[at : at + 4][::-1] for at in range(0, len(raw), 4))
    return plain(str(ip_address(raw)))
