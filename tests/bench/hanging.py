"""What the benchmarks of the wall share: a street of cheap cameras, and a console whose register knows them."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from sqlalchemy import insert, select

from console import app
from console.config import Config
from console.demo import prepare
from console.demo.cameras import SYSTEM_PYTHON
from console.domain.codes import Codes
from console.domain.people import Actor, User
from console.domain.saved_wall import Step
from console.service.walls import Walls, Wish
from console.store import migrate, tables
from console.store.files import Files
from console.store.store import Store
from tests.bench.frame import family
from tests.servers import Display, stop
from tests.stage import ROOT, Stage

THINGS = (b"serve.py", b"record.py")  # what the demo starts in place of devices that stand elsewhere
FIRST = 401  # the number of the first camera; the demo's own stay below
CODES = Codes.load(ROOT / "resources" / "codes")


class Street:
    """So many cameras on loopback, C401 and on; they can be killed and brought back at the same address."""

    def __init__(self, clips: Path, count: int, *, with_main: int = 0, first: int = FIRST) -> None:
        self.names = tuple(f"C{first + number}" for number in range(count))
        self._clips, self._with_main = clips, with_main
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Encode what is not there yet, and serve."""
        command = [SYSTEM_PYTHON, "-B", str(ROOT / "tests" / "bench" / "street.py"), "--folder", str(self._clips)]
        command += ["--port", str(self.port), "--cameras", ",".join(self.names), "--main", ",".join(self.names[: self._with_main])]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self._process.stdout is not None
        self.port = json.loads(self._process.stdout.readline())["port"]

    def kill(self) -> None:
        """End all cameras as a power cut does."""
        if self._process is not None:
            stop(self._process)
        self._process = None

    def sent(self) -> dict[str, int]:
        """How many pictures each stream ("C401/sub") has sent."""
        assert self._process is not None and self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(b"\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    @property
    def pid(self) -> int:
        """The process that serves them."""
        assert self._process is not None, "the cameras are down"
        return self._process.pid

    def url(self, name: str, stream: str = "sub", *, port: int = 0) -> str:
        """The address of a camera's stream, through another port if one leads there."""
        return f"rtsp://127.0.0.1:{port or self.port}/{name}/{stream}"


class Cameras(Protocol):
    """What a console's register takes in: the names of cameras and their addresses."""

    @property
    def names(self) -> tuple[str, ...]:
        """Their hall numbers."""
        ...

    def url(self, name: str, /) -> str:
        """The address of a camera's low stream."""
        ...


@dataclass(frozen=True)
class Pace:
    """What the screen did since it was asked last: pictures painted by camera id, and how late a 10 ms timer came.

    `own_late_max_ms` leaves out the time in which a busy machine gave the screen's thread no processor.
    """

    seconds: float
    painted: dict[str, int]
    late_p99_ms: float
    late_max_ms: float
    own_late_max_ms: float


class Hanging:
    """The demo's county with a street of cameras in its register, signed in, the wall in front."""

    def __init__(
        self, display: Display, data: Path, street: Cameras, seed: int, *, kept: Sequence[tuple[str, ...]] = ()
    ) -> None:
        self._ids = _register(data, street, seed, kept)
        arguments = ["demo", "--scale", "county", "--data", str(data), "--port", "0", "--pace", "0", "--morning", "0", "--seed", str(seed)]
        self.stage = Stage(display, arguments)

    def __enter__(self) -> Self:
        stage = self.stage
        stage.until(lambda: any("http://" in line for line in stage.lines) and stage.widgets("QPushButton", "演示"), 120, "sign-in")
        stage.click(stage.widgets("QPushButton", "演示")[0])
        stage.until(lambda: stage.widgets("QueuePanel"), 60, "the hall")
        stage.press("ctrl+4")
        stage.until(lambda: stage.widgets("WallPanel"), 20, "the wall")
        return self

    def __exit__(self, *_: object) -> None:
        self.stage.close()

    def hang(self, names: tuple[str, ...]) -> None:
        """Hang these cameras, one in each tile."""
        self.stage.until(lambda: self.stage.ask("hang", cameras=[self._ids[name] for name in names]), 20, "the register")

    def open_kept(self, count: int) -> None:
        """Open the kept walls, the last of which then hangs."""
        self.stage.until(lambda: self.stage.ask("open_kept", count=count), 20, "the kept walls")
        self.stage.until(lambda: self.hung_kept() == count - 1, 20, "the last kept wall")

    def hung_kept(self) -> int:
        """Which of the kept walls hangs, from 0; -1 for the seat's own."""
        return int(str(self.stage.ask("hung_kept")))

    def all_fresh_at(self, names: Sequence[str], most_s: float) -> float:
        """When the last of these cameras was first painted since `pace` with a picture younger than a second; monotonic seconds."""
        ids = {str(self._ids[name]) for name in names}
        self.stage.until(lambda: ids <= set(self.stage.ask("fresh")), most_s, "fresh pictures")  # type: ignore[call-overload]
        found = self.stage.ask("fresh")
        assert isinstance(found, dict)
        return max(found[each] for each in ids)

    def wait_for_pictures(self, count: int, most_s: float) -> None:
        """Until so many tiles show a live picture."""
        self.stage.until(lambda: len(self.stage.hall()["pictures"]) == count, most_s, f"{count} pictures")  # type: ignore[arg-type]

    def wait_until_moving(self, count: int, most_s: float) -> None:
        """Until so many cameras have had a new picture painted since `pace` was asked last."""
        self.stage.until(lambda: self.stage.ask("moving") == count, most_s, f"{count} moving cameras")

    def tile_size(self, names: tuple[str, ...]) -> tuple[int, int]:
        """How large a picture is when these hang."""
        self.hang(names)
        self.wait_for_pictures(len(names), 30)
        width, height = self.stage.hall()["pictures"][0][2:]  # type: ignore[index]
        return width, height

    def pace(self) -> Pace:
        """What the screen did since the last call."""
        return Pace(**self.stage.ask("pace"))  # type: ignore[arg-type]

    def painted(self) -> frozenset[str]:
        """The cameras of which a new picture was painted since the last call of `pace`."""
        seen = set(self.pace().painted)
        return frozenset(name for name, number in self._ids.items() if str(number) in seen)

    def processes(self) -> list[int]:
        """The console and what came from it, but for the demo's own cameras and their recorder."""
        return [pid for pid in family(self.stage.process.pid) if not any(name in _command(pid) for name in THINGS)]

    def rss_mb(self) -> float:
        """Memory of all of them; pages they share count once for each."""
        page = os.sysconf("SC_PAGE_SIZE") / 1e6
        return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.processes()) * page


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _register(data: Path, street: Cameras, seed: int, kept: Sequence[tuple[str, ...]]) -> dict[str, int]:
    data.mkdir()
    store = Store.open(f"sqlite:///{data / 'console.db'}")
    try:
        migrate.upgrade(store)
        plan = prepare.Plan(seed, "demo", reports=0)
        prepare.prepare(store, ROOT / "resources", CODES, Files(data / "files"), plan, say=lambda *_: None)
        with store.write() as unit:
            like = unit.rows(select(tables.camera).limit(1))[0]._mapping
            first = int(str(unit.scalar(select(tables.camera.c.id).order_by(tables.camera.c.id.desc()).limit(1)))) + 1
            ids = {name: first + place for place, name in enumerate(street.names)}
            unit.run(insert(tables.camera), [
                {**like, "id": number, "code": name, "gb_id": "", "name": f"测速{name}"} for name, number in ids.items()
            ])  # fmt: skip
            unit.run(insert(tables.camera_address), [
                {"camera_id": number, "sub": street.url(name), "main": ""} for name, number in ids.items()
            ])  # fmt: skip
        _keep_walls(data, store, ids, kept)
    finally:
        store.close()
    return ids


def _keep_walls(data: Path, store: Store, ids: dict[str, int], kept: Sequence[tuple[str, ...]]) -> None:
    if not kept:
        return
    parts = app.build(Config(data=str(data)), store)
    with store.read() as unit:
        user = unit.record(User, unit.row(select(tables.user).where(tables.user.c.login == "duty")))
    assert user is not None
    path = parts.ground().centres[user.centre_id].path
    actor = Actor(user.id, user.name, user.org_id, user.centre_id, path, frozenset(user.roles), login=user.login)
    for number, names in enumerate(kept, 1):
        tiles = tuple((Step(ids[name]),) for name in names)
        Walls(parts.desk).save(actor, Wish(f"测速{number}", str(len(names)), tiles))
