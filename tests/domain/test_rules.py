"""The guards of the flow, one by one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.errors import Refused
from console.domain.rules import (
    came_from,
    came_within,
    either,
    has_note_or_photo,
    has_pair_of_photos,
    has_reply,
    has_score,
    has_way_on,
    is_at_upper,
    is_dispute,
    is_emergency,
    is_in_area,
    is_merging_alike,
    is_never_reworked_twice,
    is_own_report,
    is_owner,
    is_reworked_twice,
    is_shown_on_site,
    waited_long_enough,
    waited_three_days,
)
from tests.domain.test_flow import AT, a_case, an_actor

NOBODY = an_actor(frozenset())


def code_of(need, case, facts) -> str:
    try:
        need(case, facts)
    except Refused as refused:
        return refused.code
    return ""


def test_a_rejection_tells_the_reporter_and_names_the_right_body():
    case = a_case("10", "P4")

    assert code_of(has_reply, case, {"public_reply": " "}) == "needs_text"
    assert code_of(has_way_on, case, {"reason_code": "1", "right_body": ""}) == "needs_right_body"
    assert code_of(has_way_on, case, {"reason_code": "1", "right_body": "县信访局"}) == ""
    assert code_of(has_way_on, case, {"reason_code": "4"}) == ""


@pytest.mark.parametrize(("facts", "code"), [({"text": "属实"}, ""), ({"photos": ("a",)}, ""), ({}, "needs_text_or_photo")])
def test_a_verification_shows_something(facts, code):
    assert code_of(has_note_or_photo, a_case("15", "P4"), facts) == code


@pytest.mark.parametrize(("facts", "code"), [({"text": "电话核实"}, ""), ({"photos_after": 1}, ""),
                                             ({"photos_before": 1}, "needs_check_note")])  # fmt: skip
def test_a_check_rests_on_a_photo_of_afterwards_or_a_note(facts, code):
    assert code_of(is_shown_on_site, a_case("60", "P4"), facts) == code


def test_who_handles_alone_shows_before_and_after():
    case = a_case("10", "P4")

    assert code_of(has_pair_of_photos, case, {"photos_before": 0, "photos_after": 1}) == "needs_photo_before"
    assert code_of(has_pair_of_photos, case, {"photos_before": 1, "photos_after": 0}) == "needs_photo_after"
    assert code_of(has_pair_of_photos, case, {"photos_before": 1, "photos_after": 1}) == ""


@pytest.mark.parametrize("lacking", ["is_other", "is_open", "same_kind", "same_place", "same_time"])
def test_cases_are_merged_only_when_they_are_one(lacking):
    alike = dict.fromkeys(("is_other", "is_open", "same_kind", "same_place", "same_time"), True)

    assert code_of(is_merging_alike, a_case("10", "P4"), alike) == ""
    assert code_of(is_merging_alike, a_case("10", "P4"), alike | {lacking: False}) == f"merge_{lacking}"


def test_thirty_days_after_its_end_a_case_is_reopened_no_more():
    case = replace(a_case("90", "P4"), ended_at=AT)

    assert code_of(came_within, case, {"now": AT + timedelta(days=30)}) == ""
    assert code_of(came_within, case, {"now": AT + timedelta(days=30, seconds=1)}) == "reopen_too_late"


def test_a_level_is_skipped_after_three_days_of_handling():
    case = replace(a_case("50", "P4"), done_sign=AT)

    assert code_of(waited_three_days, case, {"now": AT + timedelta(days=3)}) == ""
    assert code_of(waited_three_days, case, {"now": AT + timedelta(days=3, seconds=-1)}) == "skip_too_early"
    assert code_of(waited_three_days, replace(case, done_sign=None), {"now": AT + timedelta(days=9)}) == "skip_too_early"


def test_nobody_reached_is_archived_after_three_days():
    case = replace(a_case("80", "P4"), done_close=AT)

    assert code_of(waited_long_enough, case, {"now": AT + timedelta(days=3)}) == ""
    assert code_of(waited_long_enough, case, {"now": AT + timedelta(days=2, hours=23)}) == "call_back_first"


@pytest.mark.parametrize(("score", "called_back", "answered", "code"), [
    ("5", 0, False, ""), ("3", 0, False, ""), ("2", 0, False, "call_back_returns"), ("1", 1, False, "supervise_first"),
    ("1", 1, True, ""), ("0", 0, False, "needs_score"), ("", 0, False, "needs_score"),
])  # fmt: skip
def test_who_is_not_content_is_sent_back_once_and_then_answered_for(score, called_back, answered, code):
    case = replace(a_case("80", "P4"), called_back=called_back)

    assert code_of(has_score, case, {"score": score, "answered": answered}) == code


@pytest.mark.parametrize(("path", "inside"), [("/1/2/", True), ("/1/2/4/", True), ("/1/", False), ("/1/22/", False), ("/1/3/", False)])
def test_a_case_belongs_to_the_own_centre_or_one_below(path, inside):
    assert is_in_area(replace(a_case("10", "P4"), owner_path=path), NOBODY) is inside


def test_owner_upper_and_reporter_are_told_apart():
    case = replace(a_case("55", "P4"), owner_centre=4, target_centre=2, reporter_id=9)

    assert (is_owner(case, NOBODY), is_at_upper(case, NOBODY), is_own_report(case, NOBODY)) == (False, True, False)
    assert not is_own_report(replace(case, reporter_id=0), replace(NOBODY, user_id=0))
    assert either(is_owner, is_at_upper)(case, NOBODY)
    assert came_from("40")(case, NOBODY)
    assert not came_from("50")(case, NOBODY)


@pytest.mark.parametrize(("category", "priority", "emergency", "dispute"), [
    ("0102", "P4", False, True), ("1403", "P2", True, False), ("0602", "P1", True, False), ("0602", "P2", False, False),
])  # fmt: skip
def test_emergencies_and_disputes_are_known_by_their_group(category, priority, emergency, dispute):
    case = replace(a_case("50", priority), category=category)

    assert (is_emergency(case, NOBODY), is_dispute(case, NOBODY)) == (emergency, dispute)


@pytest.mark.parametrize(("reworked", "by_checker"), [(0, True), (1, True), (2, False), (3, False)])
def test_the_third_rework_is_the_directors(reworked, by_checker):
    case = replace(a_case("60", "P4"), reworked=reworked)

    assert is_never_reworked_twice(case, NOBODY) is by_checker
    assert is_reworked_twice(case, NOBODY) is not by_checker
