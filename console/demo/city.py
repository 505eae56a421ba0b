"""The demo's county, 南乐县: towns, villages and grids inside its outline, units, people and cameras. All people are invented."""

import csv
import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from console.domain.camera import Camera
from console.domain.codes import Codes
from console.domain.errors import Invalid
from console.domain.people import OrgUnit, User
from console.domain.place import COUNTY, TOWN, VILLAGE, Centre, Division, Grid, Point, Rings
from console.geo.divide import divide
from console.geo.geojson import read_features
from console.geo.grid_index import GridIndex
from console.geo.shapes import label_point

CITY_CODE, COUNTY_CODE, NEIGHBOUR = "410900000000", "410923000000", "410922000000"
CAMERA_TOWN = "元村镇"
LEVELS = {"city": 2, "county": COUNTY, "town": TOWN, "village": VILLAGE}
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻柏水窦章云苏潘葛"
GIVEN = (
    "晨光", "一帆", "文博", "思远", "雨桐", "嘉禾", "明澈", "书瑶", "景行", "若溪", "子衿", "清和", "知夏", "望舒", "云舟", "安澜",
    "建业", "秋实", "春生", "长青", "立新", "向阳", "志远", "海宁", "庆丰", "国栋", "玉兰", "桂香", "巧云", "小满", "冬梅", "素琴",
)  # fmt: skip
NUMERALS = "一二三四五六"
# How villages are named in the register, and how people call them.
ENDINGS = (
    ("社区居民委员会", "社区"), ("社区居委会", "社区"), ("居民委员会", "社区"), ("居委会", "社区"), ("村民委员会", "村"), ("村委会", "村"),
)  # fmt: skip
# name, offset east and north of the town's middle in degrees, direction in degrees from north
CAMERAS = (
    ("C301", "仓颉路西", -0.0012, 0.0002, 80.0),
    ("C302", "小学西门", 0.0006, 0.0011, 200.0),
    ("C303", "文化路口", 0.0013, -0.0006, 300.0),
    ("C304", "村委会门前", -0.0004, -0.0014, 20.0),
)


@dataclass(frozen=True)
class City:
    """Everything a fresh demo database starts with."""

    divisions: tuple[Division, ...]
    grids: tuple[Grid, ...]
    centres: tuple[Centre, ...]
    orgs: tuple[OrgUnit, ...]
    users: tuple[User, ...]
    cameras: tuple[Camera, ...]


@dataclass(frozen=True)
class _Name:
    code: str
    name: str
    level: int
    parent: str


def build_city(resources: Path, codes: Codes, seed: int) -> City:
    """The county, the same for the same seed, from the outlines and names in `resources`. Raises Invalid for broken files."""
    geo = resources / "geo"
    outlines = {str(feature.properties.get("code")): feature.rings for feature in read_features(geo / "puyang_schematic_wgs84.geojson")}
    names = _names(geo / "puyang_divisions.csv")
    divisions = tuple(_divisions(names, outlines, seed))
    grids = tuple(_grids(divisions, seed))
    centres = tuple(_centres(divisions))
    orgs = tuple(_orgs(centres, divisions, _offices(resources / "demo" / "offices.toml", codes)))
    return City(divisions, grids, centres, orgs, tuple(_users(centres, orgs, grids, seed)), tuple(_cameras(divisions, grids, centres)))


def _names(path: Path) -> tuple[_Name, ...]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        found = tuple(_Name(row["code"], called(row["name"]), LEVELS[row["level"]], row["parent"]) for row in rows)
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as broken:
        raise Invalid(path.name, "broken_file", problem=str(broken)) from broken
    return tuple(name for name in found if name.code in (CITY_CODE, NEIGHBOUR) or name.code.startswith(COUNTY_CODE[:6]))


