"""How a case ends: checked by somebody else, worked on again, closed by the right person with the right words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.errors import Denied, Invalid, Refused
from tests.service.test_cases import DONE, PHOTO, china, finished


def test_a_case_is_checked_and_closed(town):
    case = finished(town)
    assert (case.state, case.due_check) == ("60", town.clock.now() + timedelta(hours=1))
    town.wait(60)

    case = town.cases.check(town.actor("checker"), case.id, case.version)
    assert (case.state, case.done_check, case.due_close) == ("70", town.clock.now(), town.clock.now() + timedelta(hours=1))

    case = town.cases.close(town.actor("director"), case.id, case.version, DONE)
    assert (case.state, case.done_close, case.close_type, case.public_reply) == ("80", town.clock.now(), "done", "您反映的问题已解决")


def test_who_handled_a_case_may_not_check_it(town):
    case = finished(town)
    handler = replace(town.actor("checker"), user_id=town.actor("d10").user_id)

    with pytest.raises(Denied):
        town.cases.check(handler, case.id, case.version)
    with pytest.raises(Denied):
        town.cases.rework(handler, case.id, case.version, "未修好")


def test_rework_gives_half_the_time_but_at_least_four_work_hours(town):
    """0601 has 4 h: half is 12:01:10, four work hours from 10:01:10 end at 16:31:10 (T31)."""
    case = finished(town)
    town.wait(60)

    case = town.cases.rework(town.actor("checker"), case.id, case.version, "井盖松动")

    assert (case.state, case.reworked, case.due_handle, case.done_handle, case.due_check) == ("50", 1, china(16, 31, 10), None, None)
    task = town.ask.desk_inbox(town.actor("d10"))[0].task
    assert (task.state, task.due_handle, task.finished_at, task.refuse_reason) == ("handling", china(16, 31, 10), None, "井盖松动")


def test_rework_of_an_ordinary_case_gives_half_its_work_days(town):
    """0602 has 2 WD = 14 h of work: half is 7 h; from Monday 10:01:10 that is Tuesday 10:01:10."""
    case = finished(town, "0602")
    town.wait(60)

    case = town.cases.rework(town.actor("checker"), case.id, case.version, "灯仍不亮")

    assert case.due_handle == china(10, 1, 10, day=24)


def test_reworked_work_is_finished_and_checked_again(town):
    case = finished(town)
    case = town.cases.rework(town.actor("checker"), case.id, case.version, "井盖松动")
    task = town.ask.desk_inbox(town.actor("d10"))[0].task

    town.answer("d10", task, "finish", text="重新固定", photos=(PHOTO,))

    case = town.case(case.id)
    assert town.cases.check(town.actor("checker"), case.id, case.version).state == "70"


@pytest.mark.parametrize(
    ("category", "login", "closes"),
    [("0601", "director", True), ("0601", "leader", False), ("0601", "duty", False), ("0602", "leader", True), ("0602", "duty", True),
     ("0602", "checker", False)],
)  # fmt: skip
def test_the_right_person_closes(sqlite_town, category, login, closes):
    town = sqlite_town
    case = finished(town, category)
    case = town.cases.check(town.actor("checker"), case.id, case.version)

    if closes:
        assert town.cases.close(town.actor(login), case.id, case.version, DONE).state == "80"
    else:
        with pytest.raises(Denied):
            town.cases.close(town.actor(login), case.id, case.version, DONE)


@pytest.mark.parametrize(
    ("closing", "error", "code"),
    [
        (replace(DONE, close_type=""), Refused, "needs_text"),
        (replace(DONE, public_reply=" "), Refused, "needs_text"),
        (replace(DONE, close_type="vanished"), Invalid, "unknown_code"),
        (replace(DONE, text="字" * 2_001), Invalid, "too_long"),
        (replace(DONE, public_reply="字" * 2_001), Invalid, "too_long"),
    ],
)
def test_a_closing_is_complete(sqlite_town, closing, error, code):
    town = sqlite_town
    case = finished(town)
    case = town.cases.check(town.actor("checker"), case.id, case.version)

    with pytest.raises(error) as refused:
        town.cases.close(town.actor("director"), case.id, case.version, closing)

    assert refused.value.code == code
