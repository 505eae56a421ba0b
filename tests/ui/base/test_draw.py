"""Small drawings: four priorities can be told without colour, bars never leave their box."""

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from console.ui.base import draw


def picture(paint, size=40):
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor("#E6E8EA"))
    brush = QPainter(image)
    paint(brush)
    brush.end()
    return image


def grey(image):
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def difference(one, other):
    return sum(
        abs(one.pixelColor(x, y).value() - other.pixelColor(x, y).value()) > 40
        for x in range(one.width())
        for y in range(one.height())
    )


def test_in_grey_four_priorities_still_differ(look):
    for is_chinese in (True, False):
        chips = [
            grey(picture(lambda brush, p=priority, zh=is_chinese: draw.chip(brush, QRectF(7, 7, 26, 26), p, is_chinese=zh)))
            for priority in ("P1", "P2", "P3", "P4")
        ]
        for place, one in enumerate(chips):
            for other in chips[place + 1 :]:
                assert difference(one, other) > 100


@pytest.mark.parametrize("share", [-1.0, 0.0, 0.4, 1.0, 9.0])
def test_a_bar_stays_inside_its_box(look, share):
    image = picture(lambda brush: draw.bar(brush, QRectF(10, 10, 20, 8), share))
    assert image.pixelColor(9, 14) == QColor("#E6E8EA")
    assert image.pixelColor(31, 14) == QColor("#E6E8EA")


@pytest.mark.parametrize(("code", "fill"), [("G", "#464E58"), ("Y", "#E8710A"), ("R", "#C1121F"), ("K", "#C1121F")])
def test_a_bar_is_grey_until_the_limit_is_near(look, code, fill):
    image = picture(lambda brush: draw.bar(brush, QRectF(10, 10, 20, 8), 0.5, code))
    assert image.pixelColor(12, 14) == QColor(fill)


def test_cut_text_fits(look):
    widths = []
    picture(lambda brush: widths.append(draw.text(brush, QRect(0, 0, 38, 30), "元村镇仓颉路与文化路口")))
    assert 0 < widths[0] <= 38


def test_every_lamp_has_its_letter(look):
    lamps = [picture(lambda brush, c=code: draw.lamp(brush, QRectF(8, 8, 24, 24), c)) for code in "GYRKS"]
    for place, one in enumerate(lamps):
        for other in lamps[place + 1 :]:
            assert difference(grey(one), grey(other)) > 10


def test_a_marker_is_filled_when_lit(look):
    lit = picture(lambda brush: draw.marker(brush, QRectF(0, 0, 10, 40), is_bright=True))
    assert lit.pixelColor(5, 20) == QColor("#C1121F")
