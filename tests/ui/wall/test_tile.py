"""A tile painted: band above the picture, 16:9 kept, the veil dims and hatches, long names are cut."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from console.ui.base import theme
from console.ui.wall import tile
from console.ui.wall.faces import Face, Veil
from console.video.wall import Box

BOX = Box(10, 10, 320, 206)  # 320 by 180 under a band of 26
LIVE = Face(1, "C301", "仓颉路西", clock="03:00:07", age="0.1 s")


def picture(width=320, height=180, colour="#40A060"):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def painted(face, image, box=BOX, region=None):
    canvas = QImage(box.width + 20, box.height + 20, QImage.Format.Format_RGB32)
    canvas.fill(QColor("#FF00FF"))
    painter = QPainter(canvas)
    tile.paint(painter, box, face, tile.Shown(image), region or QRegion(0, 0, 2000, 2000))
    painter.end()
    return canvas


def test_nothing_covers_a_live_picture(qapp):
    image = painted(LIVE, picture())
    corners = [(10, 36), (329, 36), (10, 215), (329, 215), (170, 120)]
    assert {image.pixelColor(*spot).name() for spot in corners} == {"#40a060"}
    assert image.pixelColor(12, 12).name() == theme.tokens().strip.lower()


def test_a_picture_of_another_shape_stands_in_the_middle_between_dark_bars(qapp):
    image = painted(LIVE, picture(240, 180))
    assert image.pixelColor(170, 120).name() == "#40a060"
    assert image.pixelColor(20, 120).lightness() < 20


@pytest.mark.parametrize("height", [179, 180, 181])
def test_a_picture_of_the_tiles_size_is_copied_and_never_stretched(qapp, height):
    rows = picture(320, height)
    for y in range(0, height, 2):
        for x in range(320):
            rows.setPixelColor(x, y, QColor("#FFFFFF"))
    image = painted(LIVE, rows)
    seen = min(height, 180)  # what is over does not reach the tile below
    assert image.copy(10, 36, 320, seen).convertToFormat(QImage.Format.Format_RGB32) == rows.copy(0, 0, 320, seen)
    assert image.pixelColor(170, 216).name() == "#ff00ff"


def test_only_the_picture_is_painted_when_only_the_picture_is_new(qapp):
    image = painted(LIVE, picture(), region=QRegion(tile.picture_box(BOX)))
    assert image.pixelColor(12, 12).name() == "#ff00ff"


def test_a_veil_dims_and_hatches_the_last_picture(qapp):
    veiled = painted(Face(1, "C301", "仓颉路西", age="12 s", is_late=True, veil=Veil("画面停止 12 秒")), picture(colour="#FFFFFF"))
    edge = {veiled.pixelColor(x, 40).lightness() for x in range(12, 60)}
    assert max(edge) < 110
    assert len(edge) > 1


@pytest.mark.parametrize("size", [(320, 206), (232, 156), (120, 93), (48, 53), (16, 35), (1600, 926)])
@pytest.mark.parametrize("look_name", ["day", "night"])
def test_every_size_and_look_is_painted_inside_its_box(qapp, look, size, look_name):
    look.wear(look_name, 100)
    box = Box(10, 10, *size)
    long = Face(9, "C301", "很长很长的摄像机名称" * 5, is_event=True, is_chosen=True, clock="03:00:07", age="12 s", is_late=True,
                veil=Veil("画面停止 12 秒", "摄像机无数据", "请检查摄像机网络，正在自动重连", "4 秒后重连", is_offline=True))  # fmt: skip
    image = painted(long, picture(), box)
    outside = [(x, y) for x in (2, box.width + 17) for y in range(0, box.height + 20, 7)]
    assert {image.pixelColor(*spot).name() for spot in outside} == {"#ff00ff"}


def test_the_chosen_tile_is_framed_and_others_are_not(qapp):
    accent = theme.tokens().accent.lower()
    assert painted(Face(1, "C301", "", is_chosen=True, age="0.1 s"), picture()).pixelColor(9, 100).name() == accent
    assert painted(LIVE, picture()).pixelColor(9, 100).name() == "#ff00ff"


def test_a_late_age_stands_on_amber(qapp):
    image = painted(Face(1, "C301", "", age="3 s", is_late=True), picture())
    assert theme.tokens().amber.lower() in {image.pixelColor(x, 15).name() for x in range(280, 330)}


def test_the_watermark_stands_over_the_lower_left_and_not_on_tiles_too_small_for_it(qapp):
    mark = tile.watermark("值班员甲  A1", 1.0)

    def seen(width, height):
        canvas = QImage(width + 20, height + 46, QImage.Format.Format_RGB32)
        canvas.fill(QColor("#FF00FF"))
        painter = QPainter(canvas)
        tile.paint(painter, Box(10, 10, width, height + 26), LIVE, tile.Shown(picture(width, height), None, mark), QRegion(0, 0, 999, 999))
        painter.end()
        spots = {(x, y) for x in range(10, 10 + width) for y in range(36, 36 + height) if canvas.pixelColor(x, y).name() != "#40a060"}
        return spots

    spots = seen(320, 180)
    assert spots and max(x for x, _ in spots) < 10 + 160 and min(y for _, y in spots) > 36 + 120
    assert seen(96, 54) == set()


def test_a_tile_too_narrow_for_its_age_stands_on_amber_as_a_whole(qapp):
    def band_of(face):
        return painted(face, picture(48, 27), Box(10, 10, 48, 53)).pixelColor(12, 15).name()

    assert band_of(Face(1, "C301", "", age="3 s", is_late=True)) == theme.tokens().amber.lower()
    assert band_of(Face(1, "C301", "", age="0.1 s")) == theme.tokens().strip.lower()


def test_the_code_stays_when_a_small_tile_says_who_turns_it(qapp):
    small, strip = Box(10, 10, 284, 186), QRect(18, 12, 30, 22)
    marked = painted(Face(1, "C301", "仓颉路西", clock="03:00:07", age="0.1 s", mark="seat B1 in control 1:08"), picture(284, 160), small)
    assert marked.copy(strip) == painted(LIVE, picture(284, 160), small).copy(strip)


def test_why_less_is_shown_stands_at_the_foot_where_it_fits_and_below_the_watermark():
    mark = tile.watermark("值班员甲  A1", 1.0)
    lowered = Face(1, "C301", "", age="1.4 s", mark="关键帧", note="仅显示关键帧：处理器已满")

    def foot(width, face):
        canvas = QImage(width, 206, QImage.Format.Format_RGB32)
        painter = QPainter(canvas)
        tile.paint(painter, Box(0, 0, width, 206), face, tile.Shown(picture(width, 180), None, mark), QRegion(0, 0, 999, 999))
        painter.end()
        return canvas

    plain, told = foot(320, LIVE), foot(320, lowered)
    assert told.pixelColor(300, 200).lightness() < plain.pixelColor(300, 200).lightness() / 2
    assert told.copy(0, 150, 320, 32) != plain.copy(0, 150, 320, 32)  # the name stands above the strip
    assert foot(96, lowered).copy(0, 30, 96, 176) == foot(96, LIVE).copy(0, 30, 96, 176)


def test_what_is_wrong_is_not_covered_by_what_the_camera_sends(qapp):
    veiled = replace(LIVE, veil=Veil("摄像机要求转到台账外的主机", "", "请更正地址，或先登记该主机"))
    assert painted(replace(veiled, facts=("— —", "—", "子码流")), picture()) == painted(veiled, picture())
    assert painted(replace(LIVE, facts=("640×360  H.264",)), picture()) != painted(LIVE, picture())
