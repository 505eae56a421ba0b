"""The roster: a duty has a length, and its part belongs to certain roles."""

from datetime import timedelta

import pytest

from console.domain.duty import check_span, may_stand
from console.domain.errors import Invalid
from tests.make import START


@pytest.mark.parametrize("hours", [0.5, 8, 24, 36])
def test_a_duty_lasts_up_to_a_day_and_a_half(hours):
    check_span(START, START + timedelta(hours=hours))


@pytest.mark.parametrize("hours", [0, -1, 36.1])
def test_a_duty_that_ends_before_it_began_or_never_is_refused(hours):
    with pytest.raises(Invalid) as wrong:
        check_span(START, START + timedelta(hours=hours))
    assert (wrong.value.field, wrong.value.code, wrong.value.facts) == ("ends_at", "duty_span", {"most": 36})


@pytest.mark.parametrize(("part", "roles", "may"), [("leader", ("R16",), True), ("leader", ("R06",), False), ("officer", ("R06",), True),
                                                    ("video", ("R14",), True), ("video", ("R06",), False),
                                                    ("on_call", ("R09",), True)])  # fmt: skip
def test_a_part_belongs_to_its_roles(part, roles, may):
    assert may_stand(part, roles) is may
