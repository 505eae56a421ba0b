"""Urging counts, plates hang as high as the centre may, and their answers are written."""

from dataclasses import replace
from datetime import datetime

import pytest

from console.domain.errors import Denied, Invalid, Missing, Refused
from console.domain.limits import CHINA
from console.service.supervision import MARKS, Supervisions
from tests.make import Town

pytestmark = pytest.mark.usefixtures("retold")


def test_urging_counts_and_is_told(town):
    case, _ = town.worked()
    urged = town.supervisions.urge(town.actor("leader"), case.id, case.version, "群众多次来电")
    again = town.supervisions.urge(town.actor("supervisor"), case.id, urged.version)

    assert (again.urged, again.state, again.card) == (2, "50", "")
    line = next(line for line in town.ask.case_desk(town.actor("duty"), case.id).timeline if line.op == "urge")
    assert line.text == "群众多次来电"
    assert [each.category for each in town.ask.case_desk(town.actor("duty"), case.id).supervisions] == ["1", "1"]


def test_a_plate_wants_a_written_answer_within_a_work_day(town):
    """Monday 2026-11-23 10:00; one work day ends on Tuesday with its last second."""
    case, _ = town.worked()
    director = town.actor("director")
    with pytest.raises(Denied) as black:
        town.supervisions.supervise(director, case.id, case.version, "3", "限期办结")
    with pytest.raises(Invalid):
        town.supervisions.supervise(director, case.id, case.version, "1", " ")
    red = town.supervisions.supervise(director, case.id, case.version, "2", "限期办结")
    yellow = town.supervisions.supervise(director, case.id, red.version, "1", "再次提醒")
    assert (black.value.code, red.card, yellow.card) == ("plate", "2", "2")
    plate = town.ask.case_desk(director, case.id).supervisions[0]
    assert plate.reply_due == datetime(2026, 11, 24, 23, 59, 59, tzinfo=CHINA)

    with pytest.raises(Denied):
        town.supervisions.answer(town.actor("leader"), plate.id, plate.version, "已派人")
    with pytest.raises(Refused):
        town.supervisions.answer(town.actor("d10"), plate.id, plate.version, "")
    answered = town.supervisions.answer(town.actor("d10"), plate.id, plate.version, "已派人，今日完工")
    assert (answered.state, answered.reply_by, answered.reply_at) == ("answered", 6, town.clock.now())


def test_where_nobody_leads_the_hall_is_pressed_and_answers(town):
    case_id = town.report("0602").case_id
    town.supervisions.supervise(town.actor("supervisor"), case_id, 1, "3", "迟迟未受理")
    plate = town.ask.case_desk(town.actor("duty"), case_id).supervisions[0]

    assert (plate.to_org, plate.to_centre) == (None, 2)
    assert town.supervisions.answer(town.actor("leader"), plate.id, plate.version, "即办").state == "answered"


def test_marks_are_set_and_taken_off_and_emergency_is_the_directors(town: Town):
    case_id = town.report("0602").case_id
    duty, director = town.actor("duty"), town.actor("director")
    marked = town.supervisions.mark(duty, case_id, 1, "cross_county", is_on=True)
    with pytest.raises(Denied):
        town.supervisions.mark(duty, case_id, marked.version, "emergency_mode", is_on=True)
    with pytest.raises(Invalid):
        town.supervisions.mark(duty, case_id, marked.version, "joint", is_on=True)
    both = town.supervisions.mark(director, case_id, marked.version, "emergency_mode", is_on=True)
    off = town.supervisions.mark(duty, case_id, both.version, "cross_county", is_on=False)

    assert both.flags == ("cross_county", "emergency_mode")
    assert off.flags == ("emergency_mode",)
    assert len(MARKS) == 5
    assert isinstance(town.supervisions, Supervisions)


def test_each_director_takes_note_of_a_red_plate_for_himself(town):
    case_id = town.report("0601").case_id
    town.wait(86_400)
    town.timers.round()
    director, other = town.actor("director"), replace(town.actor("director"), user_id=99)
    (plate,) = town.supervisions.to_note(director).rows
    assert (plate.supervision.case_id, plate.supervision.card, plate.priority) == (case_id, "2", "P1")

    town.supervisions.note(director, plate.supervision.id)
    town.supervisions.note(director, plate.supervision.id)

    assert [town.supervisions.to_note(one).total for one in (director, other)] == [0, 1]
    with pytest.raises(Denied):
        town.supervisions.to_note(town.actor("duty"))
    with pytest.raises(Missing):
        town.supervisions.note(replace(director, user_id=98, centre_id=9, centre_path="/1/9/"), plate.supervision.id)
