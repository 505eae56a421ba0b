"""Cameras that fail on purpose: some streets of them, one of which lies behind a cable that can be pulled or cut."""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

import av

from tests.bench.hanging import FIRST, Street

STREETS = 6
Fault = Callable[[], None]


class Cable:
    """TCP to some cameras; unplugged it keeps silent as a dead network does, cut it hangs up on everybody."""

    def __init__(self, port: int) -> None:
        self._there = port
        self._plugged = threading.Event()
        self._plugged.set()
        self._lines: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Hang up and take no more calls."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.plug()
        self.cut()

    def unplug(self) -> None:
        """From now on nothing arrives, and nobody is told."""
        self._plugged.clear()

    def plug(self) -> None:
        """What waited goes on its way."""
        self._plugged.set()

    def cut(self) -> None:
        """End every connection at once."""
        for line in list(self._lines):
            _hang_up(line)

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listener.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._join, args=(here,), daemon=True).start()

    def _join(self, here: socket.socket) -> None:
        self._plugged.wait()
        try:
            there = socket.create_connection(("127.0.0.1", self._there))
        except OSError:
            here.close()
            return  # the cameras are down
        self._lines |= {here, there}
        back = threading.Thread(target=self._carry, args=(there, here), daemon=True)
        back.start()
        self._carry(here, there)
        back.join()
        self._lines -= {here, there}
        here.close()
        there.close()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while sent := source.recv(65536):
                self._plugged.wait()
                target.sendall(sent)
        except OSError:
            pass  # one side hung up, so the other is told
        _hang_up(source)
        _hang_up(target)


def _gives(url: str) -> bool:
    """Whether a camera shows a client of FFmpeg's own fifty pictures; a server that is stuck gives the first packets all the same."""
    try:
        with av.open(url, options={"rtsp_transport": "tcp", "timeout": "5000000"}, timeout=5.0) as opened:
            return sum(1 for _ in zip(range(50), opened.decode(video=0), strict=False)) == 50
    except av.error.FFmpegError:
        return False


def _hang_up(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has hung up already


class Quarter:
    """So many cameras in several streets, each of which can be killed, stalled or, the last one, cut off."""

    def __init__(self, clips: Path, count: int) -> None:
        sizes = [count // STREETS + (number < count % STREETS) for number in range(STREETS)]
        firsts = [FIRST + sum(sizes[:number]) for number in range(STREETS)]
        self.streets = tuple(Street(clips, size, first=first) for first, size in zip(firsts, sizes, strict=True) if size)
        self.names = tuple(name for street in self.streets for name in street.names)
        self._ends = ExitStack()

    def __enter__(self) -> Self:
        for street in self.streets:
            self._ends.enter_context(street)
        self.cable = Cable(self.streets[-1].port)
        self._ends.callback(self.cable.close)
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    def url(self, name: str) -> str:
        """The address of a camera's low stream."""
        street = next(one for one in self.streets if name in one.names)
        return street.url(name, port=self.cable.port if street is self.streets[-1] else 0)

    def silent(self) -> tuple[str, ...]:
        """Cameras that give another client nothing either: their server is at fault, not who looks at them."""
        return tuple(name for street in self.streets for name in street.names if not _gives(street.url(name)))

    @contextmanager
    def without_power(self, street: Street) -> Iterator[None]:
        """The cameras of a street are gone."""
        street.kill()
        try:
            yield
        finally:
            street.start()

    @contextmanager
    def stalled(self, street: Street) -> Iterator[None]:
        """The cameras of a street are there and say nothing."""
        os.kill(street.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(street.pid, signal.SIGCONT)

    @contextmanager
    def unplugged(self) -> Iterator[None]:
        """The network to the last street is gone."""
        self.cable.unplug()
        try:
            yield
        finally:
            self.cable.plug()
