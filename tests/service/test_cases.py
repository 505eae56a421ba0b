"""What the hall does with a case, from the report to the close, with the handbook's times and its refusals."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from console.domain.case import Case
from console.domain.errors import Denied, Invalid, Missing, Refused, Stale
from console.domain.limits import CHINA
from console.domain.people import Actor
from console.domain.task import Order
from console.service.cases import Cases, Closing
from console.store import tables, uploads
from console.store.uploads import Upload
from tests.make import START, Town

LEAD = [Order(2, "lead", "现场设围挡")]
THREE = [*LEAD, Order(3, "co"), Order(4, "co")]
DONE = Closing("done", "已更换井盖", "您反映的问题已解决")
PHOTO = "ab" * 32


def china(hour: int, minute: int, second: int = 0, *, day: int = 23) -> datetime:
    """An instant of the town's week, as the clock on its wall says it (Monday is the 23rd)."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=CHINA)


def entries(town: Town, kind: str, ref: int) -> list[tuple]:
    j = tables.journal.c
    with town.store.read() as unit:
        question = select(j.op, j.from_state, j.to_state, j.version, j.facts).where(j.kind == kind, j.ref == ref)
        return [tuple(row) for row in unit.rows(question.order_by(j.version))]


def journal_size(town: Town) -> int:
    with town.store.read() as unit:
        return int(str(unit.scalar(select(func.count()).select_from(tables.journal))))


def keep_photo(town: Town, login: str = "d10") -> tuple[str]:
    with town.store.write() as unit:
        uploads.remember(unit, Upload(PHOTO, town.actor(login).user_id, 10, 4, 3, town.clock.now()))
    return (PHOTO,)


def finished(town: Town, category: str = "0601") -> Case:
    """A case whose lead has signed and finished."""
    case, (task, *_) = town.sent(category)
    task = town.answer("d10", task, "sign")
    town.answer("d10", task, "finish", text="已更换", photos=keep_photo(town))
    return town.case(case.id)


def test_a_critical_case_runs_by_the_clock_on_the_wall(town):
    """0601, P1 (handbook 3.3): 2 / 3 / 5 min, sign 5 min, first reply 15 min, handling 4 h, check 1 h, close 1 h."""
    case, (task, *_) = town.sent("0601")  # reported and dispatched 10:00:00, released 10:00:10

    assert (case.due_accept, case.due_file, case.due_dispatch) == (china(10, 2), china(10, 3), china(10, 5))
    assert (case.done_accept, case.done_file, case.done_dispatch) == (china(10, 0), china(10, 0), china(10, 0))
    assert (task.release_at, task.released_at) == (china(10, 0, 3), china(10, 0, 10))
    assert (case.due_sign, case.due_first, case.due_handle) == (china(10, 5, 10), china(10, 15, 10), china(14, 0, 3))
    assert (task.due_sign, task.due_first, task.due_handle) == (case.due_sign, case.due_first, case.due_handle)


def test_an_ordinary_case_runs_by_work_time(town):
    """0602, P4: 60 WM, 2 WH, 2 WH, sign 4 WH, first reply 1 WD, handling 2 WD; work is 08:30-12:00 and 14:30-18:00."""
    case, (task, *_) = town.sent("0602")

    assert (case.due_accept, case.due_file, case.due_dispatch) == (china(11, 0), china(12, 0), china(12, 0))
    assert task.release_at == china(10, 0, 8)
    assert case.due_sign == china(16, 30, 10), "1 h 59 min 50 s before noon, the rest from 14:30"
    assert case.due_first == china(23, 59, 59, day=24)
    assert case.due_handle == china(23, 59, 59, day=25)


