"""The journal alone tells what a case and its tasks are: any walk of legal acts, folded again, gives the stored rows.

Handbook 3.2, invariant 5: state, version and due dates can be recomputed. And
nothing in it names a person or holds what somebody wrote.
"""

import shutil
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from console.domain.application import APPLICATION_FLOW, Application
from console.domain.case import CASE_FLOW, OPEN_STATES, Case
from console.domain.errors import ConsoleError
from console.domain.journal import digest_of
from console.domain.meeting import Decision
from console.domain.people import Actor
from console.domain.supervision import SUPERVISION_FLOW, Supervision
from console.domain.task import TASK_FLOW, Order, Task
from console.service.applications import Wish
from console.service.cases import Closing
from console.service.endings import Held
from console.service.intake import Rejection
from console.service.tasks import Answer
from console.store import tables, uploads
from console.store.store import Store
from console.store.uploads import Upload
from tests.make import Town
from tests.retold import check, entries_of
from tests.tamper import tamper

HALL = ("duty", "leader", "director", "checker", "intake", "city", "town", "supervisor", "clerk", "mediator", "leader2")
UNITS = ("d10", "d30", "d31", "d10head", "d30head", "village", "grid001")
ORDERS = (
    [Order(2, "lead", "现场设围挡")],
    [Order(3, "lead"), Order(2, "co", "配合勘查")],
    [Order(2, "lead"), Order(4, "co", mandatory=False)],
)
PHOTOS = {login: f"{number:064x}" for number, login in enumerate(UNITS)}
# The long walk does not come by these; tests/service/test_endings.py and its neighbours take them, and check the journal as well.
SELDOM = {"T02", "T03", "T22", "T30", "T32", "T33", "T34", "T35", "T36", "T41"}
Move = tuple[str, Callable[[], object]]
KINDS_REPORTED = (("0601", False), ("0102", False), ("0602", True), ("0603", False))


def acts_on(town: Town, actor: Actor, case: Case, choice: int) -> dict[str, Callable[[], object]]:
    """One way to do each act of the case's table."""
    orders, of = ORDERS[choice % len(ORDERS)], (actor, case.id, case.version)
    cases, intake, levels, endings, asks = town.cases, town.intake, town.levels, town.endings, town.applications
    pressing, why = town.supervisions, "派错单位"
    held = Held(town.clock.now(), "会议室", "正在更换", (2, 3), (Decision(3, "配合勘查"),))
    rejection = Rejection(str(choice % 2 + 1), why, "您反映的问题已解决", "县交通局")
    return {
        "ack": lambda: cases.ack(*of),
        "accept": lambda: cases.accept(*of, category=("", "0601", "0603", "0102")[choice % 4]),
        "quick": lambda: cases.send(*of, orders), "file": lambda: cases.file(*of), "dispatch": lambda: cases.dispatch(*of, orders),
        "recall": lambda: cases.recall(*of, why), "check": lambda: cases.check(*of, "未修好" if choice % 2 else ""),
        "rework": lambda: cases.rework(*of, "未修好"), "close": lambda: cases.close(*of, Closing("done", "已修复", "您反映的问题已解决")),
        "verify": lambda: intake.verify(*of, 7), "reject": lambda: intake.reject(*of, rejection),
        "refuse_filing": lambda: intake.refuse_filing(*of, why), "merge": lambda: intake.merge(*of, another_of_its_kind(town, case)),
        "reclassify": lambda: intake.reclassify(*of, category=("0601", "0603")[choice % 2]),
        "escalate": lambda: levels.escalate(*of, why), "skip": lambda: levels.pass_by(*of, why), "take_over": lambda: levels.take_over(*of),
        "hand_back": lambda: levels.hand_back(*of, why), "send_down": lambda: levels.send_down(*of, choice % 4 + 2, why),
        "back_to_handling": lambda: endings.send_back(*of, "back_to_handling", why),
        "back_to_check": lambda: endings.send_back(*of, "back_to_check", why), "reopen": lambda: endings.reopen(*of, why),
        "evaluate": lambda: endings.evaluate(*of, "12345"[choice % 5]), "archive": lambda: endings.archive(*of),
        "meet": lambda: endings.meet(*of, held), "mediate": lambda: endings.mediate(*of), "urge": lambda: pressing.urge(*of, why),
        "supervise": lambda: pressing.supervise(*of, "123"[choice % 3], why), "resume": lambda: asks.resume(*of),
        "mark": lambda: pressing.mark(*of, "cross_county", is_on=bool(choice % 2)),
        "ask_void": lambda: asks.ask_on_case(*of, "ask_void", Wish("2", why)),
        "ask_suspend": lambda: asks.ask_on_case(*of, "ask_suspend", Wish("2", why)),
        "ask_reclassify": lambda: asks.ask_on_case(*of, "ask_reclassify", Wish("", why, target="0603")),
        "ask_call_back": lambda: asks.ask_on_case(*of, "ask_call_back", Wish("", why)),
        "withdraw": lambda: intake.withdraw(*of, why),
    }  # fmt: skip


