"""Heat of events: where many happened, as a soft cloud. Events, never people."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from console.domain.thematic import Cell
from console.ui.map.view import Numbers, View, world_of

COARSE = 6  # pixels of the view to one of the cloud
SPREAD = 3.0  # how far one event reaches, in pixels of the cloud
# Share of the fullest place, and what is painted there: red, green, blue, opacity.
STEPS = ((0.0, 255, 196, 0, 0), (0.08, 255, 196, 0, 40), (0.3, 255, 140, 0, 120), (0.6, 226, 60, 20, 165), (1.0, 150, 0, 24, 190))


@dataclass(frozen=True)
class Heat:
    """Cells as places of the world and how many events each had."""

    places: Numbers = field(repr=False)
    counts: Numbers = field(repr=False)
    days: int = 0

    @property
    def total(self) -> int:
        """How many events there were."""
        return int(self.counts.sum())


def heat_of(cells: Sequence[Cell], days: int) -> Heat:
    """The heat of some cells."""
    degrees = np.array([(cell.lon, cell.lat) for cell in cells], dtype=np.float64).reshape(-1, 2)
    return Heat(world_of(degrees[:, 0], degrees[:, 1]), np.array([cell.count for cell in cells], dtype=np.float64), days)


def paint(painter: QPainter, view: View, heat: Heat) -> None:
    """Paint the cloud over what lies below; the fullest place in sight is the hottest."""
    wide, high = view.width // COARSE + 1, view.height // COARSE + 1
    spots = view.to_pixels(heat.places) / COARSE
    margin = 4 * SPREAD
    seen = np.all((spots > -margin) & (spots < (wide + margin, high + margin)), axis=1)
    if not seen.any():
        return
    cloud = _cloud(spots[seen] + margin, heat.counts[seen], (round(high + 2 * margin), round(wide + 2 * margin)))
    cloud = cloud[round(margin) : round(margin) + high, round(margin) : round(margin) + wide]
    most = float(cloud.max())
    if most <= 0:
        return
    share = np.sqrt(cloud / most)  # few beside many must still be seen
    shares, *channels = zip(*STEPS, strict=True)
    pixels = np.column_stack([np.interp(share.ravel(), shares, channel) for channel in channels])
    content = np.ascontiguousarray(pixels.astype(np.uint8)).tobytes()
    image = QImage(content, wide, high, wide * 4, QImage.Format.Format_RGBA8888)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, 0, wide * COARSE, high * COARSE), image)
    painter.restore()


def _cloud(spots: Numbers, counts: Numbers, shape: tuple[int, int]) -> Numbers:
    """Counts spread by a bell curve both ways."""
    high, wide = shape
    found = np.zeros(shape)
    rows, columns = np.clip(spots[:, 1].astype(int), 0, high - 1), np.clip(spots[:, 0].astype(int), 0, wide - 1)
    np.add.at(found, (rows, columns), counts)
    reach = np.arange(-round(3 * SPREAD), round(3 * SPREAD) + 1)
    bell = np.exp(-0.5 * (reach / SPREAD) ** 2)
    for axis in (0, 1):
        found = np.apply_along_axis(np.convolve, axis, found, bell, mode="same")
    return found
