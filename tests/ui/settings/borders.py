"""The pages of boundaries over the small town, whose two grids tile their village."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSettings

from console.domain.place import Point
from console.service.administration import Administration
from console.service.boundaries import Boundaries
from console.store import tables
from console.ui.seat import Seat
from console.ui.settings.border_pages import border_pages
from console.ui.settings.panel import AdminPanel
from tests.geo.mapfiles import feature, write
from tests.make import GRIDS, VILLAGE


def square(west, east, south=36.1, north=36.12):
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return (tuple(Point(*spot) for spot in ring),)


class Borders:
    """Somebody's pages, live by the feed."""

    def __init__(self, stage, login: str) -> None:
        self.stage = stage
        stage.borders_kept = self  # a panel nobody holds is gone before its answer comes
        with stage.town.store.write() as unit:
            for grid, rings in zip(GRIDS, (square(115.2, 115.21), square(115.21, 115.22)), strict=True):
                unit.run(tables.grid.update().where(tables.grid.c.code == grid.code).values(rings=rings))
        self.boundaries = Boundaries(stage.town.desk)
        services = replace(stage.services, admin=Administration(stage.town.desk), boundaries=self.boundaries)
        self.seat = Seat(stage.town.actor(login), services, stage.work)
        self.said: list[str] = []
        self.seat.said.connect(self.said.append)
        self.titled = border_pages(self.seat, QSettings(str(stage.folder / "borders.ini"), QSettings.Format.IniFormat))
        self.pages = [page for _, page in self.titled]
        self.panel = AdminPanel(stage.work, self.titled)
        stage.work.changed.connect(self.panel.changed)
        stage.feed.listen(lambda entries: stage.work.post(frozenset(entry.kind for entry in entries)))

    def open(self, place: int = 0):
        """Show a page and wait for its ground."""
        page = self.pages[place]
        self.stage.qtbot.addWidget(self.panel)
        self.panel.resize(1500, 860)
        self.panel.show()
        self.panel.show_page(page)
        self.stage.until(lambda: page.map.home is not None)
        return page

    def check(self, page, path: Path) -> None:
        """Check a file on a page and wait for the answer."""
        page.check_files([path])
        self.stage.until(lambda: page.summary.text())

    def file(self, name: str = "grids.geojson", border: float = 115.212, crs: str = "EPSG:4490") -> Path:
        """The two grids with their border where it is said."""
        rings = zip(GRIDS, (square(115.2, border), square(border, 115.22)), strict=True)
        return write(self.stage.folder / name, [feature(grid.code, grid.name, VILLAGE, outline) for grid, outline in rings], crs=crs)

    def propose(self, login: str = "village", border: float = 115.212):
        """A change proposed by somebody."""
        actor = self.stage.town.actor(login)
        return self.boundaries.propose(actor, self.boundaries.check(actor, [self.file(border=border)], None, {}), "村民小组调整")
