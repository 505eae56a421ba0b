"""Asked and decided: delays, pauses, voiding, transfers, second returns; approver ≠ applicant, and what is granted is done at once."""

from datetime import timedelta

import pytest

from console.domain.errors import Denied, Invalid, Refused
from console.domain.limits import Limit, due
from console.service.applications import Wish
from tests.make import CODES, Town

pytestmark = pytest.mark.usefixtures("retold")


def asked_of(town: Town, case_id: int):
    return town.ask.case_desk(town.actor("duty"), case_id).applications[-1]


def ask(town: Town, login: str, case_id: int, action: str, wish: Wish, place: int = 0):
    task = town.tasks_of(case_id)[place]
    return town.applications.ask_on_task(town.actor(login), task.id, task.version, action, wish)


def decide(town: Town, login: str, application, *, grant: bool = True, advice: str = ""):
    return town.applications.decide(town.actor(login), application.id, application.version, grant=grant, advice=advice)


def test_the_first_delay_is_the_dispatchers_the_second_the_directors_and_there_is_no_third(town):
    """0602 street lamp: P4, handling limit 2WD (CT-06); first delay up to two work days, the second up to ten."""
    case, _ = town.worked()
    first = ask(town, "d10", case.id, "ask_delay", Wish("1", "等待配件", 1, "1"))
    with pytest.raises(Denied):
        decide(town, "director", first)
    decide(town, "duty", first)
    one = town.case(case.id)
    assert (one.delayed, one.due_handle) == (1, due(case.due_handle, Limit(1, "WD"), CODES.calendar))
    assert town.tasks_of(case.id)[0].due_handle == one.due_handle
    second = ask(town, "d10head", case.id, "ask_delay", Wish("2", "", 10, "1"))
    with pytest.raises(Denied):
        decide(town, "duty", second)
    decide(town, "director", second)
    assert town.case(case.id).due_handle == due(one.due_handle, Limit(10, "WD"), CODES.calendar)
    with pytest.raises(Refused) as third:
        ask(town, "d10", case.id, "ask_delay", Wish("1", "", 1, "1"))
    assert third.value.code == "no_more_delay"


def test_a_delay_is_asked_for_in_time_with_a_reason_and_not_for_too_long(town):
    case, _ = town.worked()
    for wish, kind, code in ((Wish("", "", 1), Refused, "needs_reason"), (Wish("77", "", 1), Invalid, "unknown_code"),
                             (Wish("1", "", 0), Refused, "needs_interval"), (Wish("1", "", 60, "2"), Refused, "delay_too_long"),
                             (Wish("1", "", 1, "9"), Invalid, "unknown_code")):  # fmt: skip
        with pytest.raises(kind) as wrong:
            ask(town, "d10", case.id, "ask_delay", wish)
        assert wrong.value.code == code
    town.clock.at = case.due_handle + timedelta(seconds=1)
    with pytest.raises(Refused) as late:
        ask(town, "d10", case.id, "ask_delay", Wish("1", "", 1))
    assert late.value.code == "delay_too_late"


def test_a_refusal_has_words_and_changes_nothing(town):
    case, _ = town.worked()
    asked = ask(town, "d10", case.id, "ask_delay", Wish("1", "", 1))
    with pytest.raises(Refused) as twice:
        ask(town, "d10", case.id, "ask_delay", Wish("1", "", 1))
    with pytest.raises(Refused) as silent:
        decide(town, "duty", asked, grant=False)
    refused = decide(town, "duty", asked, grant=False, advice="理由不足")

    assert (twice.value.code, silent.value.code) == ("asked_already", "needs_reason")
    assert (refused.state, refused.advice, town.case(case.id).due_handle) == ("2", "理由不足", case.due_handle)
    with pytest.raises(Refused):
        decide(town, "duty", refused)


