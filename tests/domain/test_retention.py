"""Retention classes and days (handbook G9): A 30 days, B a year, C three years, D by hold."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.case import OPEN_STATES, Case
from console.domain.retention import ENDED, class_of, ends_for_good, kept, night_of, without_persons
from tests.domain.test_flow import a_case

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def ended(state="80", **changes):
    return replace(a_case(state, "P3"), **{"category": "0601", "source": "01", "close_type": "done", **changes})


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        (ended(), "B"), (ended(category="0110"), "C"), (ended(source="04"), "A"), (ended(source="15"), "A"), (ended(source="16"), "A"),
        (ended(source="04", close_type="cannot"), "B"), (ended(source="04", category="0101"), "C"), (ended("91"), "A"), (ended("92"), "A"),
        (ended("93"), "A"), (ended("95"), "A"), (ended("95", category="0101"), "A"), (ended(retention_class="D"), "D"),
    ],
)  # fmt: skip
def test_every_case_that_ends_has_a_class(case, kind):
    assert class_of(case) == kind


@pytest.mark.parametrize(("case", "days"), [(ended(source="04"), 30), (ended(), 365), (ended(category="0110"), 1095)])
def test_ending_sets_the_day(case, days):
    assert kept(case, "70", NOW)["delete_after"] == NOW + timedelta(days=days)


@pytest.mark.parametrize("state", ENDED)
def test_there_is_a_day_in_every_end_state(state):
    assert kept(ended(state), "60", NOW)["delete_after"] > NOW


def test_archiving_keeps_the_day_of_the_closing():
    assert kept(ended("90"), "80", NOW) == {}


def test_a_case_that_is_taken_up_again_has_no_day():
    assert kept(ended("50"), "80", NOW) == {"delete_after": None}


@pytest.mark.parametrize("state", [state for state in OPEN_STATES if state not in ENDED])
def test_a_case_under_way_has_no_day(state):
    assert kept(ended(state), "10", NOW) == {}


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (datetime(2026, 11, 23, 17, 59, tzinfo=UTC), "2026-11-23"),  # 01:59 in China still belongs to the night before
        (datetime(2026, 11, 23, 18, 0, tzinfo=UTC), "2026-11-24"),
    ],
)
def test_a_night_begins_at_two_in_china(at, night):
    assert night_of(at) == night


def test_what_stays_is_category_time_grid_and_durations():
    changed = set(without_persons("井盖"))
    stays = {"category", "grid", "division", "occurred_at", "reported_at", "priority", "state", "number", "lead_org", "close_type"}
    durations = {field.name for field in fields(Case) if field.name.startswith(("due_", "done_"))}

    assert not changed & (stays | durations)
    assert {"content", "address", "lon", "lat", "reporter_id", "close_text", "public_reply"} <= changed


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [("80", "90", True), ("10", "91", True), ("90", "20", False), ("70", "80", None), ("80", "50", None), ("50", "95", None)],
)  # fmt: skip
def test_only_what_is_archived_or_came_to_nothing_is_over_for_good(before, after, said):
    """The day of clips counts from the archive (G2); a merged case lives on in another."""
    assert ends_for_good(before, after) is said
