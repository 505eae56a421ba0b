"""The veil over a picture that is not live: dimmed, hatched, with its age, what is wrong and what to do."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from console.ui.base import icons, theme
from console.ui.base.text import one_line
from console.ui.wall.faces import Veil

WHITE, GREY = "#FFFFFF", "#C9CED4"  # on pictures, the same by day and by night
_DIMMED = QColor(30, 33, 37, 208)
_HATCH = QColor(255, 255, 255, 20)
_FLAGS = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_GAP = 4


def paint(painter: QPainter, inside: QRect, veil: Veil, *, has_picture: bool) -> None:
    """Cover a picture and write over it what fits: the headline always, the next step last."""
    if has_picture:
        painter.fillRect(inside, _DIMMED)
        painter.fillRect(inside, QBrush(_HATCH, Qt.BrushStyle.BDiagPattern))
    side = min(theme.px(10), inside.width() // 24)
    room = inside.adjusted(side, 2, -side, -2)
    for size in (theme.BODY, theme.SMALL):  # in a wall seen from afar the headline is written small rather than cut
        lines = _lines(veil, size)
        widths = [_width(room, *line) for line in lines]
        heights = [_height(QRect(0, 0, wide, 1000), *line) for wide, line in zip(widths, lines, strict=True)]
        if heights[0] <= room.height():
            break
    while len(lines) > 1 and sum(heights) + _GAP * len(lines) > room.height():
        del lines[-1], heights[-1]
    top = room.top() + (room.height() - sum(heights) - _GAP * (len(lines) - 1)) // 2
    if veil.is_offline and top - room.top() > theme.px(44):
        _offline(painter, QRect(room.center().x() - theme.px(18), top - theme.px(42), theme.px(36), theme.px(36)))
    for (words, face), wide, high in zip(lines, widths, heights, strict=False):
        painter.setFont(face)
        painter.setPen(QColor(WHITE if face.bold() else GREY))
        painter.drawText(QRect(room.left() + (room.width() - wide) // 2, top, wide, high + 2), int(_FLAGS), words)
        top += high + _GAP


def _lines(veil: Veil, size: int) -> list[tuple[str, QFont]]:
    second = " · ".join(part for part in (veil.words, veil.retry) if part)
    small = theme.font(theme.SMALL)
    return [(veil.headline, theme.font(size, bold=True)), *((one_line(words), small) for words in (second, veil.next_step) if words)]


def _width(room: QRect, words: str, face: QFont) -> int:
    """Words that need several lines get lines of equal length: no single character is left for the last one."""
    metrics = QFontMetrics(face)
    needed = metrics.horizontalAdvance(words) + 2
    if needed <= room.width():
        return room.width()
    count = -(-needed // room.width())
    return min(room.width(), needed // count + 2 * metrics.height())


def _height(room: QRect, words: str, face: QFont) -> int:
    return QFontMetrics(face).boundingRect(room, int(_FLAGS), words).height()


def _offline(painter: QPainter, box: QRect) -> None:
    """A camera, struck through."""
    painter.drawPixmap(box, icons.pixmap("camera", "on_strip_dim", 36))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for ink, thick in ((QColor(20, 22, 25), 6.0), (QColor(GREY), 2.5)):
        painter.setPen(QPen(ink, thick))
        painter.drawLine(box.bottomLeft(), box.topRight())
    painter.restore()
