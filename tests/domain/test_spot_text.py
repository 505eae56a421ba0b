"""Positions as people type and paste them; the datum's offset is that of the handbook's vectors (6.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.spot_text import spots_in

# One place, 115°01′44.4″ east, 35°45′43.2″ north, as it is written by maps, phones and people.
SAME = [
    "115.029,35.762", "115.029 35.762", "35.762, 115.029", "１１５．０２９，３５．７６２", "115.029°E 35.762°N", "N35.762 E115.029",
    "北纬35.762 东经115.029", "东经115°1′44.4″，北纬35°45′43.2″", "115°1'44.4\"E 35°45'43.2\"N", "35度45分43.2秒 115度1分44.4秒",
    "lat=35.762 lon=115.029", "N 35.762 E 115.029", "(115.029, 35.762)", "经度：115.029；纬度：35.762", "lng:115.029, lat:35.762",
    "115°1.74′ 35°45.72′",
]  # fmt: skip


@pytest.mark.parametrize("text", SAME)
def test_one_place_in_many_writings(text):
    found = spots_in(text)
    assert [hit.datum for hit in found] == ["wgs84", "gcj02", "bd09"]
    assert [(round(hit.lon, 6), round(hit.lat, 6)) for hit in found] == [(115.029, 35.762)] * 3


@pytest.mark.parametrize(
    ("text", "datum"),
    [("高德 115.03488943,35.76199555", "gcj02"), ("115.04146772,35.76775073 BD-09", "bd09"), ("GPS 115.029,35.762", "wgs84"),
     ("百度115.04146772,35.76775073", "bd09"), ("CGCS2000 115.029 35.762", "wgs84"), ("火星 115.03488943 35.76199555", "gcj02")],
)  # fmt: skip
def test_a_named_datum_is_turned_into_the_handbook_s_wgs_84(text, datum):
    (hit,) = spots_in(text)
    assert hit.datum == datum
    assert (hit.spot.lon, hit.spot.lat) == pytest.approx((115.029, 35.762), abs=1e-7)


@pytest.mark.parametrize(
    ("text", "place"),
    [("151.2W 33.9S", (-151.2, -33.9)), ("-33.9, 151.2", (151.2, -33.9)), ("45.5, 9.2", (45.5, 9.2)), ("lat 45.5 lon 9.2", (9.2, 45.5)),
     ("-0.5 N, 10.0 E", (10.0, -0.5))],
)  # fmt: skip
def test_the_whole_earth_and_both_orders(text, place):
    assert (spots_in(text)[0].lon, spots_in(text)[0].lat) == place


@pytest.mark.parametrize(
    "text",
    ["", "井盖", "000031", "115.029", "115 35", "115.029,35.762,12.5", "仓颉路 115.029 35.762", "115.029E 35.762E", "181.5, 35.7",
     "115.0, 91.5 N",
     "高德 百度 115.0 35.7", "115°61′0″ 35°0′0″", "2026-11-25 10.5", "1.2.3 4.5", "13800001234", "0" * 200 + ".1 1.1", "nan, inf"],
)  # fmt: skip
def test_anything_else_is_no_position(text):
    assert spots_in(text) == ()


@given(st.text(max_size=130))
def test_no_text_is_too_much(text):
    for hit in spots_in(text):
        assert abs(hit.lon) <= 180 and abs(hit.lat) <= 90


@given(st.floats(73.7, 135, allow_nan=False), st.floats(3.9, 53.5, allow_nan=False))
def test_what_the_map_copies_is_read_back(lon, lat):
    hit = spots_in(f"{lon:.6f}, {lat:.6f}")[0]
    assert (hit.lon, hit.lat) == pytest.approx((lon, lat), abs=1e-6)
