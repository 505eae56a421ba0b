"""Pictures of what stands on the map, made once for each look: pins, many pins as one, what a camera sees, a camera's number."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap

from console.domain.camera import Camera
from console.domain.rows import Pin
from console.ui.base import draw, theme
from console.ui.base.words import language
from console.ui.map.layers import halo_text

PIN, CAMERA = 24, 10  # sizes of the design, in pixels
TOLD_LAMPS = frozenset({"Y", "R", "K"})  # what a pin tells of its limits
MOST_TOLD, MOST_PICTURES, WAYS_DEG = 999, 2000, 5


class Sprites:
    """Pictures of pins by priority and state; thrown away when the look or the screen changes."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], QPixmap] = {}

    def of(self, pin: Pin, ratio: float) -> QPixmap:
        """The picture of a case."""
        return self.pins(pin.priority, 1, pin.lamp, is_acked=pin.acked, ratio=ratio)

    def pin(self, priority: str, *, is_acked: bool, ratio: float) -> QPixmap:
        """The picture of a pin: shape, character, colour; unacknowledged ones inside a ring."""
        size = theme.px(PIN)
        key = (priority, is_acked, ratio, size, theme.tokens().name, language())
        return self._kept(key, lambda: self._painted(priority, is_acked, ratio, size))

    def pins(self, priority: str, count: int, lamp: str = "", *, is_acked: bool, ratio: float) -> QPixmap:
        """The picture of some pins that stand together: that of the most urgent one, the gravest lamp, and how many they are."""
        if count == 1 and lamp not in TOLD_LAMPS:
            return self.pin(priority, is_acked=is_acked, ratio=ratio)
        words = "" if count == 1 else str(count) if count <= MOST_TOLD else f"{MOST_TOLD}+"
        key = ("cluster", words, priority, lamp, is_acked, ratio, theme.px(PIN), theme.tokens().name, language())
        return self._kept(key, lambda: _with_more(self.pin(priority, is_acked=is_acked, ratio=ratio), words, lamp, ratio))

    def cone(self, camera: Camera, reach: int, ratio: float) -> QPixmap:
        """What a camera looks at, as far as `reach` pixels, its point in the middle of the picture; by five degrees of its way."""
        way, fov = round(camera.direction_deg / WAYS_DEG) * WAYS_DEG % 360, camera.fov_deg
        return self._kept(("cone", way, fov, reach, ratio, theme.tokens().name), lambda: _cone(way, fov, reach, ratio))

    def label(self, words: str, ratio: float) -> QPixmap:
        """A camera's number, readable over lines."""
        return self._kept(("label", words, ratio, theme.px(CAMERA), theme.tokens().name), lambda: _label(words, ratio))

    def _kept(self, key: tuple[object, ...], make: Callable[[], QPixmap]) -> QPixmap:
        if key not in self._made:
            if len(self._made) > MOST_PICTURES:
                self._made.clear()
            self._made[key] = make()
        return self._made[key]

    @staticmethod
    def _painted(priority: str, is_acked: bool, ratio: float, size: int) -> QPixmap:
        picture = _clear(size * 2, size * 2, ratio)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = size * 0.9
        if not is_acked:
            ring(painter, QPointF(size, size), size * 0.74, theme.tokens().chip(priority).ground)
        draw.chip(painter, QRectF(size - inner / 2, size - inner / 2, inner, inner), priority, is_chinese=language().startswith("zh"))
        painter.end()
        return picture


def ring(painter: QPainter, centre: QPointF, radius: float, ink: str, *, thick: float = 2.5) -> None:
    """A ring that stands out on any ground: the colour between two dark lines."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 170), thick + 2))
    painter.drawEllipse(centre, radius, radius)
    painter.setPen(QPen(QColor(ink), thick))
    painter.drawEllipse(centre, radius, radius)


def _with_more(pin: QPixmap, words: str, lamp: str, ratio: float) -> QPixmap:
    """A pin's picture with its lamp at the right top and a plate at the right foot; as the pin's own it is painted by its middle."""
    side, face = theme.px(PIN) * 2, theme.font(theme.SMALL, bold=True)
    metrics = QFontMetricsF(face)
    wide, high = metrics.horizontalAdvance(words) + theme.px(8), metrics.height()
    left, top = side / 2 + theme.px(6), side / 2 + theme.px(3)
    picture = _clear(max(side, left + wide), max(side, top + high), ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawPixmap(QPointF(0, 0), pin)
    if lamp in TOLD_LAMPS:
        box = theme.px(13)
        draw.lamp(painter, QRectF(side / 2 + theme.px(6), side / 2 - theme.px(6) - box, box, box), lamp)
    if not words:
        painter.end()
        return picture
    painter.setPen(QPen(QColor(theme.tokens().ground), 1))
    painter.setBrush(QColor(theme.tokens().strip))
    plate = QRectF(left, top, wide, high)
    painter.drawRoundedRect(plate, high / 2, high / 2)
    painter.setFont(face)
    painter.setPen(QColor(theme.tokens().on_strip))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return picture


def _cone(way: float, fov: float, reach: int, ratio: float) -> QPixmap:
    """The part of the ground a camera looks at; Qt counts sixteenths of a degree from east, against the clock."""
    picture = _clear(2 * reach, 2 * reach, ratio)
    painter, accent = QPainter(picture), QColor(theme.tokens().accent)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(accent.red(), accent.green(), accent.blue(), 80))
    box = QRectF(0, 0, 2 * reach, 2 * reach)
    if fov >= 360:
        painter.drawEllipse(box)
    else:
        painter.drawPie(box, round((90 - way - fov / 2) * 16), round(fov * 16))
    painter.end()
    return picture


def _label(words: str, ratio: float) -> QPixmap:
    face = theme.font(theme.SMALL)
    metrics = QFontMetricsF(face)
    wide, high = metrics.horizontalAdvance(words), metrics.height()
    picture = _clear(wide + 2, high + 2, ratio)
    painter = QPainter(picture)
    painter.setFont(face)
    halo_text(painter, QRectF(1, 1, wide, high), words, theme.tokens().text)
    painter.end()
    return picture


def _clear(wide: float, high: float, ratio: float) -> QPixmap:
    picture = QPixmap(ceil(wide * ratio), ceil(high * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
