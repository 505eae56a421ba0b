"""One tile painted: a band with name, clock and age above the picture, so that nothing covers a live picture."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, QRegion

from console.ui.base import draw, theme
from console.ui.base.words import tr
from console.ui.wall import veils
from console.ui.wall.faces import Face
from console.video.wall import Box
from console.video.zoom import Zoom

BAND = 26
_DARK = QColor(12, 14, 16)


def picture_box(box: Box) -> QRect:
    """Where the picture stands inside a tile."""
    return QRect(box.x, box.y + theme.px(BAND), box.width, box.height - theme.px(BAND))


def paint(painter: QPainter, box: Box, face: Face, picture: tuple[QImage, Zoom | None] | None, region: QRegion) -> None:
    """Paint what lies in a region of a tile; the image may lie in memory another process writes, it is only read here."""
    image, zoom = picture or (None, None)
    inside = picture_box(box)
    if face.hint:
        _empty(painter, box, face)
        return
    if image is None or _fitted(image, inside) != inside:
        painter.fillRect(inside, _DARK)
    if image is not None:
        painter.drawImage(_fitted(image, inside), image, _part(image, zoom))
    if face.veil is not None:
        veils.paint(painter, inside, face.veil, has_picture=image is not None)
    elif face.warning:
        _warning(painter, inside, face.warning)
    if region.intersects(QRect(box.x, box.y, box.width, theme.px(BAND))):
        _band(painter, box, face)
        _frame(painter, box, face)


def _fitted(image: QImage, inside: QRect) -> QRect:
    """The picture at its own shape in the middle; one to one where the worker has scaled it already."""
    size = image.size().scaled(inside.size(), Qt.AspectRatioMode.KeepAspectRatio)
    if abs(size.width() - inside.width()) <= 2 and abs(size.height() - inside.height()) <= 2:
        return inside
    left, top = inside.x() + (inside.width() - size.width()) // 2, inside.y() + (inside.height() - size.height()) // 2
    return QRect(left, top, size.width(), size.height())


def _part(image: QImage, zoom: Zoom | None) -> QRect:
    """What is seen of a picture."""
    if zoom is None:
        return image.rect()
    width, height = image.width(), image.height()
    return QRect(round(zoom.x * width), round(zoom.y * height), round(zoom.side * width), round(zoom.side * height))


def _band(painter: QPainter, box: Box, face: Face) -> None:
    shade = theme.tokens()
    band = QRect(box.x, box.y, box.width, theme.px(BAND))
    painter.fillRect(band, theme.colour(shade.strip))
    side = theme.px(8)
    room = band.adjusted(side, 0, -side, 0)
    metrics = QFontMetrics(theme.font(theme.SMALL, bold=True))
    age_wide = metrics.horizontalAdvance(face.age) + (theme.px(10) if face.is_late else 0)
    age = QRect(room.right() - age_wide, room.top(), age_wide + 1, room.height())
    if face.is_late:
        painter.fillRect(age.adjusted(0, 3, 0, -3), theme.colour(shade.amber))
    draw.text(painter, age, face.age, size=theme.SMALL, bold=True, ink=shade.on_amber if face.is_late else shade.on_strip, centre=True)
    room.setRight(age.left() - theme.px(10))
    clock_wide = metrics.horizontalAdvance(face.clock)
    if face.clock and room.width() > clock_wide + theme.px(96):
        draw.text(painter, room, face.clock, size=theme.SMALL, ink=shade.on_strip_dim, right=True)
        room.setRight(room.right() - clock_wide - theme.px(10))
    mark = face.mark or (tr("case tile") if face.is_event else "")
    named = metrics.horizontalAdvance(f"{face.code}  {face.name}  {mark}") + theme.px(20)
    if mark and (face.mark or room.width() > named):
        draw.text(painter, room, mark, size=theme.SMALL, ink=shade.on_strip_dim, right=True)
        room.setRight(room.right() - metrics.horizontalAdvance(mark) - theme.px(8))
    code_wide = draw.text(painter, room, face.code, size=theme.SMALL, bold=True, ink=shade.on_strip)
    room.setLeft(room.left() + code_wide + theme.px(8))
    draw.text(painter, room, face.name, size=theme.SMALL, ink=shade.on_strip)


def _frame(painter: QPainter, box: Box, face: Face) -> None:
    if face.is_chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour(theme.tokens().accent), 2))
        painter.drawRect(QRectF(box.x - 1, box.y - 1, box.width + 2, box.height + 2))


def _empty(painter: QPainter, box: Box, face: Face) -> None:
    shade = theme.tokens()
    whole = QRect(box.x, box.y, box.width, box.height)
    painter.fillRect(whole, theme.colour(shade.panel))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(shade.line), 1, Qt.PenStyle.DashLine))
    painter.drawRect(whole.adjusted(0, 0, -1, -1))
    middle = whole.center().y()
    high = theme.px(28)
    if whole.height() > 2 * high:
        above = QRect(whole.x(), middle - high, whole.width(), high)
        draw.text(painter, above, str(face.number), size=theme.TITLE, ink=shade.dim, centre=True)
        room = QRect(whole.x() + 8, middle, whole.width() - 16, high)
        if face.is_chosen:
            draw.text(painter, room, face.hint, size=theme.SMALL, ink=shade.dim, centre=True)
    else:
        draw.text(painter, whole, str(face.number), size=theme.BODY, ink=shade.dim, centre=True)
    _frame(painter, box, face)


def _warning(painter: QPainter, inside: QRect, words: str) -> None:
    high = theme.px(24)
    foot = QRect(inside.x(), inside.bottom() - high + 1, inside.width(), high)
    painter.fillRect(foot, QColor(0, 0, 0, 190))
    draw.text(painter, foot.adjusted(8, 0, -8, 0), words, size=theme.SMALL, ink=veils.WHITE)
