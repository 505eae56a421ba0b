"""A town with a recorder: a plugin that has an hour of two cameras, and people who decide on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from console.domain.people import Actor
from console.domain.video_leave import PLAYBACK, VideoLeave, Wish
from console.service.recordings import Recordings
from console.service.video_leaves import VideoLeaves
from console.store import register
from console.store.register import Source
from tests.make import CAMERAS, START, Town
from tests.plugin.processes import plugin
from tests.plugins.halls import ADMIN, plugins_of
from tests.waiting import until

APPROVER = Actor(30, "审批人甲", 1, 2, "/1/2/", frozenset({"R15"}), "A5", "person", "approver", level=3)
AUDITOR = Actor(31, "审计员乙", 1, 2, "/1/2/", frozenset({"R19"}), "A6", "person", "auditor", level=3)
POLICE = Actor(32, "联络员丙", 1, 2, "/1/2/", frozenset({"R21"}), "A7", "person", "police", level=3)
REASON = "查看肇事车辆去向"
SINCE, UNTIL = START - timedelta(minutes=30), START + timedelta(minutes=30)
# Its recordings of C301 are two files, ten minutes apart; C302 has none; C303, of the police, answers with what no player may see.
BODY = '''
PARTS = {
    "C301": [("2026-11-23 09:30:00", "2026-11-23 09:50:00", "http://127.0.0.1:9/1.mp4"),
             ("2026-11-23 10:00:00", "2026-11-23 10:30:00", "http://127.0.0.1:9/2.mp4")],
    "C303": [("2026-11-23 09:30:00", "2026-11-23 10:30:00", "file:///etc/passwd")],
}

def run(host):
    asked = []
    def records(ref, start, end):
        return [{"start": s, "end": e} for s, e, _ in PARTS.get(ref, [])]
    def playback(ref, start, end):
        host.note("asked", ref=ref, start=start, end=end)
        return {"parts": [{"main": a, "start": s, "end": e} for s, e, a in PARTS.get(ref, [])]}
    host.answer("records", records)
    host.answer("playback", playback)
    host.note("ready")
    host.wait(600)
'''


@dataclass(frozen=True)
class Recorded:
    """The parts of such a town."""

    town: Town
    leaves: VideoLeaves
    recordings: Recordings

    @property
    def duty(self) -> Actor:
        """Who asks."""
        return self.town.actor("duty")

    def urgent(self) -> int:
        """A case in P1."""
        return self.town.report("0401").case_id

    def granted(self, *cameras: int, **more: object) -> VideoLeave:
        """Leave for these cameras, given by the approver."""
        (asked,) = self.leaves.ask(self.duty, PLAYBACK, wish(*cameras, **more))
        return self.leaves.grant(APPROVER, asked.id, asked.version)


def wish(*cameras: int, **more: object) -> Wish:
    """The hour around the start, for maintenance unless said otherwise."""
    return replace(Wish(cameras, SINCE, UNTIL, "V5", REASON), **more)  # type: ignore[arg-type]


@contextmanager
def recorded(town: Town, folder: Path) -> Iterator[Recorded]:
    """A town with the recorder running."""
    root = folder / "plugins"
    plugin(root, "trial", BODY, gives=("records",))
    with town.store.write() as unit:
        police = replace(CAMERAS[0], id=0, code="C303", gb_id="")
        register.write(unit, [police], [Source(0, "other", "x", attributes={"owner": "police"})], [("", "")])
    with plugins_of(town, folder, root) as plugins:
        version = plugins.save(ADMIN, "trial", 0, {}).version
        plugins.turn_on(ADMIN, "trial", version)
        plugins.sync()
        until(lambda: plugins.listed(ADMIN)[0].notes)
        yield Recorded(town, VideoLeaves(town.desk), Recordings(town.desk, plugins))
