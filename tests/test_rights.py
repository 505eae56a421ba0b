"""The generated matrix of rights: every operation x role x place x shield, tried for real and rolled back, against handbook 3.5.

The expected answer comes from `rights_model.py`, written by hand from the
handbook; an operation or an endpoint the matrix does not know fails it.
"""

import inspect
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, update

from console.domain import rights
from console.domain.case import CASE_FLOW, Case
from console.domain.duty import Duty
from console.domain.errors import ConsoleError, Denied, Missing
from console.domain.people import Actor, OrgUnit, User
from console.domain.place import Centre
from console.domain.task import TASK_FLOW, Order
from console.service.accounts import Accounts, Person
from console.service.cases import Cases, Closing
from console.service.departments import Departments
from console.service.desk import Act, Desk
from console.service.ptz import Ptz, Purpose
from console.service.reports import Reports
from console.service.roster import Roster
from console.service.tasks import Answer, Tasks
from console.service.units import NewUnit, Units
from console.service.video import Video
from console.store import atlas, offices, sessions, tables
from console.store.find import accounts, cases, past, tasks, vicinity
from console.store.register import Source
from console.store.scope import Scope
from console.store.sessions import SessionRow
from console.store.store import Store
from tests import rights_model as model
from tests.make import CODES, START, TRAINED, Town

pytestmark = pytest.mark.timeout(300)
PLACES = {
    "own": (1, 2, "/1/2/", 3), "child": (9, 4, "/1/2/4/", 4), "village": (7, 5, "/1/2/4/5/", 5), "parent": (8, 1, "/1/", 2),
    "sibling": (5, 3, "/1/3/", 3), "cousin": (23, 6, "/1/3/6/", 4), "dept_asked": (2, 2, "/1/2/", 3), "dept_other": (4, 2, "/1/2/", 3),
}  # fmt: skip
# A town of the other county, and its hall.
TOWN_MORE = (
    (Centre(6, "ZZ410922100", 4, "410922100000", "城关镇综治中心", 3, "/1/3/6/"),),
    (
        OrgUnit(23, "410922100-ZZ", "town", 4, "410922100000", None, "城关镇综治中心", "", 6),
    ),
)
TARGET, COLLEAGUE = 40, 41  # an ordinary account of the owner centre, and one with a second factor
CASE_ACTS = {
    "ack": "10", "accept": "10", "quick": "10", "file": "20", "dispatch": "30", "recall": "50", "check": "60", "rework": "60",
    "close": "70",
}  # fmt: skip
TASK_ACTS = {
    "sign": "awaiting", "return": "awaiting", "on_site": "handling", "progress": "handling", "finish": "handling", "ask_co": "handling",
}
PHOTO = "a" * 64
FREE = {  # operations that are everybody's own, by service; the matrix of their effects is elsewhere
    "Photos": {"take_in", "content"}, "Video": {"close_live", "close_warm", "knows_host"},
    "Ptz": {"holder", "holders", "release", "move", "stop", "presets", "goto_preset", "home", "hear", "start", "close"},
    "Departments": {"proposed"},
}  # fmt: skip


class Rolled(Exception):
    """The act was allowed, and is taken back."""


class Trial(Desk):
    """A desk whose every operation is rolled back at its end: the matrix never changes what it is tried on."""

    def run(self, actor: Actor, work: Callable[[Act], object]) -> object:
        answers: object = None
        try:
            with self.store.write() as unit:
                answers = work(Act(unit, actor, self.clock.now(), self.book))
                raise Rolled
        except Rolled:
            if isinstance(answers, dict) and any(isinstance(answer, ConsoleError) for answer in answers.values()):
                return answers  # of a lot, each is refused by its own answer
            raise


def outcome(call: Callable[[], object]) -> str:
    try:
        call()
    except Rolled:
        return model.YES
    except Denied:
        return model.DENIED
    except Missing:
        return model.MISSING
    return "returned"


@pytest.fixture
def world(sqlite_town_of_rights: Town) -> Town:
    return sqlite_town_of_rights


