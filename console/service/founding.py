"""The first start of a real hall: its ground, its centres, and the three administrators who let everybody else in.

One transaction makes all of it or nothing. It is there for an empty database
alone: as soon as anybody can sign in, people are made by those who may.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from console.domain import roles
from console.domain.account import Rules
from console.domain.codes import Role
from console.domain.errors import Denied, Invalid, Refused
from console.domain.people import OrgUnit, User, system_actor
from console.domain.place import CITY, COUNTY, TOWN, VILLAGE, Centre
from console.domain.texts import is_storable
from console.geo.gazetteer import CITY_CODE, FILE, PARK, URBAN, ZONE, Named, path_of, read_names
from console.geo.land import Land, build_land
from console.net import secrets, totp
from console.service.accounts import Person, check_login, check_person
from console.service.credentials import Enrolment, line, offered
from console.service.desk import Act, Desk
from console.service.pinyin import initials, spelled
from console.store import accounts, atlas, settings, tables
from console.store.store import Store
from console.store.unit import Unit

SETTING = "hall"
SEED = 1  # the made-up boundaries of one division are the same in every hall
# Which administration each of the three is of (三员分立): the system's, security, the audit.
ADMINISTRATORS = (roles.SYSTEM_ADMINISTRATOR, roles.DIRECTOR, roles.AUDITOR)
KINDS = {CITY: "centre", COUNTY: "centre", TOWN: "town", VILLAGE: "village"}
SHARED_GROUND = (URBAN, PARK, ZONE)  # cut out of one outline
Tick = Callable[[float], None]


@dataclass(frozen=True)
class Place:
    """A division a hall may be of; `above` names those it lies in, `sounds` is how both may be typed in Latin letters."""

    code: str
    name: str
    level: int
    above: str
    sounds: tuple[str, ...] = field(repr=False)

    def matches(self, sought: str) -> bool:
        """Whether this may be the place somebody seeks by name, code, pinyin or initials; several words must all fit."""
        return all(
            word in f"{self.above}{self.name}" or self.code.startswith(word) or any(word in sound for sound in self.sounds)
            for word in sought.lower().split()
        )


@dataclass(frozen=True)
class Administrator:
    """One of the three. Without a `factor` (secret and the step its first code was of) the first sign-in asks for one."""

    role: str
    login: str
    name: str
    password: str = field(repr=False)
    work_phone: str = ""
    factor: tuple[str, int] | None = field(default=None, repr=False)
    must_change: bool = False


@dataclass(frozen=True)
class Founded:
    """A hall that has begun: its centre, how much ground it has, and each administrator's recovery codes, told this once."""

    centre: Centre
    centres: int
    grids: int
    recovery: dict[str, tuple[str, ...]] = field(repr=False)


class Founding:
    """Everything a first start asks and does."""

    def __init__(self, desk: Desk, rules: Rules, geo: Path) -> None:
        self.desk = desk
        self.rules = rules
        self._geo = geo

    def is_open(self) -> bool:
        """Whether a hall may begin here."""
        return is_unused(self.desk.store)

    def places(self) -> tuple[Place, ...]:
        """Every division a hall may be of, the city first, then counties, towns, villages by code. Raises Invalid."""
        names = read_names(self._geo / FILE)
        by_code = {name.code: name for name in names}
        return tuple(_place(name, by_code) for name in sorted(names, key=lambda one: (one.level, one.code)) if name.code != PARK)

    def offer(self, login: str, secret: str = "") -> Enrolment:
        """A second factor, a fresh one or one shown before, for the administrator of this login. Raises Invalid for no login."""
        check_login(login)
        return offered(secret or totp.new_secret(), login)

    def first_code(self, secret: str, code: str) -> int:
        """The step of an offered factor's first code. Raises Denied("bad_code")."""
        step = totp.matching_step(secret, code, self.desk.clock.now())
        if step is None:
            raise Denied("bad_code", "code")
        return step

    def check(self, wanted: Sequence[Administrator]) -> None:
        """Refuse administrators who cannot be; also some of the three. Raises Invalid, Refused."""
        for one in wanted:
            check_login(one.login)
            check_person(Person(one.name, one.work_phone, 0))
            self.rules.check_password(one.password, one.login)
            if not is_storable(one.password):
                raise Invalid("password", "bad_characters")
        if len({one.login for one in wanted}) < len(wanted):
            raise Refused("administrators_apart", "login")

    def found(self, division: str, wanted: Sequence[Administrator], tick: Tick = lambda share: None) -> Founded:
        """Make the hall of a division with everything below it.

        `tick` hears how much is done and may raise to leave everything as it
        was. Raises Invalid, and Refused("hall_exists") when somebody was faster.
        """
        if sorted(one.role for one in wanted) != sorted(ADMINISTRATORS):
            raise Invalid("roles", "administrators_three")
        self.check(wanted)
        if not self.is_open():
            raise Refused("hall_exists", "database")
        land = self._land(division, lambda share: tick(0.6 * share))
        centres = tuple(_centres(land, division))
        hashed = {one.login: secrets.hash_password(one.password) for one in wanted}
        recovery = {one.login: totp.new_words(totp.RECOVERY_CODES) for one in wanted if one.factor is not None}

        def work(act: Act) -> Founded:
            settings.keep(act.unit, SETTING, {"division": division})  # a second machine waits at this row for the first
            if not _is_unused(act.unit):
                raise Refused("hall_exists", "database")
            own = next(centre for centre in centres if centre.division == division)
            _put_ground(act, land, centres, tick)
            act.note("found", "centre", own.id, 1, {"division": division, "centres": len(centres), "grids": len(land.grids)})
            for number, one in enumerate(wanted, start=1):
                _put_administrator(act, number, one, _seat_of(one.role, own, centres, act.codes.roles))
                accounts.set_password(act.unit, number, hashed[one.login], act.now, must_change=one.must_change)
                _put_factor(act, number, one, recovery.get(one.login, ()))
            act.unit.restart_ids(tables.centre, tables.org, tables.user)
            tick(1.0)
            return Founded(own, len(centres), len(land.grids), recovery)

        return self.desk.run(system_actor("setup"), work)

    def _land(self, division: str, tick: Tick) -> Land:
        """The ground of a division and all it lies in."""
        names = read_names(self._geo / FILE)
        by_code = {name.code: name for name in names}
        if division not in by_code or division == PARK:
            raise Invalid("division", "unknown_code", value=division[:40])
        way = path_of(by_code[division], by_code)
        wanted = None if division == CITY_CODE else _cut_with(way, names, by_code)
        land = build_land(self._geo, SEED, wanted, tick)
        kept = tuple(area for area in land.divisions if area.path.startswith(way) or way.startswith(area.path))
        codes = {area.code for area in kept}
        return Land(kept, tuple(grid for grid in land.grids if grid.division in codes), land.middles)


