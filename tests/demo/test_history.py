"""The demo's opening morning: believable, behind us, and with work left for the visitor."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from console.demo.city import build_city
from console.demo.history import WAITING, YESTERDAY_H, History
from console.demo.prepare import Plan, prepare
from console.demo.texts import Texts
from console.domain.clock import SystemClock
from console.domain.limits import lamp
from console.service.ask import Ask
from console.service.ground import Ground
from console.service.people import People
from console.store import migrate, tables
from console.store.files import Files
from console.store.store import Store
from tests.make import CODES, ROOT

RESOURCES = ROOT / "resources"
NOON = datetime.now(UTC)
COUNT = 60


@pytest.fixture(scope="module")
def morning(tmp_path_factory):
    folder = tmp_path_factory.mktemp("morning")
    store = Store.open(f"sqlite:///{folder / 'demo.db'}")
    migrate.upgrade(store)
    prepare(store, RESOURCES, CODES, Files(folder / "files"), Plan(7, "demo", reports=0), say=lambda text, share: None)
    texts = Texts.load(RESOURCES / "demo" / "texts.toml")
    city = build_city(RESOURCES, CODES, 7, "county")
    history = History(store, CODES, city, texts, files=Files(folder / "files"), pictures=RESOURCES / "demo" / "photos", seed=7)
    history.play(COUNT, 6.0, NOON)
    yield store
    store.close()


def rows(store, table):
    with store.read() as unit:
        return unit.rows(select(table))


def duty(store):
    return People(store, SystemClock()).sign_in("duty", "demo").actor


def test_nothing_in_it_lies_in_the_future(morning):
    moments = [row.at for row in rows(morning, tables.journal) if row.kind != "session"]
    assert max(moments) <= NOON
    assert min(moments) >= NOON - timedelta(hours=YESTERDAY_H)
    for table in (tables.case, tables.task, tables.report):
        for row in rows(morning, table):
            moments = {name: value for name, value in row._mapping.items() if isinstance(value, datetime)}
            ahead = ("due_", "release_", "lamp_at", "delete_after")
            assert max(value for name, value in moments.items() if not name.startswith(ahead)) <= NOON


def test_every_report_became_a_case(morning):
    assert len(rows(morning, tables.report)) == len(rows(morning, tables.case)) == COUNT


def test_cases_stand_at_every_stage(morning):
    states = Counter(row.state for row in rows(morning, tables.case))
    assert set(states) >= {"10", "30", "50", "80"}
    assert max(states.values()) < COUNT * 0.7
    tasks = Counter(row.state for row in rows(morning, tables.task))
    assert set(tasks) >= {"handling", "replied", "finished"}


def test_a_few_fresh_reports_wait_for_the_visitor_the_urgent_one_newest(morning):
    waiting = sorted(
        (row for row in rows(morning, tables.case) if row.state == "10" and row.acked_at is None), key=lambda row: row.reported_at
    )
    assert len(waiting) == len(WAITING)
    assert 3 <= len(waiting) <= 6
    assert [row.priority for row in waiting].count("P1") == 1
    assert waiting[-1].priority == "P1"
    assert NOON - waiting[-1].reported_at < timedelta(minutes=1)
    assert NOON - waiting[0].reported_at < timedelta(minutes=15)


def test_the_newest_urgent_report_lies_near_cameras(morning):
    with_p1 = next(row for row in Ask(morning, CODES).inbox(duty(morning), NOON).rows if row.priority == "P1" and not row.acked)
    camera_town = {camera.division[:9] for camera in Ask(morning, CODES).cameras(duty(morning))}
    assert with_p1.grid[:9] in camera_town


def test_lamps_are_mixed(morning):
    stages = {"10": "accept", "20": "file", "30": "dispatch", "40": "sign", "50": "handle", "60": "check", "70": "close"}
    lamps = Counter()
    for row in rows(morning, tables.case):
        stage = stages.get(row.state)
        if stage and getattr(row, f"due_{stage}"):
            limit = CODES.stage_limit(stage, row.category, row.priority)
            lamps[lamp(getattr(row, f"due_{stage}"), NOON, limit, CODES.calendar)] += 1
    assert lamps["G"] > lamps["R"] + lamps["K"] > 0
    assert lamps["Y"] > 0


def test_every_report_lies_in_its_workers_grid(morning):
    index = Ground.load(morning)
    workers = {row.id: row.grid for row in rows(morning, tables.user)}
    for report in rows(morning, tables.report):
        assert report.flags in ([], ())
        assert report.grid == workers[report.reporter_id]
        assert report.address.startswith(index.divisions[report.division].name)


def test_finished_tasks_have_photos_and_nobody_checks_his_own_work(morning):
    replies = rows(morning, tables.reply)
    assert all(row.photos for row in replies if row.kind == "finish")
    checks = [row for row in rows(morning, tables.journal) if row.op == "check"]
    checkers = {row.id for row in rows(morning, tables.user) if row.login == "checker"}
    assert checks
    assert {row.actor for row in checks} == checkers


def test_no_task_is_held_for_ever(morning):
    held = [row for row in rows(morning, tables.task) if row.state == "held"]
    assert all(NOON - row.sent_at < timedelta(seconds=9) for row in held)
