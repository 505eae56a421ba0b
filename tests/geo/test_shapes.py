"""Rings become geometries and come back; areas are square metres."""

import pytest

from console.domain.packed import pack
from console.domain.place import Point, rings_of
from console.geo.shapes import (
    area_m2,
    label_point,
    label_points,
    numbers_of_rings,
    packed_of_shape,
    rings_of_shape,
    shape_of,
    shapes_of,
)

SQUARE = [(115.2, 36.1), (115.21, 36.1), (115.21, 36.11), (115.2, 36.11), (115.2, 36.1)]
HOLE = [(115.204, 36.104), (115.206, 36.104), (115.206, 36.106), (115.204, 36.106), (115.204, 36.104)]
ISLAND = [(115.22, 36.1), (115.23, 36.1), (115.23, 36.11), (115.22, 36.11), (115.22, 36.1)]


def test_a_hundredth_of_a_degree_squared_has_its_size_at_puyang():
    # 0.01° are 1 111.95 m to the north and 1 111.95 m · cos 36.105° = 898.37 m to the east.
    assert area_m2(shape_of(rings_of([SQUARE]))) == pytest.approx(1_111.95 * 898.37, rel=1e-4)


def test_a_hole_is_not_part_of_the_area():
    whole, holed = shape_of(rings_of([SQUARE])), shape_of(rings_of([SQUARE, HOLE]))
    assert area_m2(holed) == pytest.approx(area_m2(whole) * 0.96, rel=1e-4)


@pytest.mark.parametrize("numbers", [[SQUARE], [SQUARE, HOLE], [SQUARE, ISLAND], [ISLAND, SQUARE, HOLE]])
def test_rings_that_became_a_shape_describe_the_same_area_again(numbers):
    shape = shape_of(rings_of(numbers))
    again = shape_of(rings_of_shape(shape))
    assert again.equals(shape)
    assert len(rings_of_shape(shape)) == len(numbers)


def test_no_rings_are_an_empty_area():
    assert shape_of(()).is_empty
    assert area_m2(shape_of(())) == 0
    assert rings_of_shape(shape_of(())) == ()


def test_a_name_stands_inside_the_area_and_not_in_its_hole():
    rings = rings_of([SQUARE, [(115.2001, 36.1001), (115.2099, 36.1001), (115.2099, 36.1099), (115.2001, 36.1099), (115.2001, 36.1001)]])
    spot = label_point(rings)
    assert 115.2 < spot.lon < 115.21
    assert not (115.2001 < spot.lon < 115.2099 and 36.1001 < spot.lat < 36.1099)
    assert label_point(rings_of([SQUARE])) == Point(pytest.approx(115.205), pytest.approx(36.105))


def test_many_shapes_at_once_are_those_made_alone_packed_or_not():
    areas = [rings_of([SQUARE]), rings_of([SQUARE, HOLE]), pack(rings_of([ISLAND])), pack(rings_of([ISLAND, SQUARE, HOLE])), ()]
    found = shapes_of(areas)
    assert all(one.equals(shape_of(rings)) for one, rings in zip(found, areas, strict=True))
    assert len(shapes_of([])) == 0


def test_all_points_of_many_areas_come_as_one_array():
    numbers, lengths = numbers_of_rings([rings_of([SQUARE, HOLE]), rings_of([ISLAND])])
    assert lengths.tolist() == [5, 5, 5]
    assert [tuple(row) for row in numbers.tolist()] == [*SQUARE, *HOLE, *ISLAND]
    assert numbers_of_rings([])[0].shape == (0, 2)


@pytest.mark.parametrize("numbers", [[SQUARE], [SQUARE, HOLE], [ISLAND, SQUARE, HOLE]])
def test_a_shape_as_bytes_describes_the_same_area(numbers):
    assert shape_of(packed_of_shape(shape_of(rings_of(numbers)))).equals(shape_of(rings_of(numbers)))


def test_many_names_stand_inside_their_areas():
    shapes = shapes_of([rings_of([SQUARE]), rings_of([SQUARE, HOLE])])
    for shape, (x, y) in zip(shapes, label_points(shapes).tolist(), strict=True):
        assert shape.contains(shape.point_on_surface())
        assert (x, y) == (shape.point_on_surface().x, shape.point_on_surface().y)
    assert label_points(shapes[:0]).shape == (0, 2)
