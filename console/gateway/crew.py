"""Several gateway processes behind one address: all accept on one listening socket, and one that dies is replaced.

A Python process answers on one core. The socket is opened once, so a taken port is noticed as ever, and handed down;
the kernel gives each call to one of those that wait. The parent answers nothing itself. A worker ends when its
parent's end of the pipe closes, so none is left over when the parent is killed.
"""

import logging
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence

log = logging.getLogger(__name__)
EVERY_S, STOP_S, AGAIN_S = 0.2, 8.0, 1.0


class Crew:
    """Workers of one gateway."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], count: int, listening: socket.socket) -> None:
        """Make it for a command that starts one worker; the socket's number is added as `--socket`."""
        self._command, self._environment = tuple(command), dict(environment)
        self._count, self._listening = count, listening
        self._processes: list[subprocess.Popen[bytes]] = []

    @property
    def pids(self) -> tuple[int, ...]:
        """The workers that run now."""
        return tuple(process.pid for process in self._processes if process.poll() is None)

    def start(self) -> None:
        """Start every worker."""
        self._processes = [self._spawn() for _ in range(self._count)]

    def watch(self, told: threading.Event) -> None:
        """Replace workers that died, until told to stop; a crew that cannot stand up is not hurried."""
        while not told.wait(EVERY_S):
            for place, process in enumerate(self._processes):
                if process.poll() is not None and not told.wait(AGAIN_S):
                    log.warning("gateway worker %d ended with %d and is replaced", process.pid, process.returncode)
                    self._processes[place] = self._spawn()

    def stop(self) -> None:
        """Let every worker finish what it answers, and end it."""
        for process in self._processes:
            if process.stdin is not None:
                process.stdin.close()
        until = time.monotonic() + STOP_S
        for process in self._processes:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._listening.close()

    def _spawn(self) -> "subprocess.Popen[bytes]":
        number = self._listening.fileno()
        command = [*self._command, "--socket", str(number)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=self._environment, pass_fds=(number,))


def tell_at_end_of_input(told: threading.Event) -> None:
    """Tell when the parent has gone or wants this worker to end: its end of our standard input closes."""

    def wait() -> None:
        while sys.stdin.read(1):
            pass
        told.set()

    threading.Thread(target=wait, name="parent", daemon=True).start()
