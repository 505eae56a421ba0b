"""What several operations on a case have in common: giving orders, calling tasks off, starting the lead's work again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from console.domain.case import Case
from console.domain.errors import Invalid
from console.domain.flow import Step
from console.domain.hops import hop
from console.domain.limits import rework_due
from console.domain.people import OrgUnit
from console.domain.place import Centre
from console.domain.task import FINISHED, HELD, LIVE_STATES, TASK_FLOW, Order, Task
from console.domain.texts import check_text
from console.service.desk import TEXT_MAX, Act, Facts
from console.store import access, lock, outbox, tables, uploads
from console.store.find import places

# What a case forgets when it goes back to before its dispatch.
UNDISPATCHED = ("lead_org", "due_sign", "due_first", "due_handle", "done_dispatch", "done_sign", "done_first")


def tasks_of(act: Act, case: Case) -> tuple[Task, ...]:
    """Every task of a locked case, locked too."""
    return act.unit.records(Task, lock.tasks_of(act.unit, case.id))


def part(step: Step, action: str, index: int, target: str) -> Step:
    """One of the flow records that stand behind one row (T42, T43)."""
    return replace(step, action=action, codes=(step.codes[index],), target=target)


def centre_of(act: Act, centre_id: int) -> Centre:
    """A centre by its id."""
    found = act.unit.get(tables.centre, Centre, centre_id)
    assert found is not None, centre_id
    return found


def order_facts(orders: Sequence[Order]) -> Facts:
    """What the table has to know of orders."""
    units = [order.org_id for order in orders]
    twice = [unit for unit in units if units.count(unit) > 1]
    return {"leads": sum(order.kind == "lead" for order in orders), "repeated": twice[0] if twice else None}


def check_orders(act: Act, orders: Sequence[Order]) -> dict[int, OrgUnit]:
    """The units that are ordered, by id. Raises Invalid for one the actor may not name, for an unknown part and too many words."""
    known = {org.id: org for org in places.orgs(act.unit, act.scope)}
    for order in orders:
        if order.org_id not in known:
            raise Invalid("orders", "unknown_unit", value=order.org_id)
        if order.kind not in ("lead", "co"):
            raise Invalid("orders", "unknown_code", value=order.kind)
        check_text("instruction", order.instruction, TEXT_MAX)
    return known


def next_number(act: Act, case: Case) -> int:
    """Which number the next task of a case gets."""
    return len(lock.tasks_of(act.unit, case.id)) + 1


def give(act: Act, case: Case, order: Order, number: int, release_at: datetime) -> Task:
    """Make one task and hold it in the hall until its window ends."""
    task = Task(
        0, f"{case.number}-T{number:02d}", case.id, order.kind, order.org_id, order.mandatory, order.instruction, HELD, act.actor.user_id,
        act.now, release_at,
    )  # fmt: skip
    unit = act.unit.get(tables.org, OrgUnit, order.org_id)
    level = centre_of(act, case.owner_centre).level
    assert unit is not None
    code = hop(level, unit.level, to="D" if unit.kind == "department" else "U")
    task = act.born(task, "order", {"case": case.id, "org": order.org_id, "part": order.kind, "hop": code})
    outbox.hold(act.unit, task.id, order.org_id, "desk", release_at)
    access.grant(act.unit, case.id, order.org_id, order.kind, act.now)
    return task


def give_at_once(act: Act, case: Case, order: Order, action: str) -> Task:
    """Make one task that leaves the hall in the same act, by the row of the task's table for this action; its clocks start now."""
    task = give(act, case, order, next_number(act, case), act.now)
    return released(act, case, task, replace(TASK_FLOW.step(task, act.actor, action, {}), action="released"))


def released(act: Act, case: Case, task: Task, step: Step) -> Task:
    """Let a task leave the hall; its clocks start now."""
    outbox.mark(act.unit, task.id, "released")
    stage = "verify" if task.kind == "verify" else "sign"
    sign, first = act.limit_from(act.now, stage, case), act.limit_from(act.now, "first", case)
    facts: Facts = {"case": case.id, "org": task.org_id, "due_sign": sign.isoformat()}
    handle = None if task.kind == "verify" else case.due_handle
    return act.take(task, step, facts, released_at=act.now, due_sign=sign, due_first=first, due_handle=handle)


def call_off(act: Act, case: Case, reason: str = "", *, op: str = "call_off") -> int:
    """End every live task of a case; how many of them had left the hall."""
    left_hall = 0
    for task in tasks_of(act, case):
        if task.state in LIVE_STATES:
            left_hall += task.state != HELD
            step = TASK_FLOW.step(task, act.actor, op, {})
            act.take(task, step, {"case": case.id, "org": task.org_id}, refuse_reason=reason[:300])
            outbox.mark(act.unit, task.id, "recalled")
    return left_hall


def settle(act: Act, case: Case) -> None:
    """Put away what an earlier round of a case finished: the next dispatch has a lead of its own."""
    for task in tasks_of(act, case):
        if task.state == FINISHED:
            act.take(task, TASK_FLOW.step(task, act.actor, "settle", {}), {"case": case.id, "org": task.org_id})


def handle_again(act: Act, case: Case, reason: str) -> datetime:
    """Let the lead work on with half its limit and at least four work hours (T31); when that ends."""
    handle = rework_due(act.now, act.codes_of(case).stage_limit("handle", case.category, case.priority), act.codes_of(case).calendar)
    for task in tasks_of(act, case):
        if task.kind == "lead" and task.state == FINISHED:
            back = TASK_FLOW.step(task, act.actor, "rework", {})
            told: Facts = {"case": case.id, "org": task.org_id}
            act.take(task, back, told, finished_at=None, due_handle=handle, refuse_reason=reason[:300])
    return handle


def undispatched(act: Act, case: Case) -> Facts:
    """What changes when a case waits for dispatch again."""
    return {**dict.fromkeys(UNDISPATCHED), "due_dispatch": act.limit_from(act.now, "dispatch", case)}


def photos_of(act: Act, case: Case, stage: str) -> int:
    """How many pictures of a stage (before, during, after) a case has."""
    return uploads.count(act.unit, case.id, stage)


def sorting(act: Act, case: Case, category: str, priority: str) -> Facts:
    """What a new category or priority changes; nothing when both are as before. Raises Invalid."""
    codes = act.codes_of(case)
    if category and category not in codes.categories:
        raise Invalid("category", "unknown_code", value=category)
    if priority and priority not in codes.priorities:
        raise Invalid("priority", "unknown_code", value=priority)
    changes: Facts = {}
    if category and category != case.category:
        changes = {"category": category, "title": codes.categories[category].zh}
        changes["priority"] = priority or codes.categories[category].priority
    elif priority and priority != case.priority:
        changes["priority"] = priority
    return changes
