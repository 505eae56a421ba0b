"""Key sites (重点部位) on the map: a diamond each, filled when an inspection is overdue; names from near."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from console.domain.site import KeySite
from console.ui.base import theme
from console.ui.base.text import one_line
from console.ui.map.layers import halo_text
from console.ui.map.room import Room
from console.ui.map.view import Numbers, View, world_of

SITE = 12  # of the design, in pixels
NAMES_FROM = 14.2
_REACH = 4


@dataclass(frozen=True)
class Sites:
    """Key sites with their places in the world, and which of them are overdue."""

    sites: tuple[KeySite, ...]
    overdue: tuple[bool, ...]
    places: Numbers = field(repr=False)

    def at(self, view: View, px: float, py: float) -> tuple[KeySite, ...]:
        """The sites under a pixel."""
        if not self.sites:
            return ()
        off = np.abs(view.to_pixels(self.places) - (px, py)).max(axis=1)
        return tuple(self.sites[row] for row in np.flatnonzero(off <= theme.px(SITE) / 2 + _REACH).tolist())


def sites_of(found: Sequence[KeySite], now: datetime) -> Sites:
    """Sites as the map shows them."""
    degrees = np.array([(site.lon, site.lat) for site in found], dtype=np.float64).reshape(-1, 2)
    return Sites(tuple(found), tuple(site.is_overdue(now) for site in found), world_of(degrees[:, 0], degrees[:, 1]))


def paint(painter: QPainter, view: View, sites: Sites) -> None:
    """Paint the sites in sight."""
    if not sites.sites:
        return
    half = theme.px(SITE) / 2
    spots = view.to_pixels(sites.places)
    seen = np.flatnonzero(np.all((spots > -half) & (spots < (view.width + half, view.height + half)), axis=1)).tolist()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for at in sorted(seen, key=lambda row: sites.overdue[row]):  # the overdue ones over the others
        diamond(painter, QPointF(*spots[at]), half, is_filled=sites.overdue[at])
    if view.zoom >= NAMES_FROM:
        _names(painter, sites, spots, seen)
    painter.restore()


def diamond(painter: QPainter, centre: QPointF, half: float, *, is_filled: bool) -> None:
    """One site's mark: a diamond with a rim in the ground's colour, amber when it is overdue."""
    shape = QPolygonF([centre + way * half for way in (QPointF(0, -1), QPointF(1, 0), QPointF(0, 1), QPointF(-1, 0))])
    painter.setPen(QPen(QColor(theme.tokens().panel), 4))
    painter.setBrush(QColor(theme.tokens().panel))
    painter.drawPolygon(shape)
    painter.setPen(QPen(QColor(theme.tokens().text), 1.6))
    painter.setBrush(QColor(theme.tokens().amber if is_filled else theme.tokens().panel))
    painter.drawPolygon(shape)


def _names(painter: QPainter, sites: Sites, spots: Numbers, seen: Sequence[int]) -> None:
    room, face = Room(), theme.font(theme.SMALL)
    metrics = QFontMetricsF(face)
    painter.setFont(face)
    for at in seen:
        words = one_line(sites.sites[at].name, 24)
        wide = metrics.horizontalAdvance(words) + 4
        box = QRectF(spots[at][0] - wide / 2, spots[at][1] + theme.px(SITE) / 2, wide, metrics.height())
        if room.take(box):
            halo_text(painter, box, words, theme.tokens().text)
