"""A task's own rules: whose it is, what an answer needs, until when it may be returned."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.errors import Refused
from console.domain.task import (
    DESK_STATES,
    HELD,
    LIVE_STATES,
    RECALLED,
    TASK_FLOW,
    has_proof,
    has_reason_code,
    has_text,
    in_sign_time,
    is_own_unit,
    others_are_done,
)
from tests.domain.test_flow import AT, a_task, an_actor


def code_of(need, task, facts) -> str:
    try:
        need(task, facts)
    except Refused as refused:
        return refused.code
    return ""


def test_a_desk_sees_nothing_held_or_recalled():
    assert set(TASK_FLOW.states) - set(DESK_STATES) == {HELD, RECALLED, "settled"}
    assert set(LIVE_STATES) == {"held", "asked", "awaiting", "handling", "replied"}


def test_a_task_belongs_to_the_unit_that_was_asked():
    assert is_own_unit(a_task("awaiting"), an_actor(frozenset()))
    assert not is_own_unit(replace(a_task("awaiting"), org_id=3), an_actor(frozenset()))


def test_a_task_may_be_returned_up_to_its_sign_limit_and_not_after():
    task = replace(a_task("awaiting"), due_sign=AT)

    assert code_of(in_sign_time, task, {"now": AT}) == ""
    assert code_of(in_sign_time, task, {"now": AT + timedelta(microseconds=1)}) == "return_too_late"


@pytest.mark.parametrize(("need", "field", "code"), [(has_reason_code, "reason", "needs_reason"), (has_text, "text", "needs_text")])
def test_an_answer_says_something(need, field, code):
    assert code_of(need, a_task("handling"), {field: "说明"}) == ""
    assert code_of(need, a_task("handling"), {field: " "}) == code
    assert code_of(need, a_task("handling"), {}) == code


@pytest.mark.parametrize(("priority", "photos", "code"), [("P1", (), "needs_photo"), ("P2", (), "needs_photo"), ("P3", (), "needs_photo"),
                                                          ("P4", (), ""), ("P1", ("a",), ""), ("P3", ("a",), "")])  # fmt: skip
def test_what_is_not_ordinary_is_finished_with_a_picture(priority, photos, code):
    assert code_of(has_proof, a_task("handling"), {"priority": priority, "photos": photos}) == code


def test_the_lead_finishes_last_and_the_helpers_when_they_are_done():
    lead, helper = a_task("handling"), replace(a_task("handling"), kind="co")

    assert code_of(others_are_done, lead, {"open_co": 1}) == "co_open"
    assert code_of(others_are_done, lead, {"open_co": 0}) == ""
    assert code_of(others_are_done, helper, {"open_co": 2}) == ""