@pytest.fixture
def sqlite_town_of_rights(sqlite_master, tmp_path) -> Iterator[Town]:
    shutil.copy(sqlite_master, tmp_path / "console.sqlite")
    store = Store.open(f"sqlite:///{tmp_path / 'console.sqlite'}")
    town = Town(store)
    with store.write() as unit:
        atlas.put_centres(unit, TOWN_MORE[0])
        unit.add_many(tables.org, TOWN_MORE[1])
        target, colleague = User(TARGET, "target", "甲乙", "", 1, 2, ("R06",)), User(COLLEAGUE, "colleague", "丙丁", "", 1, 2, ("R17",))
        some = User(900, "some", "某人", "", 1, 2, ("R03",), trained_at=TRAINED)  # in whose name every role is tried
        unit.add_many(tables.user, (target, colleague, some))
        unit.run(insert(tables.second_factor).values(user_id=COLLEAGUE, secret="GEZDGNBVGY3TQOJQ", confirmed_at=START, last_step=0))
        unit.run(insert(tables.secret).values(user_id=TARGET, argon2="x", locked_at=START))
        unit.run(insert(tables.upload).values(sha256=PHOTO, user_id=900, size=1, width=4, height=3, at=START))
    yield town
    store.close()


def actors() -> Iterator[tuple[str, str, Actor]]:
    for role in model.ROLES:
        for relation, (org, centre, path, level) in PLACES.items():
            yield role, relation, Actor(900, "某人", org, centre, path, frozenset({role}), "A1", "person", "some", "", level)


def compare(found: Iterator[tuple[str, str, str]]) -> int:
    """Count the cells; fail with every one in which the product and the handbook differ."""
    cells = list(found)
    wrong = [f"{name}: product {got}, handbook {want}" for name, got, want in cells if got != want]
    if wrong:
        pytest.fail(f"{len(wrong)} of {len(cells)} cells differ\n" + "\n".join(wrong[:60]), pytrace=False)
    return len(cells)


def a_case(town: Town, shield: str, *, state: str = "", priority: str = "P4") -> Case:
    """A case of the county, asked of the housing department and released, then put where an act may start."""
    receipt = town.report("0601", protected=shield == "protected")
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(2, "lead", "现场设围挡")])
    town.wait(10)
    town.sweep.round()
    values = {"priority": priority, "shield": "" if shield == "protected" else shield}
    values |= {"state": state, "acked_at": None} if state else {}
    with town.store.write() as unit:
        unit.run(update(tables.case).where(tables.case.c.id == receipt.case_id).values(**values))
        found = unit.get(tables.case, Case, receipt.case_id)
    assert found is not None
    return found


def case_call(desk: Desk, action: str, case: Case) -> Callable[[Actor], object]:
    ops = Cases(desk)
    closing = Closing("done", "已修复", "已修复")
    return {
        "ack": lambda who: ops.ack(who, case.id, case.version), "accept": lambda who: ops.accept(who, case.id, case.version),
        "file": lambda who: ops.file(who, case.id, case.version), "close": lambda who: ops.close(who, case.id, case.version, closing),
        "dispatch": lambda who: ops.dispatch(who, case.id, case.version, [Order(2, "lead")]),
        "quick": lambda who: ops.send(who, case.id, case.version, [Order(2, "lead")]),
        "recall": lambda who: ops.recall(who, case.id, case.version, "派错单位"),
        "check": lambda who: ops.check(who, case.id, case.version, "现场已修好"),
        "rework": lambda who: ops.rework(who, case.id, case.version, "未修好"),
    }[action]  # fmt: skip


def quick_or_first_step(role: str, relation: str, shield: str) -> str:
    """Sending does the furthest legal step: who may only accept gets that far."""
    quick = model.on_case("quick", role, relation, shield, released=True)
    return quick if quick == model.YES else model.on_case("accept", role, relation, shield, released=True)


@pytest.mark.parametrize("action", [*CASE_ACTS, "close_urgent"])
def test_acts_on_cases(world, action):
    desk = Trial(world.store, CODES, world.clock)

    def cells():
        for shield in model.SHIELDS:
            state = CASE_ACTS[action.removesuffix("_urgent")]
            case = a_case(world, shield, state=state, priority="P1" if action == "close_urgent" else "P4")
            call = case_call(desk, action.removesuffix("_urgent"), case)
            for role, relation, actor in actors():
                want = model.on_case(action, role, relation, shield, released=True)
                if action == "quick":
                    want = quick_or_first_step(role, relation, shield)
                yield f"{action} {role} {relation} {shield}", outcome(lambda call=call, actor=actor: call(actor)), want

    assert compare(cells()) == 23 * 8 * 3


