"""Gateway and console are killed with `kill -9` in mid-load: what was acknowledged is there once, nothing is half done.

Five kills on each engine as a rule; `--rounds 100` for a long night. Every
kill is judged by itself, on what lies on the disk before anything is started
again: on SQLite a copy of the file and its log, on PostgreSQL the database
after the dead process's last transaction has ended.
"""

import random
import shutil
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from console.domain.clock import SystemClock
from console.domain.task import Order
from console.service.cases import Cases
from console.store.store import Store
from tests.doors import ConsoleDoor, Door, GatewayDoor, PostgresDoor
from tests.load import PASSWORD, REPORTS, Book, Load, Person, Wish
from tests.make import SPOT, USERS, Town
from tests.reckoning import Found, problems
from tests.servers import Postgres
from tests.waiting import until

SEED = 20261123
WORKERS, PHONES = ("grid001", "grid002"), 4  # connections of each
OFFICER = "duty"
UNITS = {"d10": 2, "d30": 3, "d31": 4}  # who answers for which unit; two connections each
ANSWERS = (5, 150)  # so many are answered between a start and the kill
DISPATCHES, EVERY_S = 40, 2.0
PRIORITIES = ("P1", "P2", "P3", "P4")


@dataclass
class Hall:
    """A county in a database and a folder, its people, and the book of what they were told."""

    folder: Path
    database: str
    people: list[Person] = field(default_factory=list)
    book: Book = field(default_factory=Book)

    def build(self, rounds: int) -> None:
        """Make the county, and dispatches that leave the hall one after the other while the rounds last."""
        self.folder.mkdir(parents=True, exist_ok=True)
        store = Store.open(self.database)
        try:
            town = Town(store, SystemClock())
            for user in USERS:
                if user.login in (*WORKERS, *UNITS, OFFICER):
                    town.people.set_password(user.id, PASSWORD)
            self.people = [Person(login, PHONES, SPOT) for login in WORKERS] + [Person(login, 2) for login in UNITS]
            count = min(DISPATCHES, 4 + 2 * rounds)
            for number in range(count):
                self._dispatch(town, number, number * EVERY_S * rounds / count)
        finally:
            store.close()

    def _dispatch(self, town: Town, number: int, window_s: float) -> None:
        draft = town.draft()
        receipt = town.reports.receive(town.actor(WORKERS[0]), draft)
        self.book.sent[draft.key] = Wish(REPORTS, key=draft.key)
        self.book.told[draft.key] = {
            "report_id": receipt.report_id, "case_id": receipt.case_id, "number": receipt.number, "flags": list(receipt.flags),
        }  # fmt: skip
        units = sorted(UNITS.values(), key=lambda org_id: (org_id + number) % len(UNITS))
        orders = [Order(org_id, "co" if place else "lead") for place, org_id in enumerate(units)]
        Cases(town.desk, dict.fromkeys(PRIORITIES, window_s)).send(town.actor(OFFICER), receipt.case_id, 1, orders)

    def judge(self, scratch: Path) -> Found:
        """Read what lies on the disk now, and fail unless it is what people were told."""
        found = self._read(scratch)
        wrong = problems(found, self.book, self.folder / "files")
        assert not wrong, "\n".join(wrong[:40])
        return found

    def _read(self, scratch: Path) -> Found:
        database = self.database
        if database.startswith("sqlite"):
            shutil.rmtree(scratch, ignore_errors=True)
            scratch.mkdir()
            file = Path(database.removeprefix("sqlite:///"))
            for path in (file, file.with_name(f"{file.name}-wal")):
                if path.exists():
                    shutil.copy(path, scratch)
            database = f"sqlite:///{scratch / file.name}"
        store = Store.open(database)
        try:
            if store.dialect == "postgresql":
                until(lambda: _is_still(store), 20, what="the transactions of the dead end")
            return Found.read(store)
        finally:
            store.close()


def _is_still(store: Store) -> bool:
    """Whether nobody else is writing: the last act of the dead is committed or undone."""
    writing = text("select pid from pg_stat_activity where datname = current_database() and backend_xid is not null")
    with store.read() as unit:
        return unit.row(writing) is None


def ordeal(hall: Hall, door: Door, rounds: int, scratch: Path) -> Counter[str]:
    """Kill the door in mid-load, round after round; judge after each. The figures of it all."""
    hand, asleep, figures = random.Random(SEED), threading.Event(), Counter[str]()
    door.start()
    load = Load(door.port, hall.people, SEED, hall.book)
    for _ in range(rounds):
        load.let_in()
        wanted = len(hall.book.told) + hand.randint(*ANSWERS)
        until(lambda wanted=wanted: len(hall.book.told) >= wanted, 60, what="people are answered")
        asleep.wait(hand.uniform(0, 0.02))
        door.kill()
        load.hold()
        doubtful, there = hall.book.doubtful(), hall.judge(scratch).keys()
        figures.update({"kills": 1, "in doubt": len(doubtful), "in doubt, done": len(doubtful & there)})
        door.start()
    load.drain()
    door.kill()
    found = hall.judge(scratch)
    assert found.keys() == hall.book.told.keys()
    figures.update({"acknowledged": len(hall.book.told), "refused": len(hall.book.refused), **hall.book.counts})
    print(f"\n{dict(figures)}\n{found.counts()}")
    return figures


def complaints(folder: Path) -> list[str]:
    """What the log calls an error; a screen that is slow on a machine full of callers is not one here."""
    lines = [line for file in (folder / "logs").iterdir() for line in file.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if (" ERROR " in line or " CRITICAL " in line) and "console.ui.base.heart" not in line]


@pytest.fixture
def hall(engine_url: str, tmp_path: Path, rounds: int) -> Hall:
    """A county in the engine's database, people at its phones and desks."""
    hall = Hall(tmp_path / "hall", engine_url)
    hall.build(rounds)
    return hall


def test_what_a_killed_gateway_acknowledged_is_there_once(hall, rounds, tmp_path):
    door = GatewayDoor(hall.folder, hall.database)
    figures = ordeal(hall, door, rounds, tmp_path / "copy")
    assert figures["kills"] == rounds
    assert figures["in doubt"] >= rounds  # the kills did fall into the load
    assert complaints(hall.folder) == []


def test_what_a_killed_console_acknowledged_is_there_once(hall, rounds, tmp_path, display):
    door = ConsoleDoor(hall.folder, hall.database, display, (OFFICER, PASSWORD))
    figures = ordeal(hall, door, rounds, tmp_path / "copy")
    assert figures["kills"] == rounds
    assert figures["in doubt"] >= rounds
    assert complaints(hall.folder) == []


def test_what_a_gateway_acknowledged_outlives_a_crash_of_postgresql(rounds, tmp_path):
    with Postgres() as server:
        hall = Hall(tmp_path / "hall", server.fresh())
        hall.build(rounds)
        gateway = GatewayDoor(hall.folder, hall.database)
        figures = ordeal(hall, PostgresDoor(gateway, server), rounds, tmp_path / "copy")
        gateway.kill()
    assert figures["kills"] == rounds
    assert figures["lost calls"] >= rounds  # most are repeated with success before anybody looks
    assert complaints(hall.folder) == []
