"""From a case to its recorded pictures: real cameras, a real recorder, leave by somebody else, the very seconds (AC-1, G1)."""

from datetime import UTC, datetime, timedelta

import av
from sqlalchemy import select

from console.demo.cameras import DemoCameras
from console.demo.recorder import DemoRecorder
from console.domain.errors import Unavailable
from console.domain.limits import CHINA
from console.domain.video_leave import PLAYBACK, Wish
from console.service.recordings import Recordings
from console.service.video_leaves import VideoLeaves
from console.store import tables
from tests.eyes import read_clock, read_name
from tests.plugins.halls import ADMIN, plugins_of
from tests.service.recording import APPROVER
from tests.waiting import until

SECOND = timedelta(seconds=1)


def pictures_of(footage):
    """The first and the last picture of a recording."""
    with av.open(footage.address) as source:
        frames = [frame.to_image() for frame in source.decode(video=0)]
    return frames[0], frames[-1]


def shown_at(picture):
    return datetime.fromisoformat(read_clock(picture)).replace(tzinfo=CHINA)


def test_a_case_is_played_back_from_its_recorder_under_leave(town, tmp_path):
    duty, leaves = town.actor("duty"), VideoLeaves(town.desk)
    with (
        DemoCameras(("C301", "C302")) as served,
        DemoRecorder(tmp_path / "recordings", {name: served.url(name) for name in served.names}),
        plugins_of(town, tmp_path) as plugins,
    ):
        set_up = plugins.save(ADMIN, "recorder_folder", 0, {"folder": str(tmp_path / "recordings"), "clock": "utc"})
        plugins.turn_on(ADMIN, "recorder_folder", set_up.version)
        plugins.sync()
        recordings = Recordings(town.desk, plugins)
        begun = town.clock.at = datetime.now(UTC)
        case = town.case(town.report("0401").case_id)

        def recorded_s():
            try:
                found = recordings.find(duty, (1, 2), begun, begun + timedelta(hours=1))
            except Unavailable:
                return 0.0  # the plugin is still starting
            return min(sum((part.ends_at - part.starts_at).total_seconds() for part in found if part.camera_id == one) for one in (1, 2))

        until(lambda: recorded_s() >= 9, 60, what="nine seconds of two cameras")
        first, last = begun + 3 * SECOND, begun + 7 * SECOND
        why = {"purpose": "V1", "reason": f"案件 {case.number}"}
        (asked,) = leaves.ask(duty, PLAYBACK, Wish((1, 2), first, last, why["purpose"], why["reason"], case.id))
        leaves.grant(APPROVER, asked.id, asked.version)
        parts = recordings.open(duty, (1, 2), first, last, **why, case_id=case.id)

        for part, code in zip(sorted(parts, key=lambda one: one.camera.id), ("C301", "C302"), strict=True):
            early, late = pictures_of(part)
            assert read_name(early) == part.camera.code == code
            assert first - SECOND <= part.starts_at
            assert first - 2 * SECOND < shown_at(early) <= first + 4 * SECOND
            assert shown_at(late) <= last + SECOND, "nothing behind the period is shown"
        recordings.close(duty, [part.access_id for part in parts])
    v = tables.video_access.c
    with town.store.read() as unit:
        rows = unit.rows(select(v.camera_id, v.kind, v.case_id, v.approver, v.closed_at).order_by(v.id))
    assert [tuple(row[:4]) for row in rows] == [(1, "playback", case.id, "审批人甲"), (2, "playback", case.id, "审批人甲")]
    assert all(row[4] is not None for row in rows)
