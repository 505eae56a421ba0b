"""One feature at a time: what is repaired, how much by it changes, and what is refused."""

import numpy as np
import pytest

from console.domain.errors import Invalid
from console.domain.frame import WGS84, belt
from console.geo.drawn import Drawn
from console.geo.outlining import MANY, outlined
from console.geo.shapes import area_m2

KNOWN = (115.0, 35.5, 116.0, 36.5)
SQUARE = [(115.2, 36.1), (115.21, 36.1), (115.21, 36.11), (115.2, 36.11), (115.2, 36.1)]
HOLE = [(115.204, 36.104), (115.206, 36.104), (115.206, 36.106), (115.204, 36.106), (115.204, 36.104)]
FAR = [(lon + 0.1, lat) for lon, lat in SQUARE]
BESIDE = [(lon + 0.01, lat) for lon, lat in SQUARE]
SQUARE_M2 = 898.4 * 1111.95  # 0.01 by 0.01 degrees at 36.105° N


def drawn(*rings):
    return Drawn(1, {}, np.array([spot for ring in rings for spot in ring], dtype=float), tuple(map(len, rings)))


def told(*rings, frame=WGS84, known=KNOWN):
    found = outlined(drawn(*rings), frame, known)
    return found.shape, [(one.severity, one.problem) for one in found.remarks]


def test_a_sound_area_is_left_as_it_is():
    shape, said = told(SQUARE)
    assert said == []
    assert area_m2(shape) == pytest.approx(SQUARE_M2, rel=1e-3)


def test_holes_and_islands_count_by_where_they_lie_in_any_order_and_direction():
    for rings in ((SQUARE, HOLE, FAR), (HOLE[::-1], FAR, SQUARE)):
        shape, said = told(*rings)
        assert said == []
        assert area_m2(shape) == pytest.approx(SQUARE_M2 * (2 - 0.04), rel=1e-3)


def test_parts_that_share_a_border_are_one_area():
    shape, said = told(SQUARE, BESIDE)
    assert said == []
    assert area_m2(shape) == pytest.approx(2 * SQUARE_M2, rel=1e-3)


def test_a_ring_that_is_left_open_is_closed():
    shape, said = told(SQUARE[:4])
    assert said == [("repaired", "ring_open")]
    assert area_m2(shape) == pytest.approx(SQUARE_M2, rel=1e-3)


@pytest.mark.parametrize("ring", [SQUARE[:2], [SQUARE[0], SQUARE[1], SQUARE[0]], SQUARE[:1]])
def test_a_ring_of_too_few_points_is_refused(ring):
    shape, said = told(ring)
    assert shape is None
    assert said[-1] == ("refused", "ring_short")


def test_a_small_loop_is_cut_off_and_its_size_told():
    loop = [SQUARE[0], (115.20001, 36.10001), (115.20001, 36.1), (115.2, 36.10001), *SQUARE]
    found = outlined(drawn(loop), WGS84, KNOWN)
    (remark,) = found.remarks
    assert (remark.severity, remark.problem) == ("repaired", "crossing_mended")
    assert 0 < remark.facts["change"] < 2
    assert found.shape.is_valid


def test_a_bow_tie_is_refused():
    shape, said = told([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]])
    assert (shape, said) == (None, [("refused", "crossing_rings")])


def test_parts_that_lie_over_one_another_are_refused():
    over = [(lon + 0.005, lat + 0.003) for lon, lat in SQUARE]
    shape, said = told(SQUARE, over)
    assert (shape, said) == (None, [("refused", "crossing_rings")])


def test_hundreds_of_rings_that_cross_are_refused_without_trying():
    many = [[(lon + step * 1e-5, lat + step * 1e-5) for lon, lat in SQUARE] for step in range(201)]
    assert told(*many) == (None, [("refused", "crossing_many")])


@pytest.mark.parametrize("bad", [(115.2, 96.1), (215.2, 36.1), (float("nan"), 36.1), (115.2, float("inf"))])
def test_a_point_off_the_earth_is_refused_and_named(bad):
    found = outlined(drawn([bad, *SQUARE[1:4], bad]), WGS84, KNOWN)
    assert found.shape is None
    (remark,) = found.remarks
    assert (remark.problem, remark.facts["count"]) == ("off_earth", 2)
    assert str(bad[1])[:3] in remark.facts["value"] or "nan" in remark.facts["value"]


def test_swapped_axes_are_put_right_where_the_ground_is_known():
    swapped = [(lat, lon) for lon, lat in SQUARE]
    shape, said = told(swapped)
    assert said == [("repaired", "swapped_axes")]
    assert area_m2(shape) == pytest.approx(SQUARE_M2, rel=1e-3)
    assert told(swapped, known=None) == (None, [("refused", "off_earth")])


def test_what_lies_elsewhere_either_way_is_left_to_its_parent():
    shape, said = told([(100 + lon - 115, lat) for lon, lat in SQUARE])
    assert said == []
    assert shape is not None


def test_metres_far_from_their_belt_lie_nowhere():
    assert told([(9e9, 0), (9e9, 1), (9e9 + 1, 1), (9e9, 0)], frame=belt(114)) == (None, [("refused", "off_earth")])


def test_an_area_of_no_size_is_refused():
    assert told([(115.2, 36.1), (115.21, 36.1), (115.22, 36.1), (115.2, 36.1)])[1][-1][0] == "refused"
    speck = [(115.2 + x * 1e-7, 36.1 + y * 1e-7) for x, y in ((0, 0), (1, 0), (1, 1), (0, 0))]
    assert told(speck) == (None, [("refused", "no_area")])


def test_very_many_vertices_are_noted():
    turn = np.linspace(0, 2 * np.pi, MANY + 1)
    ring = list(zip(115.2 + 0.01 * np.cos(turn), 36.1 + 0.01 * np.sin(turn), strict=True))
    assert told([*ring[:-1], ring[0]])[1] == [("noted", "many_vertices")]


def test_a_feature_with_a_fault_keeps_it():
    found = outlined(Drawn(3, fault=Invalid("geometry", "no_outline")), WGS84, KNOWN)
    assert [(one.severity, one.problem) for one in found.remarks] == [("refused", "no_outline")]
