"""Clusters of pins: cells fixed to the world, the most urgent first, nothing lost or counted twice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ui.map.clusters import clustered

CELL = 1 / 2**12  # of the world's side, at step 10


def at(*cells):
    """Places in the middle of these cells of step 10."""
    return (np.array(cells, dtype=float) + 0.5) * CELL


def test_those_of_a_cell_stand_together_at_their_middle_under_the_first():
    found = clustered(at((5, 5), (9, 9), (5.2, 5), (5, 5.4)), 10)
    assert sorted(zip(found.firsts.tolist(), found.counts.tolist(), strict=True)) == [(0, 3), (1, 1)]
    three = found.firsts.tolist().index(0)
    assert found.members(three) == [0, 2, 3]
    assert found.middles[three] == pytest.approx(np.mean(at((5, 5), (5.2, 5), (5, 5.4)), axis=0))


def test_a_step_nearer_parts_a_cell_in_four():
    places = at((5.1, 5.1), (5.1, 5.9), (5.9, 5.1), (5.9, 5.9)) - CELL / 2
    assert clustered(places, 10).counts.tolist() == [4]
    assert clustered(places, 11).counts.tolist() == [1, 1, 1, 1]


def test_a_flag_of_one_is_a_flag_of_its_cluster():
    found = clustered(at((5, 5), (5, 5), (9, 9)), 10)
    flags = found.any_of(np.array([False, True, False]))
    assert {int(first): bool(flag) for first, flag in zip(found.firsts, flags, strict=True)} == {0: True, 2: False}


def test_the_highest_rank_of_a_cluster_is_its_rank():
    found = clustered(at((5, 5), (5, 5), (9, 9)), 10)
    ranks = found.most_of(np.array([1, 3, 0]))
    assert {int(first): int(rank) for first, rank in zip(found.firsts, ranks, strict=True)} == {0: 3, 2: 0}


def test_no_pins_no_clusters():
    found = clustered(np.empty((0, 2)), 10)
    assert len(found.firsts) == len(found.counts) == len(found.middles) == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=60), st.integers(5, 19))
def test_every_pin_is_in_one_cluster_whose_first_is_its_most_urgent(places, level):
    found = clustered(np.array(places), level)
    assert found.counts.sum() == len(places)
    for cluster, first in enumerate(found.firsts):
        members = found.members(cluster)
        assert members[0] == first == min(members)
        assert len(members) == found.counts[cluster]
