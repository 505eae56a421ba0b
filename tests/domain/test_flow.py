"""The flow tables against the handbook's own table, written out here a second time, row by row.

Every state is reached, and every state x action x role set that is not listed is
refused: all of them are generated, none is chosen.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from console.domain.case import CASE_FLOW, Case
from console.domain.codes import Codes
from console.domain.errors import Denied, Refused
from console.domain.flow import Flow, Step, any_of
from console.domain.people import Actor
from console.domain.task import TASK_FLOW, Task
from tests.make import CODES

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """One row of handbook 3.2: from, action, to, who (any one of these role sets), and for which priorities."""

    id: str
    sources: str
    action: str
    target: str
    who: tuple[str, ...]
    priorities: str = "P1 P2 P3 P4"


THREE_OR_LEADER = ("R06 R07 R08", "R16")
REPORTERS = ("R01", "R02", "R03", "R04", "R05", "R06", "R14", "R21", "SYSTEM")  # R01-R06, R14, R21, inlet
CASE_ROWS = (
    Row("T01", "00", "submit", "10", REPORTERS),
    Row("ACK", "10 20 30", "ack", "", ("R05", "R06", "R07", "R08", "R16")),  # ux A8: moves nothing
    Row("T04", "10", "accept", "20", ("R06", "R05")),
    Row("T10", "20", "file", "30", ("R07",)),
    Row("T13", "30", "dispatch", "40", ("R08",)),
    Row("T14", "40", "sign", "50", ("R09",)),
    Row("T15", "40", "return", "30", ("R09", "R10")),
    Row("T16", "40 50", "recall", "30", ("R08", "R16")),
    Row("T19", "50", "progress", "", ("R09", "R01")),
    Row("T20", "50", "finish", "60", ("R09",)),
    Row("T30", "60", "check", "70", ("R11",)),
    Row("T31", "60", "rework", "50", ("R11",)),
    Row("T32", "70", "close", "80", ("R07", "R16"), "P3 P4"),
    Row("T32", "70", "close", "80", ("R17",), "P1 P2"),
    Row("T42", "10", "quick", "40", THREE_OR_LEADER, "P1 P2"),
    Row("T43", "10", "quick", "40", THREE_OR_LEADER, "P3 P4"),
)
TASK_ROWS = (
    Row("REL", "held", "release", "awaiting", ("SYSTEM", "R08", "R16")),
    Row("T14", "awaiting", "sign", "handling", ("R09",)),
    Row("T15", "awaiting", "return", "returned", ("R09", "R10")),
    Row("T19a", "handling replied", "on_site", "", ("R09", "R01")),
    Row("T19b", "handling replied", "progress", "replied", ("R09", "R01")),
    Row("T20", "handling replied", "finish", "finished", ("R09",)),
    Row("T16", "held awaiting handling replied", "recall", "recalled", ("R08", "R16")),
    Row("T31", "finished", "rework", "handling", ("R11",)),
)
# Steps another record's act carries; they are never a button of the record itself (report, task, case).
CARRIED = {"case": {"submit", "sign", "return", "progress", "finish"}, "task": {"release", "recall", "rework"}}
WILLING = {
    "leads": 1, "repeated": None, "reason": "2", "close_type": "done", "public_reply": "已修复", "text": "已更换", "photos": ("a",),
    "now": AT, "open_co": 0, "priority": "P4",
}  # fmt: skip
ROLE_SETS = (
    *(frozenset({role}) for role in (*CODES.roles, "SYSTEM")), frozenset({"R06", "R07", "R08"}), frozenset({"R06", "R07"}), frozenset(),
)  # fmt: skip


def a_case(state: str, priority: str) -> Case:
    return Case(
        1, "SJ410923-20261123-000001", "路灯不亮", "", "0602", "01", priority, "", state, None, AT, "", None, None, None, "", "", "", 2, 9
    )


def a_task(state: str) -> Task:
    return Task(1, "T01", 1, "lead", 2, True, "", state, 1, AT, AT, due_sign=AT + timedelta(hours=1))


def an_actor(roles: frozenset[str]) -> Actor:
    return Actor(50, "某人", 2, 2, "/1/2/", roles)


def allowed(rows: tuple[Row, ...], state: str, action: str, priority: str, roles: frozenset[str]) -> str | None:
    """Where the handbook's table leads, "" for staying, None for refused."""
    for row in rows:
        listed = action == row.action and state in row.sources.split() and priority in row.priorities.split()
        if listed and any(set(who.split()) <= roles for who in row.who):
            return row.target
    return None


