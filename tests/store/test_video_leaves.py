"""Leave for recorded video as it is kept: what is whose, what has been used, what is late."""

from dataclasses import replace
from datetime import timedelta

from console.domain.video_leave import VideoLeave
from console.store import register, tables, video_leaves
from console.store.register import Source
from tests.make import CAMERAS, START

DAY = timedelta(days=1)
LEAVE = VideoLeave(
    0, "playback", "查看肇事车辆去向", 1, 2, START, cameras=(1,), starts_at=START, ends_at=START + DAY, purpose="V1", case_id=7, org_id=1,
)  # fmt: skip


def test_a_leave_is_kept_whole_and_found_by_whose_and_for_what(town):
    broken = replace(LEAVE, state="broken", valid_until=START + DAY, review_due=START + DAY)
    with town.store.write() as unit:
        first, second = unit.add(tables.video_leave, LEAVE), unit.add(tables.video_leave, broken)
        for more in ({"asked_by": 2}, {"kind": "export"}, {"case_id": None}, {"purpose": "V4"}):
            unit.add(tables.video_leave, replace(LEAVE, **more))

    with town.store.read() as unit:
        assert video_leaves.leave_by_id(unit, first.id) == first
        assert video_leaves.of_person(unit, 1, "playback", 7, "V1") == (second, first)
        assert [leave.asked_by for leave in video_leaves.newest_of(unit, 2, 7)] == [2]
        assert video_leaves.newest_of(unit, 2, None) == ()
        assert [video_leaves.is_broken_into(unit, case_id) for case_id in (7, 8)] == [True, False]


def test_an_emergency_is_late_from_the_instant_it_was_due(town):
    made = replace(LEAVE, state="broken", review_due=START + DAY)
    with town.store.write() as unit:
        unit.add(tables.video_leave, made)
        unit.add(tables.video_leave, replace(made, asked_by=2, reviewed_at=START))
        unit.add(tables.video_leave, replace(made, asked_by=3, suspended_at=START))

    with town.store.read() as unit:
        early, due = START + DAY - timedelta(microseconds=1), START + DAY
        assert [video_leaves.is_suspended(unit, user, due) for user in (1, 2, 3)] == [True, False, True]
        assert not video_leaves.is_suspended(unit, 1, early)
        assert [leave.asked_by for leave in video_leaves.unreviewed(unit, due)] == [1]
        assert video_leaves.unreviewed(unit, early) == ()


def test_the_polices_cameras_are_those_that_were_stated_to_be(town):
    with town.store.write() as unit:
        fresh = [replace(CAMERAS[0], id=0, code=code, gb_id="") for code in ("C401", "C402")]
        sources = [Source(0, "x", "1", attributes={"owner": "police"}), Source(0, "x", "2", attributes={"owner": "centre"})]
        theirs, ours = register.write(unit, fresh, sources, [("", "")] * 2)

    with town.store.read() as unit:
        assert video_leaves.police_cameras(unit, (1, theirs, ours)) == {theirs}
        assert video_leaves.police_cameras(unit, ()) == frozenset()
