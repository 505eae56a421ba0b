"""The layers that stand still: paths in bulk, colours where they belong, names that never overlap."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from console.service.ask import Atlas
from console.ui.base import theme
from console.ui.map import layers
from console.ui.map.ground import outline, survey
from console.ui.map.layers import path_in
from console.ui.map.view import View
from tests.make import DIVISIONS, GRIDS
from tests.ui.map.grounds import county


def painted(view, made):
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    layers.paint_areas(painter, view, made)
    layers.paint_lines(painter, view, made)
    painter.end()
    return image


def seen(made, width=400, height=300):
    return View().sized(width, height).fitted(made.box)


def test_a_path_made_in_bulk_is_the_path_drawn_by_hand():
    found = outline(area.rings for area in GRIDS)
    view = View().sized(400, 300).fitted(found.box)
    path = path_in(found, view)
    kinds = [path.elementAt(at).type.name for at in range(path.elementCount())]
    assert kinds == ["MoveToElement", *["LineToElement"] * 4] * 2
    first = path.elementAt(0)
    assert (first.x, first.y) == pytest.approx(view.to_pixel(*found.places[0]))


def test_an_empty_outline_is_an_empty_path():
    assert path_in(outline(()), View()).isEmpty()


def test_only_what_is_seen_and_only_what_can_be_told_apart_is_in_a_path():
    found = outline(area.rings for area in GRIDS)
    near = View().sized(100, 100).at(*found.places[0], 17.0)
    assert path_in(found, near).elementCount() == 5
    far = View().sized(100, 100).at(*found.places[0], 5.0)
    assert path_in(found, far).elementCount() < 10


def test_land_stands_out_from_what_is_outside(qapp):
    made = survey(Atlas(DIVISIONS[:4], GRIDS, ()))
    image = painted(seen(made).zoomed(-1, 200, 150), made)
    # Beside the middle of the western grid, where no name and no border stands.
    assert image.pixelColor(170, 175).name() == theme.tokens().panel.lower()
    assert image.pixelColor(5, 5).name() == theme.tokens().ground.lower()


def test_an_empty_ground_is_the_ground_colour(qapp):
    image = painted(View().sized(50, 50), (survey(Atlas((), (), ()))))
    assert image.pixelColor(25, 25).name() == theme.tokens().ground.lower()


@pytest.mark.parametrize("zoom", [0, 2, 4])
def test_names_never_overlap(qapp, zoom, monkeypatch):
    made = survey(county(300))
    boxes: list[QRectF] = []
    monkeypatch.setattr(layers, "halo_text", lambda painter, box, words, ink: boxes.append(QRectF(box)))
    painted(seen(made, 900, 600).zoomed(zoom, 450, 300), made)
    assert boxes
    assert not any(one.intersects(other) for at, one in enumerate(boxes) for other in boxes[at + 1 :])
