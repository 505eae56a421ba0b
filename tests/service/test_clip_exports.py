"""A clip leaves the hall by a state organ's letter, with somebody else's leave, once, stamped, and recorded (G1, G5, G8, G17)."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import av
import numpy as np
import pytest
from sqlalchemy import select

from console.domain.approval import ExportRecord
from console.domain.clip import ClipWish
from console.domain.errors import Denied, Invalid, Missing, Refused, Unavailable
from console.domain.redaction import Clear
from console.service.clip_exports import ClipExports
from console.service.video_leaves import VideoLeaves
from console.store import tables
from console.store.register import Source
from console.video.cutting import Stop, Watch
from tests.retold import check_facts, entries_of
from tests.service.filming import Filming
from tests.service.recording import APPROVER, POLICE, wish
from tests.video.clips import pictures, seen


@pytest.fixture
def filming(town, tmp_path):
    return Filming(town, tmp_path)


@pytest.fixture
def out(town, filming, tmp_path):
    return ClipExports(town.desk, filming.files, tmp_path / "exports")


@pytest.fixture
def clip(town, filming):
    return filming.kept(town.report().case_id)


def letter(clip, **more):
    wish = ClipWish("南乐县公安局", "南公调〔2026〕12号", "民警甲", "刑事诉讼法第五十四条", clip.starts_at, clip.ends_at)
    return replace(wish, **more)


def granted(town, asked, by=None):
    """The leave of whoever approves recordings; it is the director's too."""
    return VideoLeaves(town.desk).grant(by or APPROVER, asked.leave.id, asked.leave.version)


def records(town):
    with town.store.read() as unit:
        return list(unit.records(ExportRecord, unit.rows(select(tables.export_log).order_by(tables.export_log.c.id))))


def test_asked_granted_and_written_with_the_watermark(town, out, clip, filming, tmp_path):
    duty, parts = town.actor("duty"), []
    period = (clip.starts_at + timedelta(seconds=2), clip.starts_at + timedelta(seconds=7))
    asked = out.ask(duty, clip.id, letter(clip, starts_at=period[0], ends_at=period[1]))
    granted(town, asked)
    town.wait(60)
    record, path = out.export(duty, asked.request.id, Watch(parts.append))
    assert path.parent == tmp_path / "exports"
    assert path.name == f"{town.case(clip.case_id).number}-C301-20261123-095952-{record.id}.mp4"
    assert path.stat().st_mode & 0o777 == 0o600
    assert record.sha256 == hashlib.sha256(path.read_bytes()).hexdigest() != clip.sha256
    told = (record.kind, record.rows, record.masked, record.receiver, record.purpose, record.user_name)
    assert told == ("clip", 1, False, "南乐县公安局 民警甲 南公调〔2026〕12号", "刑事诉讼法第五十四条", "值班员甲")
    found = seen(path)
    assert found.seconds == pytest.approx(5.0, abs=0.15)
    assert found.size[0] == 320
    assert found.size[1] > 180  # a margin below, so that nothing of the picture is covered
    assert max(found.foot) < 40
    (access,) = filming.accesses("export")
    assert (access.purpose, access.reason, access.case_id) == ("V7", "刑事诉讼法第五十四条", clip.case_id)
    assert (access.leave_id, access.approver, access.decision) == (asked.leave.id, "审批人甲", "granted")
    assert (access.period_from, access.period_to) == period
    assert access.closed_at is not None
    assert filming.files.path(clip.sha256).read_bytes() == filming.film.read_bytes()
    assert [path.name for path in (tmp_path / "exports").iterdir()] == [path.name]
    assert filming.left() == {clip.sha256, clip.picture}
    check_facts(entries_of(town))


def test_without_leave_nothing_leaves(town, out, clip, tmp_path):
    duty = town.actor("duty")
    asked = out.ask(duty, clip.id, letter(clip))
    with pytest.raises(Denied) as denied:
        out.export(duty, asked.request.id)
    assert denied.value.code == "no_clip_leave"
    assert not (tmp_path / "exports").exists()
    assert records(town) == []


def test_a_leave_is_for_one_file_one_day_and_its_asker_alone(town, out, clip):
    duty, leader = town.actor("duty"), town.actor("leader")
    asked = out.ask(duty, clip.id, letter(clip))
    granted(town, asked)
    with pytest.raises(Missing):
        out.export(leader, asked.request.id)
    out.export(duty, asked.request.id)
    with pytest.raises(Denied):
        out.export(duty, asked.request.id)
    again = out.ask(duty, clip.id, letter(clip))
    granted(town, again)
    town.wait(24 * 3600 + 1)
    with pytest.raises(Denied):
        out.export(duty, again.request.id)
    assert len(records(town)) == 1


def test_nobody_grants_the_own_request(town, out, clip):
    director = town.actor("director")
    asked = out.ask(director, clip.id, letter(clip))
    with pytest.raises(Denied) as denied:
        granted(town, asked, director)
    assert denied.value.code == "own_request"


