"""Roles that never meet in one person, where roles sit, and what each may do with accounts."""

import pytest

from console.domain import roles
from console.domain.errors import Invalid, Refused
from console.domain.people import Actor
from tests.make import CODES

BUSINESS = [f"R{number:02d}" for number in range(1, 24) if number not in (19, 22)]


def an_actor(*held: str, centre: int = 2, path: str = "/1/2/") -> Actor:
    return Actor(50, "某人", 1, centre, path, frozenset(held))


@pytest.mark.parametrize("apart", ["R19", "R22"])
def test_audit_and_system_administration_go_with_no_other_role(apart):
    for other in BUSINESS:
        with pytest.raises(Refused) as refused:
            roles.check_together((other, apart))
        assert refused.value.code == "roles_contradict"
        assert (refused.value.facts["first"], refused.value.facts["second"]) == (apart, other)
    roles.check_together((apart,))


def test_the_two_do_not_go_together_either():
    with pytest.raises(Refused) as refused:
        roles.check_together(("R22", "R19"))
    assert {refused.value.facts["first"], refused.value.facts["second"]} == {"R19", "R22"}


def test_business_roles_go_together():
    roles.check_together(tuple(BUSINESS))
    roles.check_together(())


@pytest.mark.parametrize(("role", "levels"), [("R01", {5}), ("R02", {5}), ("R05", {5}), ("R06", {3, 4}), ("R08", {2, 3, 4}),
                                              ("R11", {3, 4, 5}), ("R17", {2, 3, 4, 5}), ("R19", {2, 3}), ("R21", {3})])  # fmt: skip
def test_a_role_sits_where_the_handbook_says(role, levels):
    def sits(level: int) -> bool:
        try:
            roles.check_level((role,), level, CODES.roles)
        except Invalid as wrong:
            assert wrong.facts == {"role": role, "level": level}
            return False
        return True

    assert {level for level in (2, 3, 4, 5) if sits(level)} == levels


def test_a_role_nobody_knows_is_refused():
    with pytest.raises(Invalid) as wrong:
        roles.check_level(("R24",), 3, CODES.roles)
    assert wrong.value.code == "unknown_code"


@pytest.mark.parametrize(
    ("role", "what", "own", "below", "above"),
    [
        ("R22", "edit", True, True, False), ("R22", "import", True, True, False), ("R22", "decide", False, False, False),
        ("R22", "reset_factor", False, False, False), ("R04", "edit", True, False, False), ("R04", "import", False, False, False),
        ("R17", "decide", True, True, False), ("R17", "edit", False, False, False), ("R17", "read", True, True, False),
        ("R19", "read", True, True, False), ("R19", "edit", False, False, False), ("R16", "roster", True, False, False),
        ("R16", "read", False, False, False), ("R06", "read", False, False, False),
    ],
)  # fmt: skip
def test_what_a_role_may_do_with_accounts_and_where(role, what, own, below, above):
    actor = an_actor(role)

    assert roles.may_at(actor, what, 2, "/1/2/") is own
    assert roles.may_at(actor, what, 4, "/1/2/4/") is below
    assert roles.may_at(actor, what, 1, "/1/") is above
    assert not roles.may_at(actor, what, 3, "/1/3/")
    assert roles.may(actor, what) is (own or below)


def test_a_clerk_keeps_off_guarded_accounts():
    assert roles.may_touch(an_actor("R04"), ("R06", "R01"))
    assert not roles.may_touch(an_actor("R04"), ("R06", "R17"))
    assert roles.may_touch(an_actor("R22"), ("R17",))


def test_nobody_without_a_place_administers_anything():
    assert not roles.may_at(an_actor("R22", centre=0, path=""), "edit", 2, "/1/2/")
