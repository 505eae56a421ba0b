"""The year behind the demo: some sixty thousand past cases, made in parts that know nothing of one another.

A part is some of the halls: each has its own hand and its own ids (the first
part the odd ones, the second the even), so both may be made at once
(`making.py`). Days follow one another; the entries of all cases that fall into
a stretch are put in order and numbered where the parts meet, so the journal
reads as it would have grown. The same plan gives the same year, so a year that
was broken off is made again from its first day and what is stored already is
left out.
"""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from console.demo.city import City
from console.demo.ledger import TABLES, Ledger, Person, Picture
from console.demo.lives import Hall, Lives, Worker
from console.demo.texts import Texts
from console.domain.codes import Codes
from console.domain.limits import CHINA
from console.domain.place import COUNTY
from console.store import bulk, search
from console.store.bulk import Block, Loose

CASES = 60_000
# A day less than cases of class B are kept (handbook G9): none of them is due for deletion before the night after the first start.
DAYS = 364
STRETCH_DAYS = 14
MONTHS = (0.86, 0.66, 0.96, 1.0, 1.04, 1.1, 1.26, 1.2, 1.0, 0.96, 0.96, 0.92)
WEEKDAYS = (1.2, 1.08, 1.05, 1.0, 1.02, 0.84, 0.72)
_AT = 2  # where the instant of an entry without its number stands
HOURS = (2, 1, 1, 1, 1, 3, 9, 22, 42, 48, 44, 30, 18, 20, 34, 44, 46, 40, 28, 22, 18, 12, 7, 4)
PARTS = 2  # how many come out depends on it


@dataclass(frozen=True)
class YearPlan:
    """What those who make it need to know. `made` stretches are stored already; pictures lie in the store by name."""

    seed: int
    until: datetime
    cases: int
    dialect: str
    resources: Path
    halls: tuple[Hall, ...]
    pictures: Mapping[str, Picture]
    made: int = 0
    first_entry: int = 1


@dataclass(frozen=True)
class Stretch:
    """Some days of the past, encoded for the store: how many stretches there are, the blocks, the case numbers given out."""

    number: int
    count: int
    blocks: tuple[Block, ...] = field(repr=False)
    numbers: Mapping[str, int] = field(repr=False)


def halls_of(city: City, until: datetime, *, morning: int, morning_h: float) -> tuple[Hall, ...]:
    """The counties' halls; at the centre whose morning is played by the operations nobody reports in it here."""
    by_org: dict[int, list[Person]] = {}
    logins: dict[str, dict[int, Person]] = {}
    for user in city.users:
        roles = set(user.roles)
        seat = "phone" if "R01" in roles else "desk" if "R09" in roles else {"R11": "A2", "R17": "A3", "R16": "A4"}.get(user.roles[0], "A1")
        who = Person(user.id, user.name, user.org_id, seat)
        if "R09" in roles:
            by_org.setdefault(user.org_id, []).append(who)
        logins.setdefault(user.login.partition("-")[0], {})[user.centre_id] = who
    grids, names = {grid.code: grid for grid in city.grids}, {area.code: area.name for area in city.divisions}
    paths = {centre.id: centre.path for centre in city.centres}
    found = []
    for centre in (one for one in city.centres if one.level == COUNTY):
        workers = tuple(
            Worker(Person(user.id, user.name, user.org_id, "phone"), grids[user.grid], names[grids[user.grid].division])
            for user in city.users if user.grid and paths[user.centre_id].startswith(centre.path)
        )  # fmt: skip
        here = {org.department: org.id for org in city.orgs if org.centre_id == centre.id and org.department}
        if not workers or centre.id not in logins["duty"]:
            continue
        units = {code: (org, tuple(by_org[org])) for code, org in here.items()}
        ends = until - timedelta(hours=morning_h) if centre.id == morning else until
        duty = (logins["duty"][centre.id], logins["duty2"][centre.id])
        rest = (logins["checker"][centre.id], logins["leader"][centre.id], logins["director"][centre.id])
        found.append(Hall(centre.id, centre.path, centre.division[:6], duty, *rest, units, workers, until, ends))
    return tuple(found)


@dataclass(frozen=True)
class Piece:
    """What a part brings to a stretch; its entries lack their numbers, and of a stretch that is stored only their count is told."""

    number: int
    count: int
    blocks: tuple[Block, ...] = field(repr=False)
    entries: Loose | None = field(repr=False)
    entry_count: int
    numbers: Mapping[str, int] = field(repr=False)


def stretches(plan: YearPlan) -> Iterator[Stretch]:
    """Make the year, stretch by stretch; those that are stored already are made and left out."""
    return joined(plan, [pieces(plan, part) for part in range(PARTS)])


