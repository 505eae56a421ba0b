"""Marks: hit tests by hand, the case in hand on top, cones that look where the camera looks."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from console.domain.camera import Camera
from console.domain.datum import world
from console.domain.place import Point
from console.domain.rows import Pin
from console.ui.base import theme
from console.ui.map import marks
from console.ui.map.marks import CLUSTERS_OVER, CROWD, marks_of
from console.ui.map.sprites import Sprites
from console.ui.map.view import View

SPOT = Point(115.2, 36.1)


def pin(number, lon=SPOT.lon, lat=SPOT.lat, priority="P1", acked=True):
    return Pin(number, lon, lat, priority, "10", acked, f"case {number}")


def camera(direction=90.0, fov=60.0):
    return Camera(1, "C301", "", "仓颉路西", "fixed", SPOT.lon, SPOT.lat, direction, fov, "", "", 2)


def view(zoom=15.0):
    return View().sized(400, 300).at(*world(SPOT), zoom)


def painted(made, seen=None, selected=0):
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    painter = QPainter(image)
    marks.paint(painter, seen or view(), made, Sprites(), selected=selected, ratio=1.0)
    painter.end()
    return image


def test_a_pin_is_hit_on_its_shape_and_not_beside_it():
    made = marks_of((pin(1),), ())
    assert [one.id for one in made.pins_at(view(), 200, 150)] == [1]
    assert [one.id for one in made.pins_at(view(), 211, 139)] == [1]
    assert made.pins_at(view(), 220, 150) == ()


def test_pins_on_one_spot_are_all_hit_the_most_urgent_first():
    made = marks_of((pin(1, priority="P1"), pin(2, priority="P4")), ())
    assert [one.id for one in made.pins_at(view(), 200, 150)] == [1, 2]


def test_no_pins_no_hit():
    assert marks_of((), ()).pins_at(view(), 200, 150) == ()
    assert marks_of((), ()).cameras_at(view(), 200, 150) == ()


def test_a_camera_is_hit():
    assert [one.code for one in marks_of((), (camera(),)).cameras_at(view(), 203, 148)] == ["C301"]


def test_the_most_urgent_pin_lies_on_top(qapp):
    image = painted(marks_of((pin(1, priority="P1"), pin(2, priority="P4")), ()))
    assert image.pixelColor(200, 141).name() == theme.tokens().chip("P1").ground.lower()


def test_an_unacknowledged_pin_has_a_ring_of_its_colour(qapp):
    ground = QColor("#808080")
    ringed, plain = (painted(marks_of((pin(1, acked=acked),), ())) for acked in (False, True))
    assert ringed.pixelColor(200 + 17, 150).name() == theme.tokens().chip("P1").ground.lower()
    assert plain.pixelColor(200 + 17, 150) == ground


def test_the_case_in_hand_has_a_white_ring(qapp):
    image = painted(marks_of((pin(1), pin(2, lon=115.3)), ()), selected=1)
    assert image.pixelColor(225, 150).name() == "#ffffff"


@pytest.mark.parametrize(
    ("direction", "lit", "dark"),
    [(90, (225, 150), (175, 150)), (0, (200, 125), (200, 180)), (270, (175, 150), (225, 150))],
)
def test_a_camera_s_cone_lies_where_it_looks(qapp, direction, lit, dark):
    image = painted(marks_of((), (camera(direction),)), view(14))
    ground = QColor("#808080")
    assert image.pixelColor(*lit) != ground
    assert image.pixelColor(*dark) == ground


def test_a_dome_sees_all_around(qapp):
    image = painted(marks_of((), (camera(0, 360),)), view(14))
    assert all(image.pixelColor(x, y) != QColor("#808080") for x, y in ((225, 150), (175, 150), (200, 125), (200, 172)))


@pytest.mark.parametrize(("count", "zoom", "is_wide"), [(60, 11, True), (61, 11, False), (61, 13.5, True)])
def test_many_cameras_seen_from_far_are_dots(qapp, count, zoom, is_wide):
    image = painted(marks_of((), (camera(fov=0),) * count), view(zoom))
    assert image.pixelColor(200, 150) != QColor("#808080")
    assert (image.pixelColor(203, 150) != QColor("#808080")) == is_wide


def test_a_thousand_pins_need_eight_pictures(qapp):
    spread = tuple(pin(n, 115.15 + n % 40 * 0.0025, 36.05 + n // 40 * 0.004, f"P{n % 4 + 1}", n % 3 == 0) for n in range(1, 1001))
    made, sprites = marks_of(spread, ()), Sprites()
    image = QImage(1600, 900, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    marks.paint(painter, view(13.6).sized(1600, 900), made, sprites, selected=0, ratio=1.0)
    painter.end()
    assert len(sprites._made) == 8


def crowd(count=CLUSTERS_OVER + 1):
    """Pins of a few streets, the last one urgent and waiting; the most urgent comes first, as the question gives them."""
    calm = tuple(pin(n, SPOT.lon + n % 20 * 0.00002, SPOT.lat + n // 20 * 0.00002, "P4") for n in range(2, count + 1))
    return (pin(1, SPOT.lon, SPOT.lat, "P1", acked=False), *calm)


def test_many_pins_seen_from_far_stand_as_one_that_hides_nothing_urgent(qapp):
    made, sprites = marks_of(crowd(), ()), Sprites()
    clusters = made.clusters(view(11))
    assert clusters.counts.tolist() == [CLUSTERS_OVER + 1]
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    marks.paint(painter, view(11), made, sprites, selected=0, ratio=1.0)
    painter.end()
    assert {(key[0], key[1]) for key in sprites._made if key[0] == "cluster"} == {("cluster", str(CLUSTERS_OVER + 1))}
    assert ("P1", False) in {key[:2] for key in sprites._made}


def test_clusters_are_all_hit_and_near_by_every_pin_stands_alone():
    made = marks_of(crowd(), ())
    assert [one.id for one in made.pins_at(view(11), 200, 150)] == [one.id for one in made.pins]
    assert made.clusters(view(13.5)) is None
    assert made.clusters(view(11)) is made.clusters(view(11.9))


def test_a_few_pins_never_stand_together():
    assert marks_of(crowd(CLUSTERS_OVER), ()).clusters(view(5)) is None


def test_clusters_stay_what_they_are_while_the_map_is_pushed():
    made = marks_of(crowd(), ())
    assert made.clusters(view(11)) is made.clusters(view(11).panned(137, -61))


def test_the_case_in_hand_is_never_hidden_in_a_cluster(qapp):
    image = painted(marks_of(crowd(), ()), view(11), selected=100)
    assert image.pixelColor(225, 150).name() == "#ffffff"


def test_a_crowd_of_cameras_are_dots_at_any_distance(qapp):
    image = painted(marks_of((), (camera(fov=0),) * (CROWD + 1)), view(15))
    assert image.pixelColor(200, 150) != QColor("#808080")
    assert image.pixelColor(203, 150) == QColor("#808080")


def test_an_overdue_case_is_told_by_its_cluster_however_calm_the_others_are(qapp):
    pins = list(crowd())
    pins[-1] = replace(pins[-1], lamp="K")
    pins[-2] = replace(pins[-2], lamp="Y")
    sprites = Sprites()
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    marks.paint(painter, view(11), marks_of(tuple(pins), ()), sprites, selected=0, ratio=1.0)
    painter.end()
    assert [key[:4] for key in sprites._made if key[0] == "cluster"] == [("cluster", str(CLUSTERS_OVER + 1), "P1", "K")]
