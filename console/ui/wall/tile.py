"""One tile painted: a band with name, clock and age above the picture, so that nothing but the watermark covers a live picture."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, QPixmap, QRegion

from console.ui.base import draw, theme, veil
from console.ui.base.words import tr
from console.ui.wall import veils
from console.ui.wall.faces import Face
from console.video.wall import Box
from console.video.zoom import Zoom

BAND, STRIP = 26, 24
_DARK = QColor(12, 14, 16)


@dataclass(frozen=True)
class Shown:
    """A picture on its way to the screen: the part that is looked at, and the name that stands over it."""

    image: QImage
    zoom: Zoom | None = None
    watermark: QPixmap | None = None


def picture_box(box: Box) -> QRect:
    """Where the picture stands inside a tile."""
    return QRect(box.x, box.y + theme.px(BAND), box.width, box.height - theme.px(BAND))


def paint(painter: QPainter, box: Box, face: Face, shown: Shown | None, region: QRegion) -> None:
    """Paint what lies in a region of a tile; the image may lie in memory another process writes, it is only read here."""
    if face.hint:
        _empty(painter, box, face)
        return
    if region.intersects(picture_box(box)):
        picture(painter, picture_box(box), face, shown)
    if region.intersects(QRect(box.x, box.y, box.width, theme.px(BAND))):
        _band(painter, box, face)
        _frame(painter, box, face)


def picture(painter: QPainter, inside: QRect, face: Face, shown: Shown | None) -> None:
    """Paint the picture of a tile, and what lies over it."""
    words = "" if face.veil is not None else face.warning or _fitting_note(inside, face.note)
    if shown is None:
        painter.fillRect(inside, _DARK)
    else:
        _draw(painter, inside, shown)
        _mark(painter, inside.adjusted(0, 0, 0, -theme.px(STRIP)) if words else inside, shown.watermark)
    if face.veil is not None:
        veils.paint(painter, inside, face.veil, has_picture=shown is not None)
    elif words:
        _warning(painter, inside, words)
    if face.facts and face.veil is None:
        _facts(painter, inside, face.facts)


def _draw(painter: QPainter, inside: QRect, shown: Shown) -> None:
    """The picture at its own shape in the middle: copied where the worker has scaled it already, for stretching costs ten times as much."""
    if shown.zoom is None and _is_covered(shown.image, inside):
        painter.drawImage(inside.x(), inside.y(), shown.image, 0, 0, inside.width(), inside.height())
    else:
        _fit(painter, inside, shown)


def _is_covered(image: QImage, inside: QRect) -> bool:
    """Whether a picture is the tile's size or a row and a column over, which is how a worker scales it: no time for more questions."""
    wide, high = image.width() - inside.width(), image.height() - inside.height()
    return 0 <= wide <= 1 and 0 <= high <= 1 and image.devicePixelRatio() == 1.0


def _fit(painter: QPainter, inside: QRect, shown: Shown) -> None:
    image, size = shown.image, shown.image.deviceIndependentSize().toSize()
    room, fit = inside.size(), size.scaled(inside.size(), Qt.AspectRatioMode.KeepAspectRatio)
    is_copied = shown.zoom is None and _is_near(fit, size)
    if is_copied:
        fit = size.boundedTo(room)  # workers like even sizes: of one a pixel too large the last row or column is left out
    elif _is_near(fit, room):
        fit = room
    if fit != room:
        painter.fillRect(inside, _DARK)
    left, top = inside.x() + (room.width() - fit.width()) // 2, inside.y() + (room.height() - fit.height()) // 2
    if is_copied and fit == size:
        painter.drawImage(left, top, image)
    elif is_copied:
        ratio = image.devicePixelRatio()
        painter.drawImage(QPoint(left, top), image, QRect(0, 0, round(fit.width() * ratio), round(fit.height() * ratio)))
    else:
        painter.drawImage(QRect(left, top, fit.width(), fit.height()), image, _part(image, shown.zoom))


def _is_near(one: QSize, other: QSize) -> bool:
    return abs(one.width() - other.width()) <= 2 and abs(one.height() - other.height()) <= 2


