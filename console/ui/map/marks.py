"""What stands on the map and changes: case pins and cameras, painted in every frame, and which of them is under a pixel.

Pins are pictures made once per look and priority; the positions of all of them
are one array. The case in hand is painted last and is never covered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap

from console.domain.camera import Camera
from console.domain.rows import Pin
from console.ui.base import draw, theme
from console.ui.base.text import one_line
from console.ui.base.words import language
from console.ui.map.layers import halo_text
from console.ui.map.view import Numbers, View, world_of

PIN, CAMERA = 24, 10  # sizes of the design, in pixels
NEAR_M = 500.0  # the ring around the case in hand
CONE_M = 90.0
CONES_FROM, CODES_FROM = 13.0, 14.5
MANY = 60  # more cameras than this, seen from far, are dots: they must not cover the cases' ground
_REACH = 4  # how many pixels beside a mark still hit it


def places_of(spots: Sequence[Pin | Camera]) -> Numbers:
    """The world places of pins or cameras, one row each."""
    degrees = np.array([(one.lon, one.lat) for one in spots], dtype=np.float64).reshape(-1, 2)
    return world_of(degrees[:, 0], degrees[:, 1])


@dataclass(frozen=True)
class Marks:
    """Pins, most urgent first as the question gives them, and cameras."""

    pins: tuple[Pin, ...] = ()
    cameras: tuple[Camera, ...] = ()
    pin_places: Numbers = field(default_factory=lambda: places_of(()), repr=False)
    camera_places: Numbers = field(default_factory=lambda: places_of(()), repr=False)

    def pins_at(self, view: View, px: float, py: float) -> tuple[Pin, ...]:
        """The pins under a pixel, the most urgent first."""
        return tuple(self.pins[at] for at in _hits(view, self.pin_places, (px, py), theme.px(PIN) / 2))

    def cameras_at(self, view: View, px: float, py: float) -> tuple[Camera, ...]:
        """The cameras under a pixel."""
        return tuple(self.cameras[at] for at in _hits(view, self.camera_places, (px, py), theme.px(CAMERA) / 2))

    def pin(self, case_id: int) -> Pin | None:
        """The pin of a case, if it has one."""
        return next((pin for pin in self.pins if pin.id == case_id), None)


def marks_of(pins: tuple[Pin, ...], cameras: tuple[Camera, ...]) -> Marks:
    """Marks with their places computed."""
    return Marks(pins, cameras, places_of(pins), places_of(cameras))


def _hits(view: View, places: Numbers, at: tuple[float, float], radius: float) -> list[int]:
    if not len(places):
        return []
    off = np.abs(view.to_pixels(places) - at).max(axis=1)
    return [int(row) for row in np.flatnonzero(off <= radius + _REACH)]


class Sprites:
    """Pictures of pins by priority and state; thrown away when the look or the screen changes."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], QPixmap] = {}

    def pin(self, priority: str, *, is_acked: bool, ratio: float) -> QPixmap:
        """The picture of a pin: shape, character, colour; unacknowledged ones inside a ring."""
        size = theme.px(PIN)
        key = (priority, is_acked, ratio, size, theme.tokens().name, language())
        if key not in self._made:
            self._made[key] = self._painted(priority, is_acked, ratio, size)
        return self._made[key]

    @staticmethod
    def _painted(priority: str, is_acked: bool, ratio: float, size: int) -> QPixmap:
        side = size * 2
        picture = QPixmap(round(side * ratio), round(side * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
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


def paint_here(painter: QPainter, centre: QPointF) -> None:
    """A ring with four hair lines round a position somebody asked for; its middle stays free."""
    accent, inner, outer = theme.tokens().accent, theme.px(10), theme.px(22)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ring(painter, centre, inner, accent)
    for ink, wide in ((QColor(0, 0, 0, 170), 4.0), (QColor(accent), 2.0)):
        painter.setPen(QPen(ink, wide))
        for way in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
            painter.drawLine(centre + way * inner, centre + way * outer)


def paint(painter: QPainter, view: View, marks: Marks, sprites: Sprites, *, selected: int, ratio: float) -> None:
    """Paint cameras, then pins from the least urgent to the most, then the case in hand."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chosen = next((at for at, pin in enumerate(marks.pins) if pin.id == selected), None)
    spots = view.to_pixels(marks.pin_places)
    if chosen is not None:
        _near_ring(painter, view, QPointF(*spots[chosen]))
    _cameras(painter, view, marks)
    margin = theme.px(PIN)
    seen = np.all((spots > -margin) & (spots < (view.width + margin, view.height + margin)), axis=1)
    for at in np.flatnonzero(seen)[::-1]:
        if at != chosen:
            _pin(painter, spots[at], sprites.pin(marks.pins[at].priority, is_acked=marks.pins[at].acked, ratio=ratio))
    if chosen is not None:
        pin = marks.pins[chosen]
        centre = QPointF(*spots[chosen])
        ring(painter, centre, theme.px(PIN) * 1.05, "#FFFFFF", thick=4)
        _pin(painter, spots[chosen], sprites.pin(pin.priority, is_acked=pin.acked, ratio=ratio))


def _pin(painter: QPainter, spot: Numbers, picture: QPixmap) -> None:
    half = theme.px(PIN)  # the picture is two pins wide
    painter.drawPixmap(QPointF(round(spot[0] - half), round(spot[1] - half)), picture)


def _near_ring(painter: QPainter, view: View, centre: QPointF) -> None:
    radius = NEAR_M / view.metres_per_pixel
    if not 2 * theme.px(PIN) < radius < 2 * max(view.width, view.height):
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.tokens().accent), 1.5, Qt.PenStyle.DashLine))
    painter.drawEllipse(centre, radius, radius)


def _cameras(painter: QPainter, view: View, marks: Marks) -> None:
    spots = view.to_pixels(marks.camera_places)
    reach = CONE_M / view.metres_per_pixel + theme.px(CAMERA)
    seen = np.flatnonzero(np.all((spots > -reach) & (spots < (view.width + reach, view.height + reach)), axis=1))
    accent = QColor(theme.tokens().accent)
    if view.zoom >= CONES_FROM:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(accent.red(), accent.green(), accent.blue(), 80))
        for at in seen:
            _cone(painter, spots[at], marks.cameras[at], max(theme.px(34), CONE_M / view.metres_per_pixel))
    if len(seen) > MANY and view.zoom < CONES_FROM:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().dim))
        dot = theme.px(CAMERA) * 0.3
        for x, y in spots[seen]:
            painter.drawRect(QRectF(x - dot / 2, y - dot / 2, dot, dot))
        return
    side = theme.px(CAMERA)
    painter.setPen(QPen(QColor(theme.tokens().ground), 1))
    painter.setBrush(accent)
    for x, y in spots[seen]:
        painter.drawRect(QRectF(x - side / 2, y - side * 0.4, side, side * 0.8))
    if view.zoom >= CODES_FROM:
        _codes(painter, spots, marks.cameras, seen)


def _cone(painter: QPainter, spot: Numbers, camera: Camera, reach: float) -> None:
    """The part of the ground a camera looks at; Qt counts sixteenths of a degree from east, against the clock."""
    box = QRectF(spot[0] - reach, spot[1] - reach, 2 * reach, 2 * reach)
    if camera.fov_deg >= 360:
        painter.drawEllipse(box)
    elif camera.fov_deg > 0:
        painter.drawPie(box, round((90 - camera.direction_deg - camera.fov_deg / 2) * 16), round(camera.fov_deg * 16))


def _codes(painter: QPainter, spots: Numbers, cameras: tuple[Camera, ...], seen: Numbers) -> None:
    face = theme.font(theme.SMALL)
    metrics = QFontMetricsF(face)
    painter.setFont(face)
    taken: list[QRectF] = []
    for at in seen:
        words = one_line(cameras[at].code, 20)
        wide = metrics.horizontalAdvance(words)
        box = QRectF(spots[at][0] - wide / 2, spots[at][1] + theme.px(CAMERA) * 0.6, wide, metrics.height())
        if not any(box.intersects(other) for other in taken):
            taken.append(box)
            halo_text(painter, box, words, theme.tokens().text)