def test_the_approver_and_the_director_decide_and_the_police_on_theirs_alone(town, out, clip):
    duty, director, officer = town.actor("duty"), town.actor("director"), POLICE
    for by in (APPROVER, director):
        assert granted(town, out.ask(duty, clip.id, letter(clip)), by).state == "granted"
    with pytest.raises(Missing):
        granted(town, out.ask(duty, clip.id, letter(clip)), officer)
    with town.store.write() as unit:
        unit.run(tables.camera_source.delete().where(tables.camera_source.c.camera_id == clip.camera_id))
        unit.add(tables.camera_source, Source(clip.camera_id, "other", "x", attributes={"owner": "police"}))
    theirs = out.ask(duty, clip.id, letter(clip))
    for by in (APPROVER, director):
        with pytest.raises(Missing):
            granted(town, theirs, by)
    assert granted(town, theirs, officer).state == "granted"


def test_whoever_decides_reads_case_camera_time_and_letter(town, out, clip):
    out.ask(town.actor("duty"), clip.id, letter(clip))
    (row,) = VideoLeaves(town.desk).waiting(APPROVER).rows
    assert (row.number, row.cameras) == (town.case(clip.case_id).number, ("C301 仓颉路西",))
    assert (row.leave.starts_at, row.leave.ends_at, row.leave.kind) == (clip.starts_at, clip.ends_at, "export")
    assert (row.leave.letter, row.leave.reason) == ("南乐县公安局 南公调〔2026〕12号 民警甲", "刑事诉讼法第五十四条")


def test_a_shielded_case_is_not_told_to_who_decides_and_may_not_see_it(town, out, clip):
    out.ask(town.actor("duty"), clip.id, letter(clip))
    number = town.case(clip.case_id).number
    with town.store.write() as unit:
        unit.run(tables.case.update().where(tables.case.c.id == clip.case_id).values(shield="检举"))
    (row,) = VideoLeaves(town.desk).waiting(APPROVER).rows
    assert number not in repr(row)
    assert row.leave.case_id is None


def test_who_broke_in_unreviewed_takes_nothing_out(town, out, clip):
    duty, leaves = town.actor("duty"), VideoLeaves(town.desk)
    asked = out.ask(duty, clip.id, letter(clip))
    granted(town, asked)
    case_id = town.report("0401").case_id
    leaves.break_glass(duty, replace(wish(1), purpose="V1", case_id=case_id))
    town.wait(24 * 3600 - 60)
    asked = out.ask(duty, clip.id, letter(clip))
    granted(town, asked)
    town.wait(61)  # nobody has reviewed the emergency within a day
    for act in (lambda: out.export(duty, asked.request.id), lambda: out.ask(duty, clip.id, letter(clip))):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "playback_suspended"


def test_more_than_two_hours_of_one_letter_ask_again(town, out, clip):
    with town.store.write() as unit:  # a clip of three hours, as its row tells
        row = tables.video_clip
        unit.run(row.update().where(row.c.id == clip.id).values(starts_at=clip.ends_at - timedelta(hours=3)))
    duty, long = town.actor("duty"), letter(clip, starts_at=clip.ends_at - timedelta(hours=3))
    with pytest.raises(Refused) as refused:
        out.ask(duty, clip.id, long)
    assert (refused.value.code, refused.value.facts["hours"]) == ("long_video", 3.0)
    assert out.standing(duty, clip.id).asked == ()
    out.ask(duty, clip.id, replace(long, why_long="嫌疑车辆在此停留三小时"))


def test_the_least_period_is_proposed_with_what_was_asked_already(town, out, clip):
    duty = town.actor("duty")
    asked = out.ask(duty, clip.id, letter(clip))
    granted(town, asked)
    found = out.standing(duty, clip.id)
    assert found.period == (clip.starts_at, clip.ends_at)  # the report came just now: all ten seconds lie within half an hour
    assert [(one.request.id, one.leave.state) for one in found.asked] == [(asked.request.id, "granted")]


@pytest.mark.parametrize("login", ["d10", "stranger", "supervisor", "viewer"])
def test_who_may_not_export_or_look_asks_for_nothing(town, out, clip, login):
    with pytest.raises((Denied, Missing)):
        out.standing(town.actor(login), clip.id)
    with pytest.raises((Denied, Missing)):
        out.ask(town.actor(login), clip.id, letter(clip))


def test_called_off_the_leave_is_unused_and_no_file_is_left(town, out, clip, filming, tmp_path):
    duty, stop = town.actor("duty"), Stop()
    asked = out.ask(duty, clip.id, letter(clip))
    granted(town, asked)
    stop.call()
    with pytest.raises(Refused) as refused:
        out.export(duty, asked.request.id, Watch(stop=stop))
    assert refused.value.code == "called_off"
    assert list((tmp_path / "exports").iterdir()) == []
    assert filming.left() == {clip.sha256, clip.picture}
    assert [access.closed_at is not None for access in filming.accesses("export")] == [True]
    out.export(duty, asked.request.id)


