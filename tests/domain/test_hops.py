"""Hop codes as the handbook writes them (2.1, AC-9)."""

import pytest

from console.domain.hops import hop


@pytest.mark.parametrize(("source", "target", "to", "code"), [
    (6, 5, "U", "U6R1U5"), (5, 6, "U", "U5S1U6"), (4, 4, "D", "U4F0D4"), (5, 4, "U", "U5R1U4"), (4, 5, "U", "U4S1U5"),
    (4, 2, "U", "U4R2U2"),
])  # fmt: skip
def test_a_hop_says_who_passed_it_to_whom(source, target, to, code):
    assert hop(source, target, to=to) == code
