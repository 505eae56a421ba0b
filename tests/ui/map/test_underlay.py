"""Pictures of a base map on the screen: in their place to the pixel, stood in for while they come, never blank."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from console.domain.basemap import Basemap, box_of, check_basemap
from console.domain.datum import tile, wgs_to_gcj, world
from console.domain.place import Point
from console.tiles.link import Links
from console.ui.map.underlay import Underlay
from console.ui.map.view import View
from tests.tiles.hosts import KEY, colour, mbtiles, pmtiles

HERE = Point(115.029, 35.762)
SIZE = (640, 480)
GROUND = QColor(255, 0, 255)


@pytest.fixture
def links(tmp_path):
    found = Links(tmp_path / "tiles.db")
    yield found
    found.stop()


@pytest.fixture
def underlay(links, qapp):
    found = Underlay(links.link)
    yield found
    found.stop()
    found.deleteLater()


def view_of(zoom, spot=HERE):
    return View().sized(*SIZE).at(*world(spot), zoom)


def painted(underlay, view):
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    underlay.paint(painter, view, is_smooth=False)
    painter.end()
    return image


def rgb(image, x, y):
    found = image.pixelColor(round(x), round(y))
    return found.red(), found.green(), found.blue()


def shown(underlay, view, qtbot, basemap, key=""):
    underlay.show(check_basemap(basemap), key)
    underlay.want(view)
    qtbot.waitUntil(lambda: underlay.covers(view), timeout=10_000)
    return painted(underlay, view)


@pytest.mark.parametrize("zoom", [10.0, 13.4, 16.7])
def test_a_known_spot_falls_on_the_pixel_of_its_picture(underlay, qtbot, host, zoom):
    view = view_of(zoom)
    image = shown(underlay, view, qtbot, Basemap("街道", (host.xyz,)))
    level = round(zoom)
    assert rgb(image, SIZE[0] / 2, SIZE[1] / 2) == colour(level, *tile(HERE, level))
    # The edge between two pictures stands where the numbers say, to the pixel.
    column, row = tile(HERE, level)
    edge, _ = view.to_pixel((column + 1) / 2**level, 0)
    if 2 < edge < SIZE[0] - 2:
        assert rgb(image, edge - 1, SIZE[1] / 2) == colour(level, column, row)
        assert rgb(image, edge + 1, SIZE[1] / 2) == colour(level, column + 1, row)


def test_no_seam_shows_the_ground_between_pictures(underlay, qtbot, host):
    image = shown(underlay, view_of(13.37), qtbot, Basemap("街道", (host.xyz,)))
    assert all(rgb(image, x, y) != (255, 0, 255) for x in range(0, SIZE[0], 3) for y in range(0, SIZE[1], 3))


@pytest.mark.parametrize("matrix", ["w", "c"])
def test_a_picture_of_gcj_is_painted_where_its_ground_is(underlay, qtbot, host, matrix):
    view = view_of(17.0)
    layer = host.xyz
    image = shown(underlay, view, qtbot, Basemap("高德", (layer,), matrix=matrix, datum="gcj02"))
    level = 17
    moved = wgs_to_gcj(HERE)
    if matrix == "w":
        assert rgb(image, SIZE[0] / 2, SIZE[1] / 2) == colour(level, *tile(moved, level))
    middle = rgb(image, SIZE[0] / 2, SIZE[1] / 2)
    for column, row in [(middle[1], middle[2])]:
        found = [one for one in underlay._held if one[1] % 251 == column and one[2] % 251 == row and one[0] == level]
        west, north, east, south = box_of(found[0], matrix, "gcj02")
        x, y = world(HERE)
        assert west <= x <= east and north <= y <= south


def test_while_finer_ones_come_a_part_of_the_coarser_one_stands_there(underlay, qtbot, host):
    near, far = view_of(14.0), view_of(12.0)
    shown(underlay, far, qtbot, Basemap("街道", (host.xyz,)))
    host.gate.clear()
    underlay.want(near)
    image = painted(underlay, near)
    assert rgb(image, SIZE[0] / 2, SIZE[1] / 2) == colour(12, *tile(HERE, 12))
    host.gate.set()
    qtbot.waitUntil(lambda: underlay.covers(near), timeout=10_000)
    assert rgb(painted(underlay, near), SIZE[0] / 2, SIZE[1] / 2) == colour(14, *tile(HERE, 14))


def test_going_back_finer_ones_stand_in(underlay, qtbot, host):
    near, far = view_of(14.0), view_of(13.0)
    shown(underlay, near, qtbot, Basemap("街道", (host.xyz,)))
    host.gate.clear()
    assert rgb(painted(underlay, far), SIZE[0] / 2, SIZE[1] / 2) == colour(14, *tile(HERE, 14))
    host.gate.set()


def test_beyond_the_finest_level_the_finest_is_stretched_and_before_the_coarsest_the_ground_shows(underlay, qtbot, host):
    near = view_of(17.0)
    image = shown(underlay, near, qtbot, Basemap("街道", (host.xyz,), least=12, most=15))
    assert rgb(image, SIZE[0] / 2, SIZE[1] / 2) == colour(15, *tile(HERE, 15))
    assert rgb(painted(underlay, view_of(10.0)), 320, 240) == (255, 0, 255)


@pytest.mark.parametrize("write", [mbtiles, pmtiles])
def test_a_file_without_a_picture_there_leaves_the_ground(underlay, qtbot, tmp_path, write):
    column, row = tile(HERE, 12)
    path = write(tmp_path / f"city.{write.__name__}", [(12, column, row)])
    underlay.show(check_basemap(Basemap("离线", (path,))))
    view = view_of(12.0)
    underlay.want(view)
    qtbot.waitUntil(lambda: underlay.awaited == 0, timeout=10_000)
    image = painted(underlay, view)
    assert rgb(image, SIZE[0] / 2, SIZE[1] / 2) == colour(12, column, row)
    corner, _ = view.to_pixel((column + 1) / 4096, 0)
    if corner < SIZE[0] - 2:
        assert rgb(image, corner + 2, SIZE[1] / 2) == (255, 0, 255)


def test_a_fault_is_noted_once_and_the_pictures_come_when_it_is_over(underlay, qtbot, host, monkeypatch):
    notes = []
    underlay.noted.connect(notes.append)
    view = view_of(12.0)
    underlay.show(check_basemap(Basemap("街道", (host.wmts,))), "wrong")
    underlay.want(view)
    qtbot.waitUntil(lambda: underlay.awaited == 0 and bool(notes), timeout=10_000)
    assert [note.code for note in notes] == ["map_key_refused"] and not underlay.covers(view)
    shown(underlay, view, qtbot, Basemap("街道", (host.wmts,)), KEY)
    assert len(notes) == 1


def test_pictures_held_have_a_cap(underlay, qtbot, host, monkeypatch):
    monkeypatch.setattr("console.ui.map.underlay.MOST", 30)
    for column in range(5):
        view = view_of(15.0, Point(HERE.lon + column * 0.03, HERE.lat))
        underlay.want(view)
        shown(underlay, view, qtbot, Basemap("街道", (host.xyz,)))
    assert len(underlay._held) <= 30


def test_no_base_map_paints_and_asks_nothing(underlay, host):
    underlay.want(view_of(12.0))
    assert rgb(painted(underlay, view_of(12.0)), 320, 240) == (255, 0, 255)
    assert host.asked == [] and not underlay.covers(view_of(12.0))
