"""Which cameras tell most about a place, by hand: 0.001° of latitude are 111.2 m, of longitude at 36° 90.0 m."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.camera import Camera
from console.domain.datum import distance_m
from console.domain.errors import Invalid
from console.domain.outlook import REACH_M, best, turn_deg, vantage
from console.domain.place import Point

SPOT = Point(115.0, 36.0)
EAST_OF_IT = Camera(1, "C301", "", "", "fixed", 115.001, 36.0, 270.0, 60.0, "", "", 2)


def codes(found):
    return [one.camera.code for one in found]


@pytest.mark.parametrize(
    ("direction", "fov", "kind", "sight"),
    [
        (270.0, 60.0, "fixed", "covers"),
        (299.0, 60.0, "fixed", "covers"),  # 29° off the middle of 60°
        (302.0, 60.0, "fixed", "beside"),  # 32° off
        (90.0, 60.0, "fixed", "beside"),
        (90.0, 60.0, "dome", "turns"),
        (270.0, 60.0, "dome", "covers"),
        (0.0, 360.0, "fixed", "covers"),
        (0.0, 0.0, "fixed", "untold"),
        (0.0, 0.0, "ptz", "turns"),
    ],
)
def test_whether_a_view_covers_the_place_90_m_to_its_west(direction, fov, kind, sight):
    assert vantage(SPOT, replace(EAST_OF_IT, direction_deg=direction, fov_deg=fov, kind=kind), "live").sight == sight


def test_a_cone_reaches_130_m_and_300_m_with_zoom():
    far = replace(EAST_OF_IT, lon=115.0015)  # 135 m
    assert vantage(SPOT, far, "live").sight == "beside"
    assert vantage(SPOT, replace(far, kind="dome"), "live").sight == "covers"
    assert vantage(SPOT, replace(far, lon=115.0034, kind="dome"), "live").sight == "beside"  # 306 m


def test_a_view_over_north_is_one_view():
    south = replace(EAST_OF_IT, lon=115.0, lat=35.9995, direction_deg=350.0)
    assert vantage(SPOT, south, "live").sight == "covers"
    assert turn_deg(350, 10) == turn_deg(10, 350) == 20
    assert turn_deg(0, 180) == 180


def test_a_score_by_hand():
    # 100.08 m north: 1 / 2.0008 = 0.4998; covers 1, live 1, fixed 0.8.
    north = replace(EAST_OF_IT, lon=115.0, lat=36.0009, direction_deg=180.0)
    found = vantage(SPOT, north, "live")
    assert found.score == pytest.approx(0.3998, abs=0.0002)
    assert found.bearing_deg == pytest.approx(0.0, abs=0.01)
    assert vantage(SPOT, replace(north, kind="dome"), "live").score == pytest.approx(0.4998, abs=0.0002)
    assert vantage(SPOT, replace(north, kind="dome", direction_deg=0.0), "live").score == pytest.approx(0.2999, abs=0.0002)
    assert vantage(SPOT, replace(north, direction_deg=0.0), "untried").score == pytest.approx(0.0900, abs=0.0002)


def test_one_that_covers_comes_before_a_nearer_one_that_looks_away():
    # 45 m: 0.69 × 0.25 = 0.172; 90 m: 0.526 × 1.
    away = replace(EAST_OF_IT, id=2, code="C302", lon=115.0005, direction_deg=90.0)
    assert codes(best(SPOT, (away, EAST_OF_IT), 2, {})) == ["C301", "C302"]


def test_one_that_is_down_comes_after_one_that_may_work():
    twin = replace(EAST_OF_IT, id=2, code="C302", lon=115.0012)
    assert codes(best(SPOT, (EAST_OF_IT, twin), 2, {1: "down"})) == ["C302", "C301"]
    assert codes(best(SPOT, (EAST_OF_IT, twin), 2, {1: "absent", 2: "down"})) == ["C302", "C301"]


def test_cameras_on_one_pole_that_look_different_ways_are_both_kept():
    pole = (EAST_OF_IT, replace(EAST_OF_IT, id=2, code="C302", direction_deg=90.0))
    assert codes(best(SPOT, pole, 4, {})) == ["C301", "C302"]


def test_what_stands_farther_than_3_km_is_left_out():
    # 0.027° of latitude are 3002 m, 0.0269° 2991 m.
    far = replace(EAST_OF_IT, lon=115.0, lat=36.027)
    assert best(SPOT, (far,), 4, {}) == ()
    assert codes(best(SPOT, (replace(far, lat=36.0269),), 4, {})) == ["C301"]


def test_a_camera_at_the_place_covers_it_and_has_no_bearing():
    found = vantage(SPOT, replace(EAST_OF_IT, lon=115.0, direction_deg=10.0), "live")
    assert (found.sight, found.bearing_deg) == ("covers", None)


def test_none_wanted_is_a_mistake():
    with pytest.raises(Invalid):
        best(SPOT, (), 0, {})


cameras = st.lists(
    st.builds(
        lambda number, x, y, way, fov, kind: Camera(number, f"C{number}", "", "", kind, 115 + x, 36 + y, way, fov, "", "", 2),
        st.integers(1, 10_000), st.floats(-0.03, 0.03), st.floats(-0.03, 0.03), st.floats(0, 359), st.sampled_from((0.0, 60.0, 360.0)),
        st.sampled_from(("fixed", "dome")),
    ),
    unique_by=lambda camera: camera.id,
    max_size=12,
)  # fmt: skip


@given(cameras, st.randoms())
def test_the_order_of_the_register_means_nothing(found, random):
    mixed = random.sample(found, len(found))
    assert best(SPOT, found, 4, {}) == best(SPOT, mixed, 4, {})


@given(cameras)
def test_scores_fall_and_none_is_too_far(found):
    ranked = best(SPOT, found, 50, {})
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert all(one.distance_m <= REACH_M for one in ranked)
    assert len(ranked) == sum(distance_m(SPOT, Point(one.lon, one.lat)) <= REACH_M for one in found)


@given(cameras)
def test_a_mirrored_town_has_mirrored_cameras(found):
    mirrored = [replace(one, lon=230.0 - one.lon, direction_deg=(360 - one.direction_deg) % 360) for one in found]
    ranked = [(one.camera.id, round(one.score, 6)) for one in best(SPOT, found, 50, {})]
    assert sorted(ranked) == sorted((one.camera.id, round(one.score, 6)) for one in best(SPOT, mirrored, 50, {}))


@given(cameras, st.integers(1, 12))
def test_the_first_few_are_the_first_of_all(found, count):
    assert best(SPOT, found, count, {}) == best(SPOT, found, 50, {})[:count]
