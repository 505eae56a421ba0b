"""Datums, projections and distances against the vectors of handbook 6.3 and the project's own."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.datum import (
    DATUMS,
    bd_to_gcj,
    bd_to_gcj_quick,
    bearing_deg,
    box_around,
    distance_m,
    from_mercator,
    from_wgs84,
    gcj_to_bd,
    gcj_to_wgs,
    gcj_to_wgs_quick,
    mercator,
    tile,
    tile_corner,
    tile_lonlat,
    to_wgs84,
    wgs_to_gcj,
)
from console.domain.errors import Invalid
from console.domain.place import Point

PUBLISHED = Point(116.404, 39.915)
VECTORS = json.loads((Path(__file__).parent / "vectors" / "coord_vectors.json").read_text(encoding="utf-8"))["vectors"]
TABLE = [  # WGS-84, GCJ-02, BD-09, EPSG:3857, z16 in set w, z16 in set c: handbook 6.3
    ((115.0, 35.75), (115.00577870, 35.74990606), (115.01234794, 35.75564936), (12801741.441, 4266276.060),
     (53703, 25791), (53703, 9875)),
    ((115.03, 35.77), (115.03589377, 35.77000128), (115.04247557, 35.77577190), (12805081.026, 4269019.703),
     (53708, 25786), (53708, 9872)),
    ((115.5, 35.85), (115.50584020, 35.84995060), (115.51242366, 35.85561422), (12857401.187, 4280001.184),
     (53794, 25768), (53794, 9857)),
    ((114.9, 35.4), (114.90549736, 35.39950563), (114.91209870, 35.40517494), (12790609.492, 4218373.287),
     (53684, 25869), (53684, 9939)),
    ((116.1, 36.2), (116.10588418, 36.20023276), (116.11247102, 36.20589565), (12924192.881, 4328176.075),
     (53903, 25689), (53903, 9793)),
]
in_city = st.builds(Point, st.floats(114.8, 116.2), st.floats(35.3, 36.3))


def close(point: Point, lon: float, lat: float, within: float) -> bool:
    return abs(point.lon - lon) <= within and abs(point.lat - lat) <= within


@pytest.mark.parametrize(("turn", "lon", "lat"), [
    (bd_to_gcj_quick, 116.39762729119315, 39.90865673957631),
    (gcj_to_bd, 116.41036949371029, 39.92133699351021),
    (wgs_to_gcj, 116.41024449916938, 39.91640428150164),
    (gcj_to_wgs_quick, 116.39775550083061, 39.91359571849836),
])
def test_published_vectors_hold_to_a_millionth_of_a_millionth(turn, lon, lat):
    assert close(turn(PUBLISHED), lon, lat, 1e-12)


def test_the_iterated_inverse_agrees_with_the_published_digits():
    assert close(gcj_to_wgs(PUBLISHED), 116.39775575457, 39.91359623561, 1e-11)


@pytest.mark.parametrize(("wgs", "gcj", "bd"), [row[:3] for row in TABLE] + [
    (tuple(row["wgs84"]), tuple(row["gcj02"]), tuple(row["bd09"])) for row in VECTORS])
def test_project_vectors_hold_to_their_eighth_digit(wgs, gcj, bd):
    # The handbook prints one GCJ-02 latitude (115.5, 35.85) 1.2e-8 degrees, about a millimetre, too high.
    assert close(from_wgs84(Point(*wgs), "gcj02"), *gcj, 1.5e-8)
    assert close(from_wgs84(Point(*wgs), "bd09"), *bd, 1.5e-8)
    assert close(to_wgs84(Point(*gcj), "gcj02"), *wgs, 1.5e-8)
    assert close(to_wgs84(Point(*bd), "bd09"), *wgs, 1.5e-8)


@given(in_city, st.sampled_from(DATUMS))
def test_there_and_back_is_the_same_place_within_a_tenth_of_a_millimetre(spot, datum):
    assert distance_m(to_wgs84(from_wgs84(spot, datum), datum), spot) < 1e-4


@given(in_city)
def test_bd09_comes_back_exactly_though_the_published_way_does_not(spot):
    assert distance_m(bd_to_gcj(gcj_to_bd(spot)), spot) < 1e-4


@given(in_city)
def test_a_wrong_label_moves_a_place_by_about_half_a_kilometre(spot):
    assert 470 < distance_m(wgs_to_gcj(spot), spot) < 570


def test_places_outside_china_stay_where_they_are():
    london = Point(-0.1278, 51.5074)
    assert wgs_to_gcj(london) == gcj_to_wgs(london) == london


@pytest.mark.parametrize("turn", [to_wgs84, from_wgs84])
def test_an_unknown_datum_is_refused_never_guessed(turn):
    with pytest.raises(Invalid) as refusal:
        turn(PUBLISHED, "")
    assert (refusal.value.field, refusal.value.code) == ("datum", "unknown_datum")


@pytest.mark.parametrize(("wgs", "metres", "w", "c"), [(row[0], *row[3:]) for row in TABLE])
def test_mercator_metres_and_tile_numbers_follow_the_table(wgs, metres, w, c):
    spot = Point(*wgs)
    assert mercator(spot) == pytest.approx(metres, abs=6e-4)
    assert tile(spot, 16) == w
    assert tile_lonlat(spot, 16) == c


@given(in_city)
def test_mercator_comes_back(spot):
    assert distance_m(from_mercator(*mercator(spot)), spot) < 1e-6


@given(in_city, st.integers(1, 20))
def test_a_tile_lies_between_its_corner_and_the_next(spot, zoom):
    column, row = tile(spot, zoom)
    north_west, south_east = tile_corner(column, row, zoom), tile_corner(column + 1, row + 1, zoom)
    assert north_west.lon - 1e-9 <= spot.lon <= south_east.lon + 1e-9
    assert south_east.lat - 1e-9 <= spot.lat <= north_west.lat + 1e-9


@pytest.mark.parametrize(("spot", "number"), [
    (Point(-180, 90), (0, 0)), (Point(180, -90), (3, 3)), (Point(0, 0), (2, 2)),
])
def test_the_edges_of_the_world_have_tiles_too(spot, number):
    assert tile(spot, 2) == number


@pytest.mark.parametrize(("turn", "zoom"), [(tile, -1), (tile, 31), (tile_lonlat, 0)])
def test_a_zoom_that_does_not_exist_is_refused(turn, zoom):
    with pytest.raises(Invalid) as refusal:
        turn(PUBLISHED, zoom)
    assert refusal.value.code == "bad_zoom"


def test_a_hundredth_of_a_degree_along_the_town_is_902_metres():
    assert distance_m(Point(115.029216, 35.761829), Point(115.039216, 35.761829)) == pytest.approx(902.296, abs=5e-4)


def test_opposite_ends_of_the_earth_are_half_its_round_apart():
    assert distance_m(Point(0, 0), Point(180, 0)) == pytest.approx(3.141592653589793 * 6371008.8)


@pytest.mark.parametrize(("to", "degrees"), [
    (Point(115, 36), 0), (Point(115.0001, 35), 90), (Point(115, 34), 180), (Point(114.9999, 35), 270)])
def test_a_bearing_is_read_from_north_clockwise(to, degrees):
    assert bearing_deg(Point(115, 35), to) == pytest.approx(degrees, abs=1e-3)


@given(in_city, st.floats(1, 20_000), st.floats(0, 1), st.floats(0, 1))
def test_no_place_within_the_radius_lies_outside_the_box(spot, radius_m, across, up):
    low, high = box_around(spot, radius_m)
    wide = Point(low.lon + (high.lon - low.lon) * (3 * across - 1), low.lat + (high.lat - low.lat) * (3 * up - 1))
    outside = not (low.lon <= wide.lon <= high.lon and low.lat <= wide.lat <= high.lat)
    assert not (outside and distance_m(spot, wide) < radius_m * 0.999)


@pytest.mark.parametrize("radius_m", [0, -1, float("nan")])
def test_a_radius_must_be_positive(radius_m):
    with pytest.raises(Invalid) as refusal:
        box_around(PUBLISHED, radius_m)
    assert refusal.value.field == "radius_m"
