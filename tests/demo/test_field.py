"""The demo's field and departments against a real gateway: what they send is taken, what is refused stops nobody."""

import random
import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from console.demo.field import Departments, Field, Phones, Workers
from console.demo.pace import Account, Pace
from console.demo.texts import Texts
from console.domain.errors import Unavailable
from console.domain.task import Order
from console.store import tables
from console.store.store import Store
from tests.gateway.hall import PASSWORD, Hall
from tests.make import GRIDS, ROOT
from tests.waiting import until

PHOTOS = ROOT / "resources" / "demo" / "photos"
TEXTS = Texts.load(ROOT / "resources" / "demo" / "texts.toml")
WORKER = Account("grid001", PASSWORD, GRIDS[0], "仓颉村")
AT_ONCE = Pace(step_s=1e-6, backlog=1, look_s=0.05)


@pytest.fixture
def hall(tmp_path: Path):
    store = Store.open(f"sqlite:///{tmp_path / 'hall.db'}")
    found = Hall(store, tmp_path)
    for login in ("grid001", "d10", "d30", "d31"):
        found.knows(login)
    yield found
    found.close()
    store.close()


@pytest.fixture
def phones(hall):
    found = Phones(hall.base, PHOTOS)
    yield found
    found.close()


def reporting(phones, seed=1):
    return Workers(phones, TEXTS, [WORKER], random.Random(seed))


def desks(phones, *logins):
    return Departments(phones, TEXTS, [Account(login, PASSWORD) for login in logins], random.Random(2), pace=AT_ONCE)


def cases(hall):
    return hall.town.ask.inbox(hall.town.actor("duty"), hall.town.clock.now()).rows


def test_a_report_arrives_with_its_words_place_and_photo(hall, phones):
    workers = reporting(phones)
    for _ in range(8):
        workers.report()
    rows = cases(hall)
    assert len(rows) == 8
    with hall.town.store.read() as unit:
        stored = {row.case_id: row.reporter_name for row in unit.rows(select(tables.report))}
    duty, told = hall.town.actor("duty"), 0
    for row in rows:
        desk = hall.town.ask.case_desk(duty, row.id)
        report = desk.reports[0]
        assert report.reporter_name == "网***", "the hall reads a masked name (7.2 G24)"
        assert stored[row.id] == "网格员壬"
        assert report.grid == GRIDS[0].code
        assert "outside_grid" not in report.flags
        assert report.address.startswith("仓颉村")
        assert report.text.startswith(report.address)
        assert len(desk.attachments) == bool(TEXTS.photo(report.category))
        told += len(desk.attachments)
    assert told


def test_a_demo_started_again_with_the_same_seed_reports_again(hall, phones):
    reporting(phones, seed=3).report()
    reporting(phones, seed=3).report()
    assert len(cases(hall)) == 2


def test_a_department_signs_goes_there_tells_and_finishes_with_a_photo(hall, phones):
    case, _ = hall.town.sent()
    unit = desks(phones, "d10")
    steps = []
    for _ in range(5):
        unit.look()
        desk = hall.town.ask.case_desk(hall.town.actor("duty"), case.id)
        steps.append(desk.tasks[0].task.state)
    assert steps == ["handling", "handling", "replied", "finished", "finished"]
    assert [reply.kind for reply in desk.replies] == ["sign", "on_site", "progress", "finish"]
    assert all(reply.text for reply in desk.replies[1:])
    assert desk.replies[-1].photos
    assert desk.case.state == "60"


def test_the_lead_waits_for_the_others_and_goes_on_when_they_are_done(hall, phones):
    case, _ = hall.town.sent(co=True)
    lead, others = desks(phones, "d10"), desks(phones, "d30", "d31")
    for _ in range(8):
        lead.look()
    states = {row.task.kind: row.task.state for row in hall.town.ask.case_desk(hall.town.actor("duty"), case.id).tasks}
    assert states["lead"] == "replied"
    for _ in range(8):
        others.look()
    lead.look()
    assert hall.town.case(case.id).state == "60"


