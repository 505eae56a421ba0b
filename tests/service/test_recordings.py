"""Recordings open for who has leave that covers case, cameras and period, under one row per camera, or nothing opens (G1, AC-1)."""

from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy import select

from console.domain.camera import VideoAccess
from console.domain.errors import ConsoleError, Denied, Invalid, Missing, Refused, Unavailable
from console.domain.footage import Stretch
from console.domain.sighting import Seen
from console.service.clips import Clips
from console.service.stills import Picture, Stills
from console.store import tables
from console.store.files import Files
from tests.make import START
from tests.service.recording import AUDITOR, POLICE, REASON, SINCE, UNTIL, recorded, wish

TEN = timedelta(minutes=10)


@pytest.fixture
def hall(town, tmp_path):
    with recorded(town, tmp_path) as made:
        yield made


def rows(hall, *, is_open=None):
    with hall.town.store.read() as unit:
        found = unit.records(VideoAccess, unit.rows(select(tables.video_access).order_by(tables.video_access.c.id)))
    return [row for row in found if is_open is None or (row.closed_at is None) is is_open]


def opened(hall, *cameras, start=SINCE, end=UNTIL, purpose="V5", case_id=None):
    return hall.recordings.open(hall.duty, cameras, start, end, purpose=purpose, reason=REASON, case_id=case_id)


def refused(hall, *cameras, **more):
    with pytest.raises(ConsoleError) as said:
        opened(hall, *cameras, **more)
    assert rows(hall) == [], "nothing was opened"
    return said.value.code


def test_what_recorders_have_is_told_by_true_times_and_cut_to_the_period(hall):
    found = hall.recordings.find(hall.duty, (1, 2), START - TEN * 2, START + TEN)

    assert found == (Stretch(1, START - TEN * 2, START - TEN), Stretch(1, START, START + TEN))
    for actor, refusal in ((AUDITOR, Denied), (hall.town.actor("stranger"), Missing)):
        with pytest.raises(refusal):
            hall.recordings.find(actor, (1,), SINCE, UNTIL)


def test_a_recorder_that_does_not_answer_is_not_an_empty_one(hall, monkeypatch):
    def silent(*_):
        raise Unavailable("plugin_silent", seconds=20)

    monkeypatch.setattr(hall.recordings._plugins, "ask", silent)
    with pytest.raises(Unavailable) as said:
        hall.recordings.find(hall.duty, (1, 2), SINCE, UNTIL)
    assert said.value.code == "plugin_silent"


def test_leave_opens_the_recording_under_a_row_that_says_all(hall):
    leave = hall.granted(1)

    first, second = opened(hall, 1)

    assert [part.starts_at for part in (first, second)] == [SINCE, START]
    assert [part.ends_at for part in (first, second)] == [SINCE + TEN * 2, UNTIL]
    assert (first.address, second.address) == ("http://127.0.0.1:9/1.mp4", "http://127.0.0.1:9/2.mp4")
    (row,) = rows(hall)
    assert first.access_id == second.access_id == row.id
    assert (row.kind, row.purpose, row.reason, row.user_name, row.org_id, row.seat) == ("playback", "V5", REASON, "值班员甲", 1, "A1")
    assert (row.leave_id, row.approver, row.decision) == (leave.id, "审批人甲", "granted")
    assert (row.granted_from, row.granted_to) == (leave.decided_at, leave.valid_until)
    assert (row.period_from, row.period_to, row.opened_at, row.closed_at) == (SINCE, UNTIL, START, None)
    assert {"reason", "user_name", "org_id", "approver", "decision", "period_from", "seat"} <= {one.name for one in fields(row)}


def test_closing_notes_the_time_once(hall):
    hall.granted(1)
    parts = opened(hall, 1)
    hall.town.wait(90)
    hall.recordings.close(hall.town.actor("leader"), [part.access_id for part in parts])
    assert len(rows(hall, is_open=True)) == 1
    hall.recordings.close(hall.duty, [part.access_id for part in parts])
    assert rows(hall)[0].closed_at == START + timedelta(seconds=90)


def test_an_emergency_opens_it_too(hall):
    case_id = hall.urgent()
    hall.leaves.break_glass(hall.duty, wish(1, purpose="V1", case_id=case_id))

    opened(hall, 1, purpose="V1", case_id=case_id)

    (row,) = rows(hall)
    assert (row.decision, row.approver, row.case_id) == ("broken", "", case_id)


