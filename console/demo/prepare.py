"""Fills an empty database with the demo's city, once; what is there already is left alone, what was broken off goes on.

Stages: ground, people and registers in one transaction; the year behind in
stretches of a fortnight, each with the note how far it came in its own
transaction; the last hours by the real operations. Nobody else writes to a demo
that is being prepared, so these transactions may last longer than the half
second of a hall at work.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.demo.city import City, build_city
from console.demo.history import YESTERDAY_H, History
from console.demo.land import COUNTY_CODE, Scale
from console.demo.ledger import Picture
from console.demo.making import making
from console.demo.patrols import patrol_plans
from console.demo.texts import Texts
from console.demo.year import CASES, PARTS, YearPlan, halls_of
from console.domain.account import needs_second_factor
from console.domain.codes import Codes
from console.domain.errors import Refused
from console.domain.search import FORM
from console.domain.video_leave import ASKERS
from console.media.photo import PhotoRoom
from console.net import secrets
from console.service.indexer import SETTING
from console.store import accounts, atlas, bulk, sessions, settings, tables, video
from console.store.files import Files
from console.store.store import Store
from console.store.unit import Unit

VERSION = 2
Progress = Callable[[str, float], None]
Seal = Callable[[Store], None]
# Where each stage ends, in hundredths of the whole.
TRAINED_BEFORE = timedelta(days=60)  # who works with recorded video was trained (handbook G8)
GROUND, PEOPLE, YEAR, SETTLED, MORNING, WHOLE = 16.0, 22.0, 88.0, 92.0, 96.0, 100.0
_IDS = (
    tables.centre, tables.org, tables.user, tables.camera, tables.key_site, tables.report, tables.case, tables.task, tables.reply,
    tables.attachment, tables.delivery, tables.supervision, tables.remark, tables.journal, tables.patrol_plan,
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What a demo is made of: seed, size, the word everybody signs in with, how many cases its year and its morning had."""

    seed: int
    password: str = field(repr=False)
    reports: int = 60
    hours: float = 6.0
    scale: Scale = "county"
    cases: int = CASES
    factor: str = field(default="", repr=False)  # the second factor of all made-up people who need one, told in the demo's notes


def leave_to_the_sealer(store: Store) -> None:
    """Nothing: what is not sealed here is sealed by the console that runs next."""


def prepare(
    store: Store, resources: Path, codes: Codes, files: Files, plan: Plan, *, say: Progress, seal: Seal = leave_to_the_sealer,
) -> bool:  # fmt: skip
    """Put the city or the county, its year and its morning in; whether there was anything to do.

    A start that was broken off is completed: stored stretches of the year stay.
    `say` hears what is done and how much of the whole that is, in hundredths.
    `seal` seals the journal: of a year that is a million entries, which would
    keep the sealer of the first start busy while the hall opens.
    Raises Refused("not_a_demo") for a database that holds other centres: a real
    hall's data are never mixed with made-up people; Refused("other_demo") for a
    demo of another seed, "other_scale" for one of another size.
    """
    is_there = _check(store, plan)
    with store.read() as unit:
        if is_there and settings.value(unit, "demo_morning") is not None:
            return False
    given = _Given(store, resources, codes, files, plan, say)
    say("Drawing boundaries", 0.0)
    city = build_city(resources, codes, plan.seed, plan.scale, lambda share: say("Drawing boundaries", share * GROUND))
    if not is_there:
        say("Writing people, cameras and key sites", GROUND)
        _put_city(given, city)
    if plan.scale == "city" and plan.cases:
        _put_year(given, city)
    _play_morning(given, city)
    say("Sealing the journal", MORNING)
    seal(store)
    say("Ready", WHOLE)
    return True


@dataclass(frozen=True)
class _Given:
    store: Store
    resources: Path
    codes: Codes
    files: Files
    plan: Plan
    say: Progress


def _check(store: Store, plan: Plan) -> bool:
    with store.read() as unit:
        made = settings.value(unit, "demo")
        is_used = not atlas.is_empty(unit)
    if made is None:
        if is_used:
            raise Refused("not_a_demo", "database")
        return False
    known = made if isinstance(made, dict) else {}
    if known.get("seed") != plan.seed:
        raise Refused("other_demo", "database", seed=known.get("seed", "?"))
    if known.get("version") != VERSION or known.get("scale") != plan.scale:
        raise Refused("other_scale", "database", scale=known.get("scale", "?"))
    return True


