"""Grids by class: which falls where, and that its colour lies on its ground."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from console.ui.map.ground import survey
from console.ui.map.shading import paint, shading_of
from console.ui.map.view import View
from tests.ui.map.grounds import county

SIZE = (400, 300)


@pytest.fixture(scope="module")
def made():
    return survey(county(120))


def test_counts_fall_into_their_classes(made):
    codes = made.grid_codes
    counts = dict(zip(codes, (1, 2, 3, 4, 7, 8, 100), strict=False))
    found = shading_of(made, "open", {**counts, "410999999999999": 5})
    assert [(shade.least, shade.most, shade.grids) for shade in found.shades] == [(1, 1, 1), (2, 3, 2), (4, 7, 3), (8, None, 2)]
    late = shading_of(made, "overdue", {codes[0]: 6})
    assert [shade.grids for shade in late.shades] == [0, 0, 0, 1]


def test_of_cameras_the_grids_without_one_are_shown(made):
    codes = made.grid_codes
    (shade,) = shading_of(made, "cameras", dict.fromkeys(codes[2:], 3)).shades
    assert (shade.grids, shade.least, shade.most) == (2, 0, 0)


def test_a_coloured_grid_is_coloured_and_its_neighbours_are_not(made, look):
    code = made.grid_codes[0]
    view = View().sized(*SIZE).fitted(made.box)
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 255, 255))
    painter = QPainter(image)
    paint(painter, view, shading_of(made, "overdue", {code: 9}))
    painter.end()
    west, north, east, south = made.box_of(code)
    x, y = view.to_pixel((west + east) / 2, (north + south) / 2)
    assert image.pixelColor(round(x), round(y)) != QColor(255, 255, 255)
    coloured = sum(image.pixelColor(px, py) != QColor(255, 255, 255) for px in range(0, 400, 4) for py in range(0, 300, 4))
    assert 0 < coloured < 7500 * 0.1
