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
ANYONE = tuple(f"R{number:02d}" for number in (*range(1, 18), 20, 21))
UNTIL_HANDLING, LIVE = "10 15 20 30 40 50", "10 15 20 30 40 50 55 60 70 80"
DESK = ("R05", "R06", "R07", "R08", "R16")
CASE_ROWS = (
    Row("T01", "00", "submit", "10", REPORTERS),
    Row("T02", "00", "delete", "", REPORTERS),
    Row("ACK", "10 20 30", "ack", "", DESK),  # ux A8: moves nothing
    Row("T03", "10", "withdraw", "93", REPORTERS),
    Row("T04", "10", "accept", "20", ("R06", "R05")),
    Row("T05", "10", "reject", "91", ("R06",)),
    Row("T06", "10", "verify", "15", ("R06",)),
    Row("T07", "15", "verified", "20", ("R01", "R11", "R05")),
    Row("T08", "15", "untrue", "92", ("R06",)),
    Row("T09", "10 20", "merge", "95", ("R06", "R07")),
    Row("T10", "20", "file", "30", ("R07",)),
    Row("T11", "20", "refuse_filing", "91", ("R07",)),
    Row("T12", "20", "reclassify", "", ("R07",)),
    Row("T12", "30", "reclassify", "", ("R16",)),
    Row("T12", "30", "ask_reclassify", "", ("R07",)),
    Row("T13", "30", "dispatch", "40", ("R08",)),
    Row("T14", "40", "sign", "50", ("R09",)),
    Row("T15", "40", "return", "30", ("R09", "R10", "R16")),
    Row("T16", "40 50", "recall", "30", ("R08", "R16")),
    Row("T17", "50", "transfer", "40", ("R08",)),
    Row("T18", "50", "ask_co", "", ("R09",)),
    Row("T19", "50", "progress", "", ("R09", "R01")),
    Row("T20", "50", "finish", "60", ("R09",)),
    Row("T21", "40 50", "escalate", "55", ("R05", "R08", "R16", "R17")),
    Row("T22", UNTIL_HANDLING, "skip", "55", ANYONE, "P1"),
    Row("T22", UNTIL_HANDLING, "skip", "55", ("R17",), "P2 P3 P4"),
    Row("T23", "55", "take_over", "30", ("R06", "R08")),
    Row("T24", "55", "hand_back", "40", ("R06",)),
    Row("T25", "30 50", "send_down", "10", ("R08",)),
    Row("T26", "40 50 60", "delay", "", ("R08", "R17")),
    Row("T27", "30 40 50 60", "ask_suspend", "", ("R08",)),
    Row("T27", "30 40 50 60", "suspend", "", ("R17",)),
    Row("T27", "30 40 50 60", "resume", "", ("R08", "R17", "SYSTEM")),
    Row("T28", LIVE, "urge", "", ("R08", "R16", "R17", "R18", "SYSTEM")),
    Row("T29", LIVE, "supervise", "", ("R17", "R18", "SYSTEM")),
    Row("T30", "60", "check", "70", ("R11",)),
    Row("T31", "60", "rework", "50", ("R11",)),
    Row("T32", "70", "close", "80", ("R07", "R16"), "P3 P4"),
    Row("T32", "70", "close", "80", ("R17",), "P1 P2"),
    Row("T33", "70", "back_to_handling", "50", ("R07",)),
    Row("T33", "70", "back_to_check", "60", ("R07",)),
    Row("T34", "80", "evaluate", "90", (*REPORTERS,)),
    Row("T35", "80", "ask_call_back", "", ("R06",)),
    Row("T35", "80", "call_back", "50", ("R16",)),
    Row("T36", "10", "self_handle", "60", ("R01", "R02", "R05")),
    Row("T37", UNTIL_HANDLING, "ask_void", "", DESK),
    Row("T37", UNTIL_HANDLING, "void", "92", ("R16",)),
    Row("T38", "90 91 92 93", "reopen", "20", ("R16", "R17")),
    Row("T39", "50", "meet", "", ("R17",)),
    Row("T40", "20 30 40 50 55 60 70 80", "mediate", "", ("R06", "R12")),
    Row("T41", "80", "archive", "90", ("SYSTEM", "R04")),
    Row("T42", "10", "quick", "40", THREE_OR_LEADER, "P1 P2"),
    Row("T43", "10", "quick", "40", THREE_OR_LEADER, "P3 P4"),
    Row("FLG", LIVE, "mark", "", ("R06", "R07", "R08", "R16", "R17")),  # the marks of CT-09 that are set by hand
)
ALIVE = "held asked awaiting handling replied"
BY_CASE = (  # what another record's act does to a task, whatever part it has
    Row("REL", "held", "release", "awaiting", ("SYSTEM", "R08", "R16")),
    Row("T06", "held", "send_verify", "awaiting", ("R06",)),
    Row("T15", "awaiting", "give_back", "returned", ("R16",)),
    Row("T16", ALIVE, "recall", "recalled", ("R08", "R16")),
    Row("T17", "held", "hand_over", "awaiting", ("R08",)),
    Row("T17", "handling replied", "transfer", "recalled", ("R08",)),
    Row("T18", "held", "ask_help", "asked", ("R09",)),
    Row("T31", "finished", "rework", "handling", ("R11", "R17", "R07", "R16")),
    Row("T36", "held", "self_handle", "finished", ("R01", "R02", "R05")),
    Row("T38", "finished", "settle", "settled", ("R16", "R17", "R08", "R06")),
    Row("T39", "held", "give", "awaiting", ("R17",)),
    Row("END", ALIVE, "call_off", "recalled", ("R06", "R08", "R09", "R10", "R16")),
)
TASK_ROWS = (
    *BY_CASE,
    Row("T14", "awaiting", "sign", "handling", ("R09",)),
    Row("T15", "awaiting", "return", "returned", ("R09", "R10")),
    Row("T15", "awaiting", "ask_return", "", ("R09", "R10")),
    Row("T17", "handling replied", "ask_transfer", "", ("R10",)),
    Row("T18", "handling replied", "ask_co", "", ("R09",)),
    Row("T18", "asked", "agree", "handling", ("R10",)),
    Row("T18", "asked", "decline", "declined", ("R10",)),
    Row("T19a", "handling replied", "on_site", "", ("R09", "R01")),
    Row("T19b", "handling replied", "progress", "replied", ("R09", "R01")),
    Row("T20", "handling replied", "finish", "finished", ("R09",)),
    Row("T26", "awaiting handling replied finished", "ask_delay", "", ("R09", "R10")),
    Row("T27", "awaiting handling replied", "ask_suspend", "", ("R10",)),
)
VERIFY_ROWS = (
    *BY_CASE,
    Row("T07", "awaiting", "verified", "finished", ("R01", "R11", "R05")),
    Row("T08", "awaiting", "ask_untrue", "", ("R01", "R11", "R05")),
)
# Steps another record's act carries; they are never a button of the record itself (report, task, application, case).
CARRIED = {
    "case": {"submit", "verified", "untrue", "sign", "return", "transfer", "ask_co", "progress", "finish", "call_back", "delay", "suspend",
             "void"},
    "task": {row.action for row in BY_CASE},
}  # fmt: skip
WILLING = {
    "leads": 1, "repeated": None, "reason": "2", "close_type": "done", "public_reply": "已修复", "text": "已更换", "photos": ("a",),
    "now": AT, "open_co": 0, "priority": "P4", "reason_code": "2", "score": "5", "photos_before": 1, "photos_after": 1,
    "is_other": True, "is_open": True, "same_kind": True, "same_place": True, "same_time": True,
    "due": AT + timedelta(hours=1), "interval": 1, "target": "3", "returned": 0,
}  # fmt: skip
ROLE_SETS = (
    *(frozenset({role}) for role in (*CODES.roles, "SYSTEM")), frozenset({"R06", "R07", "R08"}), frozenset({"R06", "R07"}), frozenset(),
)  # fmt: skip


