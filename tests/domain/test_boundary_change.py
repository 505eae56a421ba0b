"""Who may do what with a change of boundaries, and why a button is off."""

import pytest

from console.domain.boundary_change import APPROVED, BOUNDARY_FLOW, PROPOSED, BoundaryChange, offers
from console.domain.errors import Denied, Refused
from console.domain.people import Actor
from tests.make import CODES, START

CHANGE = BoundaryChange(1, 5, 16, START, "调整", "grids.shp", 2, 2)


def somebody(role: str, level: int, user_id: int = 99) -> Actor:
    return Actor(user_id, "某人", 1, 1, "/1/", frozenset({role}), level=level)


def may(actor: Actor) -> set[str]:
    return {offer.action for offer in offers(CHANGE, actor) if offer.why_not is None}


@pytest.mark.parametrize("role", sorted(CODES.roles))
@pytest.mark.parametrize("level", [2, 3, 4, 5])
def test_every_role_at_every_level(role, level):
    decides = role in ("R04", "R17") and level < 5
    assert may(somebody(role, level)) == ({"approve", "refuse", "withdraw"} if decides else set())


@pytest.mark.parametrize("role", ["R04", "R05", "R17", "R22"])
def test_an_applicant_takes_back_and_never_decides(role):
    applicant = somebody(role, 4, user_id=16)
    assert may(applicant) == {"withdraw"}
    off = [offer for offer in offers(CHANGE, applicant) if offer.why_not is not None]
    assert {offer.why_not.code for offer in off} <= {"own_proposal"}
    assert {offer.action for offer in off} == ({"approve", "refuse"} if role in ("R04", "R17") else set())


def test_a_no_needs_a_reason_and_what_is_decided_stays():
    director = somebody("R17", 4)
    with pytest.raises(Refused):
        BOUNDARY_FLOW.step(CHANGE, director, "refuse", {"actor": 99, "reason": " "})
    assert BOUNDARY_FLOW.step(CHANGE, director, "refuse", {"actor": 99, "reason": "边界不清"}).target == "refused"
    with pytest.raises(Denied):
        BOUNDARY_FLOW.step(CHANGE, somebody("R05", 5), "approve", {"actor": 99})
    done = BoundaryChange(1, 5, 16, START, "", "", 1, 1, APPROVED)
    assert offers(done, director) == ()
    assert CHANGE.state == PROPOSED