def is_unused(store: Store) -> bool:
    """Whether a database holds no centre and nobody at all."""
    with store.read() as unit:
        return _is_unused(unit)


def _is_unused(unit: Unit) -> bool:
    return atlas.is_empty(unit) and not accounts.is_anybody_there(unit)


def _cut_with(way: str, names: Sequence[Named], by_code: dict[str, Named]) -> set[str]:
    """The codes of everything that is cut together with a division: its county, and what shares that county's outline."""
    counties = {code for code in way.strip("/").split("/") if by_code[code].level == COUNTY}
    if not counties.isdisjoint(SHARED_GROUND):
        counties |= set(SHARED_GROUND)
    return {CITY_CODE} | {name.code for name in names if any(code in path_of(name, by_code) for code in counties)}


def _place(name: Named, by_code: dict[str, Named]) -> Place:
    codes = path_of(name, by_code).strip("/").split("/")[:-1]
    above = " ".join(by_code[code].name for code in codes)
    whole = f"{above.replace(' ', '')}{name.name}"
    return Place(name.code, name.name, name.level, above, (initials(whole), spelled(whole)))


def _centres(land: Land, division: str) -> list[Centre]:
    """A centre for each area, numbered downwards; officers of the hall take reports in, and those of every county below it."""
    own = next(area for area in land.divisions if area.code == division)
    parents = {area.code: area.parent for area in land.divisions}
    paths: dict[str, tuple[int, str]] = {"": (0, "/")}
    found = []
    for area in land.divisions:
        if area.code == PARK:
            continue
        above = area.parent
        while above not in paths:
            above = parents[above]
        parent, path = paths[above]
        number = len(found) + 1
        paths[area.code] = (number, f"{path}{number}/")
        is_inside = area.path.startswith(own.path)
        takes_in = area.code == division or (is_inside and area.level <= COUNTY)
        found.append(
            Centre(number, f"ZZ{area.code}", area.level, area.code, f"{area.name}综治中心", parent or None, f"{path}{number}/", takes_in)
        )
    return found


def _put_ground(act: Act, land: Land, centres: Sequence[Centre], tick: Tick) -> None:
    atlas.put_divisions(act.unit, land.divisions)
    tick(0.7)
    atlas.put_grids(act.unit, land.grids)
    tick(0.9)
    atlas.put_centres(act.unit, centres)
    act.unit.add_many(tables.org, [_office(centre) for centre in centres])
    tick(0.95)


def _office(centre: Centre) -> OrgUnit:
    """A centre's own unit, which bears its number."""
    return OrgUnit(centre.id, centre.code, KINDS[centre.level], centre.level, centre.division, None, centre.name, "", centre.id)


def _seat_of(role: str, own: Centre, centres: Sequence[Centre], known: dict[str, Role]) -> Centre:
    """Where a role sits: at the hall, or at the nearest centre above whose level has such people (CT-03)."""
    by_id = {centre.id: centre for centre in centres}
    at = own
    while at.level not in known[role].levels and at.parent_id is not None:
        at = by_id[at.parent_id]
    return at


def _put_administrator(act: Act, number: int, one: Administrator, centre: Centre) -> None:
    roles.check_level((one.role,), centre.level, act.codes.roles)
    user = User(number, one.login, one.name.strip(), one.work_phone, centre.id, centre.id, (one.role,))
    act.unit.add(tables.user, user)
    act.note("add", "user", user.id, 1, {"org": user.org_id, "roles": list(user.roles)}, states=("", user.status))


def _put_factor(act: Act, number: int, one: Administrator, words: Sequence[str]) -> None:
    if one.factor is None:
        return
    secret, step = one.factor
    accounts.offer_factor(act.unit, number, secret)
    accounts.confirm_factor(act.unit, number, act.now, step, [secrets.token_hash(totp.folded(word)) for word in words])
    act.entries.append(replace(line("factor_set", number, number, act.now), seat=act.actor.seat))


__all__ = ["ADMINISTRATORS", "Administrator", "Enrolment", "Founded", "Founding", "Place"]
