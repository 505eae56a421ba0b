"""A case's own rules: needs and relations of its steps."""

from dataclasses import replace

import pytest

from console.domain.case import (
    has_closing,
    has_one_lead,
    has_reason,
    is_not_handler,
    is_ordinary,
    is_urgent,
    may_close,
    not_acked,
)
from console.domain.errors import Refused
from tests.domain.test_flow import AT, a_case, an_actor


def code_of(need, case, facts) -> str:
    try:
        need(case, facts)
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(("priority", "urgent", "ordinary"), [("P1", "", "is_urgent"), ("P2", "", "is_urgent"),
                                                              ("P3", "not_urgent", ""), ("P4", "not_urgent", "")])  # fmt: skip
def test_quick_and_straight_dispatch_share_the_priorities(priority, urgent, ordinary):
    case = a_case("10", priority)

    assert (code_of(is_urgent, case, {}), code_of(is_ordinary, case, {})) == (urgent, ordinary)


@pytest.mark.parametrize(("facts", "code"), [({"leads": 1, "repeated": None}, ""), ({"leads": 0}, "one_lead"), ({"leads": 2}, "one_lead"),
                                             ({"leads": 1, "repeated": 3}, "unit_twice"), ({}, "one_lead")])  # fmt: skip
def test_a_dispatch_has_exactly_one_lead_and_nobody_twice(facts, code):
    assert code_of(has_one_lead, a_case("30", "P4"), facts) == code


@pytest.mark.parametrize(("reason", "code"), [("派错单位", ""), ("", "needs_reason"), ("  \n", "needs_reason"), (None, "needs_reason")])
def test_a_reason_has_words(reason, code):
    assert code_of(has_reason, a_case("40", "P4"), {"reason": reason}) == code


def test_closing_needs_its_type_and_the_citizens_words():
    case = a_case("70", "P4")

    assert code_of(has_closing, case, {"close_type": "done", "public_reply": "已修复"}) == ""
    assert code_of(has_closing, case, {"close_type": "done", "public_reply": " "}) == "needs_text"
    assert code_of(has_closing, case, {"close_type": "", "public_reply": "已修复"}) == "needs_text"


def test_who_handled_a_case_does_not_check_it():
    case = replace(a_case("60", "P4"), handler_ids=(6, 7))

    assert is_not_handler(case, replace(an_actor(frozenset({"R11"})), user_id=5))
    assert not is_not_handler(case, replace(an_actor(frozenset({"R11", "R09"})), user_id=7))


@pytest.mark.parametrize(("priority", "role", "may"), [("P1", "R16", False), ("P1", "R17", True), ("P2", "R07", False), ("P3", "R07", True),
                                                       ("P4", "R16", True), ("P4", "R17", False)])  # fmt: skip
def test_the_director_closes_what_is_urgent_and_the_desk_the_rest(priority, role, may):
    assert may_close(a_case("70", priority), an_actor(frozenset({role}))) is may


def test_a_case_is_acknowledged_once():
    case = a_case("10", "P1")

    assert not_acked(case, an_actor(frozenset()))
    assert not not_acked(replace(case, acked_at=AT), an_actor(frozenset()))


def test_a_case_without_both_coordinates_has_no_place():
    case = a_case("10", "P1")

    assert not case.place_known
    assert not replace(case, lon=115.2).place_known
    assert replace(case, lon=115.2, lat=36.1).place_known
