"""The registers of who watches the use of video: every look (G1), a week's sample (G27), what cameras lack (G2-G4)."""

import csv
import io
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.domain.camera import VideoAccess
from console.domain.duty import Duty
from console.domain.errors import Denied, Invalid
from console.domain.limits import CHINA
from console.domain.paging import Turn
from console.domain.video_watch import LookFilter
from console.service.exports import Exports
from console.service.video_watch import HEAD, VideoWatch, look_figures, week_of
from console.store import register, tables
from console.store.register import Source
from tests.make import CAMERAS, START
from tests.service.recording import AUDITOR

WEEK = START - timedelta(hours=10)  # Monday midnight in China
MINUTE = timedelta(minutes=1)


@pytest.fixture
def watch(town):
    return VideoWatch(town.desk)


def look(at=START, camera=1, user=1, **more):
    made = VideoAccess(0, camera, "live", "V5", None, "查看门前积水情况", user, f"某人{user}", 1, "A1", at)
    return replace(made, **more)


def put(town, *looks):
    with town.store.write() as unit:
        for one in looks:
            unit.add(tables.video_access, one)


def sampled(watch, what):
    return [(row.user_id, row.code, row.count) for row in watch.sample(AUDITOR, what, START, Turn("at")).rows]


def test_the_register_says_who_saw_what_why_and_for_how_long(town, watch):
    case = town.case(town.report().case_id)
    shown = look(kind="playback", purpose="V1", case_id=case.id, approver="审批人甲", decision="granted", closed_at=START + MINUTE)
    put(town, shown)

    (row,) = watch.looks(AUDITOR).rows

    assert replace(row.access, id=0) == shown
    assert (row.unit, row.code, row.camera, row.number) == ("南乐县综治中心", "C301", "仓颉路西", case.number)
    for login in ("director", "supervisor"):
        assert watch.looks(town.actor(login)).total == 1
    assert watch.looks(replace(AUDITOR, centre_id=3, centre_path="/1/3/")).total == 0
    with pytest.raises(Denied):
        watch.looks(town.actor("duty"))


def test_the_register_is_filtered_and_ordered_by_the_page(town, watch):
    put(town, *(look(START + MINUTE * n, camera=1 + n % 2, kind="playback" if n % 3 == 0 else "live") for n in range(450)))

    def total(**more):
        return watch.looks(AUDITOR, LookFilter(**more)).total

    assert (total(), total(kind="playback"), total(words="C302"), total(words="小学 积水"), total(words="没有")) == (450, 150, 225, 225, 0)
    assert total(since=START + MINUTE * 10, until=START + MINUTE * 20) == 10
    first = watch.looks(AUDITOR)
    last = watch.looks(AUDITOR, turn=Turn("at", False, 400))
    assert (len(first.rows), first.rows[0].access.opened_at) == (200, START + MINUTE * 449)
    assert (len(last.rows), last.rows[0].access.opened_at) == (50, START + MINUTE * 400)


def test_the_register_leaves_the_hall_masked_and_noted(town, tmp_path):
    put(town, look(reason="核对13800000099的来电"))
    exports = Exports(town.desk, tmp_path)

    record, path = exports.figures(AUDITOR, "月度抽查材料", "县委政法委", look_figures(LookFilter()))

    (row,) = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    assert tuple(row) == HEAD
    assert (row["调用人员"], row["单位"], row["方式"], row["用途"], row["事由"]) == (
        "某人1", "南乐县综治中心", "实时预览", "设备维护", "核对138****0099的来电",
    )  # fmt: skip
    assert (record.kind, record.rows, record.masked) == ("video", 1, True)
    with pytest.raises(Denied):
        exports.figures(town.actor("duty"), "月度抽查材料", "县委政法委", look_figures(LookFilter()))


def test_a_week_begins_on_monday_in_china():
    assert week_of(START) == datetime(2026, 11, 23, tzinfo=CHINA) == WEEK
    assert week_of(START + timedelta(days=6)) == WEEK


def test_the_sample_is_the_auditors_alone(town, watch):
    for login in ("director", "supervisor", "duty"):
        with pytest.raises(Denied):
            watch.sample(town.actor(login), "many", START)
    with pytest.raises(Invalid):
        watch.sample(AUDITOR, "handsome", START)