def test_a_pause_stops_the_clock_and_everything_else_and_gives_the_rest_back(town):
    case, _ = town.worked()
    asked = ask(town, "d10head", case.id, "ask_suspend", Wish("3", "暴雨"))
    town.wait(3_600)
    decide(town, "director", asked)
    paused, since = town.case(case.id), town.clock.now()
    assert (paused.suspended_at, paused.running, paused.lamp_at) == (since, None, None)
    task = town.tasks_of(case.id)[0]
    with pytest.raises(Refused) as frozen:
        town.answer("d10", task, "finish", text="已更换", photos=())
    assert frozen.value.code == "suspended"
    town.answer("d10", task, "progress", text="等待雨停")
    left = CODES.calendar.between(since, case.due_handle)
    town.wait(20 * 86_400)

    resumed = town.applications.resume(town.actor("duty"), case.id, town.case(case.id).version)

    assert resumed.suspended_s == 20 * 86_400
    end = CODES.calendar.add(town.clock.now(), left)
    assert resumed.due_handle.date() == end.date()
    assert resumed.due_handle >= end
    assert town.tasks_of(case.id)[0].due_handle == resumed.due_handle
    with pytest.raises(Refused) as again:
        town.applications.resume(town.actor("duty"), case.id, resumed.version)
    assert again.value.code == "not_suspended"


def test_after_ninety_days_in_all_there_is_no_further_pause(town):
    case, _ = town.worked()
    decide(town, "director", ask(town, "d10head", case.id, "ask_suspend", Wish("1")))
    town.wait(90 * 86_400)
    town.applications.resume(town.actor("director"), case.id, town.case(case.id).version)
    with pytest.raises(Refused) as over:
        ask(town, "d10head", case.id, "ask_suspend", Wish("1"))
    assert over.value.code == "suspended_too_long"


def test_voiding_is_asked_by_one_and_granted_by_another_shift_leader(town):
    case, _ = town.sent("0602")
    leader = town.actor("leader")
    with pytest.raises(Invalid):
        town.applications.ask_on_case(leader, case.id, case.version, "ask_void", Wish("8"))
    town.applications.ask_on_case(leader, case.id, case.version, "ask_void", Wish("2", "误报"))
    asked = asked_of(town, case.id)
    with pytest.raises(Denied):
        decide(town, "leader", asked)
    decide(town, "leader2", asked)
    void = town.case(case.id)
    assert (void.state, void.ended_at, town.tasks_of(case.id)[0].state) == ("92", town.clock.now(), "recalled")


def test_another_lead_is_asked_for_by_the_head_and_granted_by_the_dispatcher(town):
    case, _ = town.worked()
    with pytest.raises(Invalid):
        ask(town, "d10head", case.id, "ask_transfer", Wish("", "属供水职责", target="6"))
    asked = ask(town, "d10head", case.id, "ask_transfer", Wish("", "属供水职责", target="3"))
    decide(town, "duty", asked)

    moved = town.case(case.id)
    assert (moved.state, moved.lead_org, moved.done_sign) == ("40", 3, None)
    assert [(task.org_id, task.kind, task.state) for task in town.tasks_of(case.id)] == [(2, "lead", "recalled"), (3, "lead", "awaiting")]
    town.answer("d30", town.tasks_of(case.id)[1], "sign")
    assert town.case(case.id).state == "50"


def test_the_second_return_is_the_shift_leaders_to_decide(town):
    from_hall = town.actor("duty")
    case, tasks = town.sent("0602")
    town.answer("d10", tasks[0], "return", reason="1", text="非本单位")
    from_case = town.case(case.id)
    town.cases.dispatch(from_hall, case.id, from_case.version, [town.ask.suggestion(from_hall, from_case).orders[0]])
    town.wait(10)
    town.sweep.round()
    task = town.tasks_of(case.id)[1]
    with pytest.raises(Refused) as second:
        town.answer("d10", task, "return", reason="1", text="非本单位")
    asked = ask(town, "d10", case.id, "ask_return", Wish("1", "非本单位"), 1)
    with pytest.raises(Denied):
        decide(town, "duty", asked)
    decide(town, "leader", asked)

    assert second.value.code == "leader_decides_return"
    after = town.case(case.id)
    assert (after.state, after.returned, town.tasks_of(case.id)[1].state) == ("30", 2, "returned")


def test_who_asked_takes_it_back_and_nobody_else(town):
    case, _ = town.worked()
    asked = ask(town, "d10", case.id, "ask_delay", Wish("1", "", 1))
    with pytest.raises(Denied):
        town.applications.take_back(town.actor("d10head"), asked.id, asked.version)
    assert town.applications.take_back(town.actor("d10"), asked.id, asked.version).state == "0"
