"""Where the map stands: centre, fractional zoom and size; between degrees, the world and pixels. No Qt here.

The world is the web-Mercator square as numbers from 0 to 1, x to the east and
y to the south. A pixel is a unit of the widget, not of the screen.
"""

from dataclasses import dataclass, replace
from math import ceil, cos, floor, log2, log10, radians
from typing import TypeAlias

import numpy as np

from console.domain.datum import EQUATOR_M, MERCATOR_LAT, spot_at
from console.domain.place import Point

TILE = 256.0
LEAST_ZOOM, MOST_ZOOM = 5.0, 19.0
PIXELS_PER_METRE = 96 / 0.0254  # the standard desktop pixel, for the scale in words

Numbers: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.float64]]"
Box: TypeAlias = tuple[float, float, float, float]  # west, north, east, south in the world


def world_of(lon: Numbers, lat: Numbers) -> Numbers:
    """Many spots in the world square, one row of x and y each."""
    held = np.radians(np.clip(lat, -MERCATOR_LAT, MERCATOR_LAT))
    y = 0.5 - np.log(np.tan(np.pi / 4 + held / 2)) / (2 * np.pi)
    return np.column_stack((np.asarray(lon) / 360 + 0.5, y))


@dataclass(frozen=True)
class View:
    """What part of the world the widget shows; every change makes a new one."""

    x: float = 0.5
    y: float = 0.5
    zoom: float = LEAST_ZOOM
    width: int = 1
    height: int = 1

    @property
    def scale(self) -> float:
        """Pixels across the whole world."""
        return TILE * 2.0**self.zoom

    @property
    def metres_per_pixel(self) -> float:
        """Metres on the ground a pixel covers at the centre."""
        return EQUATOR_M / self.scale * cos(radians(spot_at(self.x, self.y).lat))

    @property
    def box(self) -> Box:
        """The part of the world that is seen."""
        half_x, half_y = self.width / 2 / self.scale, self.height / 2 / self.scale
        return self.x - half_x, self.y - half_y, self.x + half_x, self.y + half_y

    def to_pixel(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the world stands in the widget."""
        return (x - self.x) * self.scale + self.width / 2, (y - self.y) * self.scale + self.height / 2

    def to_pixels(self, places: Numbers) -> Numbers:
        """Where many places of the world stand, one row each."""
        return (places - (self.x, self.y)) * self.scale + (self.width / 2, self.height / 2)

    def to_world(self, px: float, py: float) -> tuple[float, float]:
        """The place of the world under a pixel."""
        return self.x + (px - self.width / 2) / self.scale, self.y + (py - self.height / 2) / self.scale

    def spot(self, px: float, py: float) -> Point:
        """The WGS-84 spot under a pixel."""
        return spot_at(*self.to_world(px, py))

    def panned(self, dx: float, dy: float) -> "View":
        """The view after the ground was pushed by so many pixels."""
        return self.at(self.x - dx / self.scale, self.y - dy / self.scale)

    def zoomed(self, steps: float, px: float, py: float) -> "View":
        """The view zoomed in by steps (one doubles) with the place under a pixel staying there."""
        x, y = self.to_world(px, py)
        zoom = min(MOST_ZOOM, max(LEAST_ZOOM, self.zoom + steps))
        scale = TILE * 2.0**zoom
        return replace(self, zoom=zoom).at(x - (px - self.width / 2) / scale, y - (py - self.height / 2) / scale)

    def at(self, x: float, y: float, zoom: float | None = None) -> "View":
        """The view over another place, held inside the world."""
        level = self.zoom if zoom is None else min(MOST_ZOOM, max(LEAST_ZOOM, zoom))
        return replace(self, x=min(1.0, max(0.0, x)), y=min(1.0, max(0.0, y)), zoom=level)

    def sized(self, width: int, height: int) -> "View":
        """The view in a widget of another size; the centre stays."""
        return replace(self, width=max(1, width), height=max(1, height))

    def fitted(self, box: Box, margin: float = 24) -> "View":
        """The view that shows a whole box with a margin in pixels."""
        west, north, east, south = box
        across = max(1.0, self.width - 2 * margin) / TILE
        down = max(1.0, self.height - 2 * margin) / TILE
        zoom = min(log2(across / max(east - west, 1e-9)), log2(down / max(south - north, 1e-9)))
        return self.at((west + east) / 2, (north + south) / 2, zoom)

    def between(self, other: "View", share: float) -> "View":
        """A view on the straight way to another one: share 0 is this one, 1 the other."""
        x, y = (a + (b - a) * share for a, b in ((self.x, other.x), (self.y, other.y)))
        return self.at(x, y, self.zoom + (other.zoom - self.zoom) * share)


def scale_bar(view: View, longest_px: float) -> tuple[int, float]:
    """Round metres (1, 2 or 5 times a power of ten) and how many pixels they take."""
    most = view.metres_per_pixel * longest_px
    power = 10 ** max(0, floor(log10(max(most, 1.0))))
    metres = next(step * power for step in (5, 2, 1) if step * power <= most or step == 1)
    return metres, metres / view.metres_per_pixel


def scale_number(view: View) -> int:
    """The N of 1:N on a standard desktop screen, rounded to two digits."""
    exact = view.metres_per_pixel * PIXELS_PER_METRE
    power = 10 ** max(0, ceil(log10(exact)) - 2)
    return max(1, round(exact / power) * power)
