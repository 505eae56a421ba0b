"""Applications (CT-13): one asks, another decides, and what is granted is carried out in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from console.domain.application import (
    APPLICATION_FLOW,
    CALL_BACK,
    CASE_ACTS,
    DELAY,
    DELAYS,
    RECLASSIFY,
    RETURN,
    REVIEW_EVERY,
    SUSPEND,
    SUSPENDED_MOST_DAYS,
    TRANSFER,
    UNITS,
    UNTRUE,
    VOID,
    Application,
    bound,
)
from console.domain.case import CASE_FLOW, CHECK, Case
from console.domain.codes import known
from console.domain.errors import Invalid, Refused
from console.domain.flow import Step
from console.domain.limits import Limit, due, resumed
from console.domain.people import Actor
from console.domain.task import AWAITING, LIVE_STATES, RETURNED, TASK_FLOW, Order, Task
from console.service.casework import call_off, give_at_once, handle_again, sorting, tasks_of, undispatched
from console.service.desk import Act, Desk, Facts
from console.service.intake import reclassified
from console.service.tasks import give_up
from console.store import clocks, tables
from console.store.find import applications, places, tasks

# What a unit may ask for on its task, and what the hall asks for on the case.
TASK_ASKS = {"ask_delay": DELAY, "ask_suspend": SUSPEND, "ask_transfer": TRANSFER, "ask_return": RETURN, "ask_untrue": UNTRUE}
CASE_ASKS = {"ask_suspend": SUSPEND, "ask_void": VOID, "ask_reclassify": RECLASSIFY, "ask_call_back": CALL_BACK}
_REASONS = {DELAY: "delay", SUSPEND: "suspend", VOID: "void", RETURN: "return"}
_SUSPENDED_MOST = timedelta(days=SUSPENDED_MOST_DAYS)
_STAGES = {"40": ("sign", "first", "handle"), "50": ("first", "handle"), "60": ("check",), "30": ("dispatch",)}


@dataclass(frozen=True)
class Wish:
    """What is asked for: a reason (CT-25), words, and for a delay how long, for a transfer the unit, for a new sorting the category."""

    reason: str = ""
    text: str = ""
    interval: int = 0
    unit: str = "1"
    target: str = ""


class Applications:
    """Operations on applications. Every one raises Missing, Stale, Denied, Refused, Invalid."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def ask_on_task(self, actor: Actor, task_id: int, version: int, action: str, wish: Wish, *, key: str = "") -> Application:
        """A unit asks: more time, a pause, another lead, to give back a second time, or to say that it is not true.

        With a key, the same asking sent twice counts once.
        """
        if action not in TASK_ASKS:
            raise Invalid("action", "unknown_code", value=action)

        def ask(act: Act) -> Application:
            case = act.case(tasks.task_by_id(act.unit, act.scope, task_id).case_id)
            task = act.task(task_id, version)
            running = case.due_check if case.state == CHECK else case.due_handle
            facts: Facts = {"now": act.now, "due": running, "returned": case.returned, **vars(wish)}
            TASK_FLOW.step(task, actor, action, facts)
            kind = TASK_ASKS[action]
            _must_be_open(case, actor, kind)
            return _ask(act, case, kind, wish, task)

        if not key:
            return self.desk.run(actor, ask)
        body: Facts = {"task": task_id, "version": version, "action": action, **vars(wish)}
        answer = self.desk.once(actor, key, body, lambda act: {"application": ask(act).id})
        with self.desk.store.read() as unit:
            found = unit.get(tables.application, Application, answer["application"])
        assert found is not None
        return found

    def ask_on_case(self, actor: Actor, case_id: int, version: int, action: str, wish: Wish) -> Case:
        """The hall asks: a pause, voiding, another category, or to send back what the citizen is not content with."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            step = CASE_FLOW.step(case, actor, action, {"reason": wish.text})
            if action == "ask_call_back" and case.called_back:
                raise Refused("called_back_before", "state")
            _ask(act, case, CASE_ASKS[action], wish, None)
            return act.take(case, step)

        return self.desk.run(actor, work)

    def decide(self, actor: Actor, application_id: int, version: int, *, grant: bool, advice: str = "") -> Application:
        """Grant or refuse; never by who asked. What is granted is done at once."""

        def work(act: Act) -> Application:
            case, application = _held(act, application_id, version)
            step = APPLICATION_FLOW.step(application, actor, "grant" if grant else "refuse", {"advice": advice})
            facts: Facts = {"case": case.id, "type": application.type, **act.say(case, step.action, advice, "advice")}
            decided = act.take(application, step, facts, decided_by=actor.user_id, decided_at=act.now, advice=advice.strip())
            if grant:
                action = CASE_ACTS[application.type]
                row = CASE_FLOW.step(case, actor, action, {"now": act.now})
                _GRANTS[application.type](act, case, application, row)
            return decided

        return self.desk.run(actor, work)

    def take_back(self, actor: Actor, application_id: int, version: int) -> Application:
        """Who asked asks no longer."""

        def work(act: Act) -> Application:
            case, application = _held(act, application_id, version)
            step = APPLICATION_FLOW.step(application, actor, "take_back", {})
            return act.take(application, step, {"case": case.id, "type": application.type}, decided_at=act.now)

        return self.desk.run(actor, work)

    def resume(self, actor: Actor, case_id: int, version: int | None = None) -> Case:
        """T27: the clocks run on with the time that was left."""

        def work(act: Act) -> Case:
            case = act.case(case_id, version)
            if case.suspended_at is None:
                raise Refused("not_suspended", "state")
            step = CASE_FLOW.step(case, actor, "resume", {})
            gone = act.now - case.suspended_at
            ends = {f"due_{stage}": _resumed(act, case, stage) for stage in _STAGES[case.state]}
            for task in tasks_of(act, case):
                if task.state in LIVE_STATES and task.kind != "verify" and task.released_at is not None:
                    _resume_task(act, case, task)
            frozen = case.suspended_s + int(gone.total_seconds())
            return act.take(case, step, {}, suspended_at=None, suspended_s=frozen, suspend_review=None, **ends)

        return self.desk.run(actor, work)


def _must_be_open(case: Case, actor: Actor, kind: str) -> None:
    """What is granted later must be a step of the case now; a pause stops everything else."""
    rows = [row for row in CASE_FLOW.steps if row.action == CASE_ACTS[kind]]
    if not any(case.state in row.sources for row in rows):
        raise Refused("wrong_state", kind="case", state=case.state, action=CASE_ACTS[kind])
    if case.suspended_at is not None and not any(row.when_frozen for row in rows):
        raise Refused("suspended", "state", kind="case", action=CASE_ACTS[kind])


def _ask(act: Act, case: Case, kind: str, wish: Wish, task: Task | None) -> Application:
    if kind in _REASONS:
        known(act.codes_of(case).reasons[_REASONS[kind]], wish.reason, "reason")
    if clocks.pending(act.unit, case.id, kind):
        raise Refused("asked_already", "state")
    said = act.say(case, "ask", wish.text, "text")
    application = Application(
        0, case.id, task.id if task is not None else None, kind, wish.reason, wish.text.strip(), wish.interval, "", None, None, 0, "",
        act.actor.user_id, act.actor.org_id, act.now,
    )  # fmt: skip
    if kind == DELAY:
        application = _delay(act, case, application, wish)
    elif kind == TRANSFER:
        if wish.target not in {str(org.id) for org in places.partners(act.unit, act.scope)}:
            raise Invalid("orders", "unknown_unit", value=wish.target)
        application = replace(application, target=wish.target)
    elif kind == RECLASSIFY:
        if not sorting(act, case, wish.target, ""):
            raise Invalid("category", "nothing_changes", value=wish.target)
        application = replace(application, target=wish.target)
    elif kind == SUSPEND and case.suspended_s >= _SUSPENDED_MOST.total_seconds():
        raise Refused("suspended_too_long", "state", days=SUSPENDED_MOST_DAYS)
    facts: Facts = {"case": case.id, "type": kind, **said}
    return act.born(application, "ask", facts)


def _delay(act: Act, case: Case, application: Application, wish: Wish) -> Application:
    if case.delayed >= DELAYS:
        raise Refused("no_more_delay", "interval", most=DELAYS)
    stage = "check" if case.state == CHECK else "handle"
    old: object = getattr(case, f"due_{stage}")
    original = act.codes_of(case).stage_limit(stage, case.category, case.priority)
    unit = known(act.codes_of(case).time_applications["unit"], wish.unit, "unit").code
    if not 0 < wish.interval <= 999:
        raise Invalid("interval", "out_of_range", value=wish.interval, least=1, most=999)
    code = "WH" if unit == "3" and original.is_work else UNITS[unit]
    assert old is not None, "the step's need has seen it"
    new = due(old, Limit(wish.interval, code), act.codes_of(case).calendar)  # type: ignore[arg-type]
    latest = bound(case.delayed == 0, original, old, act.codes_of(case).calendar)  # type: ignore[arg-type]
    if new > latest:
        raise Refused("delay_too_long", "interval", latest=latest.isoformat())
    return replace(application, unit=unit, old_due=old, new_due=new, round=case.delayed + 1)  # type: ignore[arg-type]


def _held(act: Act, application_id: int, version: int) -> tuple[Case, Application]:
    case = act.case(applications.case_of(act.unit, act.scope, application_id))
    return case, act.part(Application, application_id, case, version)


def _grant_delay(act: Act, case: Case, application: Application, row: Step) -> None:
    stage = "check" if case.state == CHECK else "handle"
    for task in tasks_of(act, case):
        if stage == "handle" and task.state in LIVE_STATES and task.due_handle == application.old_due:
            act.move(task, "delay", {"case": case.id, "org": task.org_id, "step": row.id}, due_handle=application.new_due)
    act.take(case, row, {"application": application.id}, delayed=case.delayed + 1, **{f"due_{stage}": application.new_due})


def _grant_suspend(act: Act, case: Case, application: Application, row: Step) -> None:
    last = act.now + _SUSPENDED_MOST - timedelta(seconds=case.suspended_s)
    review = min(act.after(REVIEW_EVERY, case), last)
    act.take(case, row, {"application": application.id, "reason": application.reason}, suspended_at=act.now, suspend_review=review)


def _grant_void(act: Act, case: Case, application: Application, row: Step) -> None:
    call_off(act, case, application.text)
    freed: Facts = {"suspended_at": None, "suspend_review": None, "lead_org": None}
    act.take(case, row, {"application": application.id, "reason": application.reason}, ended_at=act.now, **freed)


def _grant_untrue(act: Act, case: Case, application: Application, row: Step) -> None:
    call_off(act, case, application.text)
    act.take(case, row, {"application": application.id}, ended_at=act.now, done_verify=act.now)


def _grant_reclassify(act: Act, case: Case, application: Application, row: Step) -> None:
    reclassified(act, case, row.id, row.codes, sorting(act, case, application.target, ""))


def _grant_transfer(act: Act, case: Case, application: Application, row: Step) -> None:
    target = int(application.target)
    for task in tasks_of(act, case):
        if task.id == application.task_id or (task.org_id == target and task.state in LIVE_STATES):
            back = TASK_FLOW.step(task, act.actor, "transfer" if task.id == application.task_id else "recall", {})
            act.take(task, back, {"case": case.id, "org": task.org_id}, refuse_reason=application.text[:300])
    lead = give_at_once(act, case, Order(target, "lead", application.text), "hand_over")
    ends: Facts = {"due_sign": lead.due_sign, "due_first": lead.due_first, "done_sign": None, "done_first": None}
    act.take(case, row, {"application": application.id, "task": lead.id, "lead": target}, lead_org=target, **ends)


def _grant_return(act: Act, case: Case, application: Application, row: Step) -> None:
    task = next(each for each in tasks_of(act, case) if each.id == application.task_id)
    if task.state != AWAITING:
        raise Refused("wrong_state", kind="task", state=task.state, action="return")
    step = TASK_FLOW.step(task, act.actor, "give_back", {})
    reason = f"{application.reason} {application.text}".strip()[:300]
    act.take(task, replace(step, action="return", target=RETURNED), {"case": case.id, "org": task.org_id}, refuse_reason=reason)
    give_up(act, case)
    facts: Facts = {"application": application.id, "task": task.id, "org": task.org_id}
    act.take(case, row, facts, returned=case.returned + 1, **undispatched(act, case))


def _grant_call_back(act: Act, case: Case, application: Application, row: Step) -> None:
    handle = handle_again(act, case, application.text)
    cleared = dict.fromkeys(("done_handle", "done_check", "done_close", "due_check", "due_close", "due_evaluate"))
    act.take(case, row, {"application": application.id}, called_back=case.called_back + 1, due_handle=handle, **cleared)


def _resumed(act: Act, case: Case, stage: str) -> object:
    end = getattr(case, f"due_{stage}")
    if end is None or case.suspended_at is None or getattr(case, f"done_{stage}") is not None:
        return end
    limit = act.codes_of(case).stage_limit(stage, case.category, case.priority)
    return resumed(end, case.suspended_at, act.now, limit, act.codes_of(case).calendar)


def _resume_task(act: Act, case: Case, task: Task) -> None:
    assert case.suspended_at is not None
    changes: Facts = {}
    for stage, done in (("sign", task.signed_at), ("first", task.first_reply_at), ("handle", task.finished_at)):
        end = getattr(task, f"due_{stage}")
        if end is not None and done is None:
            limit = act.codes_of(case).stage_limit(stage, case.category, case.priority)
            changes[f"due_{stage}"] = resumed(end, case.suspended_at, act.now, limit, act.codes_of(case).calendar)
    if changes:
        act.move(task, "resume", {"case": case.id, "org": task.org_id, "step": "T27"}, **changes)


_GRANTS: dict[str, Callable[[Act, Case, Application, Step], None]] = {
    DELAY: _grant_delay, SUSPEND: _grant_suspend, VOID: _grant_void, UNTRUE: _grant_untrue, RECLASSIFY: _grant_reclassify,
    TRANSFER: _grant_transfer, RETURN: _grant_return, CALL_BACK: _grant_call_back,
}  # fmt: skip