@pytest.mark.parametrize("action", [*TASK_ACTS, "release"])
def test_acts_on_tasks(world, action):
    desk = Trial(world.store, CODES, world.clock)
    ops = Tasks(desk)

    def cells():
        for shield in model.SHIELDS:
            case = a_case(world, shield)
            state = "held" if action == "release" else TASK_ACTS[action]
            with world.store.write() as unit:
                stands = "40" if state in ("awaiting", "held") else "50"
                unit.run(update(tables.case).where(tables.case.c.id == case.id).values(state=stands))
                unit.run(update(tables.task).where(tables.task.c.case_id == case.id).values(state=state))
                task_id, version = unit.row(tables.task.select().with_only_columns(tables.task.c.id, tables.task.c.version).where(
                    tables.task.c.case_id == case.id))  # fmt: skip
            answer = Answer(action, "已更换", "1" if action == "return" else "", photos=(PHOTO,) if action == "finish" else ())
            for role, relation, actor in actors():
                if action == "release":
                    got = outcome(lambda actor=actor, case=case: ops.release(actor, case.id))
                elif action == "ask_co":
                    got = outcome(lambda call=(actor, task_id, version): ops.ask_help(*call, 4, "配合勘查"))
                else:
                    got = outcome(lambda call=(actor, task_id, version, answer): ops.answer(*call))
                want = model.on_case(action, role, relation, shield, released=action != "release")
                yield f"{action} {role} {relation} {shield}", got, want

    assert compare(cells()) == 23 * 8 * 3


def test_reading_cases_tasks_and_the_name_of_who_reported(world):
    def read(question: Callable[[Scope], object], actor: Actor) -> str:
        try:
            found = question(Scope(actor))
        except Missing:
            return model.MISSING
        return model.YES if found else model.MISSING

    def cells():
        for shield in model.SHIELDS:
            case = a_case(world, shield)
            for role, relation, actor in actors():
                want = model.YES if model.sees(role, relation, shield, released=True) else model.MISSING
                with world.store.read() as unit:
                    board, inbox = tasks.board(unit, Scope(actor)), cases.inbox(unit, Scope(actor))
                    asked = {
                        "case": read(lambda scope, unit=unit, case=case: cases.case_by_id(unit, scope, case.id), actor),
                        "tail": read(lambda scope, unit=unit, case=case: cases.case_by_tail(unit, scope, case.number), actor),
                        "board": model.YES if any(row.case_id == case.id for row in board) else model.MISSING,
                        "inbox": model.YES if any(row.id == case.id for row in inbox) else model.MISSING,
                    }
                    near = {one.case_id for one in vicinity.placed_since(unit, Scope(actor), (115.1, 36.0, 115.3, 36.2), START)}
                    lived = {one.case_id for one in past.lives(unit, Scope(actor), START, world.clock.now())}
                    reports = cases.reports_of(unit, Scope(actor), case.id)
                asked |= {name: model.YES if case.id in ids else model.MISSING for name, ids in (("past", lived), ("near", near))}
                for name, got in asked.items():
                    yield f"read {name} {role} {relation} {shield}", got, want
                named = model.YES if any(report.reporter_name for report in reports) else model.MISSING
                knows = want == model.YES and shield != "protected" and role in model.NAMERS
                yield f"reporter {role} {relation} {shield}", named, model.YES if knows else model.MISSING

    assert compare(cells()) == 23 * 8 * 3 * 7