def _offices(path: Path, codes: Codes) -> dict[str, str]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return {code: str(found[code]) for code in codes.departments}
    except (OSError, KeyError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise Invalid(path.name, "broken_file", problem=str(broken)) from broken


def _divisions(names: tuple[_Name, ...], outlines: dict[str, Rings], seed: int) -> Iterator[Division]:
    children: dict[str, list[_Name]] = {}
    for name in names:
        children.setdefault(name.parent, []).append(name)
    city = next(name for name in names if name.code == CITY_CODE)
    root = Division(city.code, city.level, city.name, "", f"/{city.code}/", outlines[city.code[:6]])
    yield root
    for county in children[CITY_CODE]:
        area = Division(county.code, county.level, county.name, root.code, f"{root.path}{county.code}/", outlines[county.code[:6]])
        yield area
        if county.code == COUNTY_CODE:
            yield from _below(area, children, seed)


def _below(area: Division, children: dict[str, list[_Name]], seed: int) -> Iterator[Division]:
    parts = children.get(area.code, [])
    if not parts:
        return
    dense_at = label_point(area.rings) if area.level == TOWN else None
    shapes = divide(area.rings, len(parts), seed + int(area.code[:9]), dense_at=dense_at)
    for name, rings in zip(parts, shapes, strict=True):
        part = Division(name.code, name.level, name.name, area.code, f"{area.path}{name.code}/", rings)
        yield part
        yield from _below(part, children, seed)


def _grids(divisions: tuple[Division, ...], seed: int) -> Iterator[Grid]:
    for village in divisions:
        if village.level != VILLAGE:
            continue
        hand = random.Random(seed * 31 + int(village.code))
        in_town = int(village.code[9:]) < 200  # 居委会 001-199: a town's own villages have more and smaller grids
        count = hand.randint(5, 6) if in_town else hand.randint(3, 5)
        for number, rings in enumerate(divide(village.rings, count, seed + int(village.code) % 2**31), start=1):
            yield Grid(f"{village.code}{number:03d}", "B", 6, village.code, f"{village.name}第{NUMERALS[number - 1]}网格", rings)


def called(name: str) -> str:
    """A village as people call it: 齐庄村委会 is 齐庄村, 光明路居委会 is 光明路社区."""
    for ending, instead in ENDINGS:
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            return stem if stem.endswith(instead) else stem + instead
    return name


def _centres(divisions: tuple[Division, ...]) -> Iterator[Centre]:
    paths: dict[str, tuple[int, str]] = {"": (0, "/")}
    for number, area in enumerate(divisions, start=1):
        parent, path = paths[area.parent]
        paths[area.code] = (number, f"{path}{number}/")
        name = f"{area.name}综治中心"
        yield Centre(number, f"ZZ{area.code}", area.level, area.code, name, parent or None, f"{path}{number}/", area.level in (2, COUNTY))


def _orgs(centres: tuple[Centre, ...], divisions: tuple[Division, ...], offices: Mapping[str, str]) -> Iterator[OrgUnit]:
    names = {area.code: area.name for area in divisions}
    number = 0
    for centre in centres:
        number += 1
        kind = {2: "centre", COUNTY: "centre", TOWN: "town", VILLAGE: "village"}[centre.level]
        yield OrgUnit(number, centre.code, kind, centre.level, centre.division, None, centre.name, _phone(number), centre.id)
        if centre.level != COUNTY:
            continue
        for department, office in offices.items():
            number += 1
            name = office.format(place=names[centre.division])
            code = f"{centre.division[:6]}-{department}"
            yield OrgUnit(number, code, "department", COUNTY, centre.division, None, name, _phone(number), centre.id, department)


def _phone(number: int) -> str:
    return f"1380000{number % 10_000:04d}"


def _users(centres: tuple[Centre, ...], orgs: tuple[OrgUnit, ...], grids: tuple[Grid, ...], seed: int) -> Iterator[User]:
    hand = random.Random(seed)
    ids = iter(range(1, 100_000))

    def person(login: str, org: OrgUnit, roles: tuple[str, ...], grid: str = "") -> User:
        number = next(ids)
        name = hand.choice(SURNAMES) + hand.choice(GIVEN)
        return User(number, login, name, _phone(5_000 + number), org.id, org.centre_id, roles, "active", grid)

    for county, tail in ((COUNTY_CODE, ""), (NEIGHBOUR, "-qf")):
        hall = next(org for org in orgs if org.division == county and org.kind == "centre")
        for login, roles in (
            ("duty", ("R06", "R07", "R08")), ("duty2", ("R06", "R07", "R08")), ("intake", ("R06",)), ("leader", ("R16",)),
            ("director", ("R17",)), ("checker", ("R11",)), ("video", ("R14",)), ("viewer", ("R23",)),
        ):  # fmt: skip
            yield person(f"{login}{tail}", hall, roles)
        for org in orgs:
            if org.division == county and org.department:
                yield person(f"{org.department.lower()}{tail}", org, ("R09",))
                yield person(f"{org.department.lower()}-head{tail}", org, ("R09", "R10"))
    first = {grid.division: grid.code for grid in reversed(grids)}
    villages = (org for org in orgs if org.kind == "village")
    for number, village in enumerate(villages, start=1):
        yield person(f"grid{number:03d}", village, ("R01",), first[village.division])
    hall = next(org for org in orgs if org.division == COUNTY_CODE and org.kind == "centre")
    for login, role in (("admin", "R22"), ("auditor", "R19"), ("approver", "R15")):
        yield person(login, hall, (role,))


def _cameras(divisions: tuple[Division, ...], grids: tuple[Grid, ...], centres: tuple[Centre, ...]) -> Iterator[Camera]:
    town = next(area for area in divisions if area.name == CAMERA_TOWN)
    county = next(centre for centre in centres if centre.division == COUNTY_CODE)
    middle = label_point(town.rings)
    index = GridIndex(grids)
    for number, (code, name, east, north, direction) in enumerate(CAMERAS, start=1):
        spot = Point(round(middle.lon + east, 6), round(middle.lat + north, 6))
        grid = index.at(spot) or ""
        gb_id = f"41092301001323000{code[1:]}"
        yield Camera(number, code, gb_id, name, "fixed", spot.lon, spot.lat, direction, 60.0, grid[:12], grid, county.id)
