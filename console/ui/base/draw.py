"""Small drawings that panels share: priority chips, lamps, flash markers, time bars, cut text.

Everything here paints with tokens and takes plain values; nothing knows records.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from console.ui.base import theme
from console.ui.base.colours import Shape
from console.ui.base.text import one_line
from console.ui.base.veil import veiled

_ALIGN = Qt.AlignmentFlag


def _outline(shape: Shape, box: QRectF) -> QPolygonF:
    """The corners of a shape inside a box; the triangle reaches a little higher to look as big."""
    left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
    middle, centre = box.center().x(), box.center().y()
    corners = {
        "diamond": ((middle, top - 2), (right + 2, centre), (middle, bottom + 2), (left - 2, centre)),
        "triangle": ((middle, top - 2), (right + 1, bottom), (left - 1, bottom)),
        "square": ((left + 1, top + 1), (right - 1, top + 1), (right - 1, bottom - 1), (left + 1, bottom - 1)),
    }
    return QPolygonF([QPointF(x, y) for x, y in corners.get(shape, ())])


def chip(painter: QPainter, box: QRectF, priority: str, *, is_chinese: bool = True) -> None:
    """Paint a priority as shape, character and colour inside a square box, with its dark outline."""
    look = theme.tokens().chip(priority)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.tokens().outline), 1.5))
    painter.setBrush(QColor(look.ground))
    if look.shape == "circle":
        painter.drawEllipse(box)
    else:
        painter.drawPolygon(_outline(look.shape, box))
    glyph = theme.font(theme.SMALL, bold=True)
    # The glyph is part of the drawing, not text to read: in the triangle it must be smaller to stay inside.
    share = 0.46 if look.shape == "triangle" else 0.56
    glyph.setPixelSize(max(9, round(box.height() * share)))
    painter.setFont(glyph)
    painter.setPen(QColor(look.ink))
    text_box = box.adjusted(0, box.height() * 0.26, 0, 0) if look.shape == "triangle" else box
    painter.drawText(text_box, Qt.AlignmentFlag.AlignCenter, look.zh if is_chinese else look.en)
    painter.restore()


def marker(painter: QPainter, box: QRectF, *, is_bright: bool) -> None:
    """Paint the mark of an unacknowledged row; between two flashes it stays visible as an outline."""
    painter.save()
    painter.setPen(QPen(QColor(theme.tokens().alarm), 2))
    painter.setBrush(QColor(theme.tokens().alarm) if is_bright else Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(1, 1, -1, -1))
    painter.restore()


def lamp(painter: QPainter, box: QRectF, code: str) -> None:
    """Paint a time lamp (CT-11) as a small lettered square with its outline."""
    look = theme.tokens().lamp(code)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.tokens().outline), 1))
    painter.setBrush(QColor(look.ground))
    painter.drawRoundedRect(box, 3, 3)
    letter = theme.font(theme.SMALL, bold=True)
    letter.setPixelSize(max(9, round(box.height() * 0.72)))
    painter.setFont(letter)
    painter.setPen(QColor(look.ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, code)
    painter.restore()


def bar(painter: QPainter, box: QRectF, share: float, lamp_code: str = "G") -> None:
    """Paint how much of a time limit is used: grey, amber when due soon, the alarm red when past."""
    shade = theme.tokens()
    fill = {"Y": shade.amber, "R": shade.alarm, "K": shade.alarm}.get(lamp_code, shade.bar)
    painter.fillRect(box, QColor(shade.track))
    used = QRectF(box)
    used.setWidth(box.width() * min(1.0, max(0.0, share)))
    painter.fillRect(used, QColor(fill))


def text(
    painter: QPainter, box: QRect, words: str, *,
    size: int = theme.BODY, bold: bool = False, ink: str = "", right: bool = False, centre: bool = False,
) -> int:
    """Paint one line of plain text, cut with an ellipsis; returns the width it took."""
    face = theme.font(size, bold=bold)
    painter.setFont(face)
    painter.setPen(QColor(ink or theme.tokens().text))
    metrics = QFontMetrics(face)
    shown = metrics.elidedText(veiled(one_line(words)), Qt.TextElideMode.ElideRight, box.width())
    side = _ALIGN.AlignRight if right else _ALIGN.AlignHCenter if centre else _ALIGN.AlignLeft
    painter.drawText(box, side | _ALIGN.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    return metrics.horizontalAdvance(shown)
