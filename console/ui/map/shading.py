"""Grids coloured by what stands in them: open cases, overdue ones, or that no camera stands there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import QColor, QPainter

from console.domain.thematic import Count
from console.ui.base import theme
from console.ui.map.ground import Ground, Outline, outline
from console.ui.map.layers import path_in
from console.ui.map.view import View

# From how many on, with which token and how strongly; the last that fits counts.
_CLASSES: dict[Count, tuple[tuple[int, str, float], ...]] = {
    "open": ((1, "accent", 0.16), (2, "accent", 0.30), (4, "accent", 0.46), (8, "accent", 0.64)),
    "overdue": ((1, "alarm", 0.25), (2, "alarm", 0.42), (3, "alarm", 0.58), (5, "alarm", 0.75)),
    "cameras": ((0, "amber", 0.45),),
}


@dataclass(frozen=True)
class Shade:
    """Grids of one class: from how many to how many (None: and more), their colour, their outlines and their number."""

    least: int
    most: int | None
    token: str
    strength: float
    grids: int
    outline: Outline = field(repr=False)

    @property
    def ink(self) -> QColor:
        """The colour of the look in force."""
        ink = QColor(getattr(theme.tokens(), self.token))
        ink.setAlphaF(self.strength)
        return ink


@dataclass(frozen=True)
class Shading:
    """All classes of one count."""

    what: Count
    shades: tuple[Shade, ...]


def shading_of(ground: Ground, what: Count, counts: Mapping[str, int]) -> Shading:
    """The grids of a ground by class. Of cameras those grids are shown that have none."""
    classes = _CLASSES[what]
    found: list[list[str]] = [[] for _ in classes]
    if what == "cameras":
        found[0] = [code for code in ground.grid_codes if not counts.get(code)]
    else:
        for code, many in counts.items():
            at = max((place for place, (least, _, _) in enumerate(classes) if many >= least), default=-1)
            if at >= 0:
                found[at].append(code)
    shades = []
    for at, (codes, (least, token, strength)) in enumerate(zip(found, classes, strict=True)):
        most = classes[at + 1][0] - 1 if at + 1 < len(classes) else 0 if what == "cameras" else None
        shades.append(Shade(least, most, token, strength, len(codes), outline(ground.rings_of(codes))))
    return Shading(what, tuple(shades))


def paint(painter: QPainter, view: View, shading: Shading) -> None:
    """Fill the grids of every class."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # neighbours of one class meet without a seam
    for shade in shading.shades:
        painter.fillPath(path_in(shade.outline, view), shade.ink)
    painter.restore()
