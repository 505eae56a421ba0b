"""Clips in a case (AC-1 line 5): bytes unchanged under their hash, with period, camera, operator and case; looked at for a reason."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.errors import Invalid, Missing, Refused, Unavailable
from console.service.intake import Rejection
from console.video.cutting import Stop, Watch
from tests.retold import check_facts, entries_of
from tests.service.filming import REASON, Filming
from tests.video.clips import seen


@pytest.fixture
def filming(town, tmp_path):
    return Filming(town, tmp_path)


@pytest.fixture
def case_id(town):
    return town.report().case_id


def reject(town, case_id):
    town.intake.reject(town.actor("duty"), case_id, town.case(case_id).version, Rejection("4", "不属实", "不予受理"))


def test_the_last_seconds_go_into_the_case_with_hash_period_camera_and_operator(filming, town, case_id):
    duty = town.actor("duty")
    saved = filming.clips.keep_live(duty, filming.look(case_id), case_id, filming.write)
    clip, digest = saved.clip, hashlib.sha256(filming.film.read_bytes()).hexdigest()
    assert (clip.sha256, clip.camera_id, clip.case_id, clip.user_name, clip.source) == (digest, 1, case_id, "值班员甲", "live")
    assert clip.ends_at == town.clock.now()
    assert clip.seconds == pytest.approx(10.0, abs=0.1)
    assert clip.watermark == f"南乐县综治中心  值班员甲  2026-11-23 10:00:00  {town.case(case_id).number}"
    assert saved.case_number == town.case(case_id).number
    assert filming.files.path(digest).read_bytes() == filming.film.read_bytes()
    (row,) = filming.clips.of_case(duty, case_id)
    assert (row.clip, row.camera.code, row.width, row.height) == (clip, "C301", 320, 180)
    assert filming.clips.picture(duty, clip.id).read_bytes().startswith(b"\xff\xd8\xff")
    assert digest in [one.sha256 for one in town.ask.case_desk(duty, case_id).attachments if one.kind == "clip"]


def test_making_one_is_an_access_of_its_own_with_the_reason_of_the_look(filming, town, case_id):
    filming.kept(case_id)
    (access,) = filming.accesses("clip")
    told = (access.camera_id, access.purpose, access.reason, access.case_id, access.user_name)
    assert told == (1, "V1", REASON, case_id, "值班员甲")
    assert access.opened_at == access.closed_at == town.clock.now()
    (line,) = [entry for entry in filming.entries("clip") if entry.op == "clip"]
    assert line.facts["code"] == "C301"
    assert ("clip", "clip") in [(row.kind, row.op) for row in town.ask.case_desk(town.actor("duty"), case_id).timeline]
    check_facts(entries_of(town))


def test_a_stretch_of_a_recording_is_cut_in_true_time(filming, town, case_id):
    duty, footage, parts = town.actor("duty"), filming.footage(case_id), []
    period = (footage.starts_at + timedelta(seconds=3.5), footage.starts_at + timedelta(seconds=6))
    saved = filming.clips.cut(duty, footage, period, case_id, Watch(parts.append))
    assert (saved.clip.starts_at - footage.starts_at).total_seconds() == pytest.approx(3.0, abs=0.15)  # the key frame before
    assert (saved.clip.ends_at - footage.starts_at).total_seconds() == pytest.approx(6.0, abs=0.15)
    assert (saved.clip.source, saved.missing_s) == ("recording", 0.0)
    levels = seen(filming.files.path(saved.clip.sha256)).levels
    assert (len(levels), round(levels[0], -1)) == (30, 100)
    assert parts


def test_a_recording_that_ends_early_gives_what_it_has_and_says_so(filming, town, case_id):
    footage = filming.footage(case_id)
    promised = replace(footage, ends_at=footage.starts_at + timedelta(minutes=5))
    saved = filming.clips.cut(town.actor("duty"), promised, (promised.starts_at, promised.ends_at), case_id)
    assert saved.missing_s == pytest.approx(290, abs=1)
    assert saved.clip.seconds == pytest.approx(10, abs=0.2)


@pytest.mark.parametrize(("start", "end", "code"), [(-1, 5, "outside_footage"), (5, 11, "outside_footage"), (5, 5, "outside_footage")])
def test_a_period_outside_what_is_open_is_refused(filming, town, case_id, start, end, code):
    footage = filming.footage(case_id)
    period = (footage.starts_at + timedelta(seconds=start), footage.starts_at + timedelta(seconds=end))
    with pytest.raises(Invalid) as wrong:
        filming.clips.cut(town.actor("duty"), footage, period, case_id)
    assert wrong.value.code == code
    assert filming.accesses("clip") == []


def test_who_does_not_look_makes_no_clip(filming, town, case_id):
    duty, theirs, ended = town.actor("duty"), filming.look(case_id, "leader"), filming.look(case_id)
    town.video.close_live(duty, (ended,))
    for access_id in (theirs, ended, filming.footage(case_id).access_id, 999):
        with pytest.raises(Missing):
            filming.clips.keep_live(duty, access_id, case_id, filming.write)
    with pytest.raises(Missing):
        filming.clips.keep_live(duty, filming.look(case_id), 777, filming.write)
    assert filming.left() == set()
    assert filming.accesses("clip") == []


def test_a_case_that_has_ended_takes_none_also_when_it_ends_meanwhile(filming, town, case_id):
    duty, look = town.actor("duty"), filming.look(case_id)

    def meanwhile(path):
        filming.write(path)
        reject(town, case_id)

    for write in (meanwhile, filming.write):
        with pytest.raises(Refused) as refused:
            filming.clips.keep_live(duty, look, case_id, write)
        assert refused.value.code == "clip_for_ended_case"
    assert filming.left() == set()
    (access,) = filming.accesses("clip")
    assert access.closed_at is not None
    assert filming.clips.of_case(duty, case_id) == ()


@pytest.mark.parametrize("problem", ["nothing", "text", "raises"])
def test_what_became_no_clip_leaves_no_file_and_an_ended_access(filming, town, case_id, problem):
    def write(path):
        if problem == "text":
            path.write_text("no film")
        elif problem == "raises":
            path.with_name(path.name + ".part").write_text("half")
            path.with_name(path.name + ".part").unlink()
            raise Unavailable("nothing_kept")

    with pytest.raises((Refused, Unavailable, OSError)):
        filming.clips.keep_live(town.actor("duty"), filming.look(case_id), case_id, write)
    assert filming.left() == set()
    assert [access.closed_at for access in filming.accesses("clip")] == [town.clock.now()]


def test_called_off_half_way_nothing_is_left(filming, town, case_id):
    footage, stop = filming.footage(case_id), Stop()
    stop.call()
    with pytest.raises(Refused) as refused:
        filming.clips.cut(town.actor("duty"), footage, (footage.starts_at, footage.ends_at), case_id, Watch(stop=stop))
    assert refused.value.code == "called_off"
    assert filming.left() == set()


def test_a_clip_is_looked_at_for_a_reason_under_a_row_of_its_own(filming, town, case_id):
    clip, leader = filming.kept(case_id), town.actor("leader")
    with pytest.raises(Invalid):
        filming.clips.open(leader, clip.id, "看看")
    assert filming.accesses("clip_view") == []
    footage = filming.clips.open(leader, clip.id, "复核车辆颜色")
    (access,) = filming.accesses("clip_view")
    assert (access.id, access.user_name, access.purpose, access.case_id) == (footage.access_id, "值班长丙", "V1", case_id)
    assert (footage.starts_at, footage.ends_at, footage.camera.code) == (clip.starts_at, clip.ends_at, "C301")
    assert seen(footage.address).size == (320, 180)
    filming.clips.close(leader, footage.access_id)
    filming.clips.close(leader, footage.access_id)
    assert filming.accesses("clip_view")[0].closed_at == town.clock.now()


def test_a_changed_byte_is_no_clip_to_be_looked_at(filming, town, case_id):
    clip = filming.kept(case_id)
    path = filming.files.path(clip.sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(Refused) as refused:
        filming.clips.open(town.actor("duty"), clip.id, "复核车辆颜色")
    assert refused.value.code == "clip_changed"
    assert [access.closed_at is None for access in filming.accesses("clip_view")] == [False]


@pytest.mark.parametrize("login", ["stranger", "d10", "grid002"])
def test_who_may_not_see_case_and_camera_sees_no_clip(filming, town, case_id, login):
    clip, other = filming.kept(case_id), town.actor(login)
    for question in (lambda: filming.clips.of_case(other, case_id), lambda: filming.clips.open(other, clip.id, "复核车辆颜色")):
        with pytest.raises(Missing):
            question()


def test_a_department_sees_that_there_is_one_and_cannot_open_it(filming, town):
    case, _ = town.sent()
    clip, d10 = filming.kept(case.id), town.actor("d10")
    assert len(filming.clips.of_case(d10, case.id)) == 1
    with pytest.raises(Missing):
        filming.clips.open(d10, clip.id, "复核车辆颜色")
    assert filming.accesses("clip_view") == []


def test_only_open_cases_of_the_first_two_priorities_keep_the_past(filming, town):
    urgent, ordinary, ended = town.report("0601").case_id, town.report("0501").case_id, town.report("0601").case_id
    assert [town.case(one).priority for one in (urgent, ordinary)] == ["P1", "P4"]
    reject(town, ended)
    assert filming.clips.urgent(town.actor("duty"), (urgent, ordinary, ended, 777)) == {urgent}
    assert filming.clips.urgent(town.actor("duty"), ()) == frozenset()
    assert filming.clips.urgent(town.actor("stranger"), (urgent,)) == frozenset()