def test_looks_off_duty_stand_out_where_a_roster_is_kept(town, watch):
    with town.store.write() as unit:
        unit.add(tables.duty, Duty(0, 2, 1, START, START + timedelta(hours=8), "officer"))
    put(
        town, look(), look(START + timedelta(hours=8) - MINUTE), look(user=2, camera=2), look(START + timedelta(hours=9), user=2),
        look(START - timedelta(days=7), user=2),
    )  # fmt: skip
    assert sampled(watch, "off_duty") == [(2, "C302", 1)]


def test_more_than_thirty_cameras_in_ten_minutes_stand_out(town, watch):
    cameras = [replace(CAMERAS[0], id=0, code=f"C9{n:02}", gb_id="") for n in range(70)]
    with town.store.write() as unit:
        ids = register.write(unit, cameras, [Source(0, "x", str(n)) for n in range(70)], [("", "")] * 70)
    second = timedelta(seconds=1)
    put(town, *(look(START + second * 20 * n, ids[n], user=1) for n in range(30)))  # thirty
    put(town, *(look(START + second * 19 * n, ids[n], user=2) for n in range(31)))  # thirty-one
    put(town, *(look(START, ids[n], user=3) for n in range(64)))  # one wall, opened at once
    put(town, *(look(START + second * n, ids[n % 2], user=4) for n in range(100)))  # two cameras, turn about
    put(town, *(look(START + second * 21 * n, ids[n], user=5) for n in range(31)))  # thirty-one, in ten and a half minutes

    assert sampled(watch, "many") == [(2, "", 31)]


def test_one_camera_again_and_again_without_a_case_stands_out(town, watch):
    case_id = town.report().case_id
    put(town, *(look(START + MINUTE * n) for n in range(5)), *(look(START + MINUTE * n, user=2) for n in range(4)))
    put(town, *(look(START + MINUTE * n, user=3, case_id=case_id, purpose="V1") for n in range(9)))
    put(town, *(look(START + MINUTE * n, user=4, purpose="V3") for n in range(9)))

    assert sampled(watch, "again") == [(1, "C301", 5)]


@pytest.mark.parametrize(("clock", "is_night"), [("21:59", False), ("22:00", True), ("23:30", True), ("05:59", True), ("06:00", False)])
def test_what_is_taken_out_at_night_stands_out(town, watch, clock, is_night):
    at = datetime.fromisoformat(f"2026-11-25T{clock}").replace(tzinfo=CHINA)
    put(town, look(at, kind="export"), look(at, user=2))
    assert sampled(watch, "night") == ([(1, "C301", 1)] if is_night else [])


def stated(town, *attributes):
    fresh = [replace(CAMERAS[0], id=0, code=f"C4{n:02}", gb_id="") for n, _ in enumerate(attributes)]
    sources = [Source(0, "x", str(n), attributes=told) for n, told in enumerate(attributes)]
    with town.store.write() as unit:
        register.write(unit, fresh, sources, [("", "")] * len(fresh))


def test_cameras_that_lack_what_the_law_wants_are_listed(town, watch):
    old, new = "2026-10-24", "2026-10-25"  # 30 and 29 days before the start
    full = {"storage_days": 30, "notice_sign": "yes", "filing_no": "豫公备1", "registered_on": old}
    stated(
        town, full, {**full, "storage_days": 29}, {**full, "notice_sign": "no"}, {"registered_on": old, "storage_days": 90},
        {"registered_on": new}, {**full, "room_type": "2", "basis": "县政法委批复3号", "approved_by": "主任丁"},
    )  # fmt: skip

    def codes(what):
        return [row.camera.code for row in watch.lacking(AUDITOR, what, Turn("code")).rows]

    assert codes("storage") == ["C401"]
    assert codes("sign") == ["C402", "C403"]
    assert codes("filing") == ["C403"]
    assert codes("guarded") == ["C405"]
    assert codes("unstated") == ["C301", "C302"]
    (row,) = watch.lacking(town.actor("director"), "guarded").rows
    assert (row.centre, row.stated["basis"]) == ("南乐县综治中心", "县政法委批复3号")
    with pytest.raises(Denied):
        watch.lacking(town.actor("duty"), "storage")
    with pytest.raises(Invalid):
        watch.lacking(AUDITOR, "beauty")
