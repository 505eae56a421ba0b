"""A small city's year for tests: a few halls of the whole city, a few hundred cases, in a store of its own."""

from dataclasses import replace
from datetime import UTC, datetime

from console.demo import year
from console.demo.city import City
from console.demo.ledger import Picture
from console.demo.year import YearPlan
from console.store import atlas, bulk, migrate, tables
from console.store.store import Store
from tests.demo.conftest import SEED
from tests.make import ROOT

UNTIL = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
NAMES = sorted(path.stem for path in (ROOT / "resources" / "demo" / "photos").glob("*.jpg"))
PICTURES = {name: Picture(f"{number:064x}", 1, 4, 3) for number, name in enumerate(NAMES)}


def plan_of(city: City, dialect: str, cases: int, **more: object) -> YearPlan:
    """A year of so many cases; the opening county's reports end thirty hours before."""
    morning = next(centre.id for centre in city.centres if centre.division == "410923000000")
    halls = year.halls_of(city, UNTIL, morning=morning, morning_h=30)
    return replace(YearPlan(SEED, UNTIL, cases, dialect, ROOT / "resources", halls, PICTURES), **more)  # type: ignore[arg-type]


def fill(store: Store, city: City) -> None:
    """What a year's rows refer to."""
    migrate.upgrade(store)
    with store.write() as unit:
        atlas.put_centres(unit, city.centres)
        unit.add_many(tables.org, city.orgs)
        unit.add_many(tables.user, [user for user in city.users if "R05" not in user.roles])


def write(store: Store, plan: YearPlan) -> int:
    """Write the year; how many cases it has."""
    count = 0
    for stretch in year.stretches(plan):
        with store.write() as unit:
            for block in stretch.blocks:
                bulk.put(unit, block)
                count += block.count if block.table == "case_file" else 0
    return count