def test_reporting_and_looking(world):
    desk = Trial(world.store, CODES, world.clock)
    reports, video = Reports(desk, lambda: world.ground), Video(desk)
    with world.store.write() as unit:
        unit.add(tables.camera_source, Source(1, "trial", "a", ptz=True))
    ptz = Ptz(desk, None)  # whoever may not turn it reaches no plugin
    mine = world.reports.keep(world.actor("grid001"), world.draft())
    reports._serials = world.reports._serials  # numbers are reserved in transactions of their own, which stay

    def cells():
        for role, relation, actor in actors():
            draft = replace(world.draft(), key=str(uuid4()))
            got = outcome(lambda actor=actor, draft=draft: reports.receive(actor, draft))
            yield f"report {role} {relation}", got, model.submit(role, relation)
            kept = outcome(lambda actor=actor, draft=draft: reports.keep(actor, draft))
            yield f"keep {role} {relation}", kept, model.submit(role, relation)
            for act in (reports.submit, reports.delete):  # the draft is its author's alone
                got = outcome(lambda act=act, actor=actor: act(actor, mine.id, mine.version))
                yield f"{act.__name__} {role} {relation}", got, model.MISSING
            looked = outcome(lambda actor=actor: video.open_live(actor, (1,), "V3", "例行巡查路口"))
            yield f"live {role} {relation}", looked, model.live(role, relation)
            ready = outcome(lambda actor=actor: video.open_warm(actor, (1,), "V3", "例行巡查路口"))
            yield f"ready {role} {relation}", ready, model.live(role, relation)
            sent = outcome(lambda actor=actor: ptz.turn_to(actor, 1, "门口", Purpose("V3", "例行巡查路口")))
            yield f"turn_to {role} {relation}", sent, model.live(role, relation)
            for act in (ptz.hold, ptz.take_over):  # turning a camera is looking through it
                turned = outcome(lambda act=act, actor=actor: act(actor, 1, Purpose("V3", "例行巡查路口")))
                yield f"{act.__name__} {role} {relation}", turned, model.live(role, relation)

    assert compare(cells()) == 23 * 8 * 9


def account_calls(world: Town) -> dict[str, tuple[str, Callable[[Actor], object]]]:
    """Every operation on accounts, units and rosters, and the row of the model it stands for."""
    desk = Trial(world.store, CODES, world.clock)
    ops, units, roster, departments = Accounts(desk), Units(desk), Roster(desk), Departments(desk, {})
    person = Person("新人子", "", 1)
    with world.store.write() as unit:
        wish = unit.run(insert(tables.role_change).values(
            id=77, user_id=TARGET, before=("R06",), after=("R06", "R15"), asked_by=1, asked_at=START, state="asked"))  # fmt: skip
        unit.add_many(tables.duty, (Duty(77, 2, TARGET, START, START + timedelta(hours=8), "officer"),))
        unit.run(insert(tables.org).values(id=77, code="EMPTY", kind="team", level=3, division="", name="空队", centre_id=2, department=""))
        sessions.open_session(unit, SessionRow("t" * 64, TARGET, "c", "", "desk", START, START + timedelta(days=9)))
    assert wish == 1
    return {
        "Accounts.add": ("account.edit", lambda who: ops.add(who, "xinren", person, ("R06",))),
        "Accounts.change": ("account.edit", lambda who: ops.change(who, TARGET, 1, person)),
        "Accounts.set_roles": ("account.edit", lambda who: ops.set_roles(who, TARGET, 1, ("R06", "R07"))),
        "Accounts.decide": ("account.decide", lambda who: ops.decide(who, 77, 1, grant=True)),
        "Accounts.set_status": ("account.edit", lambda who: ops.set_status(who, TARGET, 1, "blocked")),
        "Accounts.reset_password": ("account.edit", lambda who: ops.reset_password(who, TARGET)),
        "Accounts.reset_factor": ("account.reset_factor", lambda who: ops.reset_factor(who, COLLEAGUE)),
        "Accounts.unlock": ("account.edit", lambda who: ops.unlock(who, TARGET)),
        "Accounts.end_session": ("account.edit", lambda who: ops.end_session(who, TARGET, "t" * 16)),
        "Accounts.end_sessions": ("account.edit", lambda who: ops.end_sessions(who, TARGET)),
        "Units.add": ("unit.edit", lambda who: units.add(who, 2, NewUnit("NEW-1", "新队", "team"))),
        "Units.change": ("unit.edit", lambda who: units.change(who, 77, 1, "改名", "")),
        "Units.set_closed": ("unit.edit", lambda who: units.set_closed(who, 77, 1, True)),
        "Departments.add": ("unit.edit", lambda who: departments.add(who, 2, [NewUnit("NEW-2", "新局", "department", "", "D39")])),
        "Roster.take_off": ("roster.edit", lambda who: roster.take_off(who, 77, 1)),
    }  # fmt: skip


