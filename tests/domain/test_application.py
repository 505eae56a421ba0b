"""Applications: who decides what, never by who asked, and how far a delay may reach."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from console.domain.application import APPLICATION_FLOW, CASE_ACTS, Application, bound
from console.domain.errors import Denied, Refused
from console.domain.limits import Limit, parse_limit
from tests.domain.test_flow import AT, ROLE_SETS, an_actor
from tests.make import CODES

# Handbook 3.2 and 3.4: type, which round, who decides.
DECIDERS = {
    ("3", 1): "R08", ("3", 2): "R17", ("61", 0): "R17", ("6", 0): "R16", ("8", 0): "R16", ("10", 0): "R06", ("71", 0): "R08",
    ("72", 0): "R16", ("73", 0): "R16",
}  # fmt: skip


def an_application(kind: str, round_: int, *, state: str = "3", applicant: int = 7) -> Application:
    return Application(1, 1, 1, kind, "1", "", 1, "1", AT, AT, round_, "", applicant, 2, AT, state)


@pytest.mark.parametrize(("kind", "round_"), list(DECIDERS))
def test_only_the_listed_role_decides_and_nobody_his_own(kind, round_):
    for roles, state, action in product(ROLE_SETS, "0123", ("grant", "refuse", "take_back", "")):
        for applicant in (7, 50):  # the actor is 50
            legal = state == "3" and (
                (action in ("grant", "refuse") and DECIDERS[kind, round_] in roles and applicant != 50)
                or (action == "take_back" and applicant == 50 and bool(roles - {"SYSTEM"}))
            )
            try:
                asked = an_application(kind, round_, state=state, applicant=applicant)
                APPLICATION_FLOW.step(asked, an_actor(roles), action, {"advice": "同意"})
                taken = True
            except (Denied, Refused):
                taken = False
            assert taken == legal, (roles, state, action, applicant)


def test_every_type_has_its_decider_and_its_act():
    assert {kind for kind, _ in DECIDERS} == set(CASE_ACTS)
    assert set(CASE_ACTS) <= set(CODES.time_applications["type"])
    assert {step.target for step in APPLICATION_FLOW.steps} <= set(CODES.time_applications["decision"])


def test_who_refuses_says_why():
    with pytest.raises(Refused) as refused:
        APPLICATION_FLOW.step(an_application("3", 1), an_actor(frozenset({"R08"})), "refuse", {"advice": " "})
    assert refused.value.code == "needs_reason"


# A limit that ends on Friday 2023-11-10 at the last second; work days follow on Monday 13th.
FRIDAY = datetime(2023, 11, 10, 15, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(("first", "limit", "day"), [
    (True, "3WD", datetime(2023, 11, 15, 15, 59, 59, tzinfo=UTC)),  # one limit: three work days
    (True, "20WD", datetime(2023, 11, 17, 15, 59, 59, tzinfo=UTC)),  # no more than five work days
    (True, "24H", datetime(2023, 11, 11, 15, 59, 59, tzinfo=UTC)),  # one limit: a day
    (False, "3WD", datetime(2023, 11, 24, 15, 59, 59, tzinfo=UTC)),  # the second: ten work days
])  # fmt: skip
def test_a_delay_reaches_no_further_than_the_handbook_lets_it(first, limit, day):
    assert bound(first, parse_limit(limit), FRIDAY, CODES.calendar.with_days(frozenset(), frozenset())) == day


def test_a_limit_is_what_it_says():
    assert str(Limit(5, "WD")) == "5WD"
    assert replace(an_application("3", 1), round=2).round == 2