def test_nothing_is_done_before_its_time(hall, phones):
    hall.town.sent()
    patient = Departments(phones, TEXTS, [Account("d10", PASSWORD)], random.Random(2), pace=Pace(step_s=3_600))
    for _ in range(3):
        patient.look()
    assert [row.task.state for row in hall.town.ask.board(hall.town.actor("duty"))] == ["awaiting"]


def test_a_task_taken_back_meanwhile_stops_nobody(hall, phones):
    case, _ = hall.town.sent()
    unit = desks(phones, "d10")
    unit.look()
    hall.town.cases.recall(hall.town.actor("duty"), case.id, hall.town.case(case.id).version, "派错单位")
    unit.look()
    again = hall.town.case(case.id)
    hall.town.cases.send(hall.town.actor("duty"), case.id, again.version, [Order(2, "lead")])
    hall.town.wait(10)
    hall.town.sweep.round()
    for _ in range(2):
        unit.look()
    assert hall.town.case(case.id).state == "50"


def test_all_of_it_runs_by_itself_and_ends_at_once(hall):
    hall.town.sent()
    field = Field(hall.base, TEXTS, Pace(600, 0.01, backlog=1, look_s=0.05), seed=1, photos=PHOTOS)
    before = set(threading.enumerate())
    field.start([WORKER], [Account("d10", PASSWORD)])
    until(lambda: len(cases(hall)) >= 3 and hall.town.ask.board(hall.town.actor("duty"))[0].task.state == "finished", 30)
    field.stop()
    assert {thread.name for thread in set(threading.enumerate()) - before} & {"field", "departments"} == set()


def test_silence_starts_nobody(hall):
    before = threading.active_count()
    field = Field(hall.base, TEXTS, Pace(0, 0), seed=1)
    field.start([WORKER], [Account("d10", PASSWORD)])
    assert threading.active_count() == before
    field.stop()


def test_who_is_not_let_in_tries_again_later_and_can_be_stopped(hall):
    field = Field(hall.base, TEXTS, Pace(600, 0.01, look_s=0.05), seed=1)
    field.start([Account("grid001", "wrong")], [Account("d10", "wrong")])
    field.stop()
    assert cases(hall) == ()


def test_a_gateway_that_is_gone_is_said(phones, hall):
    hall.gateway.stop()
    with pytest.raises(Unavailable) as refused:
        reporting(phones).report()
    assert refused.value.code == "no_answer"


def test_a_storm_has_several_walkers_who_share_the_rate(hall, monkeypatch):
    started = []
    field = Field(hall.base, TEXTS, Pace(1_200, 0.0), seed=1)
    monkeypatch.setattr(field, "_walk", lambda name, rounds, **more: started.append((name, more)))
    field.start([Account(f"g{number}", PASSWORD) for number in range(10)], [])
    assert [name for name, _ in started] == ["field", "field 1", "field 2", "field 3", "field 4"]
    assert {more["first_s"] for _, more in started} == {30 / 240}
    field.stop()


def test_a_slow_answer_does_not_thin_the_reports_out(hall, monkeypatch):
    now, sent = [1_000.0], []
    monkeypatch.setattr("console.demo.field.time.monotonic", lambda: now[0])
    monkeypatch.setattr("console.demo.field.Workers.report", lambda self: sent.append(now[0]) or now.__setitem__(0, now[0] + 0.5))
    field, rounds = Field(hall.base, TEXTS, Pace(120, 0.0), seed=1), []
    monkeypatch.setattr(field, "_walk", lambda name, report, **more: rounds.append(report))
    field.start([WORKER], [])
    while now[0] < 1_600.0:
        now[0] += rounds[0]()
    assert len(sent) == pytest.approx(600 / 60 * 120, rel=0.15)
    field.stop()
