"""The year behind the demo: some sixty thousand past cases, made in a process of its own while this one writes them.

Days follow one another; the entries of all cases that fall into a stretch are
put in order and numbered there, so the journal reads as it would have grown.
The same plan gives the same year, so a year that was broken off is made again
from its first day and what is stored already is left out.
"""

import math
import os
import pickle
import queue
import random
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from console.demo.city import City
from console.demo.ledger import TABLES, Ledger, Person, Picture
from console.demo.lives import Hall, Lives, Worker
from console.demo.texts import Texts
from console.domain.codes import Codes
from console.domain.errors import Unavailable
from console.domain.limits import CHINA
from console.domain.place import COUNTY
from console.store import bulk, search
from console.store.bulk import Block

CASES = 60_000
# A day less than cases of class B are kept (handbook G9): none of them is due for deletion before the night after the first start.
DAYS = 364
STRETCH_DAYS = 14
MONTHS = (0.86, 0.66, 0.96, 1.0, 1.04, 1.1, 1.26, 1.2, 1.0, 0.96, 0.96, 0.92)
WEEKDAYS = (1.2, 1.08, 1.05, 1.0, 1.02, 0.84, 0.72)
HOURS = (2, 1, 1, 1, 1, 3, 9, 22, 42, 48, 44, 30, 18, 20, 34, 44, 46, 40, 28, 22, 18, 12, 7, 4)
_ROOT = Path(__file__).resolve().parents[2]
_WAITING = 2  # stretches made ahead of the one being written


@dataclass(frozen=True)
class YearPlan:
    """What the making process needs to know. `made` stretches are stored already; pictures lie in the store by name."""

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


def stretches(plan: YearPlan) -> Iterator[Stretch]:
    """Make the year, stretch by stretch; those that are stored already are made and left out."""
    codes = Codes.load(plan.resources / "codes")
    ledger = Ledger(codes, search.as_vector if plan.dialect == "postgresql" else search.as_tokens)
    lives = Lives(ledger, Texts.load(plan.resources / "demo" / "texts.toml"), plan.pictures, random.Random(f"{plan.seed} year"))
    begins = datetime.combine(plan.until.astimezone(CHINA).date() - timedelta(days=DAYS), time(), CHINA)
    days = [begins + timedelta(days=day) for day in range(DAYS + 1)]
    count, entry = math.ceil(len(days) / STRETCH_DAYS), plan.first_entry
    weights = [len(hall.workers) for hall in plan.halls]
    each = plan.cases / sum(MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] for day in days)
    numbers: dict[str, int] = {}
    owed = 0.0  # of a case: in a small year most days have none
    for number in range(count):
        for day in days[number * STRETCH_DAYS : (number + 1) * STRETCH_DAYS]:
            owed += each * MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] * lives.hand.uniform(0.85, 1.15)
            today, owed = int(owed), owed % 1
            for at, hall in _moments(lives.hand, day, today, (plan.halls, weights)):
                if at <= hall.reports_until:
                    series = f"SJ{hall.county}-{day:%Y%m%d}"
                    numbers[series] = numbers.get(series, 0) + 1
                    lives.one(hall, at, f"{series}-{numbers[series]:06d}")
        is_last = number == count - 1
        ends = plan.until if is_last else days[(number + 1) * STRETCH_DAYS]
        told = _in_order(ledger, ends, everything=is_last)
        rows = {**ledger.rows, "journal": [(entry + place, *line) for place, line in enumerate(told)]}
        entry += len(told)
        ledger.rows = {table: [] for table in TABLES}
        if number >= plan.made:
            blocks = tuple(bulk.encoded(plan.dialect, table, found) for table, found in rows.items())
            recent = {f"{day:%Y%m%d}" for day in days[-4:]} if is_last else set()  # the days that real reports may still number on
            yield Stretch(number, count, blocks, {series: last for series, last in numbers.items() if series[-8:] in recent})


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


@contextmanager
def making(plan: YearPlan) -> Iterator[Iterator[Stretch]]:
    """A process that makes the year, and its stretches as they come; it ends with the block.

    Raises Unavailable("year_failed") when it ends before its time.
    """
    path = os.pathsep.join(part for part in (str(_ROOT), os.environ.get("PYTHONPATH", "")) if part)
    command = [sys.executable, "-c", "from console.demo.year import serve; serve()"]
    # In a session of its own: Ctrl+C at the terminal is answered here, and the child is ended below.
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}, start_new_session=True
    )
    ready: queue.Queue[Stretch | None] = queue.Queue(_WAITING)
    reader = threading.Thread(target=_read, args=(child, plan, ready), name="year", daemon=True)
    reader.start()
    try:
        yield _coming(ready)
    finally:
        child.kill()
        while reader.is_alive():
            _drain(ready)
            reader.join(0.05)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _read(child: "subprocess.Popen[bytes]", plan: YearPlan, ready: "queue.Queue[Stretch | None]") -> None:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        pickle.dump(plan, child.stdin, protocol=5)
        child.stdin.flush()
        while True:
            found: Stretch = pickle.load(child.stdout)  # from our own child, over our own pipe
            ready.put(found)
            if found.number == found.count - 1:
                return
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        ready.put(None)


def _drain(ready: "queue.Queue[Stretch | None]") -> None:
    while not ready.empty():
        ready.get_nowait()


def _coming(ready: "queue.Queue[Stretch | None]") -> Iterator[Stretch]:
    while True:
        found = ready.get()
        if found is None:
            raise Unavailable("year_failed")
        yield found
        if found.number == found.count - 1:
            return


def serve() -> None:
    """The making process: a plan on stdin, stretches on stdout."""
    plan: YearPlan = pickle.load(sys.stdin.buffer)  # from our own parent, over our own pipe
    try:
        for stretch in stretches(plan):
            pickle.dump(stretch, sys.stdout.buffer, protocol=5)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(1)  # the parent is gone: nobody waits for the rest, and nothing may be said at the end
