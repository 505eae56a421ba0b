"""Marks on the way: through an open look of one's own, with the case, as a row of the register of looks and a line of the history."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from console.domain.camera import VideoAccess
from console.domain.errors import Invalid, Missing, Refused
from console.domain.sighting import Seen, Sighting
from console.store import retention, tables

REASON = "查看井盖现场"


def look(town, camera=1, login="duty"):
    return town.video.open_live(town.actor(login), (camera,), "V3", REASON)[0].access_id


def mark(town, case_id, access_id, heading=90.0, words=""):
    return town.sightings.mark(town.actor("duty"), access_id, case_id, Seen(town.clock.now(), heading, words))


def marks(town):
    with town.store.read() as unit:
        v = tables.video_access.c
        return unit.records(VideoAccess, unit.rows(select(tables.video_access).where(v.kind == "mark").order_by(v.id)))


def test_a_mark_keeps_camera_place_time_and_way(town):
    case_id, access_id = town.report().case_id, look(town)
    town.wait(30)
    made = mark(town, case_id, access_id)
    (row,) = marks(town)
    now = town.clock.now()
    assert made == Sighting(made.id, case_id, row.id, 1, "C301", 115.2005, 36.101, 90.0, now, 1, "值班员甲")
    told = (row.camera_id, row.purpose, row.case_id, row.reason, row.user_name, row.opened_at, row.closed_at)
    assert told == (1, "V1", case_id, REASON, "值班员甲", now, now)
    assert town.sightings.of_case(town.actor("duty"), case_id) == (made,)


def test_the_trace_follows_the_times_and_not_the_order_of_marking(town):
    case_id, first, second = town.report().case_id, look(town, 1), look(town, 2)
    duty, seen_at = town.actor("duty"), town.clock.now()
    town.wait(60)
    mark(town, case_id, second)
    town.sightings.mark(duty, first, case_id, Seen(seen_at))
    assert [one.code for one in town.sightings.of_case(duty, case_id)] == ["C301", "C302"]


def test_the_history_of_the_case_tells_of_it_and_its_line_names_nobody(town):
    case_id = town.report().case_id
    mark(town, case_id, look(town), words="黄色挖掘机，电话13800001234")
    row = town.ask.case_desk(town.actor("duty"), case_id).timeline[-1]
    assert (row.op, row.kind, row.actor, row.text) == ("seen", "sighting", "值班员甲", "黄色挖掘机，电话138****1234")
    assert {name: row.facts[name] for name in ("case", "camera", "code", "heading")} == {
        "case": case_id, "camera": 1, "code": "C301", "heading": 90.0,
    }  # fmt: skip
    assert "黄色" not in str(row.facts)


def test_who_does_not_look_marks_nothing(town):
    case_id, theirs, ended = town.report().case_id, look(town, login="leader"), look(town)
    town.video.close_live(town.actor("duty"), (ended,))
    for access_id in (theirs, ended, 999):
        with pytest.raises(Missing):
            mark(town, case_id, access_id)
    assert marks(town) == ()


def test_a_case_one_may_not_know_of_takes_no_mark_and_tells_no_trace(town):
    with pytest.raises(Missing):
        mark(town, 777, look(town))
    with pytest.raises(Missing):
        town.sightings.of_case(town.actor("stranger"), town.report().case_id)


def test_a_case_that_has_ended_takes_no_mark(town):
    case_id, access_id = town.report().case_id, look(town)
    with town.store.write() as unit:
        unit.run(update(tables.case).values(state="90"))
    with pytest.raises(Refused):
        mark(town, case_id, access_id)


@pytest.mark.parametrize("seconds", [-1, 31])
def test_an_instant_outside_the_look_is_refused(town, seconds):
    case_id, access_id, opened = town.report().case_id, look(town), town.clock.now()
    town.wait(30)
    with pytest.raises(Invalid):
        town.sightings.mark(town.actor("duty"), access_id, case_id, Seen(opened + timedelta(seconds=seconds)))
    assert marks(town) == ()


def test_no_direction_is_fine_and_a_wrong_one_is_not(sqlite_town):
    case_id, access_id = sqlite_town.report().case_id, look(sqlite_town)
    assert mark(sqlite_town, case_id, access_id, None).heading_deg is None
    with pytest.raises(Invalid):
        mark(sqlite_town, case_id, access_id, 360.0)


def test_marks_are_taken_away_with_the_rest_of_what_a_case_keeps_of_people(town):
    case_id = town.report().case_id
    mark(town, case_id, look(town), words="黄色挖掘机")
    with town.store.write() as unit:
        night = retention.begin(unit, "2026-11-23", town.clock.now())
        taken = [retention.take_away(unit, night, case_id, "SJ1") for _ in range(4)]
        kinds = {row[0] for row in unit.rows(select(tables.deletion_item.c.kind).where(tables.deletion_item.c.report_id == night.id))}
    assert taken == [1, 1, 1, 0]  # the report, the words, the mark
    assert kinds == {"report", "remark", "sighting"}
    assert town.sightings.of_case(town.actor("duty"), case_id) == ()


def test_what_was_recorded_is_marked_at_its_own_time_through_an_open_playback(town):
    case_id, access_id = town.report().case_id, look(town)
    with town.store.write() as unit:
        unit.run(update(tables.video_access).values(kind="playback"))
    seen_at = town.clock.now() - timedelta(minutes=20)
    made = town.sightings.mark(town.actor("duty"), access_id, case_id, Seen(seen_at, 90.0, "黄色挖掘机 向东"))
    (row,) = marks(town)
    assert (made.at, row.opened_at) == (seen_at, town.clock.now())
    with pytest.raises(Invalid):
        town.sightings.mark(town.actor("duty"), access_id, case_id, Seen(town.clock.now() + timedelta(seconds=1)))