def joined(plan: YearPlan, parts: Sequence[Iterator[Piece]]) -> Iterator[Stretch]:
    """The year out of the pieces of its parts."""
    entry = plan.first_entry
    for each in zip(*parts, strict=True):
        loose = [piece.entries for piece in each if piece.entries is not None]
        if loose:
            blocks = [bulk.joined(of_table) for of_table in zip(*(piece.blocks for piece in each), strict=True)]
            numbers = {series: last for piece in each for series, last in piece.numbers.items()}
            yield Stretch(each[0].number, each[0].count, (*blocks, bulk.in_order(loose, entry)), numbers)
        entry += sum(piece.entry_count for piece in each)


def halls_of_part(halls: Sequence[Hall], part: int) -> tuple[Hall, ...]:
    """The halls one part makes: parts have about as many workers, so that none waits long for another."""
    parts: list[list[Hall]] = [[] for _ in range(PARTS)]
    for hall in sorted(halls, key=lambda one: (-len(one.workers), one.centre)):
        min(parts, key=lambda some: sum(len(one.workers) for one in some)).append(hall)
    return tuple(parts[part])


def pieces(plan: YearPlan, part: int) -> Iterator[Piece]:
    """Make one part of the year, stretch by stretch."""
    codes, halls = Codes.load(plan.resources / "codes"), halls_of_part(plan.halls, part)
    ledger = Ledger(codes, search.as_vector if plan.dialect == "postgresql" else search.as_tokens, step=PARTS)
    ledger.next_id = dict.fromkeys(TABLES, 1 + part)
    hand = random.Random(f"{plan.seed} year {part}")
    lives = Lives(ledger, Texts.load(plan.resources / "demo" / "texts.toml"), plan.pictures, hand)
    begins = datetime.combine(plan.until.astimezone(CHINA).date() - timedelta(days=DAYS), time(), CHINA)
    days = [begins + timedelta(days=day) for day in range(DAYS + 1)]
    count, weights = math.ceil(len(days) / STRETCH_DAYS), [len(hall.workers) for hall in halls]
    share = plan.cases * sum(weights) / sum(len(hall.workers) for hall in plan.halls)
    each = share / sum(MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] for day in days)
    numbers: dict[str, int] = {}
    owed = 0.0  # of a case: in a small year most days have none
    for number in range(count):
        for day in days[number * STRETCH_DAYS : (number + 1) * STRETCH_DAYS]:
            owed += each * MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] * hand.uniform(0.85, 1.15)
            today, owed = int(owed), owed % 1
            for at, hall in _moments(hand, day, today, (halls, weights)):
                if at <= hall.reports_until:
                    series = f"SJ{hall.county}-{day:%Y%m%d}"
                    numbers[series] = numbers.get(series, 0) + 1
                    lives.one(hall, at, f"{series}-{numbers[series]:06d}")
        is_last = number == count - 1
        told = _in_order(ledger, plan.until if is_last else days[(number + 1) * STRETCH_DAYS], everything=is_last)
        rows, ledger.rows = ledger.rows, {table: [] for table in TABLES}
        recent = {f"{day:%Y%m%d}" for day in days[-4:]} if is_last else set()  # the days that real reports may still number on
        given = {series: last for series, last in numbers.items() if series[-8:] in recent}
        if number < plan.made:
            yield Piece(number, count, (), None, len(told), given)
        else:
            blocks = tuple(bulk.encoded(plan.dialect, table, found) for table, found in rows.items())
            yield Piece(number, count, blocks, bulk.loose(plan.dialect, "journal", told, _AT), len(told), given)


def _moments(
    hand: random.Random, day: datetime, count: int, halls: tuple[Sequence[Hall], Sequence[int]]
) -> list[tuple[datetime, Hall]]:
    found = []
    for _ in range(count):
        hour = hand.choices(range(24), HOURS)[0]
        at = day + timedelta(hours=hour, seconds=hand.randrange(3_600))
        found.append((at.astimezone(UTC), hand.choices(*halls)[0]))
    return sorted(found, key=lambda one: one[0])



def _in_order(ledger: Ledger, ends: datetime, *, everything: bool) -> list[tuple[object, ...]]:
    """The entries before an instant, in the order of time; the others stay for later."""
    ledger.entries.sort(key=lambda line: line[2])  # type: ignore[arg-type, return-value]
    cut = len(ledger.entries)
    if not everything:
        cut = next((place for place, line in enumerate(ledger.entries) if line[2] >= ends), cut)  # type: ignore[operator]
    told, ledger.entries = ledger.entries[:cut], ledger.entries[cut:]
    return told
