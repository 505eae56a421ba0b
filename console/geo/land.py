"""The ground inside the schematic outline: counties, towns, villages and grids, cut by a seeded hand.

No free boundaries exist below the county, so they are cut here, the same for
the same seed, and woven so that neighbours share every point of their border
and each area is exactly the union of those below it. A hall's own boundaries
replace them (`resources/geo/README.md`).
"""

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from console.domain.errors import Invalid
from console.domain.packed import pack
from console.domain.place import COUNTY, TOWN, VILLAGE, Division, Grid, Point, Rings
from console.geo.divide import divide
from console.geo.gazetteer import CITY_CODE, FILE, PARENTS, PARK, URBAN, ZONE, Named, path_of, read_names
from console.geo.geojson import read_features
from console.geo.mesh import packed, united, woven
from console.geo.shapes import Shape, Shapes, label_point, label_points

OUTLINES = "puyang_schematic_wgs84.geojson"
GRIDS = 16_385  # of the whole city
LEAST_GRIDS, MOST_GRIDS = 3, 12
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
Tick = Callable[[float], None]


@dataclass(frozen=True)
class Land:
    """The ground of a hall: divisions and grids, and a spot inside each area by its code."""

    divisions: tuple[Division, ...]
    grids: tuple[Grid, ...]
    middles: Mapping[str, Point]


def grid_counts(names: Sequence[Named], seed: int) -> dict[str, int]:
    """How many grids each village of the city has: 16,385 in all, more (and so smaller ones) in a town's communities."""
    hand = random.Random(f"{seed} grids")
    villages = [name for name in names if name.level == VILLAGE]
    weights = [(1.7 if village.is_urban else 1.0) * hand.uniform(0.62, 1.38) for village in villages]
    part = GRIDS / sum(weights)
    wanted = zip(villages, weights, strict=True)
    counts = {village.code: min(MOST_GRIDS, max(LEAST_GRIDS, int(weight * part))) for village, weight in wanted}
    order = [village.code for village in villages]
    hand.shuffle(order)
    step = 1 if sum(counts.values()) < GRIDS else -1
    while (left := GRIDS - sum(counts.values())) != 0:
        open_to = [code for code in order if LEAST_GRIDS <= counts[code] + step <= MOST_GRIDS]
        for code in open_to[: abs(left)]:
            counts[code] += step
    return counts


def build_land(geo: Path, seed: int, wanted: Collection[str] | None = None, tick: Tick = lambda share: None) -> Land:
    """The ground of the whole city, or of the wanted divisions, from the outlines and names in a folder.

    A wanted county comes with all towns and villages it is cut into. `tick`
    hears how much of it is done. Raises Invalid for broken files.
    """
    outlines = {str(feature.properties.get("code")): feature.rings for feature in read_features(geo / OUTLINES)}
    names = read_names(geo / FILE)
    if CITY_CODE[:6] not in outlines:
        raise Invalid(OUTLINES, "broken_file", problem=CITY_CODE)
    counts = grid_counts(names, seed)
    if wanted is not None:
        names = tuple(name for name in names if name.code in wanted)
    cut = list(_cut(names, outlines, counts, seed, tick))
    parents = {name.parent for name in names if name.level == TOWN}
    shapes = woven([grid.rings for grid in cut], [rings for code, rings in outlines.items() if f"{code}000000" in parents])
    tick(0.8)
    grids = tuple(replace(grid, rings=rings) for grid, rings in zip(cut, packed(shapes), strict=True))
    divisions, middles = _divisions(names, outlines, grids, shapes)
    tick(1.0)
    return Land(divisions, grids, middles)


def _cut(
    names: Sequence[Named], outlines: Mapping[str, Rings], counts: Mapping[str, int], seed: int, tick: Tick
) -> Iterator[Grid]:
    children: dict[str, list[Named]] = {}
    for name in names:
        children.setdefault(name.parent, []).append(name)
    towns = [(town, rings) for code in sorted(outlines) for town, rings in _towns(code, outlines[code], children, seed)]
    done, total = 0, sum(len(children[town.code]) for town, _ in towns)
    for town, ground in towns:
        parts = children[town.code]
        shapes = divide(ground, len(parts), seed + int(town.code[:9]), dense_at=label_point(ground))
        for village, rings in zip(parts, shapes, strict=True):
            cuts = divide(rings, counts[village.code], seed + int(village.code) % 2**31)
            for number, part in enumerate(cuts, start=1):
                code = f"{village.code}{number:03d}"
                yield Grid(code, "B", 6, village.code, f"{village.name}第{NUMERALS[number - 1]}网格", part)
        done += len(parts)
        tick(0.6 * done / total)


def _towns(code: str, rings: Rings, children: Mapping[str, list[Named]], seed: int) -> Iterator[tuple[Named, Rings]]:
    """The towns of a county with their ground; 华龙区's ground is shared with the zone in the west and the park in the east."""
    county = f"{code}000000"
    parts = [town for town in children.get(county, []) if town.level == TOWN]
    if county == URBAN:
        parts = [*children.get(ZONE, []), *parts, *children.get(PARK, [])]
    if parts:
        yield from zip(parts, divide(rings, len(parts), seed + int(code)), strict=True)


def _divisions(
    names: Sequence[Named], outlines: Mapping[str, Rings], grids: Sequence[Grid], shapes: Shapes
) -> tuple[tuple[Division, ...], dict[str, Point]]:
    """Every division as the union of those below it; one without ground below keeps its outline from the file."""
    below: dict[str, list[Shape]] = {}
    for grid, shape in zip(grids, shapes, strict=True):
        below.setdefault(grid.division, []).append(shape)
    by_code, own = {name.code: name for name in names}, {}
    for name in sorted(names, key=lambda one: (one.level, one.code in PARENTS), reverse=True):
        if name.code in below and name.code != CITY_CODE:
            own[name.code] = united(below[name.code])
            below.setdefault(name.parent, []).append(own[name.code])
    is_whole = {name.code for name in names if name.level == COUNTY} <= set(own)
    if is_whole:
        own[CITY_CODE] = united(below[CITY_CODE])
    codes = list(own)
    rings: dict[str, Rings] = dict(zip(codes, packed(own[code] for code in codes), strict=True))
    rings |= {code: pack(outlines[code[:6]]) for code in by_code if code not in rings and code[:6] in outlines}
    spots = label_points([*(own[code] for code in codes), *shapes])
    middles = {code: Point(*spot) for code, spot in zip([*codes, *(grid.code for grid in grids)], spots.tolist(), strict=True)}
    ordered = sorted(names, key=lambda one: (one.level, one.code))
    parents = {name.code: "" if name.code == CITY_CODE else name.parent for name in names}
    divisions = tuple(
        Division(name.code, name.level, name.name, parents[name.code], path_of(name, by_code), rings.get(name.code, ())) for name in ordered
    )
    return divisions, middles

