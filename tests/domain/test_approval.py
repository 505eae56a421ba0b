"""Leave: given by the director, never to oneself, used once and in time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.approval import VALID, Approval, check_decider, check_usable
from console.domain.errors import Denied, Refused
from console.domain.people import Actor

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ASKED = Approval(1, "queue", "why", 1, 2, NOW)
GRANTED = replace(ASKED, state="granted", decided_by=4, valid_until=NOW + VALID)


def somebody(user_id=4, role="R17"):
    return Actor(user_id, "x", 1, 2, "/1/2/", frozenset({role}))


def test_the_director_decides_on_others_requests():
    check_decider(somebody(), ASKED)


@pytest.mark.parametrize(
    ("actor", "approval", "code"),
    [(somebody(role="R16"), ASKED, "role"), (somebody(1), ASKED, "own_request"), (somebody(), GRANTED, "decided_already")],
)
def test_nobody_else_decides_and_nothing_twice(actor, approval, code):
    with pytest.raises((Denied, Refused)) as refused:
        check_decider(actor, approval)
    assert refused.value.code == code


def test_a_leave_is_good_for_a_day():
    check_usable(somebody(1), GRANTED, "queue", NOW + timedelta(hours=24))


@pytest.mark.parametrize(
    ("actor", "approval", "kind", "hours"),
    [
        (somebody(2), GRANTED, "queue", 0), (somebody(1), GRANTED, "board", 0), (somebody(1), GRANTED, "queue", 25),
        (somebody(1), ASKED, "queue", 0), (somebody(1), replace(GRANTED, state="used"), "queue", 0),
        (somebody(1), replace(GRANTED, valid_until=None), "queue", 0),
    ],
)  # fmt: skip
def test_any_other_use_is_denied(actor, approval, kind, hours):
    with pytest.raises(Denied):
        check_usable(actor, approval, kind, NOW + timedelta(hours=hours))
