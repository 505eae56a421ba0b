"""A county of many cells for tests of the map: towns and grids that tile a ring, the same on every run."""

import random

import shapely

from console.domain.place import Division, Grid, Point, Rings
from console.geo.shapes import rings_of_shape
from console.service.ask import Atlas

RING = (
    (115.05, 36.00), (115.11, 35.98), (115.20, 35.96), (115.31, 35.99), (115.42, 36.01), (115.44, 36.07),
    (115.38, 36.13), (115.30, 36.10), (115.25, 36.17), (115.16, 36.19), (115.10, 36.17), (115.06, 36.10),
)  # fmt: skip
COUNTY = "410923000000"
TOWNS = ("城关镇", "韩张镇", "元村镇", "福堪镇", "张果屯镇", "杨村乡", "千口镇", "谷金楼镇", "西邵乡", "寺庄乡", "梁村乡", "近德固乡")


def cells(outline: shapely.Polygon, count: int, dice: random.Random) -> list[Rings]:
    """Irregular cells that tile an outline."""
    west, south, east, north = outline.bounds
    seeds: list[shapely.Point] = []
    while len(seeds) < count:
        spot = shapely.Point(dice.uniform(west, east), dice.uniform(south, north))
        if outline.contains(spot):
            seeds.append(spot)
    parts = shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=outline)
    return [rings_of_shape(part) for cell in parts.geoms if not (part := cell.intersection(outline)).is_empty]


def county(grids: int = 1500) -> Atlas:
    """A county of twelve towns and about so many grids, each grid a village of its own in name."""
    dice = random.Random(7)
    outline = shapely.Polygon(RING)
    ring = (tuple(Point(x, y) for x, y in (*RING, RING[0])),)
    divisions = [Division(COUNTY, 3, "南乐县", "410900000000", f"/410900000000/{COUNTY}/", ring)]
    found: list[Grid] = []
    for number, rings in enumerate(cells(outline, len(TOWNS), dice)):
        town = f"410923{100 + number:03}000"
        divisions.append(Division(town, 4, TOWNS[number % len(TOWNS)], COUNTY, f"/410900000000/{COUNTY}/{town}/", rings))
        for place, inner in enumerate(cells(shapely.Polygon([(p.lon, p.lat) for p in rings[0]]), grids // len(TOWNS), dice)):
            village = f"{town[:9]}{200 + place // 4:03}"
            name = f"{TOWNS[number % len(TOWNS)][:-1]}{place // 4 + 1}村第{place % 4 + 1}网格"
            found.append(Grid(f"{village}{place % 4 + 1:03}", "B", 6, town, name, inner, "网格长甲"))
    return Atlas(tuple(divisions), tuple(found), ())
