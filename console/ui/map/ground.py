"""What the map draws under everything else, surveyed once per load: outlines as numbers, names, and what is where. No Qt.

Made in a reading thread: turning a county's rings into arrays and finding a spot
for each name takes longer than a frame.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from console.domain.place import Division, Grid, Point, Rings
from console.geo.geojson import Feature
from console.geo.grid_index import GridIndex
from console.geo.shapes import label_points, numbers_of_rings, shapes_of
from console.service.ask import Atlas
from console.ui.map.view import Box, Numbers, world_of

GRID_LEVEL = 6


@dataclass(frozen=True)
class Outline:
    """Many rings or lines in one array of world places; `starts` says where each begins, `boxes` what each covers."""

    places: Numbers
    starts: "np.ndarray[tuple[int], np.dtype[np.intp]]"
    boxes: Numbers

    def seen(self, box: Box) -> "Outline":
        """Only the rings that reach into a box."""
        west, north, east, south = box
        of_west, of_north, of_east, of_south = self.boxes.T
        kept = (of_east >= west) & (of_west <= east) & (of_south >= north) & (of_north <= south)
        if kept.all():
            return self
        lengths = np.diff(self.starts, append=len(self.places))
        starts = np.cumsum(lengths[kept]) - lengths[kept]
        return Outline(self.places[np.repeat(kept, lengths)], starts, self.boxes[kept])

    @property
    def box(self) -> Box | None:
        """What holds all of it; None when there is nothing."""
        if not len(self.places):
            return None
        (west, north), (east, south) = self.places.min(axis=0), self.places.max(axis=0)
        return float(west), float(north), float(east), float(south)


@dataclass(frozen=True)
class Name:
    """An area's name and where it may stand."""

    text: str
    level: int
    x: float
    y: float


@dataclass(frozen=True)
class Here:
    """What lies at a spot: the divisions from the city down, and the grid."""

    spot: Point
    divisions: tuple[Division, ...]
    grid: Grid | None


def outline(areas: Iterable[Rings]) -> Outline:
    """The rings of many areas as one array."""
    degrees, lengths = numbers_of_rings(areas)
    lengths = lengths[lengths > 0]
    places = world_of(degrees[:, 0], degrees[:, 1])
    starts = np.cumsum(lengths) - lengths
    if not len(lengths):
        return Outline(places, starts, np.empty((0, 4)))
    return Outline(places, starts, np.hstack((np.minimum.reduceat(places, starts), np.maximum.reduceat(places, starts))))


@dataclass(frozen=True)
class Ground:
    """Outlines by level (2 city to 6 grid), water, names, and the question what lies at a spot."""

    outlines: dict[int, Outline] = field(default_factory=dict, repr=False)
    water: Outline = field(default_factory=lambda: outline(()), repr=False)
    rivers: Outline = field(default_factory=lambda: outline(()), repr=False)
    names: tuple[Name, ...] = field(default=(), repr=False)
    home: Box | None = None
    _places: dict[int, tuple[int, Numbers]] = field(default_factory=dict, repr=False)
    _divisions: dict[str, Division] = field(default_factory=dict, repr=False)
    _grids: dict[str, Grid] = field(default_factory=dict, repr=False)
    _index: tuple[GridIndex, ...] = field(default=(), repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is no area at all."""
        return not self.outlines

    @property
    def box(self) -> Box | None:
        """What Home shows: the own area where it is known, else the grids, else the smallest areas there are."""
        if self.home is not None:
            return self.home
        for level in sorted(self.outlines, reverse=True):
            box = self.outlines[level].box
            if box is not None:
                return box
        return None

    def outline_of(self, code: str) -> Outline | None:
        """The rings of a division or grid; None for one that is not known."""
        area = self._grids.get(code) or self._divisions.get(code)
        return outline([area.rings]) if area is not None else None

    def box_of(self, code: str) -> Box | None:
        """What holds a division or grid; None for one that is not known or has no outline."""
        found = self.outline_of(code)
        return found.box if found is not None else None

    @property
    def grid_codes(self) -> tuple[str, ...]:
        """The codes of all grids that have an outline."""
        return tuple(code for code, grid in self._grids.items() if grid.rings)

    def rings_of(self, codes: Iterable[str]) -> list[Rings]:
        """The outlines of some grids, those that are known."""
        return [self._grids[code].rings for code in codes if code in self._grids]

    def names_in(self, level: int, box: Box) -> list[Name]:
        """The names of a level that stand inside a box; a city has twenty thousand, a window shows a few hundred."""
        first, places = self._places.get(level, (0, np.empty((0, 2))))
        west, north, east, south = box
        x, y = places.T
        return [self.names[first + place] for place in np.flatnonzero((x >= west) & (x <= east) & (y >= north) & (y <= south)).tolist()]

    def here(self, spot: Point) -> Here:
        """The divisions and the grid that hold a spot; the chain comes from the lowest found upwards."""
        codes = [index.at(spot) for index in self._index]
        grid = self._grids.get(codes[0] or "") if codes else None
        lowest = self._divisions.get(grid.division) if grid else None
        if lowest is None:
            lowest = next((self._divisions[code] for code in codes[1:] if code), None)
        return Here(spot, self._chain(lowest), grid)

    def _chain(self, lowest: Division | None) -> tuple[Division, ...]:
        codes = [code for code in lowest.path.split("/") if code] if lowest else []
        return tuple(self._divisions[code] for code in codes if code in self._divisions)


def survey(atlas: Atlas, water: Sequence[Feature] = (), home: str = "") -> Ground:
    """The ground of an atlas; water areas and lines come from a GeoJSON file, `home` is the division Home shows."""
    levels: dict[int, list[Division | Grid]] = {}
    for area in (*atlas.divisions, *atlas.grids):
        if area.rings:
            levels.setdefault(area.level if isinstance(area, Division) else GRID_LEVEL, []).append(area)
    names = [name for level in sorted(levels) if level > 2 for name in _names(levels[level], level)]
    below = sorted((level for level in levels if level < GRID_LEVEL), reverse=True)
    wet = [one for one in water if one.properties.get("kind") != "urban"]
    return Ground(
        {level: outline(area.rings for area in levels[level]) for level in sorted(levels)},
        outline(one.rings for one in wet if one.kind == "area"),
        outline(one.rings for one in wet if one.kind == "line"),
        tuple(names),
        outline(area.rings for area in atlas.divisions if area.code == home).box if home else None,
        _places(names),
        {area.code: area for area in atlas.divisions},
        {area.code: area for area in atlas.grids},
        (GridIndex(levels.get(GRID_LEVEL, ())), *(GridIndex(levels[level]) for level in below)),  # type: ignore[arg-type]
    )


def _names(areas: Sequence[Division | Grid], level: int) -> list[Name]:
    spots = label_points(shapes_of([area.rings for area in areas]))
    places = world_of(spots[:, 0], spots[:, 1]).tolist()
    return [Name(area.name, level, x, y) for area, (x, y) in zip(areas, places, strict=True)]


def _places(names: Sequence[Name]) -> dict[int, tuple[int, Numbers]]:
    """Where the names of each level begin, and their places as one array."""
    found: dict[int, tuple[int, Numbers]] = {}
    for level in {name.level for name in names}:
        own = [place for place, name in enumerate(names) if name.level == level]
        found[level] = own[0], np.array([(names[place].x, names[place].y) for place in own])
    return found
