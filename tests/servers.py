"""Real servers for tests and benchmarks: PostgreSQL and an X screen, started here and stopped here.

Each listens on loopback only, lives in its own temporary folder and dies with the
process that started it, also when that process is killed (parent-death signal;
Linux ties it to the starting thread, so start servers from a thread that stays).
"""

import os
import pwd
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from types import TracebackType

import psycopg

START_S = 60.0
STOP_S = 20.0


def free_port() -> int:
    """A TCP port of loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stop(process: subprocess.Popen, with_signal: signal.Signals = signal.SIGTERM) -> None:
    """End a process we started: politely first, then for good."""
    if process.poll() is None:
        process.send_signal(with_signal)
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def dying_with_us(with_signal: str, *user: str) -> list[str]:
    """The command prefix that ties a server to this process; `setpriv` execs, so the pid stays ours."""
    return ["setpriv", "--pdeathsig", with_signal, *user, "--"]


def _until(ready: Callable[[], bool], process: subprocess.Popen, problem: Callable[[], str]) -> None:
    deadline = time.monotonic() + START_S
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            stop(process)
            raise RuntimeError(problem())
        time.sleep(0.02)


class Postgres:
    """A PostgreSQL server with page checksums and fsync on; `fresh()` gives an empty database each call.

    Root may not run PostgreSQL, so root runs it as the `postgres` user that
    the package brings.
    """

    def __init__(self, *options: str) -> None:
        self.port = 0
        self._options = options
        self._password = token_hex(16)
        self._count = 0
        self._folder: Path | None = None
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> "Postgres":
        self._folder = Path(tempfile.mkdtemp(prefix="console-pg-"))
        try:
            self._create()
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            stop(self._process, signal.SIGINT)  # "fast": open connections are cut, data is flushed
            self._process = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    @property
    def pid(self) -> int:
        """The server's process, for tests that kill or stop it."""
        assert self._process is not None, "the server is not running"
        return self._process.pid

    def dsn(self, database: str = "postgres") -> str:
        """The SQLAlchemy address of a database of this server."""
        return f"postgresql+psycopg://postgres:{self._password}@127.0.0.1:{self.port}/{database}"

    def fresh(self, copy_of: str = "") -> str:
        """The SQLAlchemy address of a new database: empty, or a copy of one that nobody has open."""
        self._count += 1
        name = f"fresh_{self._count}"
        template = copy_of.rpartition("/")[2] or "template0"
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        return self.dsn(name)

    def drop(self, address: str) -> None:
        """Remove a database that `fresh` gave, cutting whoever still uses it."""
        with self._connect() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {address.rpartition('/')[2]} WITH (FORCE)")

    def crash(self) -> None:
        """End the server as a power cut would: nothing is flushed, nobody says goodbye. `start_again` recovers it."""
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()

    def start_again(self) -> None:
        """Start the server on its old data and port; returns when it has recovered and answers."""
        self._start()

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", password=self._password, dbname="postgres",
            autocommit=True, connect_timeout=5,
        )  # fmt: skip

    def _create(self) -> None:
        assert self._folder is not None
        secret = self._folder / "password"
        secret.write_text(self._password)
        secret.chmod(0o600)
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
            shutil.chown(secret, "postgres", "postgres")
        command = [
            *self._owner(), _binary("initdb"), "-D", str(self._folder / "data"), "-U", "postgres", "--data-checksums",
            "--auth=password", "--pwfile", str(secret), "--encoding=UTF8", "--locale=C.UTF-8",
        ]  # fmt: skip
        done = subprocess.run(command, cwd=self._folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"initdb failed: {done.stderr.strip()}")

    def _start(self) -> None:
        assert self._folder is not None
        self.port = self.port or free_port()
        settings = [
            "listen_addresses=127.0.0.1", f"port={self.port}", "unix_socket_directories=", "fsync=on",
            "timezone=UTC", *self._options,
        ]  # fmt: skip
        log = self._folder / "log"
        with log.open("wb") as sink:
            self._process = subprocess.Popen(
                [
                    *self._owner(), _binary("postgres"), "-D", str(self._folder / "data"),
                    *(part for setting in settings for part in ("-c", setting)),
                ],
                cwd=self._folder, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink,
            )  # fmt: skip
        _until(self._answers, self._process, lambda: f"PostgreSQL did not start: {log.read_text(errors='replace')}")

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _owner(self) -> list[str]:
        if os.geteuid() != 0:
            return dying_with_us("INT")
        owner = pwd.getpwnam("postgres")
        return dying_with_us("INT", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups")


def _binary(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise RuntimeError(f"{name} is missing: install Debian's package postgresql (installer/test.sh does)")
    return str(found[-1])


class Display:
    """An X screen of our own (Xvfb); `name` is what DISPLAY wants.

    Nothing is set for this process: hand `environment()` to the child that
    is to paint there.
    """

    def __init__(self, width: int = 1920, height: int = 1080) -> None:
        self.name = ""
        self._size = f"{width}x{height}x24"
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> "Display":
        for _ in range(5):
            self._process, number = self._launch()
            if self._answers(number):
                self.name = f":{number}"
                return self
            stop(self._process)  # two servers raced for one number; this one lost
        raise RuntimeError("Xvfb found no free display number")

    def _launch(self) -> tuple[subprocess.Popen, int]:
        number, tell = os.pipe()
        process = subprocess.Popen(
            [
                *dying_with_us("TERM"), "Xvfb", "-displayfd", str(tell), "-screen", "0", self._size,
                "-nolisten", "tcp", "-noreset",
            ],
            pass_fds=(tell,), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(tell)
        said = b""
        try:
            while not said.endswith(b"\n"):  # the number and its newline come in two writes
                part = os.read(number, 16) if select.select([number], [], [], START_S)[0] else b""
                if not part:
                    stop(process)
                    raise RuntimeError("Xvfb did not start: install Debian's package xvfb (installer/test.sh does)")
                said += part
        finally:
            os.close(number)
        return process, int(said)

    def _answers(self, number: int) -> bool:
        """Whether the server behind the number is ours and not one that took it at the same moment."""
        assert self._process is not None
        with socket.socket(socket.AF_UNIX) as door:
            try:
                door.connect(f"\0/tmp/.X11-unix/X{number}")
            except OSError:
                return False
            owner = door.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        return int.from_bytes(owner[:4], sys.byteorder) == self._process.pid

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            stop(self._process)
            self._process = None

    @property
    def pid(self) -> int:
        """The X server's process."""
        assert self._process is not None, "the screen is not there"
        return self._process.pid

    def environment(self) -> dict[str, str]:
        """This process's environment, pointed at the screen and at Qt's real X backend."""
        return {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}
