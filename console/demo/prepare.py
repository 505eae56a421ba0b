"""Fills an empty database with the demo's county, once; what is there already is left alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from console.demo.city import City, build_city
from console.demo.history import History
from console.demo.texts import Texts
from console.domain.account import needs_second_factor
from console.domain.codes import Codes
from console.domain.errors import Refused
from console.net import secrets
from console.store import accounts, atlas, sessions, settings, tables, video
from console.store.files import Files
from console.store.store import Store
from console.store.unit import Unit

VERSION = 1
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What a demo is made of: its seed, the word everybody signs in with, and how busy its morning was."""

    seed: int
    password: str = field(repr=False)
    reports: int = 60
    hours: float = 6.0
    factor: str = field(default="", repr=False)  # the second factor of all made-up people who need one, told in the demo's notes


def prepare(store: Store, resources: Path, codes: Codes, files: Files, plan: Plan, *, say: Progress) -> bool:
    """Put the county and its morning in; whether there was anything to do.

    A start that was broken off before its morning is completed. Raises
    Refused("not_a_demo") for a database that holds other centres: a real
    hall's data are never mixed with made-up people; Refused("other_demo")
    for a demo of another seed.
    """
    is_there = _check(store, plan)
    with store.read() as unit:
        if is_there and settings.value(unit, "demo_morning") is not None:
            return False
    say("Building the county …")
    city = build_city(resources, codes, plan.seed)
    if not is_there:
        hashed = secrets.hash_password(plan.password)
        with store.write() as unit:
            _write(unit, city, hashed)
            for user in city.users:
                if plan.factor and needs_second_factor(user.roles):
                    accounts.offer_factor(unit, user.id, plan.factor)
                    accounts.confirm_factor(unit, user.id, datetime.now(UTC), 0, ())
            settings.keep(unit, "demo", {"version": VERSION, "seed": plan.seed})
    demo = resources / "demo"
    texts = Texts.load(demo / "texts.toml")
    with store.write() as unit:
        settings.keep(unit, "demo_morning", {"reports": plan.reports})
    if plan.reports:
        say("Playing the hours before; this takes a few seconds, once …")
        history = History(store, codes, city, texts, files=files, pictures=demo / "photos", seed=plan.seed)
        history.play(plan.reports, plan.hours, datetime.now(UTC))
    return True


def _check(store: Store, plan: Plan) -> bool:
    with store.read() as unit:
        made = settings.value(unit, "demo")
        is_used = bool(atlas.centres(unit))
    if made is None and is_used:
        raise Refused("not_a_demo", "database")
    if made is not None and made != {"version": VERSION, "seed": plan.seed}:
        raise Refused("other_demo", "database", seed=made.get("seed", "?") if isinstance(made, dict) else "?")
    return made is not None


def _write(unit: Unit, city: City, hashed: str) -> None:
    atlas.put_divisions(unit, city.divisions)
    atlas.put_grids(unit, city.grids)
    atlas.put_centres(unit, city.centres)
    unit.add_many(tables.org, city.orgs)
    unit.add_many(tables.user, city.users)
    unit.add_many(tables.camera, city.cameras)
    # Everybody of the demo has the same word, so one hash serves: they are made up, and so is what they guard.
    sessions.set_secrets(unit, [user.id for user in city.users], hashed)
    unit.restart_ids(tables.centre, tables.org, tables.user, tables.camera)


def tell_cameras(store: Store, urls: dict[str, tuple[str, str]]) -> None:
    """Note where the demo's cameras are served today, by their hall number."""
    with store.write() as unit:
        video.set_addresses_by_code(unit, urls)