def test_without_leave_nothing_opens(hall):
    assert refused(hall, 1) == "no_video_leave"
    hall.leaves.ask(hall.duty, "playback", wish(1))
    assert refused(hall, 1) == "no_video_leave"


def test_a_leave_that_is_over_or_for_something_else_opens_nothing(hall):
    case_id = hall.urgent()
    hall.granted(1)
    assert refused(hall, 1, 2) == "leave_without_camera"
    assert refused(hall, 1, end=UNTIL + timedelta(seconds=1)) == "leave_period"
    assert refused(hall, 1, start=SINCE - timedelta(seconds=1)) == "leave_period"
    assert refused(hall, 1, case_id=case_id) == "no_video_leave"
    assert refused(hall, 1, purpose="V4", case_id=case_id) == "no_video_leave"
    hall.town.wait(timedelta(hours=2).total_seconds())
    assert refused(hall, 1) == "video_leave_over"


def test_leave_to_take_out_is_no_leave_to_play_and_anothers_is_none(hall):
    (asked,) = hall.leaves.ask(hall.town.actor("leader"), "playback", wish(1))
    hall.leaves.grant(hall.town.actor("director"), asked.id, asked.version)
    (asked,) = hall.leaves.ask(hall.duty, "export", wish(1))
    hall.leaves.grant(hall.town.actor("director"), asked.id, asked.version)

    assert refused(hall, 1) == "no_video_leave"


def test_a_suspended_person_plays_nothing(hall):
    hall.leaves.break_glass(hall.duty, wish(1, purpose="V1", case_id=hall.urgent()))
    hall.town.wait(timedelta(hours=23).total_seconds())
    hall.granted(1)
    hall.town.wait(timedelta(hours=1).total_seconds())
    assert refused(hall, 1) == "playback_suspended"


def test_a_camera_without_pictures_is_left_out_and_its_look_ends(hall):
    hall.granted(1, 2)

    parts = opened(hall, 1, 2)

    assert {part.camera.id for part in parts} == {1}
    assert [row.camera_id for row in rows(hall, is_open=False)] == [2]


def test_where_no_recorder_has_anything_nothing_stays_open(hall):
    hall.granted(2)
    with pytest.raises(Unavailable) as said:
        opened(hall, 2)
    assert said.value.code == "no_recording"
    assert rows(hall, is_open=True) == []


def test_an_address_no_player_may_see_is_none(hall):
    (asked,) = hall.leaves.ask(hall.duty, "playback", wish(3))
    hall.leaves.grant(POLICE, asked.id, asked.version)
    with pytest.raises(Invalid):
        opened(hall, 3)
    assert rows(hall, is_open=True) == []


def test_a_reason_is_needed_to_open_too(hall):
    hall.granted(1)
    with pytest.raises(Invalid):
        hall.recordings.open(hall.duty, (1,), SINCE, UNTIL, purpose="V5", reason="看看")
    with pytest.raises((Missing, Refused)):
        hall.recordings.open(hall.town.actor("stranger"), (1,), SINCE, UNTIL, purpose="V5", reason=REASON)
    assert rows(hall) == []


def test_a_resident_sees_recordings_covered_and_nothing_of_them_is_kept(hall, tmp_path):
    hall.granted(1, purpose="V6", relation="relative", is_identity_seen=True)
    footage = opened(hall, 1, purpose="V6")
    assert [one.is_covered for one in footage] == [True, True]
    case_id, files = hall.town.report().case_id, Files(tmp_path / "files")
    ways = (
        lambda: Stills(hall.town.desk, files, tmp_path).keep(hall.duty, footage[0].access_id, Picture(b"\xff\xd8\xff", 1, 1), case_id),
        lambda: Clips(hall.town.desk, files).cut(hall.duty, footage[0], (footage[0].starts_at, footage[0].ends_at), case_id),
        lambda: hall.town.sightings.mark(hall.duty, footage[0].access_id, case_id, Seen(START, None, "")),
    )
    for way in ways:
        with pytest.raises(Refused) as said:
            way()
        assert said.value.code == "resident_look"
    assert {row.kind for row in rows(hall)} == {"playback"}


def test_other_purposes_see_them_as_they_are(hall):
    hall.granted(1)
    assert [one.is_covered for one in opened(hall, 1)] == [False, False]
