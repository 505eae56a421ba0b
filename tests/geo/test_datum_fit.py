"""Which frame fits is told by many outlines together, and nothing is suspected where only the ground has changed."""

import numpy as np
import pytest

from console.domain.frame import WGS84, Frame, belt
from console.geo.datum_fit import Sample, better_frame, looks_like_metres
from console.geo.drawn import Drawn
from console.geo.frames import from_wgs84
from console.geo.shapes import numbers_of_rings
from tests.geo.mapfiles import county, known


def samples(frame, *, moved_deg=0.0, by_parent=False, level=6):
    found = []
    areas = county().grids[:200] if level == 6 else [one for one in county().divisions if one.level == level]
    for number, area in enumerate(areas, start=1):
        numbers, lengths = numbers_of_rings([area.rings])
        drawn = Drawn(number, {}, from_wgs84(numbers + np.array([moved_deg, 0]), frame), tuple(lengths.tolist()))
        outline = known().divisions[area.division].rings if by_parent else area.rings
        found.append(Sample(drawn, outline, not by_parent))
    return found


@pytest.mark.parametrize("by_parent", [False, True])
@pytest.mark.parametrize("name", ["gcj02", "bd09"])
def test_the_datum_that_fits_is_named(name, by_parent):
    assert better_frame(samples(Frame(name), by_parent=by_parent), WGS84) == Frame(name)
    assert better_frame(samples(Frame(name), by_parent=by_parent), Frame(name)) is None


def test_a_whole_county_half_a_kilometre_off_is_found_out():
    assert better_frame(samples(Frame("gcj02"), level=3), WGS84) == Frame("gcj02")


@pytest.mark.parametrize("zoned", [False, True])
def test_the_belt_that_fits_is_named(zoned):
    found = better_frame(samples(belt(117, with_zone=zoned)), belt(114, with_zone=zoned))
    assert found == belt(117, with_zone=zoned)


def test_borders_that_moved_are_no_datum():
    assert better_frame(samples(WGS84, moved_deg=0.002), WGS84) is None
    assert better_frame([], WGS84) is None


def test_metres_are_told_from_degrees():
    degrees, metres = samples(WGS84), samples(belt(114))
    assert looks_like_metres([one.drawn for one in degrees]) is False
    assert looks_like_metres([one.drawn for one in metres]) is True
    assert looks_like_metres([Drawn(1)]) is None
    assert looks_like_metres([Drawn(1, {}, np.full((3, 2), np.nan), (3,))]) is False
