"""Areas cut one by one come to share their borders; what does not tile is refused."""

import numpy as np
import pytest
import shapely

from console.domain.errors import Invalid
from console.domain.place import rings_of
from console.geo.divide import divide
from console.geo.mesh import packed, united, woven
from console.geo.shapes import area_m2, shape_of

WEST = rings_of([[(115.0, 36.0), (115.1, 36.013), (115.1, 36.2), (115.0, 36.2), (115.0, 36.0)]])
EAST = rings_of([[(115.1, 36.013), (115.2, 36.0), (115.2, 36.2), (115.1, 36.2), (115.1, 36.013)]])


def parts():
    return [*divide(WEST, 9, 1), *divide(EAST, 7, 2)]


def test_neighbours_from_different_parents_share_every_point():
    shapes = woven(parts(), [WEST, EAST])
    assert len(shapes) == 16
    assert shapely.coverage_is_valid(shapes)
    before = [shape_of(rings) for rings in parts()]
    assert max(area_m2(one.symmetric_difference(other)) for one, other in zip(shapes, before, strict=True)) < 0.01


def test_an_upper_area_is_the_union_of_those_below():
    shapes = woven(parts(), [WEST, EAST])
    west = united(shapes[:9])
    assert area_m2(west.symmetric_difference(shape_of(WEST))) < 0.01
    assert united(shapes[:1]) is shapes[0]
    assert west.geom_type == "Polygon"


def test_shapes_become_rings_in_bytes_that_give_them_again():
    shapes = woven(parts())
    again = np.array([shape_of(rings) for rings in packed(shapes)])
    assert all(one.equals(other) for one, other in zip(shapes, again, strict=True))


def test_overlapping_areas_cannot_be_woven():
    with pytest.raises(Invalid) as refused:
        woven([WEST, EAST, rings_of([[(115.05, 36.1), (115.15, 36.1), (115.15, 36.15), (115.05, 36.15), (115.05, 36.1)]])])
    assert refused.value.code == "cannot_weave"