@pytest.mark.parametrize(("category", "step"), [("0601", "T42"), ("0602", "T43")])
def test_a_quick_dispatch_leaves_three_entries_and_three_stage_times(town, category, step):
    receipt = town.report(category)
    town.wait(30)
    sent = town.cases.send(town.actor("duty"), receipt.case_id, 1, LEAD)

    assert sent.steps == ("accept", "file", "dispatch")
    assert sent.lacking == ""
    rows = entries(town, "case", receipt.case_id)[1:]
    assert [row[:4] for row in rows] == [("accept", "10", "20", 2), ("file", "20", "30", 3), ("dispatch", "30", "40", 4)]
    assert [(row[4]["step"], row[4]["codes"]) for row in rows] == [(step, ["A02"]), (step, ["A06"]), (step, ["A07"])]
    assert {sent.case.done_accept, sent.case.done_file, sent.case.done_dispatch} == {START + timedelta(seconds=30)}


def test_a_quick_dispatch_is_one_transaction(postgresql_town):
    town = postgresql_town
    receipt = town.report()
    town.cases.send(town.actor("duty"), receipt.case_id, 1, LEAD)

    with town.store.read() as unit:
        j = tables.journal.c
        assert len(unit.rows(select(j.xid).where(j.version > 1, j.kind == "case").distinct())) == 1


@pytest.mark.parametrize(
    ("roles", "steps", "lacking", "state"),
    [
        (("R06", "R07", "R08"), ("accept", "file", "dispatch"), "", "40"),
        (("R16",), ("accept", "file", "dispatch"), "", "40"),
        (("R06", "R07"), ("accept", "file"), "R08", "30"),
        (("R06",), ("accept",), "R07", "20"),
        (("R05",), ("accept",), "R07", "20"),
        (("R06", "R08"), ("accept",), "R07", "20"),
    ],
)
def test_without_all_roles_the_furthest_step_is_taken_and_said(town, roles, steps, lacking, state):
    receipt = town.report()
    actor = replace(town.actor("duty"), roles=frozenset(roles))

    sent = town.cases.send(actor, receipt.case_id, 1, LEAD)

    assert (sent.steps, sent.lacking, sent.case.state) == (steps, lacking, state)
    assert town.case(receipt.case_id) == sent.case


def test_three_people_hand_a_case_on_step_by_step(town):
    case_id = town.report("0602").case_id
    for role, state in (("R06", "20"), ("R07", "30"), ("R08", "40")):
        actor = replace(town.actor("duty"), roles=frozenset({role}))
        assert town.cases.send(actor, case_id, town.case(case_id).version, LEAD).case.state == state


@pytest.mark.parametrize("roles", [("R07",), ("R08",), ("R11",), ("R17",), ("R23",)])
def test_who_may_take_no_step_is_denied_and_nothing_happens(town, roles):
    receipt = town.report()
    before = journal_size(town)

    with pytest.raises(Denied):
        town.cases.send(replace(town.actor("duty"), roles=frozenset(roles)), receipt.case_id, 1, LEAD)

    assert (town.case(receipt.case_id).version, journal_size(town)) == (1, before)


@pytest.mark.parametrize(
    ("orders", "error", "code"),
    [
        ([], Refused, "one_lead"),
        ([Order(3, "co")], Refused, "one_lead"),
        ([Order(2, "lead"), Order(3, "lead")], Refused, "one_lead"),
        ([Order(2, "lead"), Order(2, "co")], Refused, "unit_twice"),
        ([Order(6, "lead")], Invalid, "unknown_unit"),  # the other county's department
        ([Order(777, "lead")], Invalid, "unknown_unit"),
        ([Order(2, "lead", "字" * 2_001)], Invalid, "too_long"),
        ([Order(2, "lead"), Order(3, "watch")], Invalid, "unknown_code"),
    ],
)
def test_a_wrong_dispatch_is_refused_whole(sqlite_town, orders, error, code):
    town = sqlite_town
    receipt = town.report()

    with pytest.raises(error) as refused:
        town.cases.send(town.actor("duty"), receipt.case_id, 1, orders)

    assert refused.value.code == code
    assert town.case(receipt.case_id).version == 1


