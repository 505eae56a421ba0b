"""How far a task is: the words, the used share and the colour at every step of its way."""

from datetime import timedelta

import pytest

from console.domain.rows import BoardRow
from console.domain.task import Task
from console.ui.progress import lamp_of, order_key, seconds_left, task_look
from console.ui.wording import Named
from tests.make import CODES, START

UNITS = {2: Named(2, "南乐县住房和城乡建设局", "住建", ())}


def row(state, priority="P1", **more):
    values = {"release_at": START + timedelta(seconds=3), "released_at": None} | more
    task = Task(1, "T01", 7, "lead", 2, True, "", state, 1, START, **values)
    return BoardRow(task, 7, "SJ410923-20261123-000031", "井盖缺失/破损", priority, "南乐县住房和城乡建设局", "40")


def sent(**more):
    return row("awaiting", released_at=START, due_sign=START + timedelta(minutes=5), **more)


def look(one, seconds):
    return task_look(one, START + timedelta(seconds=seconds), CODES, UNITS).line


def test_a_held_task_says_for_how_long_it_can_be_taken_back():
    line = look(row("held"), 1.5)
    assert (line.number, line.who, line.words, line.left, line.lamp) == ("031", "住建（主）", "未释放 · 2 秒内可撤回", "—", "G")
    assert line.share == 0.5


def test_when_the_window_is_over_it_is_leaving():
    assert look(row("held"), 4).words == "正在送出"


def test_an_unsigned_task_shows_used_and_allowed_time():
    line = look(sent(), 130)
    assert (line.words, line.left) == ("未签收 2:10/5:00", "2:50")


@pytest.mark.parametrize(("seconds", "lamp"), [(239, "G"), (240, "Y"), (299, "Y"), (300, "R")])
def test_the_bar_is_amber_at_eighty_percent_and_red_when_past(seconds, lamp):
    assert look(sent(), seconds).lamp == lamp


def test_late_tasks_say_so_in_words_too():
    assert look(sent(), 250).words == "将到期 · 未签收"
    assert (look(sent(), 372).words, look(sent(), 372).left) == ("超期 · 未签收", "超 1:12")


def test_a_task_in_hand_runs_against_its_handling_limit():
    one = row("handling", released_at=START, due_handle=START + timedelta(hours=1))
    assert look(one, 18 * 60).words == "处置中 18:00/1小时"
    assert look(row("replied", released_at=START, due_handle=START + timedelta(hours=1)), 60).words.startswith("已反馈")
    arrived = row("handling", released_at=START, due_handle=START + timedelta(hours=1), on_site_at=START)
    assert look(arrived, 60).words.startswith("已到场")


def test_a_task_sent_back_names_the_reason():
    assert look(row("returned", refuse_reason="1 不归我们"), 60).words == "退回：非本单位职责"


def test_a_finished_task_is_calm():
    line = look(row("finished", released_at=START, due_handle=START, finished_at=START), 99)
    assert (line.words, line.lamp, line.left) == ("已完成", "G", "—")


def test_work_time_limits_use_up_work_time_only():
    # Handled from Monday 17:00 to Tuesday 10:30: one work hour each side of the night, so at 18:00 a third is used.
    start = START + timedelta(hours=7)
    one = row("handling", "P4", released_at=start, due_handle=start + timedelta(hours=17, minutes=30))
    assert lamp_of(one, start + timedelta(hours=10), CODES) == "G"
    assert round(task_look(one, start + timedelta(hours=10), CODES, UNITS).line.share, 2) == 0.33


def test_what_can_be_taken_back_stands_on_top_and_what_has_ended_below():
    rows = [row("finished", finished_at=START), sent(), row("held")]
    assert [one.task.state for one in sorted(rows, key=order_key)] == ["held", "awaiting", "finished"]


def test_seconds_are_rounded_up_and_end_at_zero():
    assert (seconds_left(START + timedelta(seconds=2.2), START), seconds_left(START, START + timedelta(seconds=9))) == (3, 0)
