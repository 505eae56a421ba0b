"""What a map file holds before anybody has judged it: features with their numbers as they stand, and what the file says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from console.domain.errors import Invalid
from console.domain.frame import Frame

Numbers = NDArray[np.float64]
# Hears which share of the work is done; whoever wants to stop it raises out of it.
Tick = Callable[[float], None]
NO_NUMBERS: Numbers = np.empty((0, 2))


@dataclass(frozen=True, eq=False)
class Drawn:
    """One feature, counted from 1: rows of x and y of all its rings, how many each ring has, or the fault that makes it no area."""

    number: int
    properties: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    numbers: Numbers = field(default_factory=lambda: NO_NUMBERS, repr=False)
    lengths: tuple[int, ...] = field(default=(), repr=False)
    fault: Invalid | None = None


@dataclass(frozen=True, eq=False)
class Layer:
    """A file as it was read. `frame` is what the file says its numbers are; without one `frame_fault` may say why."""

    name: str
    drawn: tuple[Drawn, ...] = field(repr=False)
    columns: tuple[str, ...]
    frame: Frame | None = None
    frame_fault: Invalid | None = None