def a_case(state: str, priority: str) -> Case:
    """A dispute of the actor's own centre, brought in by the actor, escalated from 40 to that centre, with every time long enough ago."""
    case = Case(
        1, "SJ410923-20261123-000001", "路灯不亮", "", "0102", "01", priority, "", state, None, AT, "", None, None, None, "", "", "", 2, 50
    )
    ago = AT - timedelta(days=4)
    return replace(case, owner_path="/1/2/", target_centre=2, prev_state="40", done_sign=ago, done_close=ago, ended_at=ago)


def a_task(state: str, kind: str = "lead") -> Task:
    return Task(1, "T01", 1, kind, 2, True, "", state, 1, AT, AT, due_sign=AT + timedelta(hours=1))


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
        facts = {**WILLING, "returned": 1 if action == "ask_return" else 0}  # the second return is asked for
        return flow.step(record, an_actor(roles), action, facts).target
    except (Refused, Denied):
        return None


CASES = [(CASE_FLOW, CASE_ROWS, state, priority) for state, priority in product(CASE_FLOW.states, ("P1", "P2", "P3", "P4"))]
TASKS = [(TASK_FLOW, rows, state, "P4") for rows, state in product((TASK_ROWS, VERIFY_ROWS), TASK_FLOW.states)]


def a_record(flow: Flow, rows: tuple[Row, ...], state: str, priority: str) -> Case | Task:
    return a_case(state, priority) if flow is CASE_FLOW else a_task(state, "verify" if rows is VERIFY_ROWS else "lead")


@pytest.mark.parametrize(("flow", "rows", "state", "priority"), CASES + TASKS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_the_handbook_lists_is_allowed_and_all_else_is_refused(flow, rows, state, priority):
    record = a_record(flow, rows, state, priority)
    actions = {row.action for row in rows} | {step.action for step in flow.steps} | {"void", "delete", ""}

    differing = [
        (action, sorted(roles), allowed(rows, state, action, priority, roles), outcome(flow, record, action, roles))
        for action, roles in product(sorted(actions), ROLE_SETS)
        if allowed(rows, state, action, priority, roles) != outcome(flow, record, action, roles)
    ]

    assert differing == []


@pytest.mark.parametrize(("flow", "rows", "state", "priority"), CASES + TASKS, ids=lambda value: value if isinstance(value, str) else "")
def test_the_buttons_are_the_legal_steps_that_belong_to_the_record(flow, rows, state, priority):
    record = a_record(flow, rows, state, priority)

    for roles in ROLE_SETS:
        offered = {step.action for step in flow.verbs(record, an_actor(roles))}
        legal = {row.action for row in rows if allowed(rows, state, row.action, priority, roles) is not None}
        assert offered == legal - CARRIED[flow.kind], sorted(roles)


@pytest.mark.parametrize(("flow", "rows"), [(CASE_FLOW, CASE_ROWS), (TASK_FLOW, (*TASK_ROWS, *VERIFY_ROWS))], ids=["case", "task"])
def test_the_steps_carry_the_handbooks_numbers_and_actions(flow, rows):
    assert {step.id for step in flow.steps} == {row.id for row in rows}
    for step in flow.steps:
        unknown = [code for code in step.codes if code not in (*CODES.actions, "ACK", "REL", "DEL", "FLG", "MED")]
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
