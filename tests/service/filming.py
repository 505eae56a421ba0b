"""Clips for services: short real films, looks at cameras of the small town, rows that came of them."""

import os
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from console.domain.camera import VideoAccess
from console.domain.footage import Footage
from console.domain.journal import Entry
from console.service.clips import Clips
from console.store import changes, tables
from console.store.changes import Mark
from console.store.files import Files
from tests.make import Town
from tests.video.clips import recording

REASON = "核实肇事车辆去向"
LEVELS = range(40, 240, 2)  # ten seconds


class Filming:
    """The town's clips, its files in a folder of the test's own."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.town, self.folder = town, folder
        self.files = Files(folder / "files")
        self.clips = Clips(town.desk, self.files)
        self.film = recording(folder / "film.mp4", LEVELS)

    def look(self, case_id: int, login: str = "duty") -> int:
        """An open live look at camera C301."""
        return self.town.video.open_live(self.town.actor(login), (1,), "V1", REASON, case_id)[0].access_id

    def write(self, path: Path) -> None:
        """What the pool does: a film that ended just now."""
        path.write_bytes(self.film.read_bytes())
        at = self.town.clock.now().timestamp()
        os.utime(path, (at, at))

    def kept(self, case_id: int, login: str = "duty"):
        """The last ten seconds of C301, in a case."""
        return self.clips.keep_live(self.town.actor(login), self.look(case_id, login), case_id, self.write).clip

    def footage(self, case_id: int, login: str = "duty") -> Footage:
        """Recorded pictures that are open: the ten seconds before half an hour ago."""
        who, now = self.town.actor(login), self.town.clock.now()
        row = VideoAccess(0, 1, "playback", "V1", case_id, REASON, who.user_id, who.name, who.org_id, who.seat, now)
        with self.town.store.write() as unit:
            row = unit.add(tables.video_access, row)
            camera = next(one for one in self.town.ask.cameras(who) if one.id == 1)
        start = now - timedelta(minutes=30)
        return Footage(row.id, camera, str(self.film), start, start + timedelta(seconds=10))

    def accesses(self, kind: str) -> list[VideoAccess]:
        """Access rows of a kind, first one first."""
        question = select(tables.video_access).where(tables.video_access.c.kind == kind).order_by(tables.video_access.c.id)
        with self.town.store.read() as unit:
            return list(unit.records(VideoAccess, unit.rows(question)))

    def entries(self, kind: str) -> list[Entry]:
        """The journal's lines about a kind of thing."""
        with self.town.store.read() as unit:
            return [entry for entry in changes.changes(unit, Mark()) if entry.kind == kind]

    def left(self) -> set[str]:
        """The names of all files there are."""
        return {path.name for path in (self.folder / "files").rglob("*") if path.is_file()}
