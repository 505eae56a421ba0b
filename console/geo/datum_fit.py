"""Which frame fits: a file's outlines under each frame it may be in, held against the ground that is known.

A wrong datum shifts everything by some 500 m, a wrong belt by degrees; single outlines
tell little of it, all of them together tell it surely.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from console.domain.errors import Invalid
from console.domain.frame import DEGREES, Frame, belt
from console.domain.place import Rings
from console.geo.drawn import Drawn
from console.geo.frames import to_wgs84, zone_of
from console.geo.shapes import shape_of

SAMPLES = 150
VERTICES = 2_000  # of one outline that are enough to see where it lies
# How much of an outline must lie elsewhere before anybody wonders, and how much better another frame must be.
WRONG, BETTER = 0.01, 4.0


@dataclass(frozen=True, eq=False)
class Sample:
    """A feature whose place is known: by the outline of the same area, or by that of its parent."""

    drawn: Drawn
    known: Rings
    is_same: bool


def looks_like_metres(drawn: Sequence[Drawn]) -> bool | None:
    """Whether most features have numbers no degrees can be; None when there is no number at all."""
    numbers = [one.numbers for one in drawn if len(one.numbers)]
    if not numbers:
        return None
    return bool(np.median([np.nanmax(np.abs(part)) if np.isfinite(part).any() else 0 for part in numbers]) > 1_000)


def better_frame(samples: Sequence[Sample], frame: Frame) -> Frame | None:
    """Another frame under which the samples lie far better than under this one; None when this one is well."""
    some = samples[:: max(1, len(samples) // SAMPLES)][:SAMPLES]
    if not some:
        return None
    known = [shape_of(sample.known) for sample in some]
    off = _off(some, known, frame)
    if off <= WRONG:
        return None
    others = [(_off(some, known, other), other) for other in _others(some, frame)]
    if not others:
        return None
    least, best = min(others, key=lambda one: one[0])
    return best if least * BETTER < off else None


def _others(samples: Sequence[Sample], frame: Frame) -> list[Frame]:
    if not frame.is_metres:
        return [other for other in DEGREES if other != frame]
    zones = {zone_of(sample.drawn.numbers) for sample in samples} - {0}
    meridians = {3 * zone for zone in zones} | {frame.meridian + step for step in (-6, -3, 3, 6)}
    found = []
    for meridian in sorted(meridians - {frame.meridian}):
        try:
            found.append(belt(meridian, with_zone=bool(frame.zone)))
        except Invalid:
            continue  # no belt of the country
    return found


def _off(samples: Sequence[Sample], known: Sequence[BaseGeometry], frame: Frame) -> float:
    """Which share of the outlines lies where it should not, 0 to 1, the middle of all samples: a few broken ones do not count."""
    return float(np.median([_share_off(sample, shape, frame) for sample, shape in zip(samples, known, strict=True)]))


def _share_off(sample: Sample, known: BaseGeometry, frame: Frame) -> float:
    shape = _rough(sample.drawn, frame)
    if shape is None or not shape.area:
        return 1.0
    both = shapely.intersection(shape, known).area
    whole = shape.area + known.area - both if sample.is_same else shape.area
    return 1.0 - both / whole


def _rough(drawn: Drawn, frame: Frame) -> BaseGeometry | None:
    """The largest ring of a feature, thinned and mended: enough to see where it lies."""
    at, largest = 0, (0, 0)
    for length in drawn.lengths:
        largest = max(largest, (length, at))
        at += length
    ring = drawn.numbers[largest[1] : largest[1] + largest[0]][:: max(1, largest[0] // VERTICES)]
    degrees = to_wgs84(ring, frame)
    if len(degrees) < 3 or not np.isfinite(degrees).all():
        return None
    return shapely.make_valid(shapely.Polygon(degrees))
