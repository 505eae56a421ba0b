"""What stands on the map and changes: case pins and cameras, painted in every frame, and which of them is under a pixel.

Pins are pictures made once per look and priority; the positions of all of them
are one array. The case in hand is painted last and is never covered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import floor

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from console.domain.camera import Camera
from console.domain.rows import Pin
from console.ui.base import theme
from console.ui.base.text import one_line
from console.ui.map.clusters import Clusters, clustered
from console.ui.map.room import Room
from console.ui.map.sprites import CAMERA, PIN, Sprites, ring
from console.ui.map.view import Numbers, View, world_of

NEAR_M = 500.0  # the ring around the case in hand
CONE_M = 90.0
CONES_FROM, CODES_FROM = 13.0, 14.5
MANY = 60  # more cameras than this, seen from far, are dots: they must not cover the cases' ground
CROWD = 400  # more cameras than this in sight are dots at any distance
LAMPS = ("", "Y", "R", "K")  # told beside a pin, the gravest last: due soon, overdue, badly overdue
CLUSTERS_BELOW, CLUSTERS_OVER = 13.5, 200  # from how far away, and from how many pins on, they stand together
_REACH = 4  # how many pixels beside a mark still hit it


def places_of(spots: Sequence[Pin | Camera]) -> Numbers:
    """The world places of pins or cameras, one row each."""
    degrees = np.array([(one.lon, one.lat) for one in spots], dtype=np.float64).reshape(-1, 2)
    return world_of(degrees[:, 0], degrees[:, 1])


@dataclass(frozen=True)
class Marks:
    """Pins, most urgent first as the question gives them, and cameras; `waiting` says of each pin whether nobody acknowledged it yet,
    `lamps` which of LAMPS it has."""

    pins: tuple[Pin, ...] = ()
    cameras: tuple[Camera, ...] = ()
    pin_places: Numbers = field(default_factory=lambda: places_of(()), repr=False)
    camera_places: Numbers = field(default_factory=lambda: places_of(()), repr=False)
    waiting: "np.ndarray[tuple[int], np.dtype[np.bool_]]" = field(default_factory=lambda: np.empty(0, dtype=bool), repr=False)
    lamps: "np.ndarray[tuple[int], np.dtype[np.intp]]" = field(default_factory=lambda: np.empty(0, dtype=np.intp), repr=False)
    _clusters: dict[int, Clusters] = field(default_factory=dict, repr=False, compare=False)

    def clusters(self, view: View) -> Clusters | None:
        """The pins of this view as clusters; None where each stands alone. By how many there are, not by how many are in sight."""
        if view.zoom >= CLUSTERS_BELOW or len(self.pins) <= CLUSTERS_OVER:
            return None
        level = floor(view.zoom)
        if level not in self._clusters:
            self._clusters[level] = clustered(self.pin_places, level)
        return self._clusters[level]

    def without_cameras(self) -> "Marks":
        """The pins alone; what was computed of them stays."""
        return replace(self, cameras=(), camera_places=places_of(()), _clusters=self._clusters)

    def pins_at(self, view: View, px: float, py: float) -> tuple[Pin, ...]:
        """The pins under a pixel, the most urgent first; of clusters all that stand together there."""
        clusters, radius = self.clusters(view), theme.px(PIN) / 2
        if clusters is None:
            return tuple(self.pins[at] for at in _hits(view, self.pin_places, (px, py), radius))
        hit = [row for at in _hits(view, clusters.middles, (px, py), radius) for row in clusters.members(at)]
        return tuple(self.pins[row] for row in sorted(hit))

    def cameras_at(self, view: View, px: float, py: float) -> tuple[Camera, ...]:
        """The cameras under a pixel."""
        return tuple(self.cameras[at] for at in _hits(view, self.camera_places, (px, py), theme.px(CAMERA) / 2))

    def pin(self, case_id: int) -> Pin | None:
        """The pin of a case, if it has one."""
        return next((pin for pin in self.pins if pin.id == case_id), None)


def marks_of(pins: tuple[Pin, ...], cameras: tuple[Camera, ...]) -> Marks:
    """Marks with their places computed."""
    waiting = np.fromiter((not pin.acked for pin in pins), dtype=bool, count=len(pins))
    ranks = np.fromiter((LAMPS.index(pin.lamp) if pin.lamp in LAMPS else 0 for pin in pins), dtype=np.intp, count=len(pins))
    return Marks(pins, cameras, places_of(pins), places_of(cameras), waiting, ranks)


def _hits(view: View, places: Numbers, at: tuple[float, float], radius: float) -> list[int]:
    if not len(places):
        return []
    off = np.abs(view.to_pixels(places) - at).max(axis=1)
    return [int(row) for row in np.flatnonzero(off <= radius + _REACH)]


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
    _cameras(painter, view, marks, sprites, ratio)
    if marks.clusters(view) is not None:
        _clusters(painter, view, marks, sprites, ratio)
    else:
        for at in _in_sight(view, spots)[::-1]:
            if at != chosen:
                _pin(painter, spots[at], sprites.of(marks.pins[at], ratio))
    if chosen is not None:
        pin = marks.pins[chosen]
        centre = QPointF(*spots[chosen])
        ring(painter, centre, theme.px(PIN) * 1.05, "#FFFFFF", thick=4)
        _pin(painter, spots[chosen], sprites.of(pin, ratio))


def _in_sight(view: View, spots: Numbers) -> list[int]:
    margin = theme.px(PIN)
    return np.flatnonzero(np.all((spots > -margin) & (spots < (view.width + margin, view.height + margin)), axis=1)).tolist()


def _clusters(painter: QPainter, view: View, marks: Marks, sprites: Sprites, ratio: float) -> None:
    clusters = marks.clusters(view)
    assert clusters is not None
    spots = view.to_pixels(clusters.middles)
    waits, lamps = clusters.any_of(marks.waiting), clusters.most_of(marks.lamps)
    urgent_last = sorted(_in_sight(view, spots), key=lambda at: -clusters.firsts[at])
    for at in urgent_last:
        priority, count, is_acked = marks.pins[clusters.firsts[at]].priority, int(clusters.counts[at]), not waits[at]
        _pin(painter, spots[at], sprites.pins(priority, count, LAMPS[lamps[at]], is_acked=is_acked, ratio=ratio))


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


def _cameras(painter: QPainter, view: View, marks: Marks, sprites: Sprites, ratio: float) -> None:
    spots = view.to_pixels(marks.camera_places)
    reach = CONE_M / view.metres_per_pixel + theme.px(CAMERA)
    seen = np.flatnonzero(np.all((spots > -reach) & (spots < (view.width + reach, view.height + reach)), axis=1))
    if len(seen) > CROWD or (len(seen) > MANY and view.zoom < CONES_FROM):
        _dots(painter, spots[seen])
        return
    if view.zoom >= CONES_FROM:
        far = 2 * round(max(theme.px(34), CONE_M / view.metres_per_pixel) / 2)
        for at in seen:
            if marks.cameras[at].fov_deg > 0:
                corner = QPointF(round(spots[at][0] - far), round(spots[at][1] - far))
                painter.drawPixmap(corner, sprites.cone(marks.cameras[at], far, ratio))
    side = theme.px(CAMERA)
    painter.setPen(QPen(QColor(theme.tokens().ground), 1))
    painter.setBrush(QColor(theme.tokens().accent))
    for x, y in spots[seen]:
        painter.drawRect(QRectF(x - side / 2, y - side * 0.4, side, side * 0.8))
    if view.zoom >= CODES_FROM:
        _codes(painter, spots, marks, seen, lambda words: sprites.label(words, ratio))


def _dots(painter: QPainter, spots: Numbers) -> None:
    """Squares at many places in one stroke: one call each would take longer than a frame has."""
    head = np.array([len(spots)], dtype=">i4").tobytes()
    whole = QByteArray(head + np.ascontiguousarray(spots, dtype=">f8").tobytes())  # kept in a name: the stream does not hold the bytes
    stream, points = QDataStream(whole, QIODevice.OpenModeFlag.ReadOnly), QPolygonF()
    stream >> points
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(QColor(theme.tokens().dim), theme.px(CAMERA) * 0.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    painter.drawPoints(points)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _codes(painter: QPainter, spots: Numbers, marks: Marks, seen: Numbers, picture_of: Callable[[str], QPixmap]) -> None:
    """Numbers below their cameras; one that would cover another is left out."""
    room = Room()
    for at in seen:
        picture = picture_of(one_line(marks.cameras[at].code, 20))
        size = picture.deviceIndependentSize()
        left, top = spots[at][0] - size.width() / 2, spots[at][1] + theme.px(CAMERA) * 0.6 - 1
        if room.take(QRectF(left, top, size.width(), size.height())):
            painter.drawPixmap(QPointF(round(left), round(top)), picture)