def test_tasks_are_numbered_lead_first_and_held(town):
    receipt = town.report()
    orders = [Order(3, "co"), Order(2, "lead", "现场设围挡"), Order(4, "co", mandatory=False)]
    town.cases.send(town.actor("duty"), receipt.case_id, 1, orders)

    tasks = [row.task for row in town.ask.case_desk(town.actor("duty"), receipt.case_id).tasks]
    assert [(task.number[-3:], task.kind, task.org_id, task.state, task.mandatory) for task in tasks] == [
        ("T01", "lead", 2, "held", True), ("T02", "co", 3, "held", True), ("T03", "co", 4, "held", False),
    ]  # fmt: skip
    assert tasks[0].instruction == "现场设围挡"
    assert tasks[0].due_sign is None, "the clocks of a held task stand"


def test_accepting_sets_category_and_priority(town):
    case_id = town.report("9999").case_id
    case = town.cases.accept(town.actor("intake"), case_id, 1, category="0601")

    assert (case.category, case.priority, case.title, case.state) == ("0601", "P1", "井盖缺失/破损", "20")
    assert case.due_file == START + timedelta(minutes=3)
    assert (case.acked_at, case.acked_by) == (START, 2), "who accepts a case has acknowledged it"


def test_the_officers_priority_beats_the_categorys(town):
    case_id = town.report("9999").case_id

    assert town.cases.send(town.actor("duty"), case_id, 1, LEAD, category="0602", priority="P2").case.priority == "P2"
    assert entries(town, "case", case_id)[1][4]["step"] == "T42"


def test_sorting_a_case_that_is_already_taken_on_is_not_silently_dropped(sqlite_town):
    town = sqlite_town
    case_id = town.report("0602").case_id
    town.cases.accept(town.actor("intake"), case_id, 1)

    with pytest.raises(Refused) as refused:
        town.cases.send(town.actor("duty"), case_id, 2, LEAD, category="0601")

    assert refused.value.facts["action"] == "reclassify"
    assert town.cases.send(town.actor("duty"), case_id, 2, LEAD, category="0602").case.state == "40"


@pytest.mark.parametrize(("category", "priority", "field"), [("8888", "", "category"), ("", "P9", "priority")])
def test_an_unknown_code_is_named(sqlite_town, category, priority, field):
    case_id = sqlite_town.report().case_id

    with pytest.raises(Invalid) as refused:
        sqlite_town.cases.accept(sqlite_town.actor("intake"), case_id, 1, category=category, priority=priority)

    assert refused.value.field == field


def test_acknowledging_moves_nothing_and_happens_once(town):
    receipt = town.report()
    case = town.cases.ack(town.actor("duty"), receipt.case_id, 1)

    assert (case.state, case.acked_by, case.acked_at, case.due_accept) == ("10", 1, START, START + timedelta(minutes=2))
    with pytest.raises(Denied):
        town.cases.ack(town.actor("intake"), receipt.case_id, case.version)
    with pytest.raises(Stale):
        town.cases.ack(town.actor("intake"), receipt.case_id, 1)


def test_accepting_keeps_who_acknowledged(town):
    receipt = town.report()
    town.cases.ack(town.actor("duty"), receipt.case_id, 1)
    town.wait(60)

    case = town.cases.accept(town.actor("intake"), receipt.case_id, 2)

    assert (case.acked_by, case.acked_at) == (1, START)


def test_two_officers_at_once_and_one_wins(town):
    officers = [replace(town.actor("duty"), user_id=user_id, seat=f"A{user_id}") for user_id in (1, 3)]
    for _ in range(5):
        receipt = town.report()

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(lambda actor, case_id=receipt.case_id: attempt(town, actor, case_id), officers))

        winner = [officer for officer, outcome in zip(officers, outcomes, strict=True) if outcome == "sent"]
        assert len(winner) == 1
        lost = next(outcome for outcome in outcomes if outcome != "sent")
        assert isinstance(lost, Stale)
        assert lost.facts["by"] == {1: "值班员甲", 3: "值班长丙"}[winner[0].user_id]
        assert datetime.fromisoformat(str(lost.facts["at"])) == START
        assert len(town.ask.case_desk(town.actor("duty"), receipt.case_id).tasks) == 1


