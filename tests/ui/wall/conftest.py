"""A town with four cameras for tests of the wall, their real streams, and a seat that looks through a pool."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from console.demo.cameras import DemoCameras
from console.domain.camera import Camera
from console.service.clips import Clips
from console.service.patrols import Patrols
from console.service.ptz import Ptz
from console.service.stills import Stills
from console.service.walls import Walls
from console.store import tables, video
from console.store.files import Files
from console.store.store import Store
from console.ui.base.work import Work
from console.ui.seat import Seat, Services
from console.ui.wall.panel import WallPanel
from console.video.pool import Pool
from tests.make import CODES, VILLAGE, Town
from tests.service.turning import turning
from tests.ui.wall.walls import shown

WHY = "夜间例行巡查"
NAMES = ("C301", "C302", "C303", "C304")
MORE = (
    Camera(3, "C303", "41092301001323000303", "文化路口", "fixed", 115.2012, 36.1015, 10.0, 60.0, VILLAGE, f"{VILLAGE}001", 2),
    Camera(4, "C304", "41092301001323000304", "村委门前", "fixed", 115.2008, 36.1005, 200.0, 60.0, VILLAGE, f"{VILLAGE}001", 2),
    Camera(5, "C320", "41092301001323000320", "滨河桥", "fixed", 115.28, 36.1, 200.0, 60.0, VILLAGE, f"{VILLAGE}001", 2),
)


class Hall:
    """The town, its seat, and what the register of looks says."""

    def __init__(
        self, town: Town, work: Work, pool: Pool, folder: Path, *, cameras: Sequence[Camera] = MORE, ptz: Ptz | None = None,
    ) -> None:  # fmt: skip
        self.town, self.pool, self.folder = town, pool, folder
        with town.store.write() as unit:
            unit.add_many(tables.camera, cameras)
        services = Services(
            CODES, town.clock, town.ask, town.reports, town.cases, town.tasks, None, town.video, pool, *town.flow, town.unmask, None,
            walls=Walls(town.desk), stills=Stills(town.desk, Files(folder / "files"), folder / "exports"),
            clips=Clips(town.desk, Files(folder / "files")), sightings=town.sightings, patrols=Patrols(town.desk, town.reports), ptz=ptz,
        )  # fmt: skip
        self.seat = Seat(town.actor("duty"), services, work)
        self.said: list[str] = []
        self.seat.said.connect(self.said.append)

    def serve(self, served: DemoCameras) -> None:
        """Put the addresses of real streams into the register."""
        with self.town.store.write() as unit:
            found = {number: (served.url(name), served.url(name, "main")) for number, name in enumerate(NAMES, start=1)}
            video.set_addresses(unit, {n: pair for n, pair in found.items() if NAMES[n - 1] in served.names})

    def looks(self) -> list[tuple[int, str, str, int | None, bool]]:
        """The access rows: camera, purpose, reason, case, whether it is closed."""
        v = tables.video_access.c
        with self.town.store.read() as unit:
            rows = unit.rows(select(v.camera_id, v.purpose, v.reason, v.case_id, v.closed_at).order_by(v.id))
            return [(row[0], row[1], row[2], row[3], row[4] is not None) for row in rows]

    def cameras(self) -> dict[str, Camera]:
        """The register by code."""
        return {camera.code: camera for camera in self.town.ask.cameras(self.seat.actor)}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(Store.open(f"sqlite:///{tmp_path / 'town.db'}"))
    yield made
    made.store.close()


@pytest.fixture
def hall(town: Town, work: Work, tmp_path: Path) -> Hall:
    """A hall whose pool takes orders and decodes nothing."""
    return Hall(town, work, Pool(workers=0), tmp_path)


@pytest.fixture
def live_hall(town: Town, work: Work, tmp_path: Path) -> Iterator[Hall]:
    """A hall whose pool decodes."""
    with Pool(workers=1) as pool:
        yield Hall(town, work, pool, tmp_path)


@pytest.fixture(scope="module")
def street() -> Iterator[DemoCameras]:
    """Four real cameras."""
    with DemoCameras(NAMES) as served:
        yield served


@pytest.fixture
def panel(hall: Hall, qtbot: QtBot) -> WallPanel:
    """A wall whose pool decodes nothing."""
    return shown(hall, qtbot)


@pytest.fixture
def turning_wall(town: Town, work: Work, tmp_path: Path, qtbot: QtBot) -> Iterator[WallPanel]:
    """C301 (turns) in the first tile, C302 (turns not) in the second, for a reason that holds."""
    with turning(town, tmp_path) as (plugins, told):
        ptz = Ptz(town.desk, plugins)
        ptz.start()
        hall = Hall(town, work, Pool(workers=0), tmp_path, cameras=MORE[2:], ptz=ptz)
        panel = shown(hall, qtbot)
        panel.reasons.take("V3", WHY)
        for code in ("C301", "C302"):
            panel.call(hall.cameras()[code])
        panel.choose(0)
        qtbot.waitUntil(lambda: all(panel.looks.get(n).view is not None for n in (1, 2)))
        panel.hall, panel.told, panel.ptz = hall, told, ptz
        yield panel
        panel.leave()
        qtbot.waitUntil(lambda: not work.busy)
        ptz.close()
