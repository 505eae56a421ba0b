"""The margin of a picture: below what the camera saw, which stays as it was, however wide the words."""

import pytest
from PySide6.QtGui import QColor, QImage

from console.domain.errors import Unavailable
from console.ui.wall.stamp import stamped

LINES = ("C301  仓颉路西  2026-11-24 03:00:07", "值班员甲  A1  V3 夜间例行巡查" * 9)


@pytest.mark.parametrize("size", [(1280, 720), (320, 180), (3840, 2160)])
def test_the_picture_keeps_its_size_and_the_words_stand_below(qapp, tmp_path, size):
    source = QImage(*size, QImage.Format.Format_RGB32)
    source.fill(QColor("#40A060"))
    source.save(str(tmp_path / "still.jpg"), "JPEG", 95)
    picture = stamped(tmp_path / "still.jpg", LINES)
    image = QImage.fromData(picture.content)
    assert (image.width(), image.height()) == (picture.width, picture.height)
    assert picture.width == size[0]
    assert size[1] < picture.height < size[1] * 1.3
    seen = image.pixelColor(size[0] // 2, size[1] // 2)
    assert abs(seen.green() - 160) < 6
    margin = [image.pixelColor(x, y).lightness() for x in range(0, size[0], 3) for y in range(size[1] + 2, picture.height, 2)]
    assert max(margin) > 180 and min(margin) < 40


def test_what_is_no_picture_is_said(qapp, tmp_path):
    (tmp_path / "still.jpg").write_bytes(b"nothing")
    with pytest.raises(Unavailable):
        stamped(tmp_path / "still.jpg", LINES)
