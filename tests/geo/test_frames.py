"""Coordinates in bulk: every frame there and back, and the same as for single points."""

import json
from pathlib import Path

import numpy as np
import pytest

from console.domain import datum
from console.domain.errors import Invalid
from console.domain.frame import DEGREES, Frame, belt, belts
from console.domain.place import Point
from console.geo.frames import from_wgs84, to_wgs84, without_zone, zone_of

VECTORS = json.loads((Path(__file__).parents[1] / "domain/vectors/coord_vectors.json").read_text(encoding="utf-8"))["vectors"]
SPOTS = np.array([vector["wgs84"] for vector in VECTORS] + [[-0.1278, 51.5074]])


@pytest.mark.parametrize("name", ["gcj02", "bd09"])
def test_the_projects_vectors_hold(name):
    frame = Frame(name)
    told = np.array([vector[name] for vector in VECTORS])
    assert np.abs(from_wgs84(SPOTS[: len(told)], frame) - told).max() <= 1.01e-8
    assert np.abs(to_wgs84(told, frame) - SPOTS[: len(told)]).max() <= 2e-8


@pytest.mark.parametrize("frame", DEGREES, ids=lambda frame: frame.code)
def test_many_points_come_out_as_single_ones_do(frame):
    single = [datum.from_wgs84(Point(lon, lat), frame.datum) for lon, lat in SPOTS]
    assert np.abs(from_wgs84(SPOTS, frame) - [(spot.lon, spot.lat) for spot in single]).max() < 1e-12


@pytest.mark.parametrize("frame", [*DEGREES, *belts(114)[:6]], ids=lambda frame: frame.code)
def test_every_frame_goes_there_and_back_to_a_millimetre(frame):
    lon, lat = np.meshgrid(np.linspace(114.8, 116.2, 15), np.linspace(35.3, 36.3, 11))
    degrees = np.column_stack((lon.ravel(), lat.ravel()))
    assert np.abs(to_wgs84(from_wgs84(degrees, frame), frame) - degrees).max() < 1e-9


def test_the_zone_before_eastings_is_found_and_taken_off():
    metres = from_wgs84(SPOTS[:1], belt(114, with_zone=True))
    assert zone_of(metres) == 38
    assert without_zone(metres)[0, 0] == pytest.approx(metres[0, 0] - 38_000_000)
    assert np.abs(to_wgs84(metres, belt(114)) - SPOTS[:1]).max() < 1e-9


def test_eastings_of_two_zones_or_none_have_no_zone():
    assert zone_of(np.array([[38_500_000.0, 0.0], [39_500_000.0, 0.0]])) == 0
    assert zone_of(np.array([[500_000.0, 0.0]])) == zone_of(np.empty((0, 2))) == zone_of(np.array([[np.nan, 0.0]])) == 0


def test_a_datum_nobody_knows_is_refused():
    for turn in (to_wgs84, from_wgs84):
        with pytest.raises(Invalid) as refused:
            turn(SPOTS, Frame("xian80"))
        assert refused.value.code == "unknown_datum"
