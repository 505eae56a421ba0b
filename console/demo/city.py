"""Everything a fresh demo database starts with: ground, centres, units, people, cameras and key sites. All people are invented.

Centres are those of the handbook's figures: 1 city, 7 county-level, 91 town and
2,952 village centres (SYS-01; Q2 of handbook 11).

- County level: the six counties and 410972; 410971 is served by 华龙区's centre.
- Towns: one for each of the 89 towns, and two placeholders (示范区管委会,
  工业园区管委会) under 华龙区, which have no ground of their own.
- Villages: 3,197 villages have 2,952 centres, so 245 share one. Each town gives
  up centres in proportion to its villages (largest remainder); in a town it is
  the villages registered last, and each goes to the nearest village of its own
  town that has a centre. A placeholder is never a share.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.demo import register, staff
from console.demo.land import Scale, demo_land
from console.domain.camera import Camera
from console.domain.codes import Codes
from console.domain.people import OrgUnit, User
from console.domain.place import COUNTY, TOWN, VILLAGE, Centre, Division, Grid
from console.domain.site import KeySite
from console.geo.gazetteer import PARK, URBAN
from console.geo.land import Land
from console.service.departments import read_offices

VILLAGE_CENTRES = 2_952
# Codes of no division: the register ends its towns below 400 in these units.
PLACEHOLDERS = (("410902480000", "示范区管委会"), ("410971480000", "工业园区管委会"))
Tick = Callable[[float], None]


@dataclass(frozen=True)
class City:
    """What is written into an empty database."""

    divisions: tuple[Division, ...]
    grids: tuple[Grid, ...]
    centres: tuple[Centre, ...]
    orgs: tuple[OrgUnit, ...]
    users: tuple[User, ...]
    cameras: tuple[Camera, ...]
    sites: tuple[KeySite, ...]


def build_city(resources: Path, codes: Codes, seed: int, scale: Scale = "city", tick: Tick = lambda share: None) -> City:
    """The city or the county, the same for the same seed, from the outlines and names in `resources`.

    `tick` hears how much is done. Raises Invalid for broken files.
    """
    offices = read_offices(resources / "offices.toml", codes)
    land = demo_land(resources / "geo", seed, scale, lambda share: tick(0.85 * share))
    served = shared_centres(land)
    centres = tuple(_centres(land, served, with_placeholders=scale == "city"))
    of_division = serving(land, centres, served)
    orgs = tuple(staff.orgs(centres, land, of_division, offices))
    users = tuple(staff.users(orgs, land, seed, scale))
    tick(0.92)
    cameras = tuple(register.cameras(land, of_division, seed, scale))
    sites = tuple(register.key_sites(land, of_division, seed, scale))
    tick(1.0)
    return City(land.divisions, land.grids, centres, orgs, users, cameras, sites)


def shared_centres(land: Land) -> dict[str, str]:
    """Which villages have no centre of their own, and whose they use (see the head of this file)."""
    towns: dict[str, list[Division]] = {}
    for area in land.divisions:
        if area.level == VILLAGE:
            towns.setdefault(area.parent, []).append(area)
    found: dict[str, str] = {}
    for town, given_up in _given_up({town: len(villages) for town, villages in towns.items()}).items():
        villages = sorted(towns[town], key=lambda area: area.code)
        keep = villages[: len(villages) - given_up]
        for village in villages[len(keep) :]:
            spot = land.middles[village.code]
            found[village.code] = min(keep, key=lambda other: _apart(spot, land.middles[other.code])).code
    return found


def _given_up(villages: Mapping[str, int]) -> dict[str, int]:
    """How many centres each town gives up: 245 of 3,197 in the whole city, the same part of a county."""
    whole = 3_197
    total = round((whole - VILLAGE_CENTRES) * sum(villages.values()) / whole)
    shares = {town: count * (whole - VILLAGE_CENTRES) / whole for town, count in villages.items()}
    found = {town: int(share) for town, share in shares.items()}
    rest = sorted(shares, key=lambda town: (found[town] - shares[town], town))
    for town in rest[: total - sum(found.values())]:
        found[town] += 1
    return found


def _apart(one: object, other: object) -> float:
    return (one.lon - other.lon) ** 2 + (one.lat - other.lat) ** 2  # type: ignore[attr-defined]


def _centres(land: Land, served: Mapping[str, str], *, with_placeholders: bool) -> Iterator[Centre]:
    own = [area for area in land.divisions if area.code not in served and area.code != PARK]
    parents = {area.code: area.parent for area in land.divisions}
    if with_placeholders:
        at = next(place for place, area in enumerate(own) if area.level == VILLAGE)
        own[at:at] = [Division(code, TOWN, name, URBAN, "") for code, name in PLACEHOLDERS]
    paths: dict[str, tuple[int, str]] = {"": (0, "/")}
    for number, area in enumerate(own, start=1):
        above = area.parent
        while above not in paths:
            above = parents[above]
        parent, path = paths[above]
        paths[area.code] = (number, f"{path}{number}/")
        name = f"{area.name}综治中心"
        yield Centre(number, f"ZZ{area.code}", area.level, area.code, name, parent or None, f"{path}{number}/", area.level in (2, COUNTY))


def serving(land: Land, centres: Sequence[Centre], served: Mapping[str, str]) -> dict[str, Centre]:
    """The centre of every division: its own, the one it shares, or the nearest above."""
    own = {centre.division: centre for centre in centres}
    found: dict[str, Centre] = {}
    for area in land.divisions:
        centre = own.get(area.code) or own.get(served.get(area.code, ""))
        found[area.code] = centre or found[area.parent]
    return found | {centre.division: centre for centre in centres}