def another_of_its_kind(town: Town, case: Case) -> int:
    """An open case of the same category to merge a case into; the case itself, which is refused, when there is none."""
    c = tables.case.c
    with town.store.read() as unit:
        found = unit.row(select(c.id).where(c.category == case.category, c.id != case.id, c.state.in_(OPEN_STATES)).order_by(c.id.desc()))
    return int(str(found[0])) if found is not None else case.id


def hall_moves(town: Town, case: Case, choice: int) -> list[Move]:
    made: list[Move] = []
    for login in HALL:
        actor = town.actor(login)
        acts = acts_on(town, actor, case, choice)
        made += [(step.action, acts[step.action]) for step in CASE_FLOW.verbs(case, actor) if step.action in acts]
    return made


def deciding_moves(town: Town, choice: int) -> list[Move]:
    """Whatever waits for a decision or an answer, decided and answered by whoever may."""
    with town.store.read() as unit:
        asked = unit.records(Application, unit.rows(select(tables.application)))
        pressed = unit.records(Supervision, unit.rows(select(tables.supervision)))
    made: list[Move] = []
    for actor in map(town.actor, (*HALL, *UNITS)):
        for each in asked:
            if APPLICATION_FLOW.verbs(each, actor):
                made.append((f"decide {each.type}", partial(decide, town, actor, each, choice % 3 > 0)))
        for one in pressed:
            if SUPERVISION_FLOW.verbs(one, actor):
                made.append(("answer", partial(town.supervisions.answer, actor, one.id, one.version, "正在更换")))
    return made


def decide(town: Town, actor: Actor, application: Application, grant: bool) -> None:
    town.applications.decide(actor, application.id, application.version, grant=grant, advice="已阅")


def unit_moves(town: Town, choice: int) -> list[Move]:
    made: list[Move] = []
    for login in UNITS:
        actor = town.actor(login)
        for row in town.ask.desk_inbox(actor):
            for step in TASK_FLOW.verbs(row.task, actor):
                made.append((f"unit {step.action}", unit_move(town, actor, row.task, step.action, choice)))
    return made


def unit_move(town: Town, actor: Actor, task: Task, action: str, choice: int) -> Callable[[], object]:
    photos = (PHOTOS[actor.login],) if choice % 4 and actor.login in PHOTOS else ()
    if action == "ask_co":
        return lambda: town.tasks.ask_help(actor, task.id, task.version, 4, "配合勘查")
    if action.startswith("ask_"):
        wish = Wish("1", "正在更换", 1 + choice % 2, "123"[choice % 3], "3")
        return lambda: town.applications.ask_on_task(actor, task.id, task.version, action, wish)
    said = Answer(action, "正在更换", "1" if action == "return" else "", "", photos)
    return lambda: town.tasks.answer(actor, task.id, task.version, said)


def walk(town: Town, choices: list[int], *, seek: bool = False) -> None:
    """Take one legal act after the other; what still lacks something is refused and changes nothing. `seek`: the rarest act first."""
    with town.store.write() as unit:
        for login, name in PHOTOS.items():
            uploads.remember(unit, Upload(name, town.actor(login).user_id, 1, 4, 3, town.clock.now()))
    cases = [town.report(category, urgent=urgent).case_id for category, urgent in KINDS_REPORTED]
    taken: Counter[str] = Counter()
    for choice in choices:
        town.wait(choice % 211 if choice % 13 else choice % (6 * 86_400))
        if seek and choice % 11 == 0:
            cases.append(town.report(KINDS_REPORTED[choice % 4][0]).case_id)
        case = town.ask.case(town.actor("city"), cases[choice % len(cases)])
        moves = [*hall_moves(town, case, choice), *unit_moves(town, choice), *deciding_moves(town, choice)]
        moves += [("sweep", town.sweep.round), ("timers", town.timers.round)]
        if seek:
            least = min(taken[name] for name, _ in moves)
            moves = [move for move in moves if taken[move[0]] == least]
        name, move = moves[choice % len(moves)]
        taken[name] += 1
        try:
            move()
        except ConsoleError:
            continue


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
    for _ in range(640):
        state = (state * 1_103_515_245 + 12_345) % 2**31
        choices.append(state >> 8)

    walk(town, choices, seek=True)

    check(town)
    done = {line.facts.get("step") for line in entries_of(town)}
    assert {f"T{number:02d}" for number in range(1, 44)} - done <= SELDOM


def test_an_altered_entry_is_noticed_by_its_digest(sqlite_town):
    sqlite_town.report()
    tamper(sqlite_town.store, tables.journal.update().where(tables.journal.c.op == "submit").values(actor=1))

    altered = [entry.op for entry in entries_of(sqlite_town) if entry.digest != digest_of(entry)]

    assert altered == ["submit"]
