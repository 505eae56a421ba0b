"""Queue and board lines: painted at every width and scale, late times say so by more than colour."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from console.ui.base.rows import BarLine, BarPainter, Line, LinePainter, RowLook

P1 = Line("P1", "14:21", "井盖缺失", "元村镇 仓颉路小学西门", "未接", "0:58", "R", is_unacked=True)
LATE = BarLine("012", "供电 主", "超期", 1.0, "超 1:12", "R")
CALM = BarLine("028", "水利 主", "处置中 18/60 分", 0.3, "剩 42 分")


def painted(painter, row, width=560, look=None):
    image = QImage(width, 44, QImage.Format.Format_RGB32)
    image.fill(QColor("#E6E8EA"))
    brush = QPainter(image)
    painter.paint(brush, QRect(0, 0, width, 43), row, look or RowLook())
    brush.end()
    return image


def colours(image):
    return {
        image.pixelColor(x, y).name().upper() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }


@pytest.mark.parametrize("width", [180, 300, 560, 1200])
@pytest.mark.parametrize("look_name", ["day", "night"])
def test_lines_can_be_painted_at_any_width(look, width, look_name):
    look.wear(look_name, 150)
    assert not painted(LinePainter(lambda row: row), P1, width).isNull()
    assert not painted(BarPainter(lambda row: row), LATE, width).isNull()


def test_a_calm_line_uses_no_alarm_colour(look):
    assert "#C1121F" not in colours(painted(BarPainter(lambda row: row), CALM))


def test_a_late_line_shows_the_alarm_colour_and_says_so_in_words(look):
    painter = BarPainter(lambda row: row)
    assert "#C1121F" in colours(painted(painter, LATE))
    assert "超 1:12" in painter.spoken(LATE)


def test_between_two_flashes_the_marker_is_still_there(look):
    dim = painted(LinePainter(lambda row: row), P1, look=RowLook(is_bright=False))
    assert dim.pixelColor(1, 20) == QColor("#C1121F")
    assert dim.pixelColor(5, 20) != QColor("#C1121F")


def test_a_line_is_spoken_in_full(look):
    assert LinePainter(lambda row: row).spoken(P1) == "14:21 井盖缺失\n元村镇 仓颉路小学西门\n未接 0:58"
    assert LinePainter(lambda row: row).is_unacked(P1)
