"""Rings as bytes are the rings they were packed from, and a damaged block is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import Invalid
from console.domain.packed import PackedRings, pack, pack_numbers
from console.domain.place import Grid, Point, rings_of

spots = st.builds(Point, st.floats(-180, 180), st.floats(-90, 90))
rings = st.lists(st.lists(spots, max_size=6).map(tuple), max_size=4).map(tuple)


@given(some=rings)
def test_they_come_back_to_the_last_bit(some):
    packed = pack(some)
    assert tuple(packed) == some
    assert packed == some
    assert (len(packed), packed.lengths) == (len(some), tuple(map(len, some)))
    assert PackedRings(packed.packed) == packed
    assert hash(packed) == hash(some)


def test_what_is_packed_already_stays():
    packed = pack(rings_of([[(115.0, 36.0), (115.1, 36.0), (115.0, 36.1), (115.0, 36.0)]]))
    assert pack(packed) is packed
    assert packed[0] == next(iter(packed))
    assert packed[:1] == tuple(packed)
    assert pack_numbers(packed.lengths, bytes(packed.numbers)) == packed


def test_the_form_is_fixed_so_that_other_programs_may_read_it():
    assert pack(rings_of([[(1.0, 2.0)]])).packed.hex() == "0100000001000000" + "000000000000f03f" + "0000000000000040"


def test_a_grid_holds_a_spot_whether_packed_or_not():
    square = rings_of([[(115.0, 36.0), (115.1, 36.0), (115.1, 36.1), (115.0, 36.1), (115.0, 36.0)]])
    grid = Grid("410923102204001", "B", 6, "410923102204", "", pack(square))
    assert grid.holds(Point(115.05, 36.05))
    assert not grid.holds(Point(115.2, 36.05))
    assert grid == Grid("410923102204001", "B", 6, "410923102204", "", square)


@pytest.mark.parametrize("damaged", [b"", b"\x01", b"\x01\x00\x00\x00", b"\x01\x00\x00\x00\x02\x00\x00\x00" + bytes(16), bytes(5)])
def test_a_damaged_block_is_refused(damaged):
    with pytest.raises(Invalid) as refused:
        PackedRings(damaged)
    assert refused.value.code == "bad_outline"
