"""kill -9 while reports come in: every acknowledged one is there exactly once, and nothing is half written.

Five kills on each engine; `--rounds 100 -rP` by hand also shows the figures. The doors have a test of
their own (tests/test_kill.py); this one is the store and its operations alone.
"""

import random
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select, text

from console.store import tables
from console.store.store import Store
from console.store.unit import Unit
from tests.servers import stop

ROOT = Path(__file__).resolve().parents[2]
J, R, C, S = tables.journal.c, tables.report.c, tables.case.c, tables.seen.c


@dataclass
class Book:
    """What was asked, and what was told."""

    asked: set[str] = field(default_factory=set)
    told: dict[str, int] = field(default_factory=dict)

    def note(self, line: str) -> None:
        word, *values = line.split()
        if word == "asked":
            self.asked.add(values[0])
        elif word == "told":
            key, case_id = values[0], int(values[1])
            assert self.told.setdefault(key, case_id) == case_id, f"{key} was told two cases"


def run_and_kill(address: str, turn: int, book: Book, after: int) -> None:
    """Let a process take reports in, and kill it when it has acknowledged so many."""
    again = sorted(book.asked - set(book.told))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.intake", address, str(turn)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n".join(again))
    process.stdin.close()
    goal = len(book.told) + after
    for line in process.stdout:
        book.note(line)
        if len(book.told) >= goal:
            process.send_signal(signal.SIGKILL)
            break
    book_rest = process.stdout.read().splitlines()  # what it had said before it died
    for line in book_rest:
        if len(line.split()) == (3 if line.startswith("told") else 2):
            book.note(line)
    process.stdout.close()
    stop(process)
    assert process.returncode == -signal.SIGKILL, "it was still at work when it was killed"


def judge(unit: Unit, book: Book) -> int:
    """Compare what lies in the database with what was told; how many reports there are."""
    reports = {str(key): int(case_id) for key, case_id in unit.rows(select(R.key, R.case_id))}
    keys = Counter(str(row[0]) for row in unit.rows(select(R.key)))
    assert not [key for key, count in keys.items() if count > 1], "a report was taken twice"
    lost = {key: case_id for key, case_id in book.told.items() if reports.get(key) != case_id}
    assert not lost, f"{len(lost)} acknowledged reports are not there"
    assert set(reports) <= book.asked

    cases = [int(row[0]) for row in unit.rows(select(C.id))]
    assert sorted(reports.values()) == sorted(cases), "a case without its report, or a report without its case"
    numbers = [row[0] for row in unit.rows(select(C.number))]
    assert len(set(numbers)) == len(numbers)
    submitted = sorted(int(row[0]) for row in unit.rows(select(J.ref).where(J.op == "submit")))
    assert submitted == sorted(cases), "a case without its journal line, or a line without its case"
    received = len(unit.rows(select(J.id).where(J.op == "receive")))
    answered = len(unit.rows(select(S.key)))
    assert received == answered == len(cases)
    if unit.dialect == "sqlite":
        assert unit.scalar(text("PRAGMA integrity_check")) == "ok"
        assert unit.rows(text("PRAGMA foreign_key_check")) == []
    return len(cases)


def test_every_acknowledged_report_is_there_exactly_once(town_url, rounds):
    chance, book, there = random.Random(20261123), Book(), 0

    for turn in range(rounds):
        run_and_kill(town_url, turn, book, after=chance.randrange(5, 120))
        store = Store.open(town_url)
        with store.read() as unit:
            there = judge(unit, book)
        store.close()

    in_doubt = there - len(book.told)
    print(f"{rounds} kills, {len(book.told)} acknowledged, 0 lost, {in_doubt} there that had not been acknowledged")
    assert in_doubt >= 0
    assert len(book.told) > 5 * rounds
