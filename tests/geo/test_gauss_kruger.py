"""The survey belts against PROJ's numbers (map.md §4), and there and back across three degrees."""

import numpy as np
import pytest

from console.geo.gauss_kruger import to_degrees, to_metres

SPOT = np.array([[115.029, 35.762]])
# PROJ 9.5.1, EPSG:4547 and EPSG:4548, printed to a millimetre.
PROJ = [(114, (593058.004, 3959623.345)), (117, (321743.693, 3960927.224))]
MILLIMETRE_DEG = 1e-8


@pytest.mark.parametrize(("meridian", "metres"), PROJ)
def test_degrees_become_the_metres_proj_says(meridian, metres):
    assert np.abs(to_metres(SPOT, meridian) - metres).max() <= 0.0006


@pytest.mark.parametrize(("meridian", "metres"), PROJ)
def test_metres_become_degrees_to_a_millimetre(meridian, metres):
    assert np.abs(to_degrees(np.array([metres]), meridian) - SPOT).max() <= MILLIMETRE_DEG


def test_there_and_back_is_the_same_all_over_the_country_and_a_belt_beyond():
    lon, lat = np.meshgrid(np.linspace(-4.5, 4.5, 19), np.linspace(3.0, 54.0, 52))
    degrees = np.column_stack((lon.ravel() + 114, lat.ravel()))
    assert np.abs(to_degrees(to_metres(degrees, 114), 114) - degrees).max() < 1e-9


def test_on_the_meridian_the_easting_is_half_a_million_and_the_equator_is_north_nought():
    assert to_metres(np.array([[114.0, 0.0]]), 114).tolist() == [[500000.0, 0.0]]
    assert to_metres(np.array([[114.0, 45.0]]), 114)[0, 1] == pytest.approx(4_984_944.378, abs=0.001)  # the meridian arc of GRS 80


def test_numbers_on_no_belt_are_no_degrees():
    assert np.isnan(to_degrees(np.array([[38_593_058.0, 3_959_623.0], [0.0, 9e9], [np.nan, 0.0]]), 114)).any(axis=1).all()