def test_administering_accounts_units_and_rosters(world):
    calls = account_calls(world)

    def cells():
        for name, (act, call) in calls.items():
            for role, relation, actor in actors():
                got = outcome(lambda call=call, actor=actor: call(actor))
                yield f"{name} {role} {relation}", got, model.on_account(act, role, relation)

    assert compare(cells()) == 23 * 8 * len(calls)


def test_reading_accounts(world):
    def cells():
        for role, relation, actor in actors():
            with world.store.read() as unit:
                scope = Scope(actor)
                found = {
                    "users": any(row.user.id == TARGET for row in accounts.users(unit, scope, accounts.Wanted("target")).rows),
                    "units": any(row.unit.id == 1 for row in accounts.units(unit, scope, 2)),
                }
            for name, sees in found.items():
                want = model.on_account("account.read", role, relation)
                yield f"{name} {role} {relation}", model.YES if sees else model.MISSING, want

    assert compare(cells()) == 23 * 8 * 2


def test_everybody_puts_on_the_own_roster_or_is_told_the_role_is_lacking(world):
    roster = Roster(Trial(world.store, CODES, world.clock))
    with world.store.write() as unit:
        for number, (org, centre, _, _) in enumerate(PLACES.values()):
            unit.add_many(tables.user, (User(500 + number, f"rota{number}", "值守", "", org, centre, ("R06",)),))

    def cells():
        for role, relation, actor in actors():
            login = f"rota{list(PLACES).index(relation)}"
            day = START + timedelta(days=1)
            got = outcome(lambda a=actor, name=login, day=day: roster.put(a, name, day, day + timedelta(hours=8), "officer"))
            yield f"put {role} {relation}", got, model.YES if role in ("R04", "R16", "R17") else model.DENIED

    assert compare(cells()) == 23 * 8
    assert not offices_on_duty(world)


def offices_on_duty(world: Town) -> bool:
    with world.store.read() as unit:
        return offices.is_on_duty(unit, 500, START, START + timedelta(days=3))


def test_no_operation_is_unknown_to_the_matrix(world):
    """Every public method of every service that changes something, and every step of every flow."""
    known = {f"Cases.{name}" for name in ("ack", "accept", "file", "dispatch", "send", "recall", "check", "rework", "close")}
    known |= {"Tasks.release", "Tasks.answer", "Tasks.ask_help", "Reports.receive", "Reports.receive_all"}
    known |= {"Reports.keep", "Reports.submit", "Reports.delete", "Video.open_live", "Video.open_warm"}
    known |= {"Ptz.hold", "Ptz.take_over", "Ptz.turn_to", "Roster.put", *account_calls(world)}
    classes = (Cases, Tasks, Reports, Video, Ptz, Accounts, Units, Departments, Roster)
    found = {
        f"{kind.__name__}.{name}"
        for kind in classes
        for name, _ in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_") and name not in FREE.get(kind.__name__, ())
    }
    assert found == known
    by_hand = set(model.ACTIONS) | {name.partition(" ")[0] for name in model.FLOW} | set(model.UNIT_FLOW)
    for flow, extra in ((CASE_FLOW, set()), (TASK_FLOW, model.CONSEQUENCES)):
        steps = {step.action for step in flow.steps}
        assert steps <= by_hand | extra, f"unknown to the model: {steps - by_hand - extra}"
        assert {step.action for step in flow.steps if step.via in ("case", "report", "task")} <= model.CONSEQUENCES


def test_the_table_of_rights_is_the_handbooks():
    """The rows the product keeps, against the rows of the model that both have."""
    same = {
        "report": "report, patrol, visit", "accept": "accept / reject", "file": "file", "dispatch": "dispatch to departments",
        "answer": "sign, reply, finish", "check": "check", "close": "close P3/P4", "close_urgent": "close P1/P2/joint",
        "live_video": "live video of own area", "self_handle": "self-handle", "ask_co": "ask co-handling", "escalate": "escalate",
        "send_down": "send down", "delay_first": "delay decide 1st", "suspend": "suspend decide", "urge": "urge",
        "supervise_yellow": "supervise (plates)", "mediation": "mediation", "conference": "joint conference",
        "playback": "playback / export", "playback_approve": "playback / export, approve",
    }  # fmt: skip
    assert {name: rights.TABLE[name] for name in same} == {name: frozenset(model.MAY[row].split()) for name, row in same.items()}
