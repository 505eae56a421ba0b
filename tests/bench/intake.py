"""Intake in time: the gateway as a process of its own, 64 phones on 64 connections, every acknowledgement a row.

Each phone has a device token of its own and sends its next report of 2 KB when the last one was acknowledged. Beside
it stands what the database alone could do: the very same rows of all the same tables, written in batches of 500.
"""

import json
import random
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine, Table, create_engine, func, insert, select, text

from console.demo import prepare
from console.domain.case import Case
from console.domain.clock import SystemClock
from console.domain.codes import Codes
from console.domain.grams import Entries
from console.domain.people import Actor, User
from console.domain.search import entries_of
from console.service.people import People
from console.store import migrate, search, tables
from console.store.files import Files
from console.store.store import Store
from tests.bench.frame import Figures, Wish, databases, percentile
from tests.servers import free_port, stop
from tests.stage import ROOT
from tests.waiting import until

PHONES, PROCESSES, SECONDS, SECONDS_SMOKE = 64, 2, 30.0, 3.0
PEER, BATCH, FAR = 10_000, 500, 10_000_000
WORKERS = {"postgresql": 2}  # a SQLite file belongs to one process
CODES = Codes.load(ROOT / "resources" / "codes")


def run(wish: Wish) -> Figures:
    """Measure on each engine."""
    found: Figures = {}
    with databases(wish.engines) as each:
        for engine, address, data in each:
            wish.say(f"intake on {engine} …")
            tokens = _county(address, data, wish)
            seconds = SECONDS_SMOKE if wish.is_smoke else SECONDS
            workers = WORKERS.get(engine, 1)
            with ExitStack() as stack:
                port = _gateway(stack, address, data, workers)
                _load(port, tokens, 1.0)  # the first requests of a process compile its statements
                before, began = _reports(address), time.monotonic()
                took, wrong = _load(port, tokens, seconds)
                took_s = time.monotonic() - began
            rows = _reports(address) - before
            if wrong or rows != len(took):
                raise AssertionError(f"{len(took)} acknowledged, {rows} rows, otherwise answered: {wrong[:5]}")
            peer = _peer(address, 1_000 if wish.is_smoke else PEER)
            found[engine] = {
                "gateway_per_s": round(len(took) / seconds, 1), "intake_p50_ms": _ms(took, 0.5), "intake_p99_ms": _ms(took, 0.99),
                "peer_raw_per_s": round(peer, 1), "ratio": round(len(took) / seconds / peer, 3), "acknowledged": len(took), "rows": rows,
                "n": len(took), "phones": PHONES, "workers": workers, "seconds": round(took_s, 1),
            }  # fmt: skip
            wish.say(json.dumps(found[engine]))
    return found


def _ms(values: list[float], share: float) -> float:
    return round(percentile(values, share) * 1000, 1)


def _county(address: str, data: Path, wish: Wish) -> list[str]:
    """The demo's county without its morning, and a device token for each of 64 grid workers."""
    store = Store.open(address)
    try:
        migrate.upgrade(store)
        plan = prepare.Plan(wish.seed, "demo", reports=0)
        prepare.prepare(store, ROOT / "resources", CODES, Files(data / "files"), plan, say=lambda *_: None)
        with store.read() as unit:
            workers = unit.records(User, unit.rows(select(tables.user).where(tables.user.c.grid != "").order_by(tables.user.c.login)))
        people = People(store, SystemClock())
        chosen = random.Random(wish.seed).sample(workers, PHONES)
        return [people.device_token(_actor(user), "bench").token for user in chosen]
    finally:
        store.close()


def _actor(user: User) -> Actor:
    return Actor(user.id, user.name, user.org_id, user.centre_id, "", frozenset(user.roles), login=user.login, grid=user.grid)


def _gateway(stack: ExitStack, address: str, data: Path, workers: int) -> int:
    port = free_port()
    command = [sys.executable, "-m", "console", "gateway", "--data", str(data), "--database", address, "--port", str(port)]
    command += ["--workers", str(workers)] if workers > 1 else []
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    stack.callback(stop, process)
    assert process.stdout is not None
    until(lambda: "http://" in (process.stdout.readline() if process.stdout else ""), 60, what="the gateway")
    return port


def _load(port: int, tokens: list[str], seconds: float) -> tuple[list[float], list[int]]:
    command = [sys.executable, "-m", "tests.bench.phones"]
    processes = []
    for part in range(PROCESSES):
        phones = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        wish = {"host": "127.0.0.1", "port": port, "tokens": tokens[part::PROCESSES], "seconds": seconds}
        processes.append((phones, json.dumps(wish) + "\n"))
    for phones, told in processes:
        assert phones.stdin is not None
        phones.stdin.write(told)
        phones.stdin.flush()
    answers = [json.loads(phones.communicate(timeout=seconds + 60)[0]) for phones, _ in processes]
    return [one for answer in answers for one in answer["took"]], [one for answer in answers for one in answer["wrong"]]


def _reports(address: str) -> int:
    engine = create_engine(address)
    with engine.connect() as connection:
        count = int(connection.execute(select(func.count()).select_from(tables.report)).scalar_one())
    engine.dispose()
    return count


def _peer(address: str, count: int) -> float:
    """How many of the same reports a second go straight into the same tables."""
    store = Store.open(address)
    try:
        engine = store.engine
        rows = {table: _rows(engine, table, count) for table in (tables.case, tables.report, tables.seen)}
        rows[tables.journal] = _rows(engine, tables.journal, 2 * count, tables.journal.c.op.in_(("submit", "receive")))
        with store.read() as unit:
            cases = unit.records(Case, unit.rows(select(tables.case).order_by(tables.case.c.id.desc()).limit(count)))
        total, entries = len(cases), [_entries(case) for case in cases]
        began = time.monotonic()
        for start in range(0, total, BATCH):
            with store.write() as unit:
                for table, lines in rows.items():
                    share = 2 if table is tables.journal else 1
                    unit.run(insert(table), lines[start * share : (start + BATCH) * share])
                search.put(unit, dict(entries[start : start + BATCH]))
        return total / (time.monotonic() - began)
    finally:
        store.close()


def _entries(case: Case) -> tuple[int, Entries]:
    return case.id + FAR, entries_of(replace(case, id=case.id + FAR), CODES.category_names(case.category))


def _rows(engine: Engine, table: Table, count: int, which: object = text("1 = 1")) -> list[dict[str, object]]:
    """Rows as they are, under keys of their own."""
    with engine.connect() as connection:
        order = table.c.get("id", table.c.get("at"))
        found = connection.execute(select(table).where(which).order_by(order.desc()).limit(count)).mappings().all()  # type: ignore[arg-type,union-attr]
    return [{**row, **{name: _other(row[name]) for name in ("id", "case_id", "number", "key") if name in row}} for row in found]


def _other(value: object) -> object:
    return value + FAR if isinstance(value, int) else f"{value}x"[-32:]