def attempt(town: Town, actor: Actor, case_id: int) -> object:
    try:
        town.cases.send(actor, case_id, 1, LEAD)
    except Stale as late:
        return late
    return "sent"


def test_a_recall_within_the_window_leaves_nothing_outside(town):
    receipt = town.report()
    sent = town.cases.send(town.actor("duty"), receipt.case_id, 1, THREE)
    town.wait(2)

    case = town.cases.recall(town.actor("duty"), receipt.case_id, sent.case.version, "派错单位")
    town.wait(60)
    town.sweep.round()

    assert (case.state, case.lead_org, case.due_sign, case.due_handle, case.done_dispatch) == ("30", None, None, None, None)
    assert case.due_dispatch == START + timedelta(seconds=2, minutes=5)
    for login in ("d10", "d30", "d31"):
        assert town.ask.desk_inbox(town.actor(login)) == ()
    with town.store.read() as unit:
        assert {row[0] for row in unit.rows(select(tables.delivery.c.state))} == {"recalled"}
        assert unit.scalar(select(func.count()).select_from(tables.journal).where(tables.journal.c.op == "released")) == 0
    assert entries(town, "case", case.id)[-1][4]["left_hall"] == 0


def test_a_recall_after_the_release_takes_the_task_from_the_desk(town):
    case, (task, *_) = town.sent()
    town.answer("d10", task, "sign")
    before = len(town.ask.desk_inbox(town.actor("d10")))

    case = town.cases.recall(town.actor("leader"), case.id, town.case(case.id).version, "改由他单位处理")

    assert (before, town.ask.desk_inbox(town.actor("d10"))) == (1, ())
    assert (case.state, case.done_sign) == ("30", None)
    assert entries(town, "case", case.id)[-1][4]["left_hall"] == 1
    with pytest.raises(Missing):
        town.ask.desk_task(town.actor("d10"), task.id)


def test_a_recalled_case_is_dispatched_anew(town):
    receipt = town.report()
    sent = town.cases.send(town.actor("duty"), receipt.case_id, 1, LEAD)
    case = town.cases.recall(town.actor("duty"), receipt.case_id, sent.case.version, "派错单位")

    again = town.cases.dispatch(town.actor("duty"), case.id, case.version, [Order(3, "lead")])
    town.wait(10)
    town.sweep.round()

    assert (again.state, again.lead_org) == ("40", 3)
    assert [row.task.number[-3:] for row in town.ask.desk_inbox(town.actor("d30"))] == ["T02"]
    assert town.ask.desk_inbox(town.actor("d10")) == ()


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_recall_says_why(sqlite_town, reason):
    case, _ = sqlite_town.sent()

    with pytest.raises(Refused) as refused:
        sqlite_town.cases.recall(sqlite_town.actor("duty"), case.id, case.version, reason)

    assert refused.value.code == "needs_reason"


def test_the_window_is_a_setting(sqlite_town):
    town = sqlite_town
    receipt = town.report()
    Cases(town.desk, {"P1": 0.5}).send(town.actor("duty"), receipt.case_id, 1, LEAD)

    town.wait(0.5)

    assert town.sweep.round() == 1


def test_an_act_on_an_older_version_is_stale_whatever_it_is(sqlite_town):
    town = sqlite_town
    case = finished(town)
    actor = town.actor("duty")
    acts = [
        lambda: town.cases.ack(actor, case.id, 1), lambda: town.cases.accept(actor, case.id, 1),
        lambda: town.cases.file(actor, case.id, 1), lambda: town.cases.dispatch(actor, case.id, 1, LEAD),
        lambda: town.cases.send(actor, case.id, 1, LEAD), lambda: town.cases.recall(actor, case.id, 1, "x"),
        lambda: town.cases.check(actor, case.id, 1), lambda: town.cases.rework(actor, case.id, 1, "x"),
        lambda: town.cases.close(actor, case.id, 1, DONE),
    ]  # fmt: skip

    for act in acts:
        with pytest.raises(Stale) as late:
            act()
        assert (late.value.facts["by"], late.value.facts["kind"]) == ("承办人己", "case")
