"""The demo's recorder: files of the live cameras named by their first picture, old ones taken away, told to the register."""

import os
from datetime import datetime
from pathlib import Path

import av
from sqlalchemy import select

from console.demo.cameras import DemoCameras
from console.demo.recorder import PLUGIN, DemoRecorder, tell_recorder
from console.domain.limits import CHINA
from console.store import plugins, register, tables, video_leaves
from plugins.recorder_folder.segments import Shelf, length_of
from tests.demo.test_play import children
from tests.eyes import read_clock, read_name
from tests.waiting import until


def seconds_of(folder: Path, code: str) -> float:
    lengths = [length_of(path) for path in (folder / code).glob("2*.ts")]
    return sum(length.total_seconds() for length in lengths if length is not None)


def test_live_cameras_are_recorded_under_the_time_they_show(tmp_path):
    old = tmp_path / "C301" / "20200101T000000.000.ts"
    old.parent.mkdir()
    old.write_bytes(b"x")
    os.utime(old, (0, 0))
    with DemoCameras(("C301", "C302"), slow=("C302",)) as served:
        before = children()
        with DemoRecorder(tmp_path, {name: served.url(name) for name in served.names}):
            until(lambda: min(seconds_of(tmp_path, code) for code in served.names) >= 4, 30, what="two recordings")
            assert not old.exists(), "what is older than an hour goes"
        assert children() == before
    (start, path), = Shelf(tmp_path, "utc", {})._starts(tmp_path / "C301")
    with av.open(str(path)) as source:
        picture = next(source.decode(video=0)).to_image()
    assert read_name(picture) == "C301"
    shown = datetime.fromisoformat(read_clock(picture)).replace(tzinfo=CHINA)
    assert abs((shown - start).total_seconds()) < 2.5


def test_the_register_knows_the_recorder_and_what_is_due_of_the_cameras(town, tmp_path):
    with town.store.write() as unit:
        unit.run(tables.user.update().where(tables.user.c.login == "clerk").values(login="admin"))
    for folder in (tmp_path / "old", tmp_path / "new"):
        tell_recorder(town.store, folder, ("C301", "C302"))

    with town.store.read() as unit:
        (plugin,) = plugins.every(unit).values()
        assert (plugin.name, plugin.is_on, plugin.settings["folder"]) == (PLUGIN, True, str(tmp_path / "new"))
        assert unit.scalar(select(tables.camera_source.c.camera_id).where(tables.camera_source.c.camera_id == 1)) == 1
        assert register.source_of(unit, 2).attributes["storage_days"] == 15
        assert video_leaves.police_cameras(unit, (1, 2)) == frozenset()
