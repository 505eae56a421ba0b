"""The console's processes as an administrator starts them, and their end by `kill -9` at any moment."""

import http.client
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from tests.servers import Display, Postgres, free_port
from tests.stage import Stage
from tests.waiting import until

ROOT = Path(__file__).parent.parent
START_S = 60.0


class Door(Protocol):
    """What can be started and killed, again and again, on one folder."""

    port: int

    def start(self) -> None:
        """Start it and wait until it answers."""

    def kill(self) -> None:
        """End it without a warning."""


class GatewayDoor:
    """`console gateway`: no screen, only the door for phones and desks."""

    def __init__(self, folder: Path, database: str) -> None:
        self.port = free_port()
        self._command = [
            "setpriv", "--pdeathsig", "KILL", "--", sys.executable, "-m", "console", "gateway",
            "--data", str(folder), "--database", database, "--port", str(self.port),
        ]  # fmt: skip
        self._log = folder / "terminal"
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self._log.open("ab") as sink:
            self._process = subprocess.Popen(self._command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
        until(lambda: _answers(self._process, self.port), START_S, what="the gateway answers")

    def check(self) -> None:
        """Fail unless it answers."""
        assert _answers(self._process, self.port)

    def kill(self) -> None:
        """End it without a warning; the children it had must end by themselves."""
        _kill(self._process)
        self._process = None


class PostgresDoor:
    """A gateway that stays, over a PostgreSQL that crashes and recovers."""

    def __init__(self, gateway: GatewayDoor, server: Postgres) -> None:
        self.port = gateway.port
        self._gateway, self._server = gateway, server
        self._is_up = False

    def start(self) -> None:
        """Start the gateway once; after a crash it must still be there."""
        if not self._is_up:
            self._gateway.start()
            self._is_up = True
        self._gateway.check()

    def kill(self) -> None:
        """Let the database crash and recover under the gateway."""
        self._server.crash()
        self._server.start_again()


class ConsoleDoor:
    """`console run`: the window of a seat on an X screen, with the gateway inside; an officer sits down at every start."""

    def __init__(self, folder: Path, database: str, display: Display, sign_in: tuple[str, str]) -> None:
        self.port = free_port()
        self._display, self._sign_in = display, sign_in
        self._arguments = ["run", "--data", str(folder), "--database", database, "--port", str(self.port), "--language", "en"]
        self._stage: Stage | None = None

    def start(self) -> None:
        """Start it, sign the officer in, and wait until the seat is there and the gateway answers."""
        stage = self._stage = Stage(self._display, self._arguments)
        login, password = self._sign_in
        stage.until(lambda: stage.widgets("SignIn"), START_S, what="the sign-in page")
        fields = sorted(stage.widgets("LineEdit"), key=lambda field: field["box"][1])  # type: ignore[index]
        for field, value in zip(fields, (login, password), strict=True):
            stage.click(field)
            stage.type(value)
        stage.press("Return")
        stage.until(lambda: stage.widgets("Shell"), START_S, what="the seat")
        until(lambda: _answers(stage.process, self.port), START_S, what="the gateway answers")

    def kill(self) -> None:
        """End it without a warning, its window open."""
        assert self._stage is not None
        _kill(self._stage.process)
        self._stage.close()
        self._stage = None


def _answers(process: subprocess.Popen | None, port: int) -> bool:
    assert process is not None and process.poll() is None, "it ended by itself"
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/api/health")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def _kill(process: subprocess.Popen | None) -> None:
    assert process is not None and process.poll() is None, "it ended by itself"
    children = tuple(_below(process.pid))
    process.send_signal(signal.SIGKILL)
    process.wait()
    until(lambda: not any(_lives(pid, born) for pid, born in children), 20, what="the children of the killed end too")


def _below(pid: int) -> Iterator[tuple[int, str]]:
    """Every process below one, with the moment it was born, by which a later one of the same number is told apart."""
    parents = {int(path.name): stat for path in Path("/proc").glob("[0-9]*") if (stat := _stat(int(path.name)))}
    waiting = [pid]
    while waiting:
        parent = str(waiting.pop())
        for child, stat in parents.items():
            if stat[1] == parent:
                waiting.append(child)
                yield child, stat[19]


def _lives(pid: int, born: str) -> bool:
    stat = _stat(pid)
    return bool(stat) and stat[19] == born and stat[0] != "Z"


def _stat(pid: int) -> list[str]:
    """What Linux tells of a process, from its state on; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
