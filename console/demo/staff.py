"""The demo's units and people: halls, departments, town offices, village committees, 18,000 grid workers."""

import random
from collections.abc import Iterator, Mapping, Sequence

from console.demo.land import COUNTY_CODE, Scale
from console.demo.names import person, phone
from console.domain.people import OrgUnit, User
from console.domain.place import CITY, COUNTY, TOWN, VILLAGE, Centre, Grid
from console.geo.gazetteer import CITY_CODE
from console.geo.land import Land

WORKERS = 18_000
KINDS = {CITY: "centre", COUNTY: "centre", TOWN: "town"}
# What is put behind a login to tell the counties apart; the demo opens in 南乐县, whose logins are the short ones.
TAILS = {
    COUNTY_CODE: "", "410922000000": "-qf", "410902000000": "-hl", "410926000000": "-fx", "410927000000": "-tq", "410928000000": "-py",
    "410972000000": "-jk", CITY_CODE: "-city",
}  # fmt: skip
HALL = (
    ("duty", ("R06", "R07", "R08")), ("duty2", ("R06", "R07", "R08")), ("intake", ("R06",)), ("leader", ("R16",)),
    ("director", ("R17",)), ("checker", ("R11",)), ("video", ("R14",)), ("viewer", ("R23",)),
    ("admin", ("R22",)), ("auditor", ("R19",)), ("approver", ("R15",)),
)  # fmt: skip
TOWN_OFFICE = (("clerk", ("R04",)), ("handler", ("R09",)), ("director", ("R17",)))


def orgs(centres: Sequence[Centre], land: Land, of_division: Mapping[str, Centre], offices: Mapping[str, str]) -> Iterator[OrgUnit]:
    """Every unit: a hall or office for each centre above the village, departments of counties and city, a committee for each village."""
    names = {area.code: area.name for area in land.divisions}
    number = 0
    for centre in centres:
        if centre.level == VILLAGE:
            continue
        number += 1
        yield OrgUnit(number, centre.code, KINDS[centre.level], centre.level, centre.division, None, centre.name, phone(number), centre.id)
        if centre.level not in (CITY, COUNTY) or (centre.level == CITY and len(land.grids) < WORKERS // 4):
            continue  # the county's demo has no departments of the city
        for department, office in offices.items():
            number += 1
            name = office.format(place=names[centre.division])
            code = f"{centre.division[:6]}-{department}"
            yield OrgUnit(
                number, code, "department", centre.level, centre.division, None, name, phone(number), centre.id, department
            )
    own = {centre.division for centre in centres}
    for area in land.divisions:
        if area.level == VILLAGE:
            number += 1
            centre = of_division[area.code]
            name = centre.name if area.code in own else f"{area.name}便民服务站"
            yield OrgUnit(number, f"ZZ{area.code}", "village", VILLAGE, area.code, None, name, phone(number), centre.id)


def users(units: Sequence[OrgUnit], land: Land, seed: int, scale: Scale) -> Iterator[User]:
    """Everybody who may sign in, halls first."""
    hand = random.Random(seed)
    count = 0

    def one(login: str, org: OrgUnit, roles: tuple[str, ...], grid: str = "") -> User:
        nonlocal count
        count += 1
        return User(count, login, person(hand), phone(5_000 + count), org.id, org.centre_id, roles, "active", grid)

    for division, tail in TAILS.items():
        here = [org for org in units if org.division == division and org.kind in ("centre", "department")]
        if scale == "county" and division == CITY_CODE:
            continue
        for org in here:
            if org.kind == "centre":
                yield from (one(f"{login}{tail}", org, roles) for login, roles in HALL)
        for org in here:
            if org.department:
                yield one(f"{org.department.lower()}{tail}", org, ("R09",))
                yield one(f"{org.department.lower()}-head{tail}", org, ("R09", "R10"))
    villages = {org.division: org for org in units if org.kind == "village"}
    for login, grid, roles in workers(land, seed, scale):
        yield one(login, villages[grid.division], roles, grid.code)
    if scale == "city":
        for org in units:
            if org.kind == "town":
                yield from (one(f"{part}-{org.division[:9]}", org, roles) for part, roles in TOWN_OFFICE)
            elif org.kind == "village":
                yield one(f"v{org.division}", org, ("R05",))


def workers(land: Land, seed: int, scale: Scale) -> Iterator[tuple[str, Grid, tuple[str, ...]]]:
    """Grid workers by login: in the county one a village, in the city one in each grid and a second one in the busiest.

    The first of a village leads its grids (R02). 南乐县's first workers are
    `grid001` and on, everybody else is called after the grid.
    """
    first = {grid.division: grid.code for grid in reversed(land.grids)}
    number = 0
    for grid in land.grids:
        is_first = first[grid.division] == grid.code
        is_short = is_first and grid.code.startswith(COUNTY_CODE[:6])
        number += is_short
        if scale == "city" or is_first:
            leads = scale == "city" and is_first
            yield (f"grid{number:03d}" if is_short else f"g{grid.code}"), grid, ("R01", "R02") if leads else ("R01",)
    if scale == "city":
        hand = random.Random(f"{seed} second workers")
        for grid in sorted(hand.sample(land.grids, WORKERS - len(land.grids)), key=lambda one: one.code):
            yield f"g{grid.code}b", grid, ("R01",)
