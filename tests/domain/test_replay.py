"""Folding lines: order does not matter, words never come along, and a lamp is recomputed from lines alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.case import Case
from console.domain.journal import Entry
from console.domain.replay import UNTOLD, after_each, as_told, case_lamp, fold, told
from tests.domain.test_flow import AT, a_case
from tests.make import CODES


def lines(*cases: Case) -> list[Entry]:
    made, before = [], None
    for version, case in enumerate(cases, start=1):
        states = (before.state if before else "", case.state)
        made.append(Entry(version, 0, 0, AT, 1, "A1", "x", "case", 1, version, *states, {"set": told(before, case)}))
        before = case
    return made


FIRST = replace(a_case("10", "P4"), due_accept=AT + timedelta(hours=1))
SECOND = replace(FIRST, state="20", due_file=AT + timedelta(hours=2), flags=("late",), handler_ids=(3, 4))
THIRD = replace(SECOND, state="30", due_file=None, flags=(), suspended_s=7)


def test_the_lines_of_a_record_fold_to_it_in_whatever_order_they_come():
    first, second, third = lines(FIRST, SECOND, THIRD)

    assert fold([third, first, second]) == as_told(replace(THIRD, version=3), 3, "30")
    assert fold([first, second]) == as_told(SECOND, 2, "20")


def test_a_record_is_told_as_it_stood_after_each_of_its_lines():
    told_lines = lines(FIRST, SECOND, THIRD)

    found = list(after_each(reversed(told_lines)))

    assert [line for line, _ in found] == told_lines
    assert [past for _, past in found] == [fold(told_lines[:count]) for count in (1, 2, 3)]


def test_words_and_names_are_never_told():
    personal = replace(FIRST, title="张三家", content="电话 13800000000", address="某路", close_text="已修复", lon=115.2, lat=36.1)

    assert set(told(FIRST, personal)) == set()
    assert {"title", "content", "address", "public_reply", "text", "advice", "instruction", "reporter_id", "lon", "lat"} <= UNTOLD


def test_lines_of_two_records_are_no_record():
    first, second, _ = lines(FIRST, SECOND, THIRD)
    with pytest.raises(ValueError, match="one record"):
        fold([first, replace(second, ref=2)])
    with pytest.raises(ValueError, match="one record"):
        fold([])


def test_what_no_line_spoke_of_is_absent():
    with pytest.raises(AttributeError):
        _ = fold(lines(FIRST)).content


@pytest.mark.parametrize(("changes", "after", "colour"), [
    ({}, timedelta(0), "G"), ({}, timedelta(minutes=59), "Y"), ({}, timedelta(minutes=90), "R"), ({}, timedelta(days=9), "K"),
    ({"suspended_at": AT}, timedelta(days=9), "S"), ({"state": "90"}, timedelta(days=9), "D"), ({"state": "40"}, timedelta(days=9), "G"),
])  # fmt: skip
def test_a_lamp_is_told_by_lines_alone(changes, after, colour):
    """P4 intake has 60 work minutes; AT is Monday 10:00 in China."""
    case = replace(FIRST, **changes)

    assert case_lamp(case, AT + after, CODES) == case_lamp(fold(lines(case)), AT + after, CODES) == colour