def _mark(painter: QPainter, inside: QRect, mark: QPixmap | None) -> None:
    size = mark.deviceIndependentSize().toSize() if mark is not None else QSize()
    if mark is not None and inside.width() > 2 * size.width():
        painter.drawPixmap(inside.x() + 6, inside.bottom() - size.height(), mark)


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
    if room.width() < age_wide + theme.px(48):  # in a wall seen from afar the colour still tells that a picture is late
        if face.is_late:
            painter.fillRect(band.adjusted(0, 3, 0, -3), theme.colour(shade.amber))
        ink = shade.on_amber if face.is_late else shade.on_strip
        draw.text(painter, band, face.code, size=theme.SMALL, bold=True, ink=ink, centre=True)
        return
    age = QRect(room.right() - age_wide, room.top(), age_wide + 1, room.height())
    if face.is_late:
        painter.fillRect(age.adjusted(0, 3, 0, -3), theme.colour(shade.amber))
    draw.text(painter, age, face.age, size=theme.SMALL, bold=True, ink=shade.on_amber if face.is_late else shade.on_strip, centre=True)
    room.setRight(age.left() - theme.px(10))
    clock_wide, marked = metrics.horizontalAdvance(face.clock), metrics.horizontalAdvance(face.mark)
    has_room = room.width() > clock_wide + marked + theme.px(96)  # before it the mark, and ever the code
    if face.clock and has_room and not _needs_room(metrics, room.width(), clock_wide + theme.px(10), face):
        draw.text(painter, room, face.clock, size=theme.SMALL, ink=shade.on_strip_dim, right=True)
        room.setRight(room.right() - clock_wide - theme.px(10))
    mark = face.mark or _fitting(metrics, room.width(), face)
    if mark:
        draw.text(painter, room, mark, size=theme.SMALL, ink=shade.on_strip_dim, right=True)
        room.setRight(room.right() - metrics.horizontalAdvance(mark) - theme.px(8))
    code_wide = draw.text(painter, room, face.code, size=theme.SMALL, bold=True, ink=shade.on_strip)
    room.setLeft(room.left() + code_wide + theme.px(8))
    draw.text(painter, room, face.name, size=theme.SMALL, ink=shade.on_strip)


def _needs_room(metrics: QFontMetrics, room: int, clock: int, face: Face) -> bool:
    """Whether the clock must give way, because with it nothing fits of why a camera hangs here; its age stays."""
    return bool(face.is_event and face.why and not _fitting(metrics, room - clock, face) and _fitting(metrics, room, face))


def _fitting(metrics: QFontMetrics, room: int, face: Face) -> str:
    """The longest words about why a camera hangs here that leave its number and name room; the shortest may cut the name."""
    words = face.why if face.is_event and face.why else (tr("case tile"),) if face.is_event else ()
    fits = (one for one in words if metrics.horizontalAdvance(f"{face.code}  {face.name}  {one}") + theme.px(20) < room)
    found = next(fits, "")
    if not found and face.why and face.is_event and metrics.horizontalAdvance(f"{face.code}  {words[-1]}") + theme.px(60) < room:
        return words[-1]
    return found


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


def _fitting_note(inside: QRect, words: str) -> str:
    return words if words and QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance(words) + 16 <= inside.width() else ""


def _warning(painter: QPainter, inside: QRect, words: str) -> None:
    high = theme.px(STRIP)
    foot = QRect(inside.x(), inside.bottom() - high + 1, inside.width(), high)
    painter.fillRect(foot, QColor(0, 0, 0, 190))
    draw.text(painter, foot.adjusted(8, 0, -8, 0), words, size=theme.SMALL, ink=veils.WHITE)


def _facts(painter: QPainter, inside: QRect, lines: tuple[str, ...]) -> None:
    metrics = QFontMetrics(theme.font(theme.SMALL))
    wide = min(inside.width(), max(metrics.horizontalAdvance(line) for line in lines) + theme.px(16))
    high = metrics.height() + 2
    box = QRect(inside.right() - wide + 1, inside.y(), wide, min(inside.height(), high * len(lines) + theme.px(6)))
    painter.fillRect(box, QColor(0, 0, 0, 190))
    for at, line in enumerate(lines[: (box.height() - theme.px(6)) // high]):
        row = QRect(box.x() + theme.px(8), box.y() + theme.px(3) + at * high, box.width() - theme.px(12), high)
        draw.text(painter, row, line, size=theme.SMALL, ink=veils.WHITE)


class Watermark:
    """The watermark of a wall, drawn anew only when its words, their size or wall mode change."""

    def __init__(self) -> None:
        self._made: tuple[object, QPixmap] | None = None

    def over(self, words: str, ratio: float) -> QPixmap | None:
        """What lies over every picture; nothing without words."""
        if not words:
            return None
        key = (words, theme.px(100), ratio, veil.version())
        if self._made is None or self._made[0] != key:
            self._made = (key, watermark(words, ratio))
        return self._made[1]


def watermark(words: str, ratio: float) -> QPixmap:
    """The name of whoever looks, made once and laid over every picture: readable, and still see-through."""
    metrics = QFontMetrics(theme.font(theme.SMALL))
    wide, high = metrics.horizontalAdvance(words) + 4, metrics.height() + 4
    made = QPixmap(round(wide * ratio), round(high * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setOpacity(0.5)
    for shift, ink in ((1, "#000000"), (0, veils.WHITE)):
        draw.text(painter, QRect(1 + shift, shift, wide, high), words, size=theme.SMALL, ink=ink)
    painter.end()
    return made


def typed(painter: QPainter, wall: QRect, words: str) -> None:
    """Write the number being typed, and whom it would call, over the foot of a wall."""
    wide = min(wall.width() - 24, theme.px(360))
    box = QRect((wall.width() - wide) // 2, wall.height() - theme.px(60), wide, theme.px(44))
    painter.fillRect(box, QColor(theme.tokens().head))
    painter.setPen(QColor(theme.tokens().accent))
    painter.drawRect(box)
    draw.text(painter, box.adjusted(12, 0, -12, 0), words, size=theme.BODY, bold=True, centre=True)
