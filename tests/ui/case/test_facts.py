"""What the card says of a case at a glance."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.report import Report
from console.domain.rows import BoardRow
from console.domain.task import Task
from console.ui.case.facts import due_words, facts_of, proposal, state_fact
from console.ui.case.plan import first_plan
from tests.make import CODES, START
from tests.ui.case.cards import CASE, SUGGESTION, reading

REPORT = Report(
    1, "k", "01", 9, "张三丰", "13800000009", False, "0601", "", "", None, None, None, "", None, None, "", "", None, START, (), 7,
    "received",
)  # fmt: skip


def state(case, seconds, tasks=()):
    return state_fact(case, tasks, START + timedelta(seconds=seconds), CODES)


@pytest.mark.parametrize(
    ("seconds", "words", "lamp"),
    [(58, "待受理（未接警） · 剩余 1:02", "G"), (100, "待受理（未接警） · 剩余 0:20", "Y"), (150, "待受理（未接警） · 超 0:30", "R")],
)
def test_the_state_says_what_is_left_of_its_limit(seconds, words, lamp):
    fact = state(CASE, seconds)
    assert (fact.value, fact.lamp) == (words, lamp)


def test_an_acknowledged_case_says_so():
    assert state(replace(CASE, acked_at=START), 0).value.startswith("待受理（已接警）")


def test_a_held_dispatch_says_for_how_long_it_can_be_recalled():
    task = Task(1, "T", 7, "lead", 2, True, "", "held", 1, START, START + timedelta(seconds=3))
    row = BoardRow(task, 7, CASE.number, CASE.title, "P1", "住建", "40")
    assert state(replace(CASE, state="40"), 1.2, (row,)).value == "待签收 · 未释放，2 秒内可撤回"


def test_a_state_without_a_limit_has_no_clock():
    assert state(replace(CASE, state="80"), 0).value == "待评价"


def test_personal_details_are_masked():
    said = {fact.label: fact.value for fact in facts_of(reading(reports=(REPORT,)), CODES)}
    assert said["上报"] == "张** · 138****0009 · 网格员上报 · 10:00:00"
    assert said["内容"] == "井盖缺失，电话138****1234"


def test_a_protected_reporter_is_not_named():
    said = {fact.label: fact.value for fact in facts_of(reading(reports=(replace(REPORT, protected=True),)), CODES)}
    assert said["上报"] == "受保护的上报人 · 网格员上报 · 10:00:00"


def test_marks_are_explained_and_a_missing_position_is_said():
    case = replace(CASE, flags=("no_position",), lon=None, lat=None)
    said = {fact.label: fact.value for fact in facts_of(reading(case), CODES)}
    assert said["位置"] == "仓颉路小学西门 · 无位置"
    assert "没有位置" in said["注意"]


def test_the_proposal_names_units_and_reason_and_who_is_missing_here():
    head, why = proposal(reading(suggestion=replace(SUGGESTION, absent=("D29",))), CODES)
    assert head == "建议派遣：住建（主）、水气热（协）、通信（协）"
    assert why == "职责 0601 · 处置时限 4小时 · 本中心无：供电"


def test_the_strip_says_when_it_will_be_due():
    # Dispatched at 10:00, a missing cover is handled within four hours and signed within five minutes.
    assert due_words(first_plan(CASE, SUGGESTION), START, CODES) == "处置 4小时，至 14:00 · 签收 5分"
