"""A picture with its margin: below what the camera saw stands which camera, when, who took it and what for. Any thread."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter

from console.domain.errors import Unavailable
from console.service.stills import Picture
from console.ui.base import theme
from console.ui.base.text import one_line

QUALITY = 92
LEAST_PX, LINES_PER_PICTURE = 13, 40
_INK, _GROUND = QColor("#FFFFFF"), QColor("#14161A")
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def stamped(path: Path, lines: tuple[str, ...]) -> Picture:
    """The JPEG at a path with these lines in a margin below it; the picture keeps its size. Raises Unavailable."""
    image = QImage(str(path))
    if image.isNull():
        raise Unavailable("no_picture")
    face = theme.font(theme.SMALL)
    face.setPixelSize(max(LEAST_PX, image.height() // LINES_PER_PICTURE))
    metrics = QFontMetrics(face)
    high = metrics.height() + metrics.height() // 4
    whole = QImage(image.width(), image.height() + high * len(lines), QImage.Format.Format_RGB32)
    whole.fill(_GROUND)
    painter = QPainter(whole)
    painter.drawImage(0, 0, image)
    painter.setFont(face)
    painter.setPen(_INK)
    for at, words in enumerate(lines):
        box = QRect(high // 2, image.height() + at * high, image.width() - high, high)
        painter.drawText(box, int(_FLAGS), metrics.elidedText(one_line(words), Qt.TextElideMode.ElideRight, box.width()))
    painter.end()
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    whole.save(buffer, "JPEG", QUALITY)
    return Picture(bytes(kept.data()), whole.width(), whole.height())