def test_a_folder_that_cannot_be_written_leaves_the_leave_unused(town, out, clip, filming, tmp_path):
    duty = town.actor("duty")
    asked = out.ask(duty, clip.id, letter(clip))
    granted(town, asked)
    (tmp_path / "exports").write_text("a file where a folder should be")
    with pytest.raises(Unavailable) as refused:
        out.export(duty, asked.request.id)
    assert refused.value.code == "disk_refuses"
    assert records(town) == []
    assert filming.left() == {clip.sha256, clip.picture}
    assert out.standing(duty, clip.id).asked[0].leave.state == "granted"


def test_a_changed_clip_does_not_leave(town, out, clip, filming):
    duty = town.actor("duty")
    asked = out.ask(duty, clip.id, letter(clip))
    granted(town, asked)
    path = filming.files.path(clip.sha256)
    path.write_bytes(b"?" + path.read_bytes()[1:])
    with pytest.raises(Refused) as refused:
        out.export(duty, asked.request.id)
    assert refused.value.code == "clip_changed"


def published(clip, **more):
    return letter(clip, organ="县电视台", letter_no="", officer="宣传干事乙", basis="寻找走失老人的公告", use="public", **more)


def shown(path):
    """How much the lower and the upper half of a file's pictures vary from point to point."""
    with av.open(str(path)) as container:
        grey = [picture.to_ndarray(format="gray").astype(int) for picture in container.decode(video=0)]
    return [(float(np.abs(np.diff(one[60:90])).mean()), float(np.abs(np.diff(one[90:120])).mean())) for one in grey]


def test_what_everybody_may_see_is_covered_and_that_cannot_be_turned_off(town, filming, out, tmp_path):
    stripes = np.zeros((180, 320, 3), np.uint8)
    stripes[:, ::4], stripes[:, 1::4] = 255, 255
    filming.film = pictures(tmp_path / "striped.mp4", [stripes] * 100)
    clip = filming.kept(town.report().case_id)
    duty = town.actor("duty")
    period = {"starts_at": clip.starts_at + timedelta(seconds=2), "ends_at": clip.starts_at + timedelta(seconds=6)}
    asked = out.ask(duty, clip.id, published(clip, **period))
    assert (asked.leave.kind, asked.leave.purpose, asked.leave.letter) == ("publish", "V1", "县电视台 宣传干事乙")
    granted(town, asked)
    with pytest.raises(Invalid) as wrong:
        out.export(duty, asked.request.id, clear=(Clear(0, 0, 1, 1, 0, 10),))
    assert (wrong.value.field, wrong.value.code) == ("clear", "too_much_clear")
    assert records(town) == []
    record, path = out.export(duty, asked.request.id, clear=(Clear(0, 0, 1, 0.5, 4, 99), Clear(0, 0.9, 1, 1, 0, 1)))
    assert (record.masked, record.receiver) == (True, "县电视台 宣传干事乙")
    halves = shown(path)
    assert len(halves) == 40
    assert all(upper < 8 and lower < 8 for upper, lower in halves[:20])
    assert all(upper > 60 and lower < 8 for upper, lower in halves[20:])
    told = [entry.facts for entry in entries_of(town) if entry.op == "clip_export"]
    assert [(one["masked"], one["clear"]) for one in told] == [(True, 2)]
    check_facts(entries_of(town))


def test_what_serves_the_case_itself_leaves_unchanged_for_a_reason_and_with_leave(town, out, clip, filming):
    duty = town.actor("duty")
    asked = out.ask(duty, clip.id, letter(clip, organ="", letter_no="", officer="调解员丙", basis="调解时当面核对", use="inside"))
    assert (asked.leave.kind, asked.leave.purpose, asked.leave.case_id) == ("export", "V1", clip.case_id)
    with pytest.raises(Denied):
        out.export(duty, asked.request.id)
    granted(town, asked)
    record, path = out.export(duty, asked.request.id)
    assert (record.masked, record.receiver, record.purpose) == (False, "调解员丙", "调解时当面核对")
    assert len(set(seen(path).levels)) > 10  # its pictures are those of the clip, not one grey
    (access,) = filming.accesses("export")
    assert (access.purpose, access.reason) == ("V1", "调解时当面核对")


def test_what_has_no_letter_is_not_counted_together(town, out, clip):
    duty = town.actor("duty")
    before = out.ask(duty, clip.id, published(clip)).request
    longer = replace(before, id=0, starts_at=clip.ends_at - timedelta(hours=3), export_id=1)
    with town.store.write() as unit:
        unit.add(tables.clip_request, longer)
    out.ask(duty, clip.id, published(clip))
    with town.store.write() as unit:
        unit.add(tables.clip_request, replace(longer, letter_no="12号"))
    with pytest.raises(Refused) as refused:
        out.ask(duty, clip.id, letter(clip, letter_no="12号"))
    assert refused.value.code == "long_video"
