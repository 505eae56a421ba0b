"""Who may decide on a change, and which change counts where and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.code_change import CODE_FLOW, CodeChange, next_turn, offers, parse_begin, standing_at
from console.domain.errors import Denied, Invalid, Refused
from console.domain.people import Actor

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
CHANGE = CodeChange(1, "categories", "0601", 2, {"limit": "4H", "lead": "D10"}, {"limit": "2H", "lead": "D10"}, 7, AT, LATER)


def actor(user_id: int, *roles: str) -> Actor:
    return Actor(user_id, "甲", 1, 2, "/1/2/", frozenset(roles))


def offered(change: CodeChange, who: Actor, now: datetime = AT) -> dict[str, str]:
    return {offer.action: offer.why_not.code if offer.why_not else "" for offer in offers(change, who, now)}


def test_a_change_names_the_values_that_differ():
    assert CHANGE.differing == ("limit",)
    assert replace(CHANGE, before={}).differing == ("limit", "lead")


def test_another_director_may_approve_or_refuse():
    assert offered(CHANGE, actor(8, "R17")) == {"approve": "", "refuse": "", "withdraw": ""}


def test_the_applicant_sees_why_not_and_may_withdraw():
    assert offered(CHANGE, actor(7, "R17")) == {"approve": "own_proposal", "refuse": "own_proposal", "withdraw": ""}
    assert offered(CHANGE, actor(7, "R16")) == {"withdraw": ""}


@pytest.mark.parametrize("roles", [("R06", "R07", "R08"), ("R19",), ("R23",), ("R01",)])
def test_others_are_offered_nothing(roles):
    assert offered(CHANGE, actor(8, *roles)) == {}


def test_an_administrator_proposes_and_approves_nothing():
    assert offered(CHANGE, actor(8, "R22")) == {}
    with pytest.raises(Denied):
        CODE_FLOW.step(CHANGE, actor(8, "R22"), "approve", {"actor": 8, "now": AT})


def test_when_its_day_has_passed_a_proposal_can_only_be_refused_or_withdrawn():
    assert offered(CHANGE, actor(8, "R17"), LATER) == {"approve": "day_passed", "refuse": "", "withdraw": ""}


@pytest.mark.parametrize(("state", "now", "may"), [
    ("approved", AT, {"withdraw": ""}), ("approved", LATER, {"withdraw": "day_passed"}), ("in_force", LATER, {}),
    ("refused", AT, {}), ("withdrawn", AT, {}),
])
def test_what_is_decided_can_be_withdrawn_until_it_begins(state, now, may):
    assert offered(replace(CHANGE, state=state), actor(8, "R17"), now) == may


def test_only_the_program_notes_that_a_change_is_in_force():
    approved = replace(CHANGE, state="approved")
    assert CODE_FLOW.step(approved, actor(0, "SYSTEM"), "take_effect", {}).target == "in_force"
    with pytest.raises(Denied):
        CODE_FLOW.step(approved, actor(8, "R17"), "take_effect", {})


def test_a_refusal_needs_words():
    with pytest.raises(Refused) as refused:
        CODE_FLOW.step(CHANGE, actor(8, "R17"), "refuse", {"actor": 8, "now": AT, "reason": " "})
    assert refused.value.code == "needs_reason"


def approved(number: int, centre: int, hours: int, limit: str = "2H", **more: object) -> CodeChange:
    values = {"state": "approved", "after": {"limit": limit}, **more}
    return replace(CHANGE, id=number, centre_id=centre, effective_from=AT + timedelta(hours=hours), **values)  # type: ignore[arg-type]


def counted(changes: list[CodeChange], chain: tuple[int, ...], hours: float) -> list[int]:
    return [one.id for one in standing_at(changes, chain, AT + timedelta(hours=hours))]


def test_a_change_counts_from_its_instant_on():
    changes = [approved(1, 2, 1)]
    assert [counted(changes, (1, 2), hours) for hours in (0.999, 1, 2)] == [[], [1], [1]]


def test_a_change_counts_below_its_centre_and_not_beside_it():
    changes = [approved(1, 2, 0)]
    assert [counted(changes, chain, 1) for chain in ((1,), (1, 2), (1, 2, 4), (1, 3))] == [[], [1], [1], []]


def test_the_root_comes_first_and_the_nearer_centre_lies_over_it():
    assert counted([approved(1, 2, 0), approved(2, 1, 1)], (1, 2), 2) == [2, 1]


def test_at_one_centre_the_last_to_begin_counts_whichever_was_proposed_first():
    assert counted([approved(1, 2, 3), approved(2, 2, 1)], (1, 2), 4) == [1]
    assert counted([approved(1, 2, 3), approved(2, 2, 1)], (1, 2), 2) == [2]
    assert counted([approved(1, 2, 1), approved(2, 2, 1)], (1, 2), 2) == [2]


def test_an_empty_row_lets_the_centre_follow_the_one_above_again():
    changes = [approved(1, 1, 0), approved(2, 2, 0), approved(3, 2, 1, after={})]
    assert counted(changes, (1, 2), 0.5) == [1, 2]
    assert counted(changes, (1, 2), 1) == [1]


@pytest.mark.parametrize("state", ["proposed", "refused", "withdrawn"])
def test_what_nobody_approved_never_counts(state):
    assert counted([approved(1, 2, 0, state=state)], (1, 2), 1) == []


def test_the_next_turn_is_the_earliest_that_is_decided():
    changes = [approved(1, 2, 5), approved(2, 1, 3), approved(3, 3, 1), approved(4, 2, 2, state="proposed")]
    assert next_turn(changes, (1, 2), AT) == AT + timedelta(hours=3)
    assert next_turn(changes, (1, 2), AT + timedelta(hours=3)) == AT + timedelta(hours=5)
    assert next_turn(changes, (1, 2), AT + timedelta(hours=5)) is None


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3, 4]), st.integers(0, 6)), max_size=12), st.integers(0, 7))
def test_between_two_turns_nothing_changes(pairs, hours):
    changes = [approved(number, centre, begins) for number, (centre, begins) in enumerate(pairs, start=1)]
    now = AT + timedelta(hours=hours)
    turn = next_turn(changes, (1, 2, 4), now) or now + timedelta(days=9)
    assert standing_at(changes, (1, 2, 4), now) == standing_at(changes, (1, 2, 4), turn - timedelta(microseconds=1))


@pytest.mark.parametrize(("text", "at"), [
    ("2026-11-24 08:00", datetime(2026, 11, 24, 0, 0, tzinfo=UTC)),
    (" 2026-11-24  8:00 ", datetime(2026, 11, 24, 0, 0, tzinfo=UTC)),
    ("2026-11-24", datetime(2026, 11, 23, 16, 0, tzinfo=UTC)),
])
def test_a_begin_is_written_as_a_day_and_an_hour_of_china(text, at):
    assert parse_begin(text) == at


@pytest.mark.parametrize(("text", "problem"), [
    ("11-24 08:00", "day_without_year"), ("11月24日", "day_without_year"), ("tomorrow", "bad_day"), ("", "bad_day"),
    ("2026-11-24 25:00", "bad_hour"), ("2026-11-24 noon", "bad_hour"),
])
def test_a_begin_without_year_or_hour_is_named(text, problem):
    with pytest.raises(Invalid) as refused:
        parse_begin(text)
    assert (refused.value.field, refused.value.code) == ("effective_from", problem)
