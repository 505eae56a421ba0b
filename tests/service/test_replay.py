"""The journal alone tells what a case and its tasks are: any walk of legal acts, folded again, gives the stored rows.

Handbook 3.2, invariant 5: state, version and due dates can be recomputed. And
nothing in it names a person or holds what somebody wrote.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from console.domain.case import CASE_FLOW, Case
from console.domain.errors import ConsoleError
from console.domain.journal import Entry, digest_of
from console.domain.limits import due, rework_due
from console.domain.task import TASK_FLOW, Order, Task
from console.service.cases import Closing
from console.service.tasks import Answer
from console.store import changes, tables, uploads
from console.store.changes import Mark
from console.store.store import Store
from console.store.uploads import Upload
from tests.make import CODES, ORGS, USERS, Town

HALL, UNITS = ("duty", "leader", "director", "checker", "intake"), ("d10", "d30", "d31")
ORDERS = (
    [Order(2, "lead", "现场设围挡")],
    [Order(3, "lead"), Order(2, "co", "配合勘查")],
    [Order(2, "lead"), Order(4, "co", mandatory=False)],
)
WORDS = ("井盖缺失，已围挡", "元村镇 仓颉路小学西门", "现场设围挡", "配合勘查", "派错单位", "未修好", "正在更换", "您反映的问题已解决")
DUES = ("accept", "file", "dispatch", "sign", "first", "handle", "check", "close")
PHOTOS = {login: f"{number:064x}" for number, login in enumerate(UNITS)}
Move = Callable[[], object]


def hall_moves(town: Town, case: Case, choice: int) -> list[Move]:
    cases, orders = town.cases, ORDERS[choice % len(ORDERS)]
    made: list[Move] = []
    for login in HALL:
        actor = town.actor(login)
        acts: dict[str, Move] = {
            "ack": lambda a=actor: cases.ack(a, case.id, case.version),
            "accept": lambda a=actor: cases.accept(a, case.id, case.version, category=("", "0601", "0603")[choice % 3]),
            "quick": lambda a=actor: cases.send(a, case.id, case.version, orders),
            "file": lambda a=actor: cases.file(a, case.id, case.version),
            "dispatch": lambda a=actor: cases.dispatch(a, case.id, case.version, orders),
            "recall": lambda a=actor: cases.recall(a, case.id, case.version, "派错单位"),
            "check": lambda a=actor: cases.check(a, case.id, case.version),
            "rework": lambda a=actor: cases.rework(a, case.id, case.version, "未修好"),
            "close": lambda a=actor: cases.close(a, case.id, case.version, Closing("done", "已修复", "您反映的问题已解决")),
        }
        made += [acts[step.action] for step in CASE_FLOW.verbs(case, actor)]
    return made


def unit_moves(town: Town, choice: int) -> list[Move]:
    made: list[Move] = []
    for login in UNITS:
        actor = town.actor(login)
        for row in town.ask.desk_inbox(actor):
            for step in TASK_FLOW.verbs(row.task, actor):
                photos = (PHOTOS[login],) if choice % 4 else ()
                said = Answer(step.action, "正在更换", "1" if step.action == "return" else "", "", photos)
                made.append(lambda a=actor, t=row.task, s=said: town.tasks.answer(a, t.id, t.version, s))
    return made


def walk(town: Town, choices: list[int]) -> None:
    """Take one legal act after the other; what still lacks something is refused and changes nothing."""
    with town.store.write() as unit:
        for login, name in PHOTOS.items():
            uploads.remember(unit, Upload(name, town.actor(login).user_id, 1, 4, 3, town.clock.now()))
    cases = [town.report(category, urgent=urgent).case_id for category, urgent in (("0601", False), ("0602", False), ("0602", True))]
    for choice in choices:
        town.wait(choice % 211)
        case = town.case(cases[choice % len(cases)])
        moves = [*hall_moves(town, case, choice), *unit_moves(town, choice), town.sweep.round]
        try:
            moves[choice % len(moves)]()
        except ConsoleError:
            continue


def entries_of(town: Town) -> list[Entry]:
    found: list[Entry] = []
    mark = Mark()
    with town.store.read() as unit:
        while batch := changes.changes(unit, mark):
            found += batch
            mark = changes.mark_of(batch[-1])
    return found


def replayed(lines: list[Entry]) -> dict[str, datetime | None]:
    """Every limit of a case, by its entries and the code tables alone."""
    dues: dict[str, datetime | None] = dict.fromkeys(DUES)
    category = priority = ""
    for line in lines:
        category = str(line.facts.get("category", category))
        priority = str(line.facts.get("priority", priority))

        def limit(stage: str, start: datetime) -> datetime:
            return due(start, CODES.stage_limit(stage, category, priority), CODES.calendar)  # noqa: B023  # used at once

        def begin(*stages: str, at: datetime = line.at) -> dict[str, datetime | None]:
            return {stage: limit(stage, at) for stage in stages}  # used at once

        begins = {"submit": ("accept",), "accept": ("file",), "file": ("dispatch",), "released": ("sign", "first"), "finish": ("check",),
                  "check": ("close",), "recall": ("dispatch",), "return": ("dispatch",)}  # fmt: skip
        dues |= begin(*begins.get(line.op, ()))
        if line.op == "dispatch":
            dues |= begin("handle", at=datetime.fromisoformat(str(line.facts["release_at"])))
        if line.op in ("recall", "return"):
            dues |= {"sign": None, "first": None, "handle": None}
        if line.op == "rework":
            handle = rework_due(line.at, CODES.stage_limit("handle", category, priority), CODES.calendar)
            dues |= {"handle": handle, "check": None}
    return dues


def check(town: Town) -> None:
    entries = entries_of(town)
    assert all(entry.digest == digest_of(entry) for entry in entries)
    lines: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        lines[entry.kind, entry.ref].append(entry)
    with town.store.read() as unit:
        cases = unit.records(Case, unit.rows(select(tables.case)))
        tasks = unit.records(Task, unit.rows(select(tables.task)))
    for kind, record in (*(("case", case) for case in cases), *(("task", task) for task in tasks)):
        history = lines[kind, record.id]
        assert [line.version for line in history] == list(range(1, record.version + 1))
        assert [line.from_state for line in history[1:]] == [line.to_state for line in history[:-1]]
        assert history[-1].to_state == record.state
    for case in cases:
        stored = {stage: getattr(case, f"due_{stage}") for stage in DUES}
        assert replayed(lines["case", case.id]) == stored
        leads = [task for task in tasks if task.case_id == case.id and task.kind == "lead" and task.state not in ("returned", "recalled")]
        assert len(leads) == (1 if case.state in ("40", "50", "60", "70", "80", "90") else 0), "exactly one lead (invariant 2)"
    check_facts(entries)


def check_facts(entries: list[Entry]) -> None:
    people = [word for user in USERS for word in (user.name, user.work_phone, user.login)]
    units = [word for org in ORGS for word in (org.name, org.duty_phone)]
    for entry in entries:
        said = repr(entry.facts)
        assert not [word for word in (*people, *units, *WORDS) if word in said], entry
        assert said.isascii(), "facts are codes, numbers and times; words would be Chinese"


@given(choices=st.lists(st.integers(0, 10**6), min_size=10, max_size=45))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_walk_of_legal_acts_is_told_whole_by_the_journal(sqlite_master, choices):
    with TemporaryDirectory() as folder:
        shutil.copy(sqlite_master, Path(folder) / "console.sqlite")
        store = Store.open(f"sqlite:///{folder}/console.sqlite")
        try:
            town = Town(store)
            walk(town, choices)
            check(town)
        finally:
            store.close()


def test_a_long_walk_is_told_whole_on_each_engine(town):
    state, choices = 20261123, []
    for _ in range(120):
        state = (state * 1_103_515_245 + 12_345) % 2**31
        choices.append(state >> 8)

    walk(town, choices)

    check(town)
    walked = {entry.op for entry in entries_of(town) if entry.kind == "case"}
    assert walked >= {"accept", "dispatch", "released", "sign", "finish", "return", "recall", "check", "rework", "close"}


def test_an_altered_entry_is_noticed_by_its_digest(sqlite_town):
    sqlite_town.report()
    with sqlite_town.store.write() as unit:
        unit.run(tables.journal.update().where(tables.journal.c.op == "submit").values(actor=1))

    altered = [entry.op for entry in entries_of(sqlite_town) if entry.digest != digest_of(entry)]

    assert altered == ["submit"]
