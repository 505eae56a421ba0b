"""Which area holds a spot: one answer for every spot, the lower code on a shared border."""

from hypothesis import given
from hypothesis import strategies as st

from console.domain.place import Division, Grid, Point, area_at, rings_of
from console.geo.divide import divide
from console.geo.grid_index import GridIndex

COUNTY = rings_of([[(115.0, 36.0), (115.2, 36.0), (115.2, 36.2), (115.0, 36.2), (115.0, 36.0)]])
VILLAGE = "410923102204"
GRIDS = tuple(
    Grid(f"{VILLAGE}{number:03d}", "B", 6, VILLAGE, f"第{number}网格", rings) for number, rings in enumerate(divide(COUNTY, 12, 4), 1)
)
INDEX = GridIndex(GRIDS)
spots = st.builds(Point, st.floats(114.99, 115.21), st.floats(35.99, 36.21))


@given(spot=spots)
def test_it_agrees_with_the_plain_search(spot):
    plain = area_at(GRIDS, spot)
    assert INDEX.at(spot) == (plain.code if plain else None)


@given(some=st.lists(spots, max_size=20))
def test_many_spots_get_the_answers_they_get_alone(some):
    assert INDEX.at_many(some) == [INDEX.at(spot) for spot in some]


def test_a_spot_on_a_shared_border_belongs_to_the_lower_code():
    west = Grid(f"{VILLAGE}002", "B", 6, VILLAGE, "西", rings_of([[(115.0, 36.0), (115.1, 36.0), (115.1, 36.1), (115.0, 36.1)]]))
    east = Grid(f"{VILLAGE}001", "B", 6, VILLAGE, "东", rings_of([[(115.1, 36.0), (115.2, 36.0), (115.2, 36.1), (115.1, 36.1)]]))
    assert GridIndex((west, east)).at(Point(115.1, 36.05)) == f"{VILLAGE}001"
    assert GridIndex((east, west)).at_many([Point(115.1, 36.05), Point(115.05, 36.05)]) == [f"{VILLAGE}001", f"{VILLAGE}002"]


def test_a_corner_of_the_county_belongs_to_a_grid():
    assert INDEX.at(Point(115.0, 36.0)) is not None


def test_areas_without_rings_and_no_areas_hold_nothing():
    bare = GridIndex((Division("410923000000", 3, "南乐县", "", "/410923000000/"),))
    assert len(bare) == 0
    assert bare.at(Point(115.1, 36.1)) is None
    assert bare.at_many([Point(115.1, 36.1)]) == [None]
