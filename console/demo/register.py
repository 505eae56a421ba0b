"""The demo's registers of things: 20,000 cameras and 715 key sites, placed in grids by a seeded hand."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from console.demo.land import COUNTY_CODE, Scale
from console.demo.names import person, phone
from console.domain.camera import Camera
from console.domain.place import TOWN, VILLAGE, Centre, Grid, Point
from console.domain.site import KeySite
from console.geo.grid_index import GridIndex
from console.geo.land import Land

CAMERAS, KEY_SITES = 20_000, 715
WANTED = 6  # cameras a village should have at least (handbook SYS-19)
SHORT_SHARE = 0.12  # of the villages that have fewer
CAMERA_TOWN = "元村镇"
# Live ones: town, offset east and north of the town's middle in degrees, name, direction in degrees from north.
LIVE = (
    (CAMERA_TOWN, -0.0012, 0.0002, "仓颉路西", 80.0), (CAMERA_TOWN, 0.0006, 0.0011, "小学西门", 200.0),
    (CAMERA_TOWN, 0.0013, -0.0006, "文化路口", 300.0), (CAMERA_TOWN, -0.0004, -0.0014, "村委会门前", 20.0),
    (CAMERA_TOWN, 0.0041, 0.0022, "集市东口", 270.0), (CAMERA_TOWN, -0.0046, 0.0031, "桥北头", 135.0),
    ("城关镇", 0.0010, 0.0004, "昌州路口", 45.0), ("城关镇", -0.0015, 0.0012, "兴华路西", 110.0),
    ("城关镇", 0.0005, -0.0018, "育才街学校门前", 10.0), ("城关镇", 0.0030, 0.0021, "汽车站广场", 225.0),
    ("韩张镇", 0.0004, 0.0006, "镇政府门前", 180.0), ("韩张镇", -0.0011, -0.0008, "卫生院路口", 90.0),
    ("福堪镇", 0.0003, 0.0009, "农贸市场南门", 315.0), ("张果屯镇", 0.0007, -0.0005, "主街十字口", 60.0),
    ("千口镇", -0.0006, 0.0003, "中学门前", 150.0), ("谷金楼镇", 0.0008, 0.0002, "卫河桥头", 240.0),
)  # fmt: skip
SPOTS = (
    "村口", "村委会门前", "主街东口", "主街西口", "小学门前", "文化广场", "卫生室门前", "桥头", "集市口", "养老院门前", "变压器旁",
    "坑塘边", "公交站", "粮站门前", "老戏台",
)  # fmt: skip
TOWN_SPOTS = (
    "东门", "西门", "南门", "北门", "路口", "菜市场口", "学校门前", "地下车库口", "广场", "公交站", "银行门前", "卫生院门前", "停车场",
    "单元楼前",
)  # fmt: skip
# CT-20 kind: how many of 100 or so, what such a place is called, its cycle in days, what is looked at.
SITE_KINDS: tuple[tuple[str, int, str, int, str], ...] = (
    ("01", 7, "政府院区", 30, "出入登记、值班"), ("02", 16, "中心学校", 30, "上下学秩序、消防通道"),
    ("03", 8, "卫生院", 30, "急诊秩序、氧气站"),
    ("04", 4, "客运站", 15, "安检、客流"), ("05", 8, "商贸市场", 30, "用电、通道占用"), ("06", 8, "金融网点", 60, "押运通道、监控"),
    ("07", 9, "加油站", 15, "静电接地、卸油"), ("08", 4, "危化品仓库", 7, "储量、阻火"), ("09", 7, "供水加压站", 30, "围栏、水质监测"),
    ("10", 3, "通信基站机房", 60, "电源、门禁"), ("11", 3, "文物点", 60, "明火、巡护"), ("12", 2, "文化广场", 30, "活动报备、疏散"),
    ("13", 5, "宾馆", 30, "登记、消防设施"), ("14", 4, "歌舞厅", 30, "人数、疏散通道"), ("15", 5, "寄递站点", 30, "收寄验视"),
    ("16", 4, "公路大桥", 60, "限载、护栏"), ("17", 4, "堤防险工段", 15, "渗漏、备料"), ("18", 2, "输油管线阀室", 15, "标识、第三方施工"),
    ("19", 1, "民爆物品库", 7, "双人双锁"), ("99", 2, "重点企业", 60, "值守"),
)  # fmt: skip
ANCHOR = datetime(2026, 1, 1, tzinfo=UTC)  # inspections are counted from here, so that the same seed gives the same register


def hall_numbers(scale: Scale) -> tuple[str, ...]:
    """The hall numbers of the cameras that are really served: four in the county, sixteen in the city."""
    return tuple(f"C{300 + number}" for number in range(1, 5 if scale == "county" else len(LIVE) + 1))


def cameras(land: Land, of_division: Mapping[str, Centre], seed: int, scale: Scale) -> Iterator[Camera]:
    """The live cameras of 南乐县, then those that are registered only."""
    towns = {area.name: area for area in land.divisions if area.level == TOWN and area.parent == COUNTY_CODE}
    index, numbers = GridIndex(land.grids), hall_numbers(scale)
    for number, (code, (town, east, north, name, direction)) in enumerate(zip(numbers, LIVE, strict=False), start=1):
        middle = land.middles[towns[town].code]
        spot = Point(round(middle.lon + east, 6), round(middle.lat + north, 6))
        grid = index.at(spot) or ""
        gb_id = f"41092301001323000{code[1:]}"
        centre = of_division[COUNTY_CODE].id
        shown = name if scale == "county" else f"{town}{name}"
        yield Camera(number, code, gb_id, shown, "fixed", spot.lon, spot.lat, direction, 60.0, grid[:12], grid, centre)
    if scale == "city":
        yield from _registered(land, of_division, random.Random(f"{seed} cameras"), len(numbers))


def _registered(land: Land, of_division: Mapping[str, Centre], hand: random.Random, before: int) -> Iterator[Camera]:
    grids: dict[str, list[Grid]] = {}
    for grid in land.grids:
        grids.setdefault(grid.division, []).append(grid)
    villages = [area for area in land.divisions if area.level == VILLAGE]
    serial: dict[str, int] = {}
    number = before
    for area, count in zip(villages, _counts([area.code for area in villages], hand, CAMERAS - before), strict=True):
        spots = TOWN_SPOTS if int(area.code[9:]) < 200 else SPOTS
        for place in range(count):
            number += 1
            grid = grids[area.code][place % len(grids[area.code])]
            at = scattered(grid, hand)
            county = area.code[:6]
            serial[county] = serial.get(county, 1_000) + 1
            kind, device = hand.choice((("fixed", "131"), ("fixed", "132"), ("dome", "132")))
            industry = hand.choice(("00", "01", "01"))
            again = f"{place // len(spots) + 1}号" if place >= len(spots) else ""
            name = f"{area.name}{spots[place % len(spots)]}{again}"
            yield Camera(
                number, f"C{10_000 + number}", f"{county}01{industry}{device}3{serial[county]:06d}", name, kind, at.lon, at.lat,
                float(hand.randrange(0, 360, 5)), hand.choice((60.0, 75.0, 90.0, 110.0)), area.code, grid.code, of_division[area.code].id,
            )  # fmt: skip


def _counts(villages: Sequence[str], hand: random.Random, total: int) -> list[int]:
    """How many cameras each village has: most have six or more, about one in eight has fewer, some have none."""
    counts: list[int] = [
        hand.choice((0, 2, 3, 4, 4, 5, 5)) if hand.random() < SHORT_SHARE else WANTED + (hand.random() < 0.3) for _ in villages
    ]  # fmt: skip
    urban = [place for place, code in enumerate(villages) if int(code[9:]) < 200 and counts[place] >= WANTED]
    rich = urban or list(range(len(villages)))
    while (left := total - sum(counts)) > 0:
        for place in hand.sample(rich, min(left, len(rich))):
            counts[place] += 1
    while sum(counts) > total:
        counts[max(range(len(counts)), key=lambda place: counts[place])] -= 1
    return counts


def scattered(grid: Grid, hand: random.Random) -> Point:
    """A spot in a grid, by trying; its first corner when it is too thin to hit."""
    ring = next(iter(grid.rings))
    west, east = min(spot.lon for spot in ring), max(spot.lon for spot in ring)
    south, north = min(spot.lat for spot in ring), max(spot.lat for spot in ring)
    for _ in range(50):
        spot = Point(round(hand.uniform(west, east), 6), round(hand.uniform(south, north), 6))
        if grid.holds(spot):
            return spot
    return ring[0]


def key_sites(land: Land, of_division: Mapping[str, Centre], seed: int, scale: Scale) -> Iterator[KeySite]:
    """715 places of CT-20 in the city; a county has its part of them."""
    hand = random.Random(f"{seed} sites")
    names = {area.code: area.name for area in land.divisions}
    by_town: dict[str, list[Grid]] = {}
    for grid in land.grids:
        by_town.setdefault(f"{grid.division[:9]}000", []).append(grid)
    towns, taken = sorted(by_town), dict[tuple[str, str], int]()
    count = KEY_SITES if scale == "city" else KEY_SITES // 8
    kinds = hand.choices(SITE_KINDS, [weight for _, weight, *_ in SITE_KINDS], k=count)
    for number, (kind, _, called, cycle, note) in enumerate(kinds, start=1):
        town = towns[number % len(towns)]
        grid = hand.choice(by_town[town])
        at = scattered(grid, hand)
        again = taken[town, kind] = taken.get((town, kind), 0) + 1
        name = f"{names[town]}{called}{f'（{again}）' if again > 1 else ''}"
        last = None if hand.random() < 0.02 else ANCHOR + timedelta(days=hand.uniform(250, 320), hours=hand.uniform(0, 9))
        before = hand.choice((0, 1, 1, 2, 2, 3, 4, 6))
        incidents = {"2024": before + hand.randint(0, 2), "2025": before, "2026": max(0, before - hand.choice((0, 1, 1, 2)))}
        yield KeySite(
            number, f"ZD{town[:6]}-{number:04d}", name, kind, at.lon, at.lat, grid.division, grid.code, of_division[town].id, name,
            person(hand), phone(7_000 + number), note, cycle, last, incidents,
        )  # fmt: skip