def _put_city(given: _Given, city: City) -> None:
    plan = given.plan
    hashed = secrets.hash_password(plan.password)
    with given.store.write() as unit:
        _write(unit, city, hashed)
        for user in city.users:
            if plan.factor and needs_second_factor(user.roles):
                accounts.offer_factor(unit, user.id, plan.factor)
                accounts.confirm_factor(unit, user.id, datetime.now(UTC), 0, ())
        settings.keep(unit, "demo", {"version": VERSION, "seed": plan.seed, "scale": plan.scale})
        settings.keep(unit, "demo_year", {"made": 0, "parts": PARTS, "cases": plan.cases, "until": datetime.now(UTC).isoformat()})


def _write(unit: Unit, city: City, hashed: str) -> None:
    atlas.put_divisions(unit, city.divisions)
    atlas.put_grids(unit, city.grids)
    atlas.put_centres(unit, city.centres)
    unit.add_many(tables.org, city.orgs)
    trained_at = datetime.now(UTC) - TRAINED_BEFORE
    unit.add_many(tables.user, [replace(user, trained_at=trained_at) if ASKERS & {*user.roles} else user for user in city.users])
    unit.add_many(tables.camera, city.cameras)
    unit.add_many(tables.key_site, city.sites)
    unit.add_many(tables.patrol_plan, patrol_plans(city.centres, city.users, city.cameras, datetime.now(UTC)))
    # Everybody of the demo has the same word, so one hash serves: they are made up, and so is what they guard.
    sessions.set_secrets(unit, [user.id for user in city.users], hashed)
    unit.restart_ids(*_IDS)


def _put_year(given: _Given, city: City) -> None:
    """Write what is missing of the year; each stretch with the note that it is there."""
    store, plan, say = given.store, given.plan, given.say
    with store.read() as unit:
        known = settings.value(unit, "demo_year")
    assert isinstance(known, dict)
    if known["made"] and known.get("parts") != PARTS:  # begun by a program that made another year
        raise Refused("other_scale", "database", scale=plan.scale)
    until = datetime.fromisoformat(known["until"])
    morning = next(centre.id for centre in city.centres if centre.division == COUNTY_CODE)
    halls = halls_of(city, until, morning=morning, morning_h=YESTERDAY_H)
    making_of = YearPlan(
        plan.seed, until, known["cases"], store.dialect, given.resources, halls, _take_in_pictures(given), known["made"]
    )  # fmt: skip
    say("Writing the year behind", PEOPLE)
    with making(making_of) as coming:
        for stretch in coming:
            with store.write() as unit:
                for block in stretch.blocks:
                    bulk.put(unit, block)
                for series, last in stretch.numbers.items():
                    unit.run(tables.numbers.insert().values(series=series, next=last + 1))
                settings.keep(unit, "demo_year", {**known, "made": stretch.number + 1})
            say("Writing the year behind", PEOPLE + (YEAR - PEOPLE) * (stretch.number + 1) / stretch.count)
    say("Putting the registers in order", YEAR)
    with store.write() as unit:
        unit.restart_ids(*_IDS)
        settings.keep(unit, SETTING, FORM)  # the year brought its entries of the search index along
        bulk.settle(unit)


def _take_in_pictures(given: _Given) -> dict[str, Picture]:
    """Keep the drawn photos once; the cases of a year share them."""
    found = {}
    with closing(PhotoRoom()) as room:
        for path in sorted((given.resources / "demo" / "photos").glob("*.jpg")):
            photo = room.encode(path.read_bytes())
            given.files.put(photo.sha256, photo.content)
            found[path.stem] = Picture(photo.sha256, len(photo.content), photo.width, photo.height)
    return found


def _play_morning(given: _Given, city: City) -> None:
    store, plan = given.store, given.plan
    demo = given.resources / "demo"
    texts = Texts.load(demo / "texts.toml")
    with store.write() as unit:
        settings.keep(unit, "demo_morning", {"reports": plan.reports})
    if plan.reports:
        given.say("Playing the hours before", SETTLED)
        history = History(store, given.codes, city, texts, files=given.files, pictures=demo / "photos", seed=plan.seed)
        history.play(plan.reports, plan.hours, datetime.now(UTC))


def tell_cameras(store: Store, urls: dict[str, tuple[str, str]]) -> None:
    """Note where the demo's cameras are served today, by their hall number."""
    with store.write() as unit:
        video.set_addresses_by_code(unit, urls)