def outcome(flow: Flow, record: Case | Task, action: str, roles: frozenset[str]) -> str | None:
    try:
        return flow.step(record, an_actor(roles), action, WILLING).target
    except (Refused, Denied):
        return None


CASES = [(CASE_FLOW, CASE_ROWS, state, priority) for state, priority in product(CASE_FLOW.states, ("P1", "P2", "P3", "P4"))]
TASKS = [(TASK_FLOW, TASK_ROWS, state, "P4") for state in TASK_FLOW.states]


@pytest.mark.parametrize(("flow", "rows", "state", "priority"), CASES + TASKS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_the_handbook_lists_is_allowed_and_all_else_is_refused(flow, rows, state, priority):
    record = a_case(state, priority) if flow is CASE_FLOW else a_task(state)
    actions = {row.action for row in rows} | {step.action for step in flow.steps} | {"void", "delete", ""}

    differing = [
        (action, sorted(roles), allowed(rows, state, action, priority, roles), outcome(flow, record, action, roles))
        for action, roles in product(sorted(actions), ROLE_SETS)
        if allowed(rows, state, action, priority, roles) != outcome(flow, record, action, roles)
    ]

    assert differing == []


@pytest.mark.parametrize(("flow", "rows", "state", "priority"), CASES + TASKS, ids=lambda value: value if isinstance(value, str) else "")
def test_the_buttons_are_the_legal_steps_that_belong_to_the_record(flow, rows, state, priority):
    record = a_case(state, priority) if flow is CASE_FLOW else a_task(state)

    for roles in ROLE_SETS:
        offered = {step.action for step in flow.verbs(record, an_actor(roles))}
        legal = {row.action for row in rows if allowed(rows, state, row.action, priority, roles) is not None}
        assert offered == legal - CARRIED[flow.kind], sorted(roles)


@pytest.mark.parametrize(("flow", "rows"), [(CASE_FLOW, CASE_ROWS), (TASK_FLOW, TASK_ROWS)], ids=["case", "task"])
def test_the_steps_carry_the_handbooks_numbers_and_actions(flow, rows):
    assert {step.id for step in flow.steps} == {row.id for row in rows}
    for step in flow.steps:
        unknown = [code for code in step.codes if code not in (*CODES.actions, "ACK", "REL")]
        assert unknown == [], step.id


@pytest.mark.parametrize("flow", [CASE_FLOW, TASK_FLOW], ids=["case", "task"])
def test_every_state_is_reached_from_the_start(flow):
    reached = {flow.start}
    for _ in flow.states:
        reached |= {step.target for step in flow.steps if step.target and step.sources & reached}

    assert reached == set(flow.states)


def test_every_case_state_is_one_of_the_handbooks():
    assert set(CASE_FLOW.states) <= set(CODES.statuses)
    assert isinstance(CODES, Codes)


def test_three_flow_records_stand_behind_a_quick_dispatch():
    for number in ("T42", "T43"):
        assert next(step for step in CASE_FLOW.steps if step.id == number).codes == ("A02", "A06", "A07")


def test_a_table_that_names_an_unknown_state_cannot_be_built():
    with pytest.raises(ValueError, match="unknown states"):
        Flow("case", ("10",), "10", (Step("X", "go", (), frozenset({"10"}), "99", any_of("R06")),))


def test_a_wrong_state_is_told_apart_from_a_wrong_role():
    with pytest.raises(Refused) as state:
        CASE_FLOW.step(a_case("20", "P4"), an_actor(frozenset({"R06"})), "accept", {})
    with pytest.raises(Denied) as role:
        CASE_FLOW.step(a_case("20", "P4"), an_actor(frozenset({"R06"})), "file", {})

    assert (state.value.code, role.value.code) == ("wrong_state", "role")


def test_a_need_is_told_when_role_and_state_fit():
    with pytest.raises(Refused) as refused:
        CASE_FLOW.step(a_case("30", "P4"), an_actor(frozenset({"R08"})), "dispatch", {"leads": 0})

    assert refused.value.code == "one_lead"


@pytest.mark.parametrize("priority", ["P1", "P4"])
def test_of_two_rows_the_nearer_one_says_what_is_lacking(priority):
    with pytest.raises(Refused) as refused:
        CASE_FLOW.step(a_case("10", priority), an_actor(frozenset({"R16"})), "quick", {"leads": 2})

    assert refused.value.code == "one_lead"


def test_an_answer_comes_from_the_asked_unit_only():
    stranger = replace(an_actor(frozenset({"R09"})), org_id=3)

    assert TASK_FLOW.verbs(a_task("awaiting"), stranger) == ()
    with pytest.raises(Denied):
        TASK_FLOW.step(a_task("awaiting"), stranger, "sign", WILLING)
