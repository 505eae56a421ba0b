"""Codes of places, points in areas, and who owns a border."""

import pytest

from console.domain.errors import Invalid
from console.domain.place import (
    Division,
    Grid,
    Point,
    area_at,
    check_device_id,
    check_division_code,
    check_grid_code,
    check_point,
    grid_kind,
    is_near_puyang,
    is_within,
    numbers_of,
    rings_of,
)

SQUARE = (Point(0, 0), Point(4, 0), Point(4, 4), Point(0, 4), Point(0, 0))
HOLE = (Point(1, 1), Point(3, 1), Point(3, 3), Point(1, 3), Point(1, 1))
ISLAND = (Point(1.5, 1.5), Point(2.5, 1.5), Point(2.5, 2.5), Point(1.5, 2.5), Point(1.5, 1.5))
CENTRES = ("410900", "410923")
TYPES = ("131", "132")


def square(code: str, west: float) -> Grid:
    ring = (Point(west, 0), Point(west + 1, 0), Point(west + 1, 1), Point(west, 1), Point(west, 0))
    return Grid(code, "B", 6, code[:12], code, (ring,))


@pytest.mark.parametrize(("spot", "inside"), [
    (Point(0.5, 0.5), True), (Point(2, 2), False), (Point(5, 2), False), (Point(-1, 2), False), (Point(2, 4.1), False),
    (Point(0, 0), True), (Point(4, 2), True), (Point(2, 0), True), (Point(1, 2), True), (Point(3, 3), True),
    (Point(0.5, 1), True), (Point(0.5, 3), True), (Point(3.5, 1), True), (Point(-0.5, 1), False),
])
def test_inside_means_between_border_and_hole_and_borders_count(spot, inside):
    assert is_within((SQUARE, HOLE), spot) is inside


def test_an_island_in_a_hole_is_inside_again():
    assert is_within((SQUARE, HOLE, ISLAND), Point(2, 2))


def test_an_open_ring_is_closed_by_itself():
    assert is_within((SQUARE[:-1],), Point(0, 2))
    assert is_within((SQUARE[:-1],), Point(2, 2))


def test_a_slanted_shape_is_followed():
    triangle = ((Point(0, 0), Point(4, 0), Point(0, 4)),)
    assert is_within(triangle, Point(1.9, 2))
    assert is_within(triangle, Point(2, 2))
    assert not is_within(triangle, Point(2.1, 2))


def test_nothing_lies_in_an_area_without_rings():
    assert not Division("410923000000", 3, "南乐县", "410900000000", "/").holds(Point(115.2, 36.1))


def test_a_spot_on_a_border_belongs_to_the_lower_code():
    higher, lower = square("410923100101002", 0), square("410923100101001", 1)
    assert area_at([higher, lower], Point(1, 0.5)) is lower
    assert area_at([lower, higher], Point(1, 0.5)) is lower
    assert area_at([higher, lower], Point(0.5, 0.5)) is higher


def test_a_spot_in_no_area_has_none():
    assert area_at([square("410923100101001", 0)], Point(7, 7)) is None


def test_rings_survive_the_way_to_plain_numbers_and_back():
    assert rings_of(numbers_of((SQUARE, HOLE))) == (SQUARE, HOLE)


@pytest.mark.parametrize(("spot", "near"), [
    (Point(115.029, 35.762), True), (Point(114.8, 35.3), True), (Point(35.762, 115.029), False),
    (Point(116.404, 39.915), False), (Point(0, 0), False)])
def test_the_box_of_the_city_catches_swapped_axes(spot, near):
    assert is_near_puyang(spot) is near


def test_numbers_from_outside_become_a_point():
    assert check_point(115, 35.5) == Point(115.0, 35.5)


@pytest.mark.parametrize(("lon", "lat", "field"), [
    ("115", 35, "place.lon"), (None, 35, "place.lon"), (True, 35, "place.lon"), (float("nan"), 35, "place.lon"),
    (float("inf"), 35, "place.lon"), (180.1, 35, "place.lon"), (115, 90.5, "place.lat"), (115, [35], "place.lat")])
def test_what_is_no_coordinate_is_refused_by_axis(lon, lat, field):
    with pytest.raises(Invalid) as refusal:
        check_point(lon, lat)
    assert (refusal.value.field, refusal.value.code) == (field, "bad_coordinate")


def test_codes_of_divisions_and_grids_are_taken_as_the_handbook_writes_them():
    assert check_division_code("410922204000") == "410922204000"
    assert check_grid_code("410922204299003") == "410922204299003"
    assert (grid_kind("410922204299899"), grid_kind("410922204299901")) == ("B", "E")


@pytest.mark.parametrize("code", [
    "", "410922", "41092220429900３", "410922204299000", "410922204299900", "41092220429900A"])
def test_a_grid_code_of_another_shape_is_refused(code):
    with pytest.raises(Invalid) as refusal:
        check_grid_code(code)
    assert refusal.value.code == "bad_grid_code"


@pytest.mark.parametrize("code", ["", "410922204", "41092220400O", "4109222040000"])
def test_a_division_code_of_another_shape_is_refused(code):
    with pytest.raises(Invalid) as refusal:
        check_division_code(code)
    assert refusal.value.code == "bad_division_code"


def test_the_device_id_of_the_handbook_is_taken():
    assert check_device_id("41092601001323000001", ("410926",), TYPES) == "41092601001323000001"


@pytest.mark.parametrize(("gb_id", "code"), [
    ("4109260100132300001", "bad_device_id"), ("4109260100132300000１", "bad_device_id"),
    ("410926010013230000011", "bad_device_id"), ("41092601001323000001", "device_of_unknown_centre"),
    ("41092301009993000001", "device_of_unknown_type")])
def test_a_wrong_device_id_says_what_is_wrong(gb_id, code):
    with pytest.raises(Invalid) as refusal:
        check_device_id(gb_id, CENTRES, TYPES)
    assert (refusal.value.field, refusal.value.code) == ("gb_id", code)
