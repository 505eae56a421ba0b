"""How a camera may turn, and when a lease has run out."""

from datetime import timedelta

import pytest

from console.domain.errors import Invalid
from console.domain.ptz import DEAD_MAN_S, Lease, Move
from tests.make import START


def test_a_lease_runs_out_at_its_end():
    lease = Lease(1, 1, 1, "甲", "A1", START, START + timedelta(seconds=30))

    assert not lease.is_over(START + timedelta(seconds=29))
    assert lease.is_over(START + timedelta(seconds=30))


@pytest.mark.parametrize(("move", "field"), [(Move(1.1), "pan"), (Move(tilt=-2), "tilt"), (Move(zoom=float("nan")), "zoom")])
def test_a_speed_beyond_its_ends_is_refused_by_name(move, field):
    with pytest.raises(Invalid) as refused:
        move.checked()
    assert refused.value.field == field


def test_a_still_move_is_still():
    assert Move().is_still
    assert not Move(zoom=-0.1).checked().is_still
    assert DEAD_MAN_S == 3.0, "handbook: dead-man 3 s"
