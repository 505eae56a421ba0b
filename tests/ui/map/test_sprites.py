"""Pictures of pins and cameras: made once for each look, and what they show."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor

from console.ui.base import theme
from console.ui.map import sprites as pictures
from console.ui.map.sprites import MOST_PICTURES, MOST_TOLD, Sprites
from tests.make import CAMERAS

EYE = replace(CAMERAS[0], direction_deg=90.0, fov_deg=60.0)


def ink(picture, x, y):
    return picture.toImage().pixelColor(x, y)


def test_a_picture_is_made_once(qapp):
    made = Sprites()
    assert made.pin("P1", is_acked=True, ratio=1.0) is made.pin("P1", is_acked=True, ratio=1.0)
    assert made.pin("P1", is_acked=True, ratio=1.0) is not made.pin("P1", is_acked=False, ratio=1.0)


def test_another_look_is_another_picture(qapp, look):
    made = Sprites()
    day = made.pin("P1", is_acked=True, ratio=1.0)
    look.wear("night", 100)
    assert made.pin("P1", is_acked=True, ratio=1.0) is not day


def test_one_pin_is_no_crowd_and_many_tell_how_many(qapp):
    made = Sprites()
    one, two, many, more = (made.pins("P2", count, is_acked=True, ratio=1.0) for count in (1, 2, MOST_TOLD + 1, MOST_TOLD + 9))
    assert one is made.pin("P2", is_acked=True, ratio=1.0)
    assert two.width() < many.width()
    assert many is more
    middle = theme.px(pictures.PIN)
    assert ink(two, middle, round(middle * 0.7)) == ink(one, middle, round(middle * 0.7))  # the pin itself stands where it stood


def test_a_plate_with_the_number_stands_at_the_pin_s_foot(qapp):
    two = Sprites().pins("P4", 88, is_acked=True, ratio=1.0).toImage()
    strip = QColor(theme.tokens().strip)
    plate = [(x, y) for x in range(two.width()) for y in range(two.height()) if two.pixelColor(x, y) == strip]
    assert len(plate) > 60
    assert min(y for _, y in plate) > two.height() / 2


@pytest.mark.parametrize(("way", "lit", "dark"), [(90, (56, 40), (24, 40)), (0, (40, 24), (40, 56)), (273, (24, 40), (56, 40))])
def test_a_cone_lies_where_the_camera_looks(qapp, way, lit, dark):
    cone = Sprites().cone(replace(EYE, direction_deg=way), 40, 1.0)
    assert ink(cone, *lit).alpha() > 0
    assert ink(cone, *dark).alpha() == 0


def test_a_camera_that_sees_all_around_has_a_whole_circle(qapp):
    cone = Sprites().cone(replace(EYE, fov_deg=360.0), 40, 1.0)
    assert all(ink(cone, x, y).alpha() > 0 for x, y in ((60, 40), (20, 40), (40, 20), (40, 60)))


def test_a_number_is_written_in_the_ink_of_words_as_sharp_as_the_screen(qapp):
    picture = pictures.Sprites().label("C301", 2.0)
    assert picture.devicePixelRatio() == 2.0
    image, text = picture.toImage(), QColor(theme.tokens().text).rgba()
    assert any(image.pixel(x, y) == text for x in range(image.width()) for y in range(image.height()))


def test_pictures_do_not_grow_without_end(qapp):
    made = Sprites()
    for number in range(MOST_PICTURES + 50):
        made.label(f"C{number}", 1.0)
    assert len(made._made) <= MOST_PICTURES + 1


@pytest.mark.parametrize(("lamp", "is_told"), [("", False), ("G", False), ("S", False), ("Y", True), ("R", True), ("K", True)])
def test_a_limit_that_runs_out_is_told_beside_the_pin(qapp, lamp, is_told):
    made = Sprites()
    plain, told = made.pins("P3", 1, "", is_acked=True, ratio=1.0), made.pins("P3", 1, lamp, is_acked=True, ratio=1.0)
    assert (told is not plain) is is_told
    if is_told:
        ground, image = QColor(theme.tokens().lamp(lamp).ground).rgb(), told.toImage()
        found = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) == ground]
        assert len(found) > 30
        assert min(x for x, _ in found) > image.width() / 2 > max(y for _, y in found)  # right of the middle, above it
