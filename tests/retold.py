"""Whether the journal of a town tells its records whole, and names nobody."""

import json
from collections import defaultdict

from sqlalchemy import select

from console.domain.case import Case
from console.domain.journal import Entry, digest_of
from console.domain.replay import KINDS, as_told, case_lamp, fold
from console.domain.task import Task
from console.store import changes
from console.store.changes import Mark
from console.store.homes import HOMES
from tests.make import CODES, ORGS, USERS, Town

WORDS = (
    "井盖缺失，已围挡", "元村镇 仓颉路小学西门", "现场设围挡", "配合勘查", "派错单位", "未修好", "正在更换",
    "您反映的问题已解决", "会议室", "县交通局", "已阅",
)  # fmt: skip


def entries_of(town: Town) -> list[Entry]:
    found: list[Entry] = []
    mark = Mark()
    with town.store.read() as unit:
        while batch := changes.changes(unit, mark):
            found += batch
            mark = changes.mark_of(batch[-1])
    return found


def check(town: Town) -> None:
    """Every record of every kind is what its lines fold to; limits and lamps too."""
    entries = entries_of(town)
    assert all(entry.digest == digest_of(entry) for entry in entries)
    lines: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        lines[entry.kind, entry.ref].append(entry)
    with town.store.read() as unit:
        stored = {kind: unit.records(kind, unit.rows(select(HOMES[kind][1]))) for kind in KINDS}
    for kind, records in stored.items():
        for record in records:
            history = lines[KINDS[kind], record.id]
            assert [line.version for line in history] == list(range(1, record.version + 1))
            assert [line.from_state for line in history[1:]] == [line.to_state for line in history[:-1]]
            assert fold(history) == as_told(record, record.version, record.state)
    now = town.clock.now()
    for case in stored[Case]:
        assert case_lamp(fold(lines["case", case.id]), now, CODES) == case_lamp(case, now, CODES)
        ended = ("returned", "recalled", "declined", "settled")
        tasks = [task for task in stored[Task] if task.case_id == case.id and task.state not in ended]
        leads = [task for task in tasks if task.kind == "lead"]
        has_lead = case.state in ("40", "50", "60", "70", "80", "90") or (case.state == "55" and case.prev_state in ("40", "50"))
        assert len(leads) == has_lead, "exactly one lead (invariant 2)"
    check_facts(entries)


def check_facts(entries: list[Entry]) -> None:
    people = [word for user in USERS for word in (user.name, user.work_phone, user.login)]
    units = [word for org in ORGS for word in (org.name, org.duty_phone)]
    for entry in entries:
        said = json.dumps(entry.facts, ensure_ascii=False)
        assert not [word for word in (*people, *units, *WORDS) if word in said], entry
        assert said.isascii(), "facts are codes, numbers and times; words would be Chinese"
