"""What limits ask for by themselves: each lamp told once, over restarts and with two sweepers; pauses and call-backs end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from console.domain.errors import Refused
from console.service.applications import Applications, Wish
from console.service.cases import Closing
from console.service.timers import Timers
from console.store import uploads
from console.store.uploads import Upload
from tests.make import Town

pytestmark = pytest.mark.usefixtures("retold")


def pressed(town: Town, case_id: int) -> list[tuple[str, str]]:
    return [(each.category, each.card) for each in town.ask.case_desk(town.actor("duty"), case_id).supervisions]


def lamps(town: Town, case_id: int) -> list[object]:
    return [line.facts["lamp"] for line in town.ask.case_desk(town.actor("duty"), case_id).timeline if line.op == "lamp"]


def test_yellow_is_told_red_urges_with_a_yellow_plate_black_hangs_up_a_red_one(town):
    """0601 is P1: intake within two minutes; yellow from 40 s before, red at the end, black at twice the limit (CT-11, CT-12)."""
    case_id = town.report("0601").case_id
    seen = []
    for seconds in (79, 1, 39, 1, 119, 1, 86_400):
        town.wait(seconds)
        town.timers.round()
        seen.append((town.case(case_id).lamp, pressed(town, case_id)))

    urged = [("1", ""), ("2", "1")]
    assert seen == [("", []), ("Y", []), ("Y", []), ("R", urged), ("R", urged), ("K", [*urged, ("2", "2")]), ("K", [*urged, ("2", "2")])]
    case = town.case(case_id)
    assert (lamps(town, case_id), case.urged, case.card, case.lamp_at) == (["Y", "R", "K"], 1, "2", None)


def test_a_night_without_a_sweeper_skips_no_step(town):
    case_id = town.report("0601").case_id
    town.wait(86_400)
    Timers(town.desk).round()

    assert pressed(town, case_id) == [("1", ""), ("2", "1"), ("2", "2")]
    assert lamps(town, case_id) == ["K"]


def test_a_clock_that_jumps_ahead_and_back_tells_each_step_once(town):
    case_id = town.report("0601").case_id
    for seconds in (3 * 86_400, -3 * 86_400, 121, 3 * 86_400):  # three days ahead and back; then it is set right
        town.wait(seconds)
        town.timers.round()

    assert pressed(town, case_id) == [("1", ""), ("2", "1"), ("2", "2")]
    assert lamps(town, case_id) == ["K"]
    case = town.cases.accept(town.actor("duty"), case_id, town.case(case_id).version)
    assert (case.state, case.lamp) == ("20", "")


def test_four_sweepers_at_once_tell_each_lamp_once(town):
    cases = [town.report("0601").case_id for _ in range(4)]
    town.wait(121)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: Timers(town.desk).round(), range(4)))

    assert [pressed(town, case_id) for case_id in cases] == [[("1", ""), ("2", "1")]] * 4


def test_a_new_stage_begins_unlit_and_its_own_limit_is_told(town):
    case_id, duty = town.report("0601").case_id, town.actor("duty")
    town.wait(121)
    town.timers.round()
    case = town.cases.accept(duty, case_id, town.case(case_id).version)
    assert case.lamp == ""
    town.wait(181)
    town.timers.round()

    assert town.case(case_id).lamp == "R"
    assert lamps(town, case_id) == ["R", "R"]


def suspended(town: Town) -> int:
    case, tasks = town.worked()
    head = town.actor("d10head")
    asked = town.applications.ask_on_task(head, tasks[0].id, tasks[0].version, "ask_suspend", Wish("1", "诉讼中"))
    town.applications.decide(town.actor("director"), asked.id, asked.version, grant=True)
    return case.id


def test_a_pause_is_looked_at_every_ten_work_days_and_ends_after_ninety_days(town):
    case_id = suspended(town)
    since = town.clock.now()
    reviews = 0
    for _ in range(90):
        town.wait(86_400)
        town.timers.round()
    case = town.case(case_id)
    reviews = sum(line.op == "review" for line in town.ask.case_desk(town.actor("duty"), case_id).timeline)

    assert (case.suspended_at, case.suspended_s, case.state) == (None, 90 * 86_400, "50")
    assert reviews == 6, "90 days from Monday 2026-11-23 hold six times ten work days"
    assert town.clock.now() == since + timedelta(days=90)
    assert isinstance(Applications(town.desk), Applications)


def test_while_a_case_is_paused_no_lamp_turns(town):
    case_id = suspended(town)
    town.wait(9 * 86_400)
    town.timers.round()

    assert pressed(town, case_id) == []


def test_whoever_could_not_be_reached_for_three_days_is_archived(town):
    case, tasks = town.worked()
    with town.store.write() as unit:
        uploads.remember(unit, Upload("d" * 64, town.actor("d10").user_id, 1, 4, 3, town.clock.now()))
    town.answer("d10", tasks[0], "finish", text="已更换", photos=("d" * 64,))
    town.cases.check(town.actor("checker"), case.id, town.case(case.id).version)
    town.cases.close(town.actor("duty"), case.id, town.case(case.id).version, Closing("done", "已修复", "已修复"))
    town.wait(3 * 86_400 - 1)
    town.timers.round()
    before = town.case(case.id).state
    town.wait(1)
    town.timers.round()

    assert (before, town.case(case.id).state, town.case(case.id).satisfaction) == ("80", "90", "0")
    assert pressed(town, case.id) == []  # P3: the three days of the call-back end at the same instant
    with pytest.raises(Refused):
        town.endings.archive(town.actor("clerk"), case.id)


def test_the_limit_of_one_case_that_cannot_be_told_keeps_no_other_from_it(town, caplog):
    first, second = town.report("0601").case_id, town.report("0601").case_id
    town.wait(121)
    timers = Timers(town.desk)
    told = timers._lamp

    def stubborn(case_id: int) -> None:
        if case_id == first:
            raise Refused("stubborn")
        told(case_id)

    timers._lamp = stubborn
    with caplog.at_level("CRITICAL"):
        timers.round()

    assert (town.case(first).lamp, town.case(second).lamp) == ("", "R")
